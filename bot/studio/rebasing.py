"""Putting what one administrator changed on top of what another one published meanwhile."""

from collections.abc import Mapping

from bot.studio.differences import Leaf, differing, leaves
from bot.studio.edits import MoveOption, Unfit, edited
from bot.studio.splicing import Source
from bot.studio.statements import Key


def rebased(base: str, mine: str, theirs: str) -> str:
    """Return `theirs` with every text, label, list and order of options that differs between `base` and `mine`.

    Where both changed the same one, it is mine. Comments come from `theirs`. Raises tomllib.TOMLDecodeError.
    """
    old, new = leaves(base), leaves(mine)
    for path in differing(old, new):
        theirs = _taken(theirs, path, new)
    return theirs


def _taken(text: str, path: Key, new: Mapping[Key, Leaf]) -> str:
    leaf = new.get(path)
    if path[1:] == ("options",):
        return _ordered(text, path, leaf if isinstance(leaf, tuple) else ())
    if leaf is None:
        return Source(text).drop(path)
    if path[1:2] == ("options",) and path[:3] not in {each[:3] for each in leaves(text)}:
        return Source(text).put(path[:3], {"label": str(new[*path[:3], "label"])})
    return Source(text).put(path, leaf)


def _ordered(text: str, path: Key, order: tuple[str, ...]) -> str:
    """Return the text with the options of a section in an order; what it does not name stays behind them."""
    for place, option in enumerate(order):
        held = leaves(text).get(path, ())
        steps = held.index(option) - place if option in held else 0
        for _ in range(steps):
            try:
                text = edited(text, MoveOption(path[0], option, -1))
            except Unfit:
                return text
    return text
