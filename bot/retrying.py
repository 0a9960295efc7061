"""What becomes of a task that did not work: again later, parked, or let go."""

import random
from typing import Final, Literal, TypeAlias

import msgspec

from bot.channels.doubt import pause as doubt_pause
from bot.channels.doubt import repeats
from bot.errors import Blocked, Busy, Failure, Permanent, Temporary, Uncertain
from bot.tasks import Acknowledge, Notify, Reword, Send, Task
from conversations.effects import File

LONGEST_PAUSE: Final = 300.0
DAY: Final = 86400.0
"""Seconds."""


class Verdict(msgspec.Struct, frozen=True):
    """What to do with a task: `again` after `pause` seconds, `park` it with the reason, or `drop` it."""

    what: Literal["again", "park", "drop"]
    reason: str
    pause: float = 0.0


Chance: TypeAlias = "random.Random"


def judge(task: Task, error: Failure | Busy, now_ms: int, chance: Chance) -> Verdict:
    """Decide what becomes of a task after a failure; a confirmed report is not given up while trying may help."""
    reason = f"{type(error).__name__}: {error}"
    match error:
        case Blocked():
            return Verdict("drop", reason)
        case Permanent() if not isinstance(task.action, File):
            return Verdict("park", reason)
        case Uncertain() if isinstance(task.action, Send | Reword) and not repeats(task):
            return Verdict("drop", reason)
    if (now_ms - task.born) / 1000 > patience(task):
        return Verdict("drop" if isinstance(task.action, Acknowledge | Notify) else "park", reason)
    after = error.after if isinstance(error, Temporary) else doubt_pause(task)
    return Verdict("again", reason, max(after, pause(task.attempt, chance)))


def pause(attempt: int, chance: Chance) -> float:
    """Return the seconds to wait after an attempt: 1, 2, 4 … 300, less up to a half at random."""
    return min(LONGEST_PAUSE, 2.0 ** min(attempt, 10)) * chance.uniform(0.5, 1.0)


def patience(task: Task) -> float:
    """Return for how many seconds a task is tried: what the citizen confirmed for days, the rest for less."""
    match task.action:
        case Acknowledge():
            return 120.0  # Telegram forgets a tap after 150 s
        case Notify():
            return 3600.0
        case Send() | Reword():
            return 2 * DAY
        case _:
            return 14 * DAY
