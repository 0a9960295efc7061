"""A bubble becomes a message of Twilio's, and each of its errors is told for what it is."""

import base64
import json
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.channels.twilio import TwilioSender
from bot.contents import Approved, Contents, written
from bot.providers import Twilio
from conversations.bubble import Bubble, Button, Template
from tests.bot.channels.provider import SILENCE, Provider, Reply, outcome

SID = "AC0123456789abcdef0123456789abcdef"
MESSAGES = f"/2010-04-01/Accounts/{SID}/Messages.json"
BASIC = "Basic " + base64.b64encode(f"{SID}:twilio-token".encode()).decode()
PUBLIC = "https://lapor.example"
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def sender(url: str, public_url: str = PUBLIC, sms_from: str = "+15005550006") -> TwilioSender:
    """Make a sender that soon loses patience."""
    settings = Twilio(SID, "twilio-token", url, sms_from, "+15005550001")
    return TwilioSender(settings, public_url, patience=0.3)


def send(twilio: TwilioSender, address: str = "sms:+6281234567890") -> object:
    """Send a bubble and tell what came of it."""
    bubble = Bubble("Nomor 9165816", (Button("Ya", "y"),))
    return outcome(twilio, lambda: twilio.send(address, bubble, "ob/1"))


def error(status: int, code: int) -> Reply:
    """Answer as Twilio does when it refuses."""
    body = {"code": code, "message": "The 'To' number +6281234567890 is odd", "status": status}
    return Reply(status, json.dumps(body).encode())


def listed(body: str, age: float, status: str = "queued") -> dict[str, object]:
    """Return a message as Twilio lists it, `age` seconds old."""
    created = (NOW - timedelta(seconds=age)).strftime("%a, %d %b %Y %H:%M:%S +0000")
    return {"sid": "SM1", "body": body, "status": status, "date_created": created, "date_sent": None}


@pytest.mark.parametrize(
    ("address", "source", "to"),
    [
        ("sms:+6281234567890", "+15005550006", "+6281234567890"),
        ("whatsapp:+6281234567890", "whatsapp:+15005550001", "whatsapp:+6281234567890"),
        ("whatsapp:ID.4566778899", "whatsapp:+15005550001", "whatsapp:ID.4566778899"),
    ],
    ids=("SMS", "WhatsApp", "a citizen with a user name"),
)
def test_a_text_goes_out_by_the_channel_of_its_address(
    address: str, source: str, to: str, provider: Provider
) -> None:
    """Its choices are numbered, and delivery reports come back with our own id of the message in their address."""
    provider.script(Reply(201, json.dumps({"sid": "SM9", "status": "queued"}).encode()))

    told = send(sender(provider.url), address)

    assert told == "SM9"
    assert [(asked.method, asked.path, asked.fields) for asked in provider.asked] == [
        (
            "POST",
            MESSAGES,
            {
                "To": to,
                "From": source,
                "Body": "Nomor 9165816\n1. Ya",
                "StatusCallback": f"{PUBLIC}/webhooks/twilio/status?outbox=ob%2F1",
            },
        )
    ]
    assert provider.asked[0].headers["Authorization"] == BASIC


def test_without_a_public_address_no_report_is_asked_for(provider: Provider) -> None:
    """There is nowhere to send it."""
    provider.script(Reply(201, b"{}"))

    told = send(sender(provider.url, public_url=""))

    assert (told, sorted(provider.asked[0].fields)) == ("", ["Body", "From", "To"])


def test_a_channel_without_a_number_waits_for_the_operator(provider: Provider) -> None:
    """The message is kept until TWILIO_SMS_FROM is set."""
    assert (send(sender(provider.url, sms_from="")), provider.asked) == ("Temporary", [])


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (error(400, 21610), "Blocked"),
        (error(400, 21211), "Permanent"),
        (error(400, 21617), "Permanent"),
        (error(400, 21606), "Temporary"),
        (error(401, 20003), "Temporary"),
        (error(403, 20003), "Temporary"),
        (error(429, 20429), "Temporary"),
        (error(500, 20500), "Temporary"),
        (Reply(503, b"<html>"), "Temporary"),
        (
            Reply(400, b'{"type": "https://x.example/p", "title": "Bad", "status": 400, "code": 21610}'),
            "Blocked",
        ),
        (Reply(200, b"<html>"), "Uncertain"),
        (SILENCE, "Uncertain"),
    ],
    ids=(
        "the citizen wrote STOP",
        "no number",
        "too long",
        "the operator's number may not send",
        "the operator's token is wrong",
        "the account may not",
        "too many calls",
        "Twilio is down",
        "its gateway is down",
        "an error in the newer form",
        "a yes that cannot be read",
        "taken, but the answer is lost",
    ),
)
def test_an_error_is_told_for_what_it_is(reply: Reply, told: str, provider: Provider) -> None:
    """Whether to try again, to give up, or to look first; each is asked once."""
    provider.script(reply)

    assert (send(sender(provider.url)), len(provider.asked)) == (told, 1)


