"""Random dialogs under random faults, in one process: dispatcher, workers, a real Redis, and a clock that jumps."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Final

import msgspec
import redis
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from bot.cases.port import Report
from bot.errors import Failure, Temporary, Uncertain
from bot.inbound import Inbound
from conversations.bubble import Bubble
from conversations.effects import File
from conversations.events import Said
from tests.bot.office import PHONE, STORY, Backend, Office, Phone
from tests.faults.counts import Counts
from tests.stage import NOW

ASIDE = ("MENU", "ULANG", "KEMBALI", "STATUS", "BATAL", "PULIHKAN", "apa?", "9", "BANTUAN", "kirim")
GENERATE = (Phase.explicit, Phase.generate)
"""A walk takes seconds: to look for a shorter one would take minutes."""

LOOKS = 400
READING = 6
"""Seconds from one message to the next: what comes faster is one message to the dialog."""
FAILURES = st.lists(st.sampled_from((Temporary("down"), Temporary("slow", after=30), Uncertain("cut"))), max_size=3)


@dataclass(frozen=True, slots=True)
class Ended:
    """How a dialog ended: what was promised, what was counted, and how many messages were in doubt."""

    expected: Counts
    counted: Counts
    doubts: int


class Ledger(Backend):
    """A backend that gives each report a number of its own; it is down until it is `back`."""

    def __init__(self) -> None:
        super().__init__()
        self.back = 0.0
        self.now: Callable[[], float] = lambda: 0.0

    async def file(self, address: str, report: File) -> Report:
        if self.now() < self.back:
            raise Temporary("down")
        await super().file(address, report)
        return self._known(report.key)

    async def by_key(self, key: str) -> Report | None:
        return self._known(key) if key in self.filed else None

    def _known(self, key: str) -> Report:
        number = list(self.filed).index(key)
        return Report(f"R{number}", f"91{number:05d}", "submitted", NOW)


class Handset(Phone):
    """A phone that knows which messages of the outbox it got, and how many answers got lost on the way back."""

    def __init__(self) -> None:
        super().__init__()
        self.got: list[str] = []
        self.doubts = 0

    async def send(self, address: str, bubble: Bubble, outbox_id: str) -> str:
        before = len(self.texts)
        try:
            return await super().send(address, bubble, outbox_id)
        except Uncertain:
            self.doubts += 1
            raise
        finally:
            self.got += [outbox_id] * (len(self.texts) - before)


class Dialog(RuleBasedStateMachine):
    """A citizen who reports by SMS, providers and a backend that fail, and a clock that jumps."""

    def __init__(self, client: "redis.Redis", url: str, ended: list["Ended"]) -> None:
        super().__init__()
        client.flushdb()
        self.ended = ended
        self.office = Office(client, url)
        self.phone, self.backend = Handset(), Ledger()
        self.office.phone, self.office.backend = self.phone, self.backend
        self.typed: list[str] = []
        self.progress = 0

    def deliver(self, number: int) -> None:
        at = datetime.fromtimestamp(self.office.time, NOW.tzinfo)
        inbound = Inbound(PHONE, f"m{number}", Said(self.typed[number]), at, provider="gateway")
        self.office.dispatcher.receive(inbound)

    def write(self, text: str) -> None:
        self.typed.append(text)
        self.office.time += READING
        self.deliver(len(self.typed) - 1)

    def work(self, until: Callable[[], bool], pace: float, workers: int = 1) -> None:
        """Let workers work until something holds, for LOOKS looks at most; each look takes `pace` seconds."""
        looks = count()

        def over() -> bool:
            self.office.time += pace
            return until() or next(looks) > LOOKS

        self.office.works(over, workers)

    @rule()
    def goes_on(self) -> None:
        """Write what comes next in a report; each story is another."""
        text = STORY[self.progress % len(STORY)]
        self.write(f"{text} {'ya' * (len(self.typed) + 1)}" if text.startswith("LAPOR") else text)
        self.progress += 1

    @rule(text=st.sampled_from(ASIDE))
    def strays(self, text: str) -> None:
        self.write(text)

    @precondition(lambda self: self.typed)
    @rule(back=st.integers(0, 2))
    def is_delivered_again(self, back: int) -> None:
        self.deliver(max(0, len(self.typed) - 1 - back))

    @rule(failures=FAILURES)
    def breaks_the_phone(self, failures: list[Failure]) -> None:
        self.phone.failures += failures

    @rule(failures=FAILURES)
    def breaks_the_backend(self, failures: list[Failure]) -> None:
        self.backend.failures += failures

    @rule(workers=st.integers(1, 2))
    def works(self, workers: int) -> None:
        self.work(self.office.done, 1.0, workers)

    @rule(seconds=st.sampled_from((1.0, 4.0, 70.0, 3600.0, -600.0)))
    def moves_the_clock(self, seconds: float) -> None:
        self.office.time += seconds

    def teardown(self) -> None:
        """Let all be well again, wait for days, and count."""
        self.phone.failures, self.backend.failures = [], []
        self.work(self.office.empty, 600.0)
        self.ended.append(Ended(self.confirmed(), self.counts(), self.phone.doubts))
        counted, expected = self.counts(), self.confirmed()
        assert counted.within(expected, self.phone.doubts), (self.typed, self.phone.texts, self.office.parked())

    def confirmed(self) -> Counts:
        """Return what is promised for the reports that the citizen confirmed."""
        stored = self.office.dispatcher.store.load(PHONE).document
        reports = len(stored.session.cases) if stored else 0
        return Counts(filed=reports, told=reports)

    def counts(self) -> Counts:
        """Count what came of it."""
        texts = self.phone.texts
        told = [
            number for number in range(len(self.backend.filed)) if any(f"91{number:05d}" in text for text in texts)
        ]
        again = len(self.phone.got) - len(set(self.phone.got))
        silent = max(0, len(self.typed) - (len(texts) - again))
        return Counts(len(self.backend.filed), len(told), self._lost(), silent, again)

    def _lost(self) -> int:
        """Count the stories that stand neither in a report nor in a draft."""
        stored = self.office.dispatcher.store.load(PHONE).document
        kept = msgspec.json.encode((stored and stored.session, self.backend.filed)).decode()
        stories = [text.removeprefix("LAPOR ") for text in self.typed if text.startswith("LAPOR")]
        return sum(story not in kept for story in stories)


def walk(client: "redis.Redis", url: str, examples: int) -> list[Ended]:
    """Walk so many random dialogs and return how each ended; raises AssertionError where one breaks a promise."""
    ended: list[Ended] = []
    run_state_machine_as_test(
        lambda: Dialog(client, url, ended),
        settings=settings(
            max_examples=examples, stateful_step_count=20, deadline=None, derandomize=True, phases=GENERATE
        ),
    )
    return ended


def reported(client: "redis.Redis", url: str, *acts: Callable[[Dialog], object]) -> Ended:
    """Let a report be made, and what `acts` do befall it when it is sent; return how it ended."""
    ended: list[Ended] = []
    dialog = Dialog(client, url, ended)
    for _ in STORY:
        dialog.goes_on()
    for act in acts:
        act(dialog)
        dialog.works(workers=2)
    dialog.teardown()
    return ended[0]


def _broken(hours: float) -> Callable[[Dialog], object]:
    """Let the backend be down for some hours from now on."""

    def act(dialog: Dialog) -> None:
        dialog.backend.back = dialog.office.time + hours * 3600
        dialog.backend.now = lambda: dialog.office.time

    return act


def _moved(seconds: float) -> Callable[[Dialog], object]:
    return lambda dialog: dialog.moves_the_clock(seconds)


MOVED: Final = {
    "backend down for an hour, the clock moved": (_broken(1), _moved(10), _moved(1800), _moved(1800)),
    "clock set back ten minutes while the backend is down": (_broken(0.2), _moved(-600), _moved(1500)),
    "clock set forward a day while the backend is down": (_broken(1), _moved(86400)),
    "clock set back a day before the report is sent": (_moved(-86400),),
}
"""What befalls a report by the clock: it is injected, for the clock of a process cannot be set for it alone."""
