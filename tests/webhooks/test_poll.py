"""Updates that are fetched are taken one after the other, confirmed when they are stored, and never lost."""

import asyncio
import json
from collections import deque
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.botapi.fetching import Conflicting
from bot.errors import Busy, Temporary
from bot.inbound import Inbound
from conversations.bubble import Bubble
from conversations.events import Said
from tests.webhooks.rest import NOW, Rest, payload
from webhooks.poll import Poll
from webhooks.route import Core
from webhooks.telegram import Hook


def text(number: int, words: str = "LAPOR") -> dict[str, Any]:
    """Return an update with a text."""
    return {"update_id": number, "message": {"chat": {"id": 7, "type": "private"}, "text": words}}


@dataclass
class Source:
    """Hands out batches and notes offsets; when there is no more, it says stop."""

    stop: asyncio.Event
    batches: deque[list[dict[str, Any]] | Exception]
    offsets: list[int] = field(default_factory=list)
    said: list[tuple[int, str]] = field(default_factory=list)

    async def updates(self, offset: int, *, wait: bool = True) -> list[dict[str, Any]]:
        """Return the next batch, or fail."""
        self.offsets.append(offset)
        if not wait:
            return []
        if not self.batches:
            self.stop.set()
            await asyncio.sleep(60)
        batch = self.batches.popleft()
        if isinstance(batch, Exception):
            raise batch
        return batch

    async def say(self, chat: int, words: str, markup: dict[str, Any] | None) -> None:  # noqa: ARG002 - not looked at
        """Note what is said at once."""
        self.said.append((chat, words))


@dataclass
class Halting(Rest):
    """A rest that is busy for a while, or stumbles over a word."""

    busy: int = 0

    def receive(self, inbound: Inbound) -> tuple[Bubble, ...]:
        """Note an event, or be busy."""
        if self.busy:
            self.busy -= 1
            raise Busy("no Redis")
        if isinstance(inbound.event, Said) and inbound.event.text == "poison":
            raise RuntimeError("poison")
        self.inbound.append(inbound)
        return ()


def polled(rest: Rest, *batches: list[dict[str, Any]] | Exception, said: str = "") -> Source:
    """Take batches until there are no more."""

    async def all_of_them() -> Source:
        stop = asyncio.Event()
        source = Source(stop, deque(batches))
        core = Core(rest.receive, rest.notify, lambda: NOW, park=rest.park, phrase=lambda _: said)
        await Poll(source, Hook((), core, rides=0), stop, pause=0.0).run()
        return source

    return asyncio.run(all_of_them())


def heard(rest: Rest) -> list[str]:
    """Return the ids of what was handed over."""
    return [each.message_id for each in rest.inbound]


def test_updates_are_confirmed_when_they_are_stored() -> None:
    """The offset goes beyond what was handed over, and stopping confirms the last."""
    rest = Halting()
    source = polled(rest, [text(5), text(6)], [text(7)])
    assert (heard(rest), source.offsets) == (["tg:5", "tg:6", "tg:7"], [0, 7, 8, 8])


def test_answers_go_to_the_outbox() -> None:
    """Nobody waits for them in a response."""
    rest = Halting()
    polled(rest, [json.loads(payload("telegram/a-tap.json"))])
    assert [(each.rides, each.provider, bool(each.tap)) for each in rest.inbound] == [(0, "telegram", True)]


def test_an_update_that_cannot_be_stored_is_tried_again_and_keeps_its_place() -> None:
    """Redis was away for a while."""
    rest = Halting(busy=3)
    source = polled(rest, [text(5), text(6)])
    assert (heard(rest), source.offsets[1]) == (["tg:5", "tg:6"], 7)


def test_what_nobody_can_take_is_parked_and_the_next_is_taken() -> None:
    """Neither a shape that we do not know nor a fault of ours stops all that come after it."""
    rest = Halting()
    odd = json.loads(payload("telegram/a-message-of-a-shape-we-do-not-know.json"))
    polled(rest, [odd, text(5, "poison"), text(6)])
    assert [(route, reason) for route, reason, _ in rest.parked] == [
        ("telegram", "unusable"),
        ("telegram", "failed"),
    ]
    assert heard(rest) == ["tg:6"]


def test_telegram_that_does_not_answer_is_asked_again() -> None:
    """What was stored before stays confirmed."""
    rest = Halting()
    source = polled(rest, [text(5)], Temporary("ConnectError"), Temporary("flood control", 0.01), [text(6)])
    assert (heard(rest), source.offsets) == (["tg:5", "tg:6"], [0, 6, 6, 6, 7, 7])


def test_after_a_quiet_while_nothing_is_passed_over() -> None:
    """Ids may start anew below the old ones after a week; an offset would hide them."""
    source = polled(Halting(), [text(900)], [], [text(3)])
    assert source.offsets == [0, 901, 0, 4, 4]


def test_a_second_process_ends_the_first() -> None:
    """Telegram gives updates to one."""
    with pytest.raises(Conflicting):
        polled(Halting(), Conflicting("terminated by other getUpdates request"))


def test_a_group_is_answered_by_a_call() -> None:
    """There is no response for it to ride in."""
    source = polled(
        Halting(), [json.loads(payload("telegram/a-text-in-a-group.json"))], said="Tulis di obrolan pribadi."
    )
    assert source.said == [(-1009988, "Tulis di obrolan pribadi.")]
