"""Recorded conversations, played again with words that are not published."""

from dataclasses import dataclass
from pathlib import Path

from bot import knowledge
from bot.studio.edition import Edition
from bot.studio.sandbox import NOW
from conversations.checking.transcripts import outdated


@dataclass(frozen=True, slots=True)
class Result:
    """Whether a recorded conversation still goes as it is written down; `diff` are the lines that differ."""

    name: str
    holds: bool
    diff: str


def names(folder: Path) -> tuple[str, ...]:
    """Return the recorded conversations of a folder, such as `id/sms-lurus.chat`, in order."""
    return tuple(sorted(path.relative_to(folder).as_posix() for path in folder.glob("*/*.chat")))


def run(folder: Path, name: str, scripts: Edition) -> Result:
    """Play one recorded conversation; one in a language that is not offered holds.

    Raises KeyError where there is none of that name.
    """
    if name not in names(folder):
        raise KeyError(name)
    source = (folder / name).read_text(encoding="utf-8", errors="replace")
    found = next(iter(outdated({name: source}, scripts.live(), knowledge.load(), NOW)), None)
    return (
        Result(name, holds=True, diff="")
        if found is None
        else Result(name, holds=False, diff=found.diff or found.sentence)
    )
