"""What has changed in the base since a translation was made from it."""

from collections.abc import Mapping
from typing import Literal, TypeAlias

import msgspec

from bot.translations.keys import spare
from bot.translations.sources import Made, outdated

Kind: TypeAlias = Literal["new", "changed", "gone"]


class Change(msgspec.Struct, frozen=True):
    """A text that is `new` and not translated, that has `changed`, or that is `gone` from the base.

    `before` is the source that the translation was made from, `source` that of today, `target` the translation.
    """

    key: str
    kind: Kind
    source: str
    before: str
    target: str


def changes_of(base: Mapping[str, str], texts: Mapping[str, str], made: Mapping[str, Made]) -> tuple[Change, ...]:
    """Return what a translation must follow, in the order of the base, what is gone last.

    What a language can do without is not new.
    """
    new = [Change(key, "new", base[key], "", "") for key in base if key not in texts and not spare(key, texts)]
    changed = [
        Change(key, "changed", base[key], made[key].source, texts[key])
        for key in base
        if key in texts and outdated(key, base[key], texts[key], made)
    ]
    gone = [Change(key, "gone", "", made[key].source, texts.get(key, "")) for key in made if key not in base]
    return (*new, *changed, *gone)
