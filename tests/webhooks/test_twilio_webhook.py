"""What Twilio sends becomes an event, and the answer rides as TwiML."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from bot.errors import Busy
from conversations.bubble import Bubble, Button
from conversations.events import Said
from tests.webhooks.rest import Rest, payload, signature

PATH = "/webhooks/twilio"
TYPE = {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}
Post = Callable[..., TestResponse]
Counted = Callable[[str], float]

EMPTY = b'<?xml version="1.0" encoding="UTF-8"?><Response/>'
SMS = "sms:+6281234567890"
WHATSAPP = "whatsapp:+6281234567890"
MEDIA = "https://api.twilio.com/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/Messages"


def signed(address: str, body: bytes) -> dict[str, str]:
    """Return the headers of a form that Twilio posts to an address of ours."""
    return {**TYPE, "X-Twilio-Signature": signature(f"https://lapor.example{address}", body)}


@pytest.fixture
def twilio(web: FlaskClient) -> Post:
    """Post a form to the webhook, signed as Twilio signs it."""

    def post(body: bytes, address: str = PATH) -> TestResponse:
        return web.post(address, data=body, headers=signed(address, body))

    return post


def test_the_answers_to_several_files_ride_together_each_text_once(twilio: Post, rest: Rest) -> None:
    """Three equal answers are one message to the citizen."""
    rest.bubbles = (Bubble("Foto diterima."),)

    response = twilio(payload("twilio/three-files-in-one-message.form"))

    assert response.data.count(b"<Message>Foto diterima.</Message>") == 1


def test_the_answer_rides_as_escaped_twiml(twilio: Post, rest: Rest) -> None:
    """Markup in a text stays text, and characters that XML does not know are left out."""
    rest.bubbles = (Bubble("<b>A</b> & B\x00\x0b\ufffe\n1 Ya", (Button("Ya", "x"),)), Bubble("Dua 😀"))

    response = twilio(payload("twilio/a-text-by-sms.form"))

    assert (response.status_code, response.content_type, response.data.decode()) == (
        200,
        "text/xml; charset=utf-8",
        (
            '<?xml version="1.0" encoding="UTF-8"?><Response>'
            "<Message>&lt;b&gt;A&lt;/b&gt; &amp; B\n1 Ya</Message><Message>Dua 😀</Message></Response>"
        ),
    )


def test_where_nothing_is_to_be_said_the_response_is_empty(twilio: Post, rest: Rest) -> None:
    """An empty Response sends nothing."""
    rest.bubbles = ()

    assert twilio(payload("twilio/a-text-by-sms.form")).data == EMPTY


def test_an_advertiser_gets_no_answer(twilio: Post, rest: Rest) -> None:
    """A sender without a number cannot be answered, and answering it would make a loop."""
    response = twilio(payload("twilio/an-sms-of-an-advertiser.form"))

    assert (response.status_code, response.data, rest.inbound) == (200, EMPTY, [])


def test_a_query_is_signed_too(twilio: Post, rest: Rest) -> None:
    """The signature covers the public address, its path and its query."""
    response = twilio(payload("twilio/a-text-by-sms.form"), f"{PATH}?from=fallback&x=%20")

    assert (response.status_code, len(rest.inbound)) == (200, 1)


def test_a_field_that_stands_twice_is_signed_with_both_values(twilio: Post, rest: Rest) -> None:
    """The first value counts."""
    response = twilio(b"MessageSid=SM1&From=%2B6281234567890&Body=satu&Body=dua")

    assert (response.status_code, [inbound.event for inbound in rest.inbound]) == (200, [Said("satu")])


@pytest.mark.parametrize(
    "body",
    [b"", b"From=%2B6281234567890&Body=halo", b"MessageSid=SM1&Body=halo", b"&".join([b"a=1"] * 300)],
    ids=("nothing", "no id", "no sender", "too many fields"),
)
def test_a_form_that_is_no_message_is_a_bad_request(body: bytes, twilio: Post, rest: Rest) -> None:
    """Twilio always sends MessageSid and From."""
    response = twilio(body)

    assert (response.status_code, response.data, rest.inbound) == (400, b"malformed\n", [])


def test_an_oversized_form_is_refused_unread(twilio: Post, rest: Rest) -> None:
    """More than 256 KB is no message."""
    response = twilio(b"Body=" + b"a" * (256 * 1024))

    assert (response.status_code, response.data, rest.inbound) == (413, b"oversized\n", [])


@pytest.mark.parametrize("trouble", [Busy("no Redis"), RuntimeError("+62812")], ids=("busy", "a fault of ours"))
def test_what_could_not_be_stored_is_answered_500(trouble: Exception, twilio: Post, rest: Rest) -> None:
    """Twilio sends again after a 500, not after a 503."""
    rest.trouble = trouble

    response = twilio(payload("twilio/a-text-by-sms.form"))

    assert (response.status_code, response.data) == (500, b"busy\n")


def test_a_delivery_report_is_counted(twilio: Post, counted: Counted) -> None:
    """The address carries our own id of the message in its query, which is signed too."""
    line = 'lapor_receipts_total{provider="twilio",status="failed"}'
    before = counted(line)

    response = twilio(payload("twilio/a-delivery-report.form"), "/webhooks/twilio/status?outbox=ob-17")

    assert (response.status_code, response.data, counted(line) - before) == (204, b"", 1)


def test_an_unsigned_delivery_report_is_refused(web: FlaskClient) -> None:
    """Nobody else may tell us what was delivered."""
    response = web.post("/webhooks/twilio/status", data=payload("twilio/a-delivery-report.form"), headers=TYPE)

    assert (response.status_code, response.data) == (403, b"unsigned\n")


NAMES = st.sampled_from(
    ("MessageSid", "From", "Body", "NumMedia", "MediaUrl0", "MediaContentType0", "Latitude", "Longitude", "ListId")
)
VALUES = st.text(max_size=20) | st.sampled_from(
    ["whatsapp:+62811", "+6281234567890", "3", "9" * 5000, "inf", "1e999"]
)
FORMS = st.lists(st.tuples(NAMES, VALUES), max_size=12).map(lambda pairs: urlencode(pairs).encode())


@profile(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(body=FORMS | st.binary(max_size=200), path=st.sampled_from([PATH, "/webhooks/twilio/status"]))
def test_no_form_whatever_makes_the_webhook_fail(web: FlaskClient, body: bytes, path: str) -> None:
    """With a right signature, any fields are taken or refused."""
    assert web.post(path, data=body, headers=signed(path, body)).status_code in (200, 204, 400)
