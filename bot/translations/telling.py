"""What the commands for translators print."""

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.translations.changes import Change
from bot.translations.sentences import SENTENCES
from bot.translations.taking import Taken
from conversations.script import fill


def sentence(lang: str, rule: str, **facts: object) -> str:
    """Return a sentence in `lang`, `id` or `en`, with what it names."""
    return fill(SENTENCES[lang][rule], {name: str(fact) for name, fact in facts.items()})


def taken_told(taken: Taken, lang: str) -> str:
    """Return what was refused, a line each, then the counts."""
    counts = {"changed": taken.changed, "refused": taken.refused, "waiting": taken.waiting, "same": taken.same}
    return "\n".join(
        [
            *(f"{key}: {reason}" for key, reason in taken.refused.items()),
            sentence(lang, "taken", **{name: len(keys) for name, keys in counts.items()}),
        ]
    )


def changes_told(found: Sequence[Change], lang: str) -> str:
    """Return what a translation must follow, with the old and the new wording below each key, then the counts."""
    counts = Counter(each.kind for each in found)
    lines = [line for each in found for line in _lines(each, lang)]
    kinds = {"new": counts["new"], "changed": counts["changed"], "gone": counts["gone"]}
    return "\n".join([*lines, sentence(lang, "counted", **kinds)])


def _lines(each: Change, lang: str) -> Iterator[str]:
    yield f"{each.key}: {sentence(lang, each.kind, source=_short(each.source))}"
    if each.kind == "new":
        return
    for rule, text in (("before", each.before), ("now", each.source), ("here", each.target)):
        if text:
            yield f"    {sentence(lang, rule, text=_short(text))}"


def _short(text: str) -> str:
    """Return a text in one line."""
    return text.replace("\n", r"\n")
