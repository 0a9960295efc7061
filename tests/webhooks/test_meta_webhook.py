"""What Meta sends becomes an event; all of a batch is received, and the answers go by the outbox."""

import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from bot.errors import Busy
from bot.inbound import Inbound
from conversations.bubble import Bubble
from conversations.events import Event, Left, Said, SentMedia, SharedPlace, Tapped
from tests.webhooks.rest import NOW, Rest, payload, web_of

PATH = "/webhooks/meta"
CITIZEN = "whatsapp:+6281234567890"
Post = Callable[[bytes], TestResponse]

EVENTS: dict[str, Event] = {
    "a-text": Said("Jalan berlubang besar depan SD 2,\nmotor sering jatuh 😢"),
    "a-tap-on-a-button": Tapped("review.7.send"),
    "a-choice-from-a-list": Tapped("privacy.3.open"),
    "a-tap-below-a-template": Tapped("verdict.2.unsolved"),
    "a-tap-below-a-template-without-our-data": Said("Belum"),
    "a-shared-location": SharedPlace(-7.716165, 110.355492),
    "a-place-with-a-name": SharedPlace(-7.7956, 110.3695, "Pasar Beringharjo, Jl. Margo Mulyo 16"),
    "a-photo-with-a-caption": SentMedia("photo", "1479537139650973", "image/jpeg", "lubangnya sedalam lutut"),
    "a-video": SentMedia("video", "1479537139650974", "video/mp4"),
    "a-voice-message": SentMedia("voice", "1479537139650975", "audio/ogg; codecs=opus"),
    "a-document": SentMedia("document", "1479537139650976", "application/pdf"),
    "a-sticker": SentMedia("sticker", "1479537139650977", "image/webp"),
    "a-contact": SentMedia("contact"),
    "a-form-of-whatsapp": SentMedia("other"),
    "a-message-of-an-unknown-kind": SentMedia("other"),
    "an-order": SentMedia("other"),
    "an-edited-message": SentMedia("edited"),
    "a-deleted-message": SentMedia("edited"),
}
IGNORED = (
    "a-reaction",
    "a-changed-number",
    "a-message-in-a-group",
    "a-message-to-another-number",
    "news-of-a-template",
    "an-error-at-the-number",
)
STATUSES = {
    "sent": "sent", "delivered": "delivered", "read": "read", "played": "read", "failed": "failed",
}  # fmt: skip


def sealed(body: bytes, secret: bytes = b"meta-secret") -> dict[str, str]:
    """Sign a body as Meta's documentation says."""
    return {"X-Hub-Signature-256": f"sha256={hmac.new(secret, body, hashlib.sha256).hexdigest()}"}


