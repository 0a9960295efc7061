"""What a proved sender sends and nobody can use is parked with its reason; what a stranger sends is not."""

import json
from urllib.parse import parse_qs

import pytest
from flask.testing import FlaskClient

from bot.errors import Busy
from tests.webhooks.rest import Rest, payload, seal, signature

RIGHT = {"X-Telegram-Bot-Api-Secret-Token": "telegram-secret"}
FORM = "application/x-www-form-urlencoded"
STRANGE = payload("telegram/a-message-of-a-shape-we-do-not-know.json")
HALF = rb'{"update_id": 1, "message": {"chat": {"id": 7, "type": "private"}, "text": "\ud83d"}}'


@pytest.mark.parametrize(
    ("body", "status"), [(STRANGE, 200), (HALF, 200), (b"{", 400)], ids=["strange", "half a character", "no JSON"]
)
def test_an_update_that_cannot_be_read_is_parked(body: bytes, status: int, web: FlaskClient, rest: Rest) -> None:
    """What is JSON is acknowledged as well: Telegram would send it for a day, and hold back all that follows."""
    response = web.post("/webhooks/telegram", data=body, headers=RIGHT)

    assert (response.status_code, rest.parked) == (status, [("telegram", "unusable", body)])


def test_an_update_of_a_kind_that_is_not_used_is_not_parked(web: FlaskClient, rest: Rest) -> None:
    """There is nothing in it to be mended."""
    web.post("/webhooks/telegram", data=payload("telegram/a-channel-post.json"), headers=RIGHT)

    assert rest.parked == []


def test_an_event_that_cannot_be_read_is_parked(web: FlaskClient, rest: Rest) -> None:
    """The backend is told that it is none."""
    body = json.dumps(json.loads(payload("lapor/a-tracking-id.json")) | {"status": "gone"}).encode()

    response = web.post("/webhooks/lapor", data=body, headers=seal(body))

    assert (response.status_code, rest.parked) == (422, [("lapor", "malformed", body)])


@pytest.mark.parametrize(("path", "route"), [("", "twilio"), ("/status", "twilio_status")])
def test_a_form_of_twilio_without_its_id_is_parked(path: str, route: str, web: FlaskClient, rest: Rest) -> None:
    """It can be read, but not told from a repeat."""
    address, body = f"/webhooks/twilio{path}", b"From=%2B6281234567890&Body=jalan+rusak"
    signed = {"X-Twilio-Signature": signature(f"https://lapor.example{address}", body)}

    response = web.post(address, data=body, headers=signed, content_type=FORM)

    assert (response.status_code, rest.parked) == (400, [(route, "malformed", body)])


@pytest.mark.parametrize(("path", "route"), [("", "sms"), ("/status", "sms_status")])
def test_a_message_of_the_gateway_without_its_id_is_parked_without_the_secret(
    path: str, route: str, web: FlaskClient, rest: Rest
) -> None:
    """The secret stands among the fields and stays out of what is kept."""
    response = web.get(f"/webhooks/sms{path}?secret=gerbang+rahasia&from=081234567890&text=jalan+rusak")

    ((kept_route, reason, body),) = rest.parked
    assert (response.status_code, kept_route, reason) == (400, route, "malformed")
    assert parse_qs(body.decode()) == {"from": ["081234567890"], "text": ["jalan rusak"]}


def test_no_more_than_sixteen_kilobytes_are_kept(web: FlaskClient, rest: Rest) -> None:
    """Enough to see what it was."""
    web.post("/webhooks/telegram", data=b"[" + b" " * 100_000 + b"]", headers=RIGHT)

    assert [len(body) for _, _, body in rest.parked] == [16 * 1024]


def test_what_could_not_be_parked_is_asked_for_again(web: FlaskClient, rest: Rest) -> None:
    """Nothing is lost in silence."""
    rest.trouble = Busy("no Redis")

    assert web.post("/webhooks/telegram", data=STRANGE, headers=RIGHT).status_code == 503


@pytest.mark.parametrize("path", ["telegram", "twilio", "twilio/status", "sms", "sms/status", "lapor"])
def test_nothing_of_a_stranger_is_parked(path: str, web: FlaskClient, rest: Rest) -> None:
    """Nobody can fill the parking without a secret."""
    response = web.post(f"/webhooks/{path}", data=b"{", content_type=FORM)

    assert (response.status_code in (401, 403), rest.parked) == (True, [])