def test_a_text_that_never_left_is_tried_again() -> None:
    """Nobody listens at that port."""
    assert send(sender("http://127.0.0.1:9")) == "Temporary"


@pytest.mark.parametrize(
    ("messages", "found"),
    [
        ([listed("lain", 1), listed("Nomor 9165816\n1. Ya", 2)], True),
        ([listed("Nomor 9165816\n1. Ya", 60)], False),
        ([listed("Nomor 9165816\n1. Ya", 2, "failed")], False),
        ([listed("Nomor 9165817\n1. Ya", 2)], False),
        ([], False),
    ],
    ids=("it is there", "that was an earlier one", "that one failed", "that is another text", "none"),
)
def test_a_message_whose_answer_was_lost_is_looked_up(
    messages: list[dict[str, object]],
    found: object,
    provider: Provider,
) -> None:
    """Twilio has no idempotency key, so the list of messages is the only way to know."""
    provider.script(Reply(200, json.dumps({"messages": messages}).encode()))
    twilio = sender(provider.url)

    told = outcome(
        twilio,
        lambda: twilio.sent(
            "sms:+6281234567890", Bubble("Nomor 9165816", (Button("Ya", "y"),)), NOW - timedelta(seconds=10)
        ),
    )

    assert (told, [(asked.method, asked.path, asked.fields) for asked in provider.asked]) == (
        found,
        [("GET", MESSAGES, {"To": "+6281234567890", "From": "+15005550006", "PageSize": "20"})],
    )


@pytest.mark.parametrize("reply", [SILENCE, error(503, 20503)], ids=("silence", "Twilio is down"))
def test_looking_up_can_be_done_again(reply: Reply, provider: Provider) -> None:
    """It changes nothing, so no doubt remains."""
    provider.script(reply)
    twilio = sender(provider.url)

    assert outcome(twilio, lambda: twilio.sent("sms:+62812345678", Bubble("Halo"), NOW)) == "Temporary"


@pytest.mark.parametrize("reply", [Reply(201, b'{"sid": "SM9"}'), error(400, 21211), SILENCE])
def test_neither_token_nor_words_are_told_to_anyone(
    reply: Reply, provider: Provider, caplog: pytest.LogCaptureFixture
) -> None:
    """Twilio's own words repeat the number, so only its codes are passed on."""
    caplog.set_level(logging.DEBUG)
    provider.script(reply)

    send(sender(provider.url))

    assert [word for word in ("twilio-token", "9165816", "81234567890") if word in caplog.text] == []


def test_taps_need_no_acknowledging() -> None:
    """Nothing is asked of Twilio."""
    twilio = sender("http://127.0.0.1:9")

    assert outcome(twilio, lambda: twilio.acknowledge("tap")) is None


MENU = Bubble("Kirim?", (Button("Ya", "review.1.send"), Button("Tidak", "review.1.edit")))
NEWS = Bubble("Laporan 9165816 selesai.", template=Template("closed", "id", ("9165816", "Dinas PU", "Beres.")))


@pytest.fixture
def contents(tmp_path: Path) -> Path:
    """Return a file with one menu and one template."""
    path = tmp_path / "templates.toml"
    known = Contents({"quick_2_1": "HX1"}, {"id": {"closed": Approved("HX2", ("number", "message"))}})
    path.write_text(written(known))
    return path