def told(name: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Read a payload of Meta's."""
    return json.loads(payload(f"meta/{name}.json"))


def value_of(notification: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return the first change's value."""
    return notification["entry"][0]["changes"][0]["value"]


def heard(rest: Rest) -> list[Event]:
    """Return the events that were handed over."""
    return [inbound.event for inbound in rest.inbound]


@pytest.fixture
def meta(web: FlaskClient) -> Post:
    """Post a body to the webhook, signed as Meta signs it."""
    return lambda body: web.post(PATH, data=body, headers=sealed(body), content_type="application/json")


@pytest.mark.parametrize("name", EVENTS)
def test_a_message_is_handed_over_as_what_the_citizen_did(name: str, meta: Post, rest: Rest) -> None:
    """Each kind of message becomes its event, under Meta's id of it; nothing rides in the response."""
    response = meta(payload(f"meta/{name}.json"))

    number = value_of(told(name))["messages"][0]["id"]
    assert rest.inbound == [Inbound(CITIZEN, number, EVENTS[name], NOW, "meta")]
    assert (response.status_code, response.data, rest.parked) == (200, b"", [])


def test_a_citizen_with_a_user_name_is_known_by_the_id_that_stands_for_the_number(meta: Post, rest: Rest) -> None:
    """The number may be left out, and then the answer goes to the id."""
    meta(payload("meta/a-text-of-a-citizen-with-a-user-name.json"))

    assert [(each.address, each.event) for each in rest.inbound] == [
        ("whatsapp:ID.13491208655302741918", Said("halo"))
    ]


@pytest.mark.parametrize(
    ("sender", "address"),
    [
        ({"from": "ID.13491208655302741918"}, "whatsapp:ID.13491208655302741918"),
        ({"from_user_id": "US.ENT.11815799212886844830"}, "whatsapp:US.ENT.11815799212886844830"),
        ({"from": "+62812 345", "from_user_id": "x"}, None),
        ({"from": "6281234567890\n"}, None),
        ({}, None),
    ],
)
def test_a_sender_that_cannot_be_answered_is_acknowledged(
    sender: dict[str, str], address: str | None, meta: Post, rest: Rest
) -> None:
    """Numbers and user ids have one form each."""
    notification = told("a-text")
    message = value_of(notification)["messages"][0]
    value_of(notification)["messages"] = [
        {name: message[name] for name in message if not name.startswith("from")} | sender
    ]

    response = meta(json.dumps(notification).encode())

    assert (response.status_code, [each.address for each in rest.inbound]) == (200, [address] if address else [])


@pytest.mark.parametrize("name", IGNORED)
def test_what_is_no_message_to_us_is_acknowledged(name: str, meta: Post, rest: Rest) -> None:
    """Otherwise Meta would send it for seven days."""
    response = meta(payload(f"meta/{name}.json"))

    assert (response.status_code, rest.inbound, rest.receipts, rest.parked) == (200, [], [], [])


BATCH = "a-batch-of-entries-changes-and-messages"


def test_every_message_of_a_batch_is_received_in_order(meta: Post, rest: Rest) -> None:
    """Entries, changes and messages each may be several."""
    meta(payload(f"meta/{BATCH}.json"))

    other = "whatsapp:+6281298765432"
    assert [(each.address, each.event) for each in rest.inbound] == [
        (CITIZEN, Said("satu")), (CITIZEN, Said("dua")), (other, Said("tiga")), (CITIZEN, Said("empat")),
    ]  # fmt: skip
    assert rest.receipts == [("7f-0", "delivered")]


def test_a_batch_of_which_one_part_could_not_be_stored_is_asked_for_again() -> None:
    """What comes behind it waits, so that a citizen's messages stay in order."""

    class Full(Rest):
        def receive(self, inbound: Inbound) -> tuple[Bubble, ...]:
            if inbound.event == Said("tiga"):
                raise Busy("no Redis")
            return super().receive(inbound)

    full, body = Full(), payload(f"meta/{BATCH}.json")

    response = web_of(full).post(PATH, data=body, headers=sealed(body))

    assert (response.status_code, response.headers["Retry-After"]) == (503, "2")
    assert heard(full) == [Said("satu"), Said("dua")]


def test_one_message_of_a_strange_shape_does_not_spoil_the_others(meta: Post, rest: Rest) -> None:
    """It is parked for us to see, and its sender is answered all the same."""
    notification = told(BATCH)
    value_of(notification)["messages"][0]["text"] = ["satu"]

    response = meta(json.dumps(notification).encode())

    assert (response.status_code, [route for route, _, _ in rest.parked]) == (200, ["meta"])
    assert heard(rest) == [SentMedia("other"), Said("dua"), Said("tiga"), Said("empat")]


def test_a_place_that_is_nowhere_is_answered_as_something_of_no_use(meta: Post, rest: Rest) -> None:
    """Latitudes end at 90 degrees."""
    meta(payload("meta/a-place-that-is-nowhere.json"))

    assert (heard(rest), len(rest.parked)) == ([SentMedia("other")], 1)


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"entry": 1}', b'{"entry": [{"changes": [{"value": 7}]}]}'])
def test_a_body_that_nobody_can_read_is_acknowledged(body: bytes, meta: Post, rest: Rest) -> None:
    """It is signed, so it is Meta's; sent again it would read no better."""
    assert (meta(body).status_code, rest.inbound) == (200, [])


def test_a_large_batch_fits(meta: Post, rest: Rest) -> None:
    """Meta sends up to 3 MB; other webhooks take 256 kB."""
    notification = told("a-text")
    message = value_of(notification)["messages"][0]
    value_of(notification)["messages"] = [
        message | {"id": f"wamid.{number}", "text": {"body": "a" * 1000}} for number in range(2000)
    ]

    meta(json.dumps(notification).encode())
    refused = meta(b" " * (3 * 1024 * 1024 + 1))

    assert (len(rest.inbound), refused.status_code) == (2000, 413)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Hub-Signature-256": ""},
        {"X-Hub-Signature-256": "sha256="},
        {"X-Hub-Signature-256": "\xe9"},
        sealed(payload("meta/a-text.json"), b"another"),
        sealed(payload("meta/a-text.json") + b"\n"),
    ],
    ids=("none", "empty", "no digest", "no hexadecimal", "another secret", "another body"),
)
def test_an_unproved_body_is_refused_and_changes_nothing(
    headers: dict[str, str], web: FlaskClient, rest: Rest
) -> None:
    """Only Meta and we know the app's secret; the raw bytes are signed."""
    response = web.post(PATH, data=payload("meta/a-text.json"), headers=headers)

    assert (response.status_code, response.data, rest.inbound) == (401, b"signature\n", [])


