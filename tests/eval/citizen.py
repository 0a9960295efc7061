"""A citizen who answers whatever is asked from what a case says the citizen knows."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final

from conversations.complaint import COMPLAINT
from conversations.states import Choose
from tests.eval.cases import Case

UNKNOWN, SKIP = "tidak tahu", "LEWATI"
MORE: Final = "Mohon segera ditangani, warga sangat terganggu."
PREFERRED: Final = (
    "send", "open", "mask", "right", "story", "resume", "report", "yes", "keep", "other", "none", "skip", "new",
)  # fmt: skip
ELSEWHERE: Final = ("other", "none", "elsewhere", "else", "type", "skip")
REGION: Final = re.compile(r"\d\d(\.\d\d)?")
SHORT: Final = str.maketrans({".": "", ",": ""})


class Citizen:
    """Answers one question after another; `told` is what was said of the story."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._asked: Counter[str] = Counter()
        self.told: list[str] = [] if case.kind == "guided" and case.story else [case.words]

    def answer(self, state: str, options: Mapping[str, str]) -> str:
        """Answer the question of a state; `options` are the labels of its choices by their names, as shown."""
        self._asked[state] += 1
        if state == "menu":
            return self._menu(tuple(options))
        if isinstance(COMPLAINT[state], Choose) and options:
            return self._choose(options)
        match state:
            case "story" | "what" | "rewrite":
                return self._story()
            case "day":
                return self._case.when if self._case.when and self._asked[state] == 1 else SKIP
            case "place":
                return self._where()
        return SKIP if self._asked[state] < 3 else "ya"

    def _menu(self, options: tuple[str, ...]) -> str:
        if self._case.menu and self._asked["menu"] == 1:
            return self._case.menu
        if "resume" in options and self.told:
            return str(options.index("resume") + 1)
        return self._story()

    def _story(self) -> str:
        unsaid = (self._case.words, self._case.more, MORE)
        piece = next((each for each in unsaid if each and each not in self.told), self._case.words)
        self.told.append(piece)
        return piece

    def _where(self) -> str:
        known = [each for each in (self._case.place, self._case.meant_name) if each]
        answers = [*known, UNKNOWN, SKIP]
        return answers[min(self._asked["place"], len(answers)) - 1]

    def _choose(self, options: Mapping[str, str]) -> str:
        names = list(options)
        chosen = self._region(options) or next((each for each in PREFERRED if each in names), names[0])
        return str(names.index(chosen) + 1)

    def _region(self, options: Mapping[str, str]) -> str | None:
        """Return which of several places is meant, where the choice is one of places."""
        if not any(
            REGION.fullmatch(name.rpartition("_")[2]) or _is_place(label) for name, label in options.items()
        ):
            return None
        wanted = self._case.meant_name or self._case.place or self._case.text
        return next(
            (name for name, label in options.items() if name in self._case.regions or _same(label, wanted)),
            next((name for name in ELSEWHERE if name in options), None),
        )


def _is_place(label: str) -> bool:
    return _plain(label).startswith(("kab ", "kota "))


def _same(label: str, wanted: str) -> bool:
    return bool(label) and (_plain(label) in _plain(wanted) or _plain(wanted) in _plain(label))


def _plain(name: str) -> str:
    return name.lower().translate(SHORT).replace("kabupaten", "kab").strip()
