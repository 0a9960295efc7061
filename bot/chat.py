"""Talking to the dialog in the terminal, as an SMS, WhatsApp or Telegram phone; no server is needed."""

import asyncio
import sys
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from bot import bootstrap, knowledge
from bot.cases.local import LocalCases
from bot.channels import Content
from bot.errors import Permanent, Rejected
from bot.scripts import Scripts
from conversations import sms
from conversations.bubble import Bubble
from conversations.channel import PHONES, Channel
from conversations.effects import Attach, Effect, File, Find, Follow, Rate, Reply
from conversations.events import Attached, Event, Filed, Followed, Refused
from conversations.rehearsal import Rehearsal
from conversations.showing import drawn
from conversations.transcript import Line, TranscriptError

OFFICER: Final = "lapor>"
FILE: Final = Content(b"%PDF-1.7", "application/pdf")
"""What every file is that is sent here."""
WELCOME: Final = """\
Anda menulis dari telepon {channel}. Coba: LAPOR jalan berlubang besar depan SD 2, motor sering jatuh
Foto: (foto)   Lokasi: (lokasi: -7.75, 110.37)   Tombol: [Kirim]   Berhenti: Ctrl-D
Sebagai petugas: lapor> status in_progress text="Kami periksa besok"
"""


class Chat:
    """One phone, the dialog behind it, and a case backend in memory."""

    def __init__(self, rehearsal: Rehearsal, channel: Channel) -> None:
        self._rehearsal = rehearsal
        self._channel = channel
        self._cases = LocalCases()
        self._number = 0

    def say(self, text: str) -> Iterable[str]:
        """Take a line from the keyboard and yield what the phone shows.

        Raises TranscriptError where a line for the officer cannot be understood.
        """
        who = OFFICER if text.startswith(OFFICER) else "citizen>"
        self._rehearsal.answer(Line(who, text.removeprefix(OFFICER).strip()))
        yield from self._shown()

    def _shown(self) -> Iterable[str]:
        yield from (self._bubble(bubble) for bubble in self._rehearsal.said)
        for effect in self._rehearsal.effects:
            event = asyncio.run(self._outcome(effect))
            if event is not None:
                self._rehearsal.take(event)
                yield from self._shown()

    async def _outcome(self, effect: Effect) -> Event | None:
        match effect:
            case File(key=key):
                try:
                    report = await self._cases.file(f"{self._channel.name}:+6281234567890", effect)
                except Rejected as error:
                    return Refused(key, error.fields)
                return Filed(key, report.report_id, report.tracking_id, report.status)
            case Attach(key=key):
                return Attached(key, await self._cases.attach(key, FILE))
            case Reply() | Rate():
                await self._pass_on(effect)
            case Follow(key=key):
                return Followed(key, "code")
            case Find(key=key):
                return Followed(key, "number")
        return None

    async def _pass_on(self, effect: Reply | Rate) -> None:
        try:
            await (self._cases.reply(effect) if isinstance(effect, Reply) else self._cases.rate(effect))
        except Permanent as error:
            print(f"({error})")

    def _bubble(self, bubble: Bubble) -> str:
        text = drawn(bubble)
        if self._channel.name != "sms":
            return text
        return f"{text}\n({sms.septets(bubble.text)}/160, SMS {sms.segments(bubble.text).count})"


def talk(channel: str, locale: str) -> int:
    """Talk until the input ends; return the exit status."""
    settings = bootstrap.settings()
    phone = PHONES[channel]
    now = datetime.now(settings.timezone)
    scripts = Scripts(settings.locales_dir, settings.default_locale)
    chat = Chat(Rehearsal(phone, scripts, locale, knowledge.load(settings.agencies_file), now), phone)
    print(WELCOME.format(channel=channel))
    while (text := _typed()) is not None:
        try:
            for shown in chat.say(text):
                print("\n".join(f"  {line}" for line in shown.split("\n")))
        except TranscriptError as error:
            print(f"Tidak dipahami: {error}")
    return 0


def _typed() -> str | None:
    if sys.stdin.isatty():
        try:
            return input("> ")
        except EOFError:
            return None
    line = sys.stdin.readline()
    if line:
        print(f"> {line.rstrip()}")
    return line.rstrip("\n") if line else None
