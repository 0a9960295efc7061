"""What an SMS gateway sends becomes an event; the answer is empty, for the gateway would send it on."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from bot.errors import Busy
from bot.inbound import Inbound
from conversations.events import Said
from tests.webhooks.rest import NOW, Rest, payload

Counted = Callable[[str], float]

PATH = "/webhooks/sms"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
SECRET = b"&secret=gerbang+rahasia"
EMPTY = (200, "text/plain; charset=utf-8", b"")
ID = "67b1-4a43-8a63-5d1f2d9c1b7e"


def test_a_form_and_a_query_together_are_one_message(web: FlaskClient, rest: Rest) -> None:
    """A gateway may send by POST, with the secret in the address."""
    response = web.post(f"{PATH}?secret=gerbang%20rahasia", data=b"from=081234567890&id=7&text=halo", headers=FORM)

    assert (response.status_code, response.content_type, response.data) == EMPTY
    assert rest.inbound == [Inbound("sms:+6281234567890", "7", Said("halo"), NOW, "gateway")]


@pytest.mark.parametrize(
    ("written", "phone"),
    [
        ("081234567890", "+6281234567890"),
        ("6281234567890", "+6281234567890"),
        ("+62 812-3456-7890", "+6281234567890"),
        ("006281234567890", "+6281234567890"),
        ("(0274) 555.123", "+62274555123"),
        ("+60123456789", "+60123456789"),
    ],
)
def test_a_number_is_one_address_however_it_is_written(
    written: str, phone: str, web: FlaskClient, rest: Rest
) -> None:
    """A trunk 0 stands for Indonesia's +62."""
    web.get(f"{PATH}?{urlencode({'from': written, 'id': '7', 'text': 'halo'})}{SECRET.decode()}")

    assert [inbound.address for inbound in rest.inbound] == [f"sms:{phone}"]


@pytest.mark.parametrize("sender", ["TELKOMSEL", "3636", "+62", "0812345678901234567", "٠٨١٢٣٤٥٦٧٨٩"])
def test_a_sender_that_cannot_be_answered_is_left_alone(sender: str, web: FlaskClient, rest: Rest) -> None:
    """Adverts of operators come under names and short codes; an answer would be answered in turn."""
    response = web.get(f"{PATH}?{urlencode({'from': sender, 'id': '7', 'text': 'promo'})}{SECRET.decode()}")

    assert (response.status_code, response.data, rest.inbound) == (200, b"", [])


@pytest.mark.parametrize(
    "fields",
    [
        "id=7&text=halo",
        "from=081234567890&text=halo",
        "from=081234567890&id=&text=halo",
        f"from=0812&id={'7' * 200}",
    ],
    ids=("no sender", "no id", "an empty id", "an endless id"),
)
def test_a_request_that_is_no_message_is_a_bad_request(fields: str, web: FlaskClient, rest: Rest) -> None:
    """Kannel always sends both, and without an id a message sent twice would count twice."""
    response = web.get(f"{PATH}?{fields}{SECRET.decode()}")

    assert (response.status_code, response.data, rest.inbound) == (400, b"malformed\n", [])


def test_an_oversized_form_is_refused_unread(web: FlaskClient, rest: Rest) -> None:
    """More than 256 KB is no SMS."""
    response = web.post(PATH, data=SECRET + b"&text=" + b"a" * (256 * 1024), headers=FORM)

    assert (response.status_code, response.data, rest.inbound) == (413, b"oversized\n", [])


def test_what_could_not_be_stored_is_asked_for_again(web: FlaskClient, rest: Rest) -> None:
    """Kannel tries again as its http-request-retry says."""
    rest.trouble = Busy("no Redis")

    response = web.get(f"{PATH}?{payload('gateway/a-text.form').decode()}")

    assert (response.status_code, response.headers["Retry-After"]) == (503, "2")


def test_neither_the_secret_nor_the_words_are_logged(
    web: FlaskClient, rest: Rest, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """They stand in the address of a GET; not even a fault of ours may show them."""
    rest.trouble = RuntimeError("LAPOR jalan rusak")

    web.get(f"{PATH}?{payload('gateway/a-text.form').decode()}")

    logged = caplog.text + "".join(capsys.readouterr())
    assert [word for word in ("gerbang", "rahasia", "jalan", "81234567890") if word in logged] == []
    assert "RuntimeError" in logged


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("1", "delivered"),
        ("2", "failed"),
        ("4", "buffered"),
        ("8", "accepted"),
        ("16", "rejected"),
        ("99", "other"),
    ],
)
def test_a_delivery_report_is_counted(kind: str, status: str, web: FlaskClient, counted: Counted) -> None:
    """Kannel tells the kind as a number."""
    line = f'lapor_receipts_total{{provider="gateway",status="{status}"}}'
    before = counted(line)

    response = web.get(f"{PATH}/status?id=ob-17&type={kind}{SECRET.decode()}")

    assert (response.status_code, response.data, counted(line) - before) == (200, b"", 1)


@pytest.mark.parametrize(("query", "status"), [("id=ob-17&type=1", 403), (f"type=1{SECRET.decode()}", 400)])
def test_a_delivery_report_without_proof_or_id_is_refused(query: str, status: int, web: FlaskClient) -> None:
    """Nobody else may tell us what was delivered."""
    assert web.get(f"{PATH}/status?{query}").status_code == status


FIELDS = st.lists(
    st.tuples(st.sampled_from(["from", "to", "text", "id", "type", "secret"]), st.text(max_size=20)), max_size=9
)


@profile(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    body=FIELDS.map(lambda pairs: urlencode(pairs).encode()) | st.binary(max_size=200),
    path=st.sampled_from([PATH, f"{PATH}/status"]),
)
def test_no_form_whatever_makes_the_webhook_fail(web: FlaskClient, body: bytes, path: str) -> None:
    """With the right secret, any fields are taken or refused."""
    response = web.post(f"{path}?secret=gerbang+rahasia", data=body, headers=FORM)

    assert response.status_code in (200, 400)
