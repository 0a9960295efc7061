"""The words that matched one rule of the day grammar."""

from dataclasses import dataclass
from typing import Final

from conversations.answers.daywords import Word
from conversations.answers.past import Unit

SUNDAY: Final = 6
_UNITS: Final[dict[str, Unit]] = {
    "day": "day",
    "oneday": "day",
    "week": "week",
    "oneweek": "week",
    "month": "month",
    "onemonth": "month",
    "year": "year",
    "th": "year",
    "oneyear": "year",
    "minggu": "week",
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words that matched one rule."""

    words: tuple[Word, ...]

    def has(self, *kinds: str) -> bool:
        """Tell whether a word of one of these kinds is there."""
        return any(word.kind in kinds for word in self.words)

    def value(self, kind: str) -> int:
        """Return the value of the first word of a kind, 0 if there is none."""
        return next((word.value for word in self.words if word.kind == kind), 0)

    @property
    def numbers(self) -> tuple[int, ...]:
        """Return the plain numbers, in order."""
        return tuple(word.value for word in self.words if word.kind == "number")

    @property
    def count(self) -> int:
        """Return the whole number that the words make, the later where two are given; 1 if there is none."""
        count, tens = 1, False
        for word in self.words:
            match word.kind:
                case "number":
                    count, tens = (count + word.value if tens else word.value), False
                case "teen":
                    count += 10
                case "tens":
                    count, tens = count * 10, True
                case "comma":
                    break  # 1,5 tahun
        return count

    @property
    def unit(self) -> Unit:
        """Return the unit that is counted in."""
        return next(_UNITS[word.kind] for word in self.words if word.kind in _UNITS)

    @property
    def weekday(self) -> int:
        """Return the day of the week, 0 for Monday; `minggu` is Sunday where no other day is named."""
        return self.value("weekday") if self.has("weekday") else SUNDAY

    @property
    def gone(self) -> bool:
        """Tell whether it is said to be over."""
        return self.has("ago", "yesterday", "last")