def send_by(contents: Path | None, provider: Provider, bubble: Bubble) -> tuple[object, list[dict[str, str]]]:
    """Send a bubble by WhatsApp; return what came of it and how Twilio was asked."""
    settings = Twilio(SID, "twilio-token", provider.url, "", "+15005550001", templates=contents)
    twilio = TwilioSender(settings, "", patience=0.3)
    told = outcome(twilio, lambda: twilio.send("whatsapp:ID.4566", bubble, "1"))
    return told, [
        {name: value for name, value in asked.fields.items() if name not in {"To", "From"}}
        for asked in provider.asked
    ]


TAKEN = Reply(201, b'{"sid": "SM9"}')
BY_MENU = {
    "ContentSid": "HX1",
    "ContentVariables": '{"1": "Kirim?", "2": "Ya", "3": "review.1.send", "4": "Tidak", "5": "review.1.edit"}',
}
AS_TEXT = {"Body": "Kirim?\n1. Ya\n2. Tidak"}
BY_TEMPLATE = {"ContentSid": "HX2", "ContentVariables": '{"1": "9165816", "2": "Beres."}'}


@pytest.mark.parametrize(
    ("bubble", "replies", "came"),
    [
        (MENU, [TAKEN], ("SM9", [BY_MENU])),
        (MENU, [error(400, 21655), TAKEN], ("SM9", [BY_MENU, AS_TEXT])),
        (MENU, [error(400, 21656), error(400, 21211)], ("Permanent", [BY_MENU, AS_TEXT])),
        (MENU, [error(400, 21610)], ("Blocked", [BY_MENU])),
        (MENU, [error(503, 20503)], ("Temporary", [BY_MENU])),
        (MENU, [SILENCE], ("Uncertain", [BY_MENU])),
        (MENU, [error(400, 63016)], ("Closed", [BY_MENU])),
        (NEWS, [TAKEN], ("SM9", [BY_TEMPLATE])),
        (NEWS, [error(400, 21655)], ("Closed", [BY_TEMPLATE])),
        (NEWS, [error(400, 63041)], ("Closed", [BY_TEMPLATE])),
        (NEWS, [error(429, 63018)], ("Temporary", [BY_TEMPLATE])),
        (NEWS, [error(400, 63024)], ("Blocked", [BY_TEMPLATE])),
    ],
    ids=[
        "a menu", "its template is gone", "neither is taken", "the citizen left", "Twilio is down",
        "the answer is lost", "the window is closed", "news", "its template is gone too", "its template is paused",
        "too many conversations", "nobody is there",
    ],
)  # fmt: skip
def test_a_content_template_that_is_refused_gives_way(
    bubble: Bubble, replies: list[Reply], came: tuple[str, object], provider: Provider, contents: Path
) -> None:
    """A menu to numbered text, at once; approved words to what the dialog does with words that it cannot send."""
    provider.script(*replies)
    assert send_by(contents, provider, bubble) == came


@pytest.mark.parametrize(("bubble", "told", "asked"), [(MENU, "SM9", [AS_TEXT]), (NEWS, "Closed", [])])
def test_without_content_templates_menus_are_text_and_news_is_not_sent(
    bubble: Bubble, told: str, asked: list[dict[str, str]], provider: Provider
) -> None:
    provider.script(TAKEN)
    assert send_by(None, provider, bubble) == (told, asked)


@pytest.mark.parametrize(
    ("bubble", "body", "found"),
    [
        (MENU, "Kirim?", True),
        (MENU, "Kirim?\n1. Ya\n2. Tidak", True),
        (Bubble("Satu\n\nDua", MENU.buttons), "Satu\nDua", True),
        (NEWS, "Laporan Bapak/Ibu nomor 9165816 oleh Dinas PU selesai: Beres. Balas SUDAH.", True),
        (NEWS, "Laporan Bapak/Ibu nomor 9165817 oleh Dinas PU selesai: Beres. Balas SUDAH.", False),
        (MENU, "Kirim sekarang?", False),
    ],
)
def test_a_message_by_a_content_template_is_found_again(
    bubble: Bubble, body: str, found: object, provider: Provider
) -> None:
    """Twilio lists what it made of the template, so the words are compared."""
    provider.script(Reply(200, json.dumps({"messages": [listed(body, 1)]}).encode()))
    twilio = sender(provider.url)

    assert outcome(twilio, lambda: twilio.sent("whatsapp:+62812345678", bubble, NOW)) is found
