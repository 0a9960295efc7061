"""What goes out by WhatsApp, in which words: ours for a day after the last message heard, else approved ones."""

import asyncio
from collections.abc import Collection
from datetime import datetime, timedelta

import pytest
import redis
from msgspec.structs import replace

from bot.carrying import Carrier
from bot.channels import Content
from bot.dispatcher import Dispatcher
from bot.document import Document
from bot.errors import Closed, Failure
from bot.inbound import Inbound
from bot.store import Commit
from bot.tasks import Reword, Send, Task
from conversations.bubble import Bubble, Button, Template
from conversations.effects import Forget
from conversations.events import Said
from conversations.flow import begin
from tests.bot.office import Backend
from tests.kept import store_at, url_of
from tests.stage import KNOWLEDGE, LANGUAGES, NOW

CITIZEN = "whatsapp:+6281234567890"
CHOICES = (Button("Sudah", "verdict.1.solved"),)
NEWS = Bubble("Laporan 9165816 selesai.\nSudah beres?", CHOICES, template=Template("closed", "id", ("9165816",)))
OTHER = Bubble("Laporan belum diterima.", template=Template("waiting", "id"))
ANSWER = Bubble("Di mana lokasinya?")


class Phone:
    """A provider that takes our own words while the window is open, and the templates that are approved."""

    def __init__(self, approved: Collection[str] = ("closed", "waiting"), *, closed: bool = False) -> None:
        self.approved, self.closed = approved, closed
        self.failures: list[Failure] = []
        self.taken: list[tuple[str, str]] = []

    async def send(self, _address: str, bubble: Bubble, outbox_id: str) -> str:
        kind = bubble.template.kind if bubble.template else ""
        if (kind and kind not in self.approved) or (not kind and self.closed):
            raise Closed("window")
        if self.failures:
            raise self.failures.pop(0)
        self.taken.append((outbox_id, kind or bubble.text))
        return "SM1"

    async def sent(self, _address: str, _bubble: Bubble, _since: datetime) -> bool:
        return False

    async def fetch(self, ref: str) -> Content:
        return Content(b"", ref)

    async def acknowledge(self, _tap: str) -> None:
        pass

    async def close(self) -> None:
        pass


class Desk:
    """A citizen who was heard so many hours ago, and a worker that carries one task at a time."""

    def __init__(self, client: "redis.Redis", phone: Phone, hours: float) -> None:
        self.dispatcher = Dispatcher(store_at(url_of(client)), LANGUAGES, "id", KNOWLEDGE)
        self.store, self.phone = self.dispatcher.store, phone
        clock = NOW + timedelta(hours=hours)
        self.carrier = Carrier({"twilio": phone}, Backend(), self.dispatcher, lambda: clock)
        session = replace(begin(), heard=int(NOW.timestamp()), informed=True)
        self.store.commit(CITIZEN, b"", Commit(Document(session, provider="twilio"), 60))

    def carries(self, action: Send | Reword | Forget, id_: str = "t1") -> None:
        task = Task(id_, CITIZEN, "twilio", action, int(NOW.timestamp() * 1000))
        asyncio.run(self.carrier.carry(task))

    def owed(self) -> tuple[str, ...]:
        document = self.store.load(CITIZEN).document
        assert document is not None
        return document.session.owed


@pytest.mark.parametrize(
    ("hours", "bubble", "sent"),
    [
        (1, NEWS, NEWS.text),
        (23.9, NEWS, NEWS.text),
        (24, NEWS, "closed"),
        (200, NEWS, "closed"),
        (200, ANSWER, ANSWER.text),
    ],
    ids=["an hour", "just before the window closes", "a day", "many days", "an answer needs no template"],
)
def test_the_last_message_heard_decides_which_words_are_sent(
    hours: float, bubble: Bubble, sent: str, client: "redis.Redis"
) -> None:
    """It is decided when the message is sent, for a task may be tried for days."""
    desk = Desk(client, Phone(), hours)
    desk.carries(Send(bubble, push=True))
    assert (desk.phone.taken, desk.owed()) == ([("t1", sent)], ())