@pytest.mark.parametrize("secret", [b"new", b"old"])
def test_two_secrets_hold_while_one_is_changed(secret: bytes, rest: Rest) -> None:
    """Meta signs with the old one until it is reset."""
    body = payload("meta/a-text.json")

    response = web_of(rest, META_APP_SECRET="new, old").post(PATH, data=body, headers=sealed(body, secret))

    assert (response.status_code, len(rest.inbound)) == (200, 1)


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=meta-token", (200, b"1158201444")),
        ("hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=other", (403, b"token\n")),
        ("hub.mode=subscribe&hub.challenge=1158201444", (403, b"token\n")),
        ("hub.mode=unsubscribe&hub.challenge=1&hub.verify_token=meta-token", (400, b"malformed\n")),
        ("hub.mode=subscribe&hub.challenge=%3Cb%3E&hub.verify_token=meta-token", (400, b"malformed\n")),
        ("hub.mode=subscribe&hub.verify_token=meta-token", (400, b"malformed\n")),
    ],
    ids=("right", "another token", "no token", "another mode", "a challenge with markup", "no challenge"),
)
def test_the_challenge_is_answered_to_who_knows_the_token(
    query: str, answer: tuple[int, bytes], web: FlaskClient
) -> None:
    """Meta asks once, when the webhook is registered."""
    response = web.get(f"{PATH}?{query}")

    assert (response.status_code, response.data) == answer
    assert response.content_type == "text/plain; charset=utf-8"


@pytest.mark.parametrize("status", STATUSES)
def test_a_status_is_passed_on_under_our_own_id(status: str, meta: Post, rest: Rest) -> None:
    """Meta gives back what we put into biz_opaque_callback_data."""
    notification = told("a-message-of-ours-was-delivered")
    value_of(notification)["statuses"][0]["status"] = status

    meta(json.dumps(notification).encode())

    assert rest.receipts == [("7f-0", STATUSES[status])]


@pytest.mark.parametrize(
    "changed", [{"biz_opaque_callback_data": ""}, {"biz_opaque_callback_data": "7" * 200}, {"status": "held"}]
)
def test_a_status_that_names_no_message_or_state_of_ours_is_only_counted(
    changed: dict[str, str], meta: Post, rest: Rest
) -> None:
    """Another program at the same number may send too."""
    notification = told("a-message-of-ours-was-delivered")
    value_of(notification)["statuses"][0] |= changed

    assert (meta(json.dumps(notification).encode()).status_code, rest.receipts) == (200, [])


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("a-citizen-wants-no-more-messages", [Inbound(CITIZEN, "left:wamid.HBgNOURS", Left(), NOW)]),
        ("a-message-of-ours-reaches-nobody", []),
    ],
)
def test_a_failure_says_whether_the_citizen_has_left(
    name: str, left: list[Inbound], meta: Post, rest: Rest
) -> None:
    """One is the citizen's will, the other may be a phone that is off."""
    meta(payload(f"meta/{name}.json"))

    assert (rest.inbound, rest.receipts) == (left, [("7f-0", "failed")])


def test_without_its_variables_there_is_no_route(rest: Rest) -> None:
    """The channel is off."""
    off = dict.fromkeys(("META_ACCESS_TOKEN", "META_APP_SECRET", "META_VERIFY_TOKEN", "META_PHONE_NUMBER_ID"), "")

    assert web_of(rest, **off).get(PATH).status_code == 404


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["text", "106540352242922"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["entry", "changes", "value", "messages", "statuses", "from", "id", "type", "text", "body"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@profile(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(body=JSON.map(lambda value: json.dumps(value).encode()) | st.binary(max_size=100), message=JSON)
def test_no_body_whatever_makes_the_webhook_fail(meta: Post, body: bytes, message: object) -> None:
    """With a right signature, anything is acknowledged."""
    notification = told("a-text")
    value_of(notification)["messages"] = [message]

    assert meta(body).status_code == 200
    assert meta(json.dumps(notification).encode()).status_code == 200
