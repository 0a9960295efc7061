"""A case played through the dialog itself, until the report is filed."""

import statistics
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import msgspec

from conversations import sms
from conversations.channel import CHANNELS
from conversations.effects import File, Say
from conversations.events import Filed, Said
from conversations.rehearsal import Rehearsal
from conversations.session import Session
from tests.eval.cases import Case
from tests.eval.citizen import Citizen
from tests.stage import KNOWLEDGE, LANGUAGES, NOW, SCRIPTS

MOST_TURNS: Final = 15
WARM_UP: Final = 50


@dataclass(frozen=True, slots=True)
class Played:
    """How a case went: what was filed (None where nothing was), what was told of the story, and what it took.

    `first` is the session after the first message, `answer` what came back on it and `remarks` the sections of the
    script which that was of; `asked` are the states in which the citizen answered, `heard` all texts of the bot.
    """

    report: File | None
    told: tuple[str, ...]
    first: Session
    answer: str
    remarks: frozenset[str]
    asked: tuple[str, ...]
    heard: tuple[str, ...]

    @property
    def messages(self) -> int:
        """Return how many messages the citizen sent."""
        return 1 + len(self.asked)

    @property
    def telling(self) -> int:
        """Return how many messages the citizen sent from the first that tells on; the menu before is left out."""
        return len(self.asked) - self.asked.index("story") if "story" in self.asked else self.messages

    @property
    def segments(self) -> int:
        """Return how many SMS the bot sent, were all of it SMS."""
        return sum(sms.segments(text).count for text in self.heard)


def phone(case: Case) -> Rehearsal:
    """Return the dialog as it stands for a citizen who has never written."""
    return Rehearsal(CHANNELS[case.channel], LANGUAGES, "id", KNOWLEDGE, NOW)


def play(case: Case) -> Played:
    """Play a case: to its end where a report should come of it, else only the first message."""
    rehearsal = phone(case)
    answer = hear(rehearsal, case.text)
    first, remarks = rehearsal.session, frozenset(say.section for say in says(rehearsal))
    told, asked, heard = talk(case, rehearsal) if case.filed else ((), (), ())
    report = filed(rehearsal)
    receipt = hear_filed(rehearsal, report) if report else []
    return Played(report, told, first, "\n".join(answer), remarks, asked, (*answer, *heard, *receipt))


def talk(case: Case, rehearsal: Rehearsal) -> tuple[tuple[str, ...], ...]:
    """Answer until the report is filed or the citizen gives up; return what was told, asked and heard."""
    citizen = Citizen(case)
    asked: list[str] = []
    heard: list[str] = []
    while not filed(rehearsal) and len(asked) < MOST_TURNS - 1:
        asked.append(rehearsal.session.state)
        heard += hear(rehearsal, citizen.answer(rehearsal.session.state, options(rehearsal)))
    return tuple(citizen.told), tuple(asked), tuple(heard)


def hear(rehearsal: Rehearsal, text: str) -> list[str]:
    """Say something; return the texts that come back."""
    rehearsal.take(Said(text))
    return [bubble.text for bubble in rehearsal.said]


def hear_filed(rehearsal: Rehearsal, report: File) -> list[str]:
    """Let the backend take the report; return the texts that tell its number."""
    rehearsal.take(Filed(report.key, "R-1", "9165816"))
    return [bubble.text for bubble in rehearsal.said]


def says(rehearsal: Rehearsal) -> list[Say]:
    """Return what the last step said, before it was put into words."""
    return [effect for effect in rehearsal.effects if isinstance(effect, Say)]


def filed(rehearsal: Rehearsal) -> File | None:
    """Return the report that the last step filed."""
    return next((effect for effect in rehearsal.effects if isinstance(effect, File)), None)


def options(rehearsal: Rehearsal) -> Mapping[str, str]:
    """Return the choices that stand on the screen: their labels by their names, in the order shown."""
    offers = [say for say in says(rehearsal) if say.options]
    if not offers:
        return {}
    script, say = SCRIPTS["id"], offers[-1]
    return {name: script.label(say.section, name) or say.values.get(name, name) for name in say.options}


def holds(session: Session, words: str) -> bool:
    """Tell whether a session remembers these words somewhere, as they are."""
    return any(words in text for text in _texts(msgspec.to_builtins(session)))


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)


def cost(cases: Iterable[Case]) -> tuple[float, float]:
    """Return the CPU that a first message takes, in microseconds: the median, and what 1 % exceed."""
    several = list(cases)
    for case in several[:WARM_UP]:
        _took(case)
    took = sorted(map(_took, several))
    return statistics.median(took), took[int(len(took) * 0.99)]


def _took(case: Case) -> float:
    rehearsal, event = phone(case), Said(case.text)
    began = time.process_time_ns()
    rehearsal.take(event)
    return (time.process_time_ns() - began) / 1000