@pytest.mark.parametrize(
    ("approved", "bubble", "sent"),
    [
        (("waiting",), NEWS, [("t1", "waiting")]),
        ((), NEWS, []),
        (("closed", "waiting"), OTHER, [("t1", "waiting")]),
    ],
    ids=["its template is not approved", "no template is approved", "it has no template of its own"],
)
def test_words_that_cannot_be_sent_are_owed(
    approved: Collection[str], bubble: Bubble, sent: list[tuple[str, str]], client: "redis.Redis"
) -> None:
    """Where that is approved, a template tells at least that there is news."""
    desk = Desk(client, Phone(approved), 48)
    desk.carries(Send(bubble, push=True))
    numbered = bubble.text + ("\n1. Sudah" if bubble.buttons else "")
    assert (desk.phone.taken, desk.owed()) == (sent, (numbered,))


def test_what_is_owed_is_said_first_when_the_citizen_writes(client: "redis.Redis") -> None:
    """A yes then answers nothing: it cannot be meant for words that were never read."""
    desk = Desk(client, Phone(()), 48)
    desk.carries(Send(OTHER, push=True))
    (answer,) = desk.dispatcher.receive(Inbound(CITIZEN, "1", Said("ya"), NOW, "twilio", rides=10, words=True))
    assert (OTHER.text in answer.text, "Selamat datang" in answer.text, desk.owed()) == (True, False, ())


@pytest.mark.parametrize("bubble", [NEWS, ANSWER], ids=["news", "an answer"])
def test_a_window_that_turns_out_closed_leads_to_a_template(bubble: Bubble, client: "redis.Redis") -> None:
    """Our record can be older than the truth: the provider's word counts."""
    desk = Desk(client, Phone(closed=True), 1)
    desk.carries(Send(bubble, push=True))
    kind = "closed" if bubble.template else "waiting"
    assert (desk.phone.taken, len(desk.owed())) == ([("t1", kind)], 0 if bubble.template else 1)


def test_a_refusal_that_comes_later_leads_to_the_template_once(client: "redis.Redis") -> None:
    """However often it is told; the template has an id of its own, and what was kept is forgotten."""
    desk = Desk(client, Phone(), 1)
    desk.carries(Send(NEWS, push=True))
    for _ in range(3):
        desk.carries(Reword("t1"), "t1/reword")
    assert desk.phone.taken == [("t1", NEWS.text), ("t1/template", "closed")]
    assert desk.store.sent(CITIZEN, "t1") is None


def test_a_template_that_is_refused_later_is_owed(client: "redis.Redis") -> None:
    """WhatsApp withdraws templates; then nothing is left but to wait for the citizen."""
    desk = Desk(client, Phone(), 48)
    desk.carries(Send(NEWS, push=True))
    desk.carries(Reword("t1"), "t1/reword")
    assert (desk.phone.taken, len(desk.owed())) == ([("t1", "closed")], 1)


@pytest.mark.parametrize("bubble", [ANSWER, OTHER], ids=["an answer", "news without a template of its own"])
def test_a_refusal_of_what_was_not_kept_is_harmless(bubble: Bubble, client: "redis.Redis") -> None:
    """An answer has no template, and what waits is owed already."""
    desk = Desk(client, Phone(), 48)
    desk.carries(Send(bubble, push=True))
    before = (list(desk.phone.taken), desk.owed())
    desk.carries(Reword("t1"), "t1/reword")
    assert (desk.phone.taken, desk.owed()) == before


def test_what_was_kept_is_sealed_and_goes_after_two_days_or_with_the_citizen(client: "redis.Redis") -> None:
    """HAPUS DATA drops it at once."""
    desk = Desk(client, Phone(), 1)
    desk.carries(Send(NEWS, push=True))
    (key,) = [key for key in client.keys("*") if b":sent:" in key]
    ttl, kept = client.ttl(key), client.hvals(key)[0]
    desk.carries(Forget(()))
    assert (0 < ttl <= 2 * 86400, b"9165816" in kept, client.exists(key)) == (True, False, 0)
