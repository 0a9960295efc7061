"""No secret stands in what is printed, raised or logged, whatever fails and whatever the other side says."""

import asyncio
import http.server
import threading
import traceback
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from typing import TypeVar

import pytest

from bot.cases.lapor import LaporCases
from bot.channels import Sender
from bot.channels.gateway import GatewaySender
from bot.channels.meta import MetaSender
from bot.channels.telegram import TelegramSender
from bot.channels.twilio import TwilioSender
from bot.config import Settings, load
from bot.errors import Failure, Misconfigured
from bot.variables import VARIABLES
from conversations.bubble import Bubble
from conversations.effects import Rate
from tests.kept import DATA_KEY

MARK = "m4rked"
SECRETS = {each.name: f"{MARK}-{each.name.lower()}" for each in VARIABLES if each.secret} | {
    "TELEGRAM_BOT_TOKEN": f"4839574812:{MARK}",
    "DATA_KEY": DATA_KEY,
    "REDIS_URL": f"redis://bot:{MARK}@127.0.0.1:6379/0",
    "DESK_DATABASE_URL": f"postgresql://desk:{MARK}@127.0.0.1/desk",
}
PHONE = "+6281234567890"
TEXT = "Laporan Anda diteruskan"
Channel = TypeVar("Channel")
Act = Callable[[Settings], Awaitable[object]]


async def _send(sender: Sender, address: str) -> None:
    try:
        await sender.send(address, Bubble(TEXT), "ob-1")
    finally:
        await sender.close()


async def _fetch(sender: Sender, ref: str) -> None:
    try:
        await sender.fetch(ref)
    finally:
        await sender.close()


async def _rate(cases: LaporCases) -> None:
    try:
        await cases.rate(Rate("R1", solved=True))
    finally:
        await cases.close()


async def _sent(sender: TwilioSender) -> None:
    try:
        await sender.sent(f"sms:{PHONE}", Bubble(TEXT), datetime.now(UTC))
    finally:
        await sender.close()


ACTS: dict[str, Act] = {
    "a message by Telegram": lambda given: _send(TelegramSender(_on(given.telegram), 5.0), "telegram:7"),
    "a file of Telegram": lambda given: _fetch(TelegramSender(_on(given.telegram), 5.0), "file"),
    "an SMS by Twilio": lambda given: _send(
        TwilioSender(_on(given.twilio), "http://127.0.0.1", 5.0), f"sms:{PHONE}"
    ),
    "a look at Twilio": lambda given: _sent(TwilioSender(_on(given.twilio), "", 5.0)),
    "a file of Twilio": lambda given: _fetch(
        TwilioSender(_on(given.twilio), "", 5.0), f"{_on(given.twilio).api_url}/2010-04-01/Accounts/AC0/Media/1"
    ),
    "a message by Meta": lambda given: _send(MetaSender(_on(given.meta), patience=5.0), f"whatsapp:{PHONE}"),
    "a file of Meta": lambda given: _fetch(MetaSender(_on(given.meta), patience=5.0), "1708"),
    "an SMS by the gateway": lambda given: _send(
        GatewaySender(_on(given.gateway), "http://127.0.0.1", 5.0), f"sms:{PHONE}"
    ),
    "a rating for LAPOR!": lambda given: _rate(LaporCases(given.lapor)),
}


def _on(channel: Channel | None) -> Channel:
    assert channel is not None
    return channel


def settings(port: int) -> Settings:
    """Return settings of a bot whose every outside server is a loopback port."""
    url = f"http://127.0.0.1:{port}"
    return load(
        SECRETS
        | dict.fromkeys(("TELEGRAM_API_URL", "TWILIO_API_URL", "META_API_URL", "LAPOR_API_URL"), url)
        | {"SMS_GATEWAY_URL": f"{url}/cgi-bin/sendsms", "SMS_GATEWAY_USERNAME": "lapor", "PUBLIC_URL": url}
        | {"TWILIO_ACCOUNT_SID": "AC0", "TWILIO_SMS_FROM": "+15005550006", "META_PHONE_NUMBER_ID": "1708"}
    )


@pytest.fixture(scope="module")
def parrot() -> Iterator[int]:
    """Serve a port that refuses everything with what it was sent: the address, the headers and the body."""

    class Parrot(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length", "0"))
            echo = f"{self.requestline}\n{self.headers}\n".encode() + self.rfile.read(length)
            self.send_response(400)
            self.send_header("Content-Length", str(len(echo)))
            self.end_headers()
            self.wfile.write(echo)

        do_POST = do_PUT = do_GET  # noqa: N815 - the names are the library's

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Parrot)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def told(act: Act, given: Settings, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> str:
    """Return all that a failing act tells: error, its trace, logs and output."""
    caplog.set_level("DEBUG")
    with pytest.raises(Failure) as raised:
        asyncio.run(_awaited(act, given))
    trace = "".join(traceback.format_exception(raised.value))
    return trace + repr(raised.value) + caplog.text + "".join(capfd.readouterr())


async def _awaited(act: Act, given: Settings) -> None:
    await act(given)


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("answers", [False, True], ids=["nobody there", "a parrot"])
def test_an_act_that_fails_tells_no_secret_number_or_text(
    name: str, *, answers: bool, parrot: int, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """Where the line is dead, and where the other side repeats all that it heard."""
    all_told = told(ACTS[name], settings(parrot if answers else 1), caplog, capfd)

    assert "bot.errors" in all_told
    assert [word for word in (MARK, PHONE, PHONE[1:], TEXT) if word in all_told] == []


def test_settings_print_no_secret() -> None:
    """Nor does any part of them."""
    given = settings(1)
    parts = (given, given.telegram, given.twilio, given.meta, given.gateway, given.lapor, given.desk)

    printed = "".join(f"{part} {part!r}" for part in parts)

    assert [word for word in (MARK, DATA_KEY) if word in printed] == []


def test_a_fault_of_the_settings_names_the_variable_and_not_what_it_holds() -> None:
    """An operator pastes the message into a ticket."""
    wrong = {each.name: f"{MARK} wrong" for each in VARIABLES}

    with pytest.raises(Misconfigured) as faults:
        load(wrong)

    assert ("PORT" in str(faults.value), MARK in str(faults.value)) == (True, False)
