"""Why the desk does not do what was asked.

Refusal
├── Missing    there is no such report or file
├── Conflict   the key was used before, for something else
├── Occupied   another report has this tracking id
├── Idle       nothing would change
├── TooLarge   the file is too large
├── Unreadable the file is of no kind that the desk keeps
└── Wrong      the content is wrong; `faults` says where
"""

from bot.cases.wire import Fault


class Refusal(Exception):
    """The desk does not do what was asked."""


class Missing(Refusal):
    """There is no such report or file."""


class Conflict(Refusal):
    """The key was used before, for something else."""


class Occupied(Refusal):
    """Another report has this tracking id."""


class Idle(Refusal):
    """Nothing would change."""


class TooLarge(Refusal):
    """The file is too large."""


class Unreadable(Refusal):
    """The file is of no kind that the desk keeps."""


class Wrong(Refusal):
    """The content is wrong; `faults` says where."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(", ".join(fault.field for fault in faults))
        self.faults = faults
