"""What Meta alone does: challenges, batches, senders without a number; tests/contract has what all do."""

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
from conversations.events import Event, Said, SentMedia
from tests.webhooks.rest import Rest, payload, web_of

PATH = "/webhooks/meta"
CITIZEN = "whatsapp:+6281234567890"
Post = Callable[[bytes], TestResponse]

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


BATCH = "a-batch-of-entries-changes-and-messages"


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
