"""What providers say became of our messages: passed on in five words, and who left is left in peace."""

from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bot.errors import Busy
from bot.inbound import Inbound
from conversations.events import Left
from tests.webhooks.rest import NOW, Rest, payload, signature

TWILIO = "/webhooks/twilio/status"
TYPE = "application/x-www-form-urlencoded"
STATUSES = {
    "accepted": "accepted",
    "scheduled": "accepted",
    "queued": "accepted",
    "sending": "accepted",
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "undelivered": "failed",
    "failed": "failed",
    "canceled": "failed",
}
KINDS = {"1": "delivered", "2": "failed", "4": "accepted", "8": "accepted", "16": "failed"}


def report(web: FlaskClient, query: str, body: bytes) -> TestResponse:
    """Post a delivery report as Twilio signs it."""
    address = f"{TWILIO}{query}"
    signed = {"X-Twilio-Signature": signature(f"https://lapor.example{address}", body)}
    return web.post(address, data=body, headers=signed, content_type=TYPE)


@pytest.mark.parametrize("said", STATUSES)
def test_a_report_of_twilio_is_passed_on(said: str, web: FlaskClient, rest: Rest) -> None:
    """Our own id of the message stands in the query."""
    response = report(web, "?outbox=7f-0", urlencode({"MessageSid": "SM1", "MessageStatus": said}).encode())

    assert (response.status_code, rest.receipts) == (204, [("7f-0", STATUSES[said])])


@pytest.mark.parametrize(
    ("query", "status"),
    [("", "sent"), ("?outbox=", "sent"), (f"?outbox={'7' * 200}", "sent"), ("?outbox=7f-0", "x")],
)
def test_a_report_that_names_no_message_or_status_of_ours_is_only_counted(
    query: str, status: str, web: FlaskClient, rest: Rest
) -> None:
    """Nothing is kept under an invented name."""
    response = report(web, query, urlencode({"MessageSid": "SM1", "MessageStatus": status}).encode())

    assert (response.status_code, rest.receipts) == (204, [])


def test_the_message_that_a_report_is_about_stands_in_the_query_only(web: FlaskClient, rest: Rest) -> None:
    """What the form says of an outbox is not ours."""
    report(web, "", b"MessageSid=SM1&MessageStatus=sent&outbox=7f-0")

    assert rest.receipts == []


def test_a_report_for_another_message_than_was_signed_is_refused(web: FlaskClient, rest: Rest) -> None:
    """The query is signed too."""
    body = b"MessageSid=SM1&MessageStatus=delivered"
    signed = {"X-Twilio-Signature": signature(f"https://lapor.example{TWILIO}?outbox=1", body)}

    response = web.post(f"{TWILIO}?outbox=2", data=body, headers=signed, content_type=TYPE)

    assert (response.status_code, rest.receipts) == (403, [])


@pytest.mark.parametrize("kind", KINDS)
def test_a_report_of_the_gateway_is_passed_on(kind: str, web: FlaskClient, rest: Rest) -> None:
    """Kannel tells the kind as a number."""
    web.get(f"/webhooks/sms/status?id=7f-0&type={kind}&secret=gerbang+rahasia")

    assert rest.receipts == [("7f-0", KINDS[kind])]


@pytest.mark.parametrize("path", ["/webhooks/sms/status?id=7f-0&type=1&secret=gerbang+rahasia", TWILIO])
def test_a_report_that_could_not_be_kept_is_asked_for_again(path: str, web: FlaskClient, rest: Rest) -> None:
    """Kannel and Twilio each have their own word for later."""
    rest.trouble = Busy("no Redis")

    response = report(web, "?outbox=1", b"MessageSid=SM1&MessageStatus=sent") if path == TWILIO else web.get(path)

    assert response.status_code == (500 if path == TWILIO else 503)


def test_a_citizen_who_blocked_the_bot_has_left(web: FlaskClient, rest: Rest) -> None:
    """Telegram tells it as a change of membership; nothing rides, for nobody would read it."""
    response = web.post(
        "/webhooks/telegram",
        data=payload("telegram/the-citizen-blocked-the-bot.json"),
        headers={"X-Telegram-Bot-Api-Secret-Token": "telegram-secret"},
    )

    left = Inbound("telegram:5550123", "tg:881200425", Left(), NOW)
    assert (response.status_code, response.data, rest.inbound) == (200, b"", [left])


def test_a_citizen_who_wrote_stop_has_left(web: FlaskClient, rest: Rest) -> None:
    """Twilio keeps STOP to itself and tells it by an error of the next message."""
    report(web, "?outbox=7f-0", payload("twilio/a-delivery-report-of-a-citizen-who-opted-out.form"))

    left = Inbound("sms:+6281234567890", f"left:SM{'7' * 32}", Left(), NOW)
    assert (rest.inbound, rest.receipts) == ([left], [("7f-0", "failed")])


@pytest.mark.parametrize(
    "told", [{"To": "PROMO", "ErrorCode": "21610"}, {"To": "+6281234567890", "ErrorCode": "1"}]
)
def test_nobody_else_has_left(told: dict[str, str], web: FlaskClient, rest: Rest) -> None:
    """A failure alone says nothing of the citizen's will."""
    report(web, "", urlencode({"MessageSid": "SM1", "MessageStatus": "failed"} | told).encode())

    assert rest.inbound == []


@pytest.mark.parametrize("code", ["63003", "63024"])
def test_a_citizen_whom_whatsapp_does_not_know_any_more_has_left(code: str, web: FlaskClient, rest: Rest) -> None:
    """Nothing more is sent there until something is heard from there."""
    told = {"MessageSid": "SM1", "MessageStatus": "failed", "To": "whatsapp:ID.4566", "ErrorCode": code}
    report(web, "?outbox=7f-0", urlencode(told).encode())

    assert rest.inbound == [Inbound("whatsapp:ID.4566", "left:SM1", Left(), NOW)]


def test_a_window_that_was_closed_has_the_message_said_in_approved_words(web: FlaskClient, rest: Rest) -> None:
    """Twilio takes the message first and tells it later; the worker, not the web process, does the rest."""
    report(web, "?outbox=7f-0", payload("twilio/a-delivery-report-of-a-closed-window.form"))

    assert (rest.reworded, rest.inbound) == ([("whatsapp:+6281234567890", "twilio", "7f-0")], [])


@pytest.mark.parametrize(
    ("query", "code"),
    [("", "63016"), (f"?outbox={'7' * 200}", "63016"), ("?outbox=7f-0", "63013"), ("?outbox=7f-0", "")],
    ids=["no message of ours", "an invented one", "another failure", "no code"],
)
def test_no_other_report_does_that(query: str, code: str, web: FlaskClient, rest: Rest) -> None:
    """A message that WhatsApp will not have at all is not tried in other words."""
    told = {"MessageSid": "SM1", "MessageStatus": "failed", "To": "whatsapp:+6281234567890", "ErrorCode": code}
    report(web, query, urlencode(told).encode())

    assert rest.reworded == []
