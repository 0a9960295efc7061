"""How often the hint is right: first messages in each language, cut after some words."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, Literal, NamedTuple, TypeAlias

from bot.scripts import Scripts
from bot.tongues import hint
from bot.variables import LOCALES

Part: TypeAlias = Literal["dev", "test"]

FOLDER: Final = Path(__file__).parent
USUAL: Final = "id"
LANGUAGES: Final = ("id", "en", "jv", "su", "ban", "min")
LENGTHS: Final = (3, 5, 8, None)
"""Words of a message that are looked at; None for all of them."""

TONGUES: Final = Scripts(LOCALES, USUAL).tongues()


class Score(NamedTuple):
    """What the hint does for messages of one language, in percent of `messages`.

    `right`: their language is offered, or for Indonesian none; `wrong`: another one is; `silent`: none is.
    """

    messages: int
    right: float
    wrong: float
    silent: float


def samples(code: str, part: Part) -> tuple[str, ...]:
    """Return the messages of one language that words were chosen on (`dev`), or that were held out (`test`)."""
    text = (FOLDER / f"{code}.txt").read_text(encoding="utf-8")
    lines = text.partition(f"[{part}]\n")[2].partition("\n[")[0].splitlines()
    return tuple(line for line in lines if line)


def score(code: str, messages: Iterable[str], words: int | None) -> Score:
    """Return how the hint does on messages of a language of which it sees so many words."""
    offered = Counter(outcome(code, " ".join(text.split()[:words])) for text in messages)
    total = offered.total()
    return Score(total, *(100 * offered[name] / total for name in ("right", "wrong", "silent")))


def outcome(code: str, text: str) -> str:
    """Return what comes of the hint for a text in a language; the usual language is never offered."""
    found = hint(text, TONGUES)
    offered = None if found == USUAL else found
    if code == USUAL:
        return "wrong" if offered else "right"
    return "silent" if offered is None else "right" if offered == code else "wrong"


def table(part: Part) -> Iterator[str]:
    """Yield the rows of the table in Markdown: right, wrong and silent for each length."""
    yield "| language | messages | 3 words | 5 words | 8 words | all words |"
    yield "|---|---|---|---|---|---|"
    for code in LANGUAGES:
        scores = [score(code, samples(code, part), length) for length in LENGTHS]
        cells = (f"{each.right:.0f} / {each.wrong:.0f} / {each.silent:.0f}" for each in scores)
        yield f"| {' | '.join((code, str(scores[0].messages), *cells))} |"
