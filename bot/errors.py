"""What can go wrong outside, and what to do about it.

Failure
├── Temporary    not done; try again later (`after` seconds, where the other side said when)
├── Permanent    never will be done; park it with the reason
│   ├── Blocked      the citizen wants no messages from us; leave the address in peace
│   ├── Closed       the channel takes none of our words now, and there are no approved ones; say it later
│   ├── Unfit        a file cannot be taken (`why`, in the words of the dialog)
│   └── Rejected     the backend found the content wrong (`fields`)
├── Uncertain    may have been done; look it up before doing it again
Busy             the citizen's document could not be stored now; let the channel deliver again
Misconfigured    the environment is incomplete; names every fault at once
"""

from conversations.events import Why


class Failure(Exception):
    """Something outside did not do what was asked."""


class Temporary(Failure):
    """It was not done; try again, not before `after` seconds."""

    def __init__(self, reason: str, after: float = 0.0) -> None:
        super().__init__(reason)
        self.after = after


class Permanent(Failure):
    """It never will be done."""


class Blocked(Permanent):
    """The citizen wants no messages from us."""


class Closed(Permanent):
    """The channel's window for words of our own is closed, and these have no approved template."""


class Unfit(Permanent):
    """A file cannot be taken; `gone` where it is not, which may be because it is not there yet."""

    def __init__(self, reason: str, why: Why) -> None:
        super().__init__(reason)
        self.why: Why = why


class Rejected(Permanent):
    """The backend found the content wrong."""

    def __init__(self, reason: str, fields: tuple[str, ...] = ()) -> None:
        super().__init__(reason)
        self.fields = fields


class Uncertain(Failure):
    """It may have been done: the answer was lost."""


class Busy(Exception):
    """The citizen's document could not be stored now."""


class Misconfigured(Exception):
    """The environment is incomplete; the message has one line per fault."""
