"""Reading a file that describes a gateway: all that is wrong with it is told at once, each with its line."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, Final, Literal, get_args, get_origin

import msgspec

from bot.gateways.sense import Mistake, mistakes
from bot.gateways.shape import Format
from conversations.checking.lines import Lines

FOLDER: Final = Path(__file__).parent.parent / "data" / "gateways"


class Misshapen(Exception):
    """A description cannot be used; `faults` has one sentence for each mistake."""

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def shipped() -> tuple[str, ...]:
    """Return the names of the descriptions that come with the product."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@cache
def named(name: str) -> Format:
    """Return a description by the name of one that comes with the product, or by the path of a file.

    Raises Misshapen.
    """
    path = FOLDER / f"{name}.toml" if name in shipped() else Path(name)
    try:
        source = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "is no text in UTF-8"
        raise Misshapen(f"names none of {', '.join(shipped())}, and no file that can be read: {why}") from None
    return read(source, path.name)


def read(source: str, file: str) -> Format:
    """Read a description.

    Raises Misshapen, its sentences beginning with the file's name and the line.
    """
    try:
        tree = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise Misshapen(f"{file}: is no TOML: {error}") from None
    wrong = list(_shaped(Format, tree, ()))
    made = msgspec.convert(tree, Format)
    told = {key for key, _ in wrong}
    wrong += [(key, what) for key, what in mistakes(made) if not any(key[: len(each)] == each for each in told)]
    if wrong:
        lines = Lines(source)
        raise Misshapen(*(f"{file}:{lines.place(key)[0]}: {'.'.join(key)} {what}" for key, what in wrong))
    return made


def _shaped(kind: type[msgspec.Struct], tree: dict[str, Any], at: tuple[str, ...]) -> Iterator[Mistake]:
    """Yield what has a wrong name or shape, and take it out, so that the rest can be looked at."""
    known = {field.encode_name: field.type for field in msgspec.structs.fields(kind)}
    for name in list(tree):
        key = (*at, name)
        if name not in known:
            del tree[name]
            yield key, f"is not known; known are {', '.join(known)}"
        elif (inner := _section(known[name])) and isinstance(tree[name], dict):
            yield from _shaped(inner, tree[name], key)
        elif not _fits(tree[name], known[name]):
            del tree[name]
            yield key, _wanted(known[name])


def _section(kind: Any) -> type[msgspec.Struct] | None:  # noqa: ANN401 - a type
    some = get_args(kind) if isinstance(kind, UnionType) else (kind,)
    return next((each for each in some if isinstance(each, type) and issubclass(each, msgspec.Struct)), None)


def _fits(value: object, kind: Any) -> bool:  # noqa: ANN401 - a type
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError:
        return False
    return True


def _wanted(kind: Any) -> str:  # noqa: ANN401 - a type
    if get_origin(kind) is Literal:
        return f"must be {' or '.join(get_args(kind))}"
    if _section(kind):
        return "must be a section with keys of its own"
    if get_origin(kind) is tuple and _section(get_args(kind)[0]):
        return "must be a list of rules with status, body, json and equals"
    if get_origin(kind) is tuple:
        return f"must be a list of {'numbers' if int in get_args(kind) else 'texts'}"
    names: dict[Any, str] = {str: "a text in quotation marks", bool: "true or false"}
    if kind in names:
        return f"must be {names[kind]}"
    values = get_args(kind)[1:]
    if values and get_origin(values[0]) is Literal:
        return f"must be keys with one of {', '.join(get_args(values[0]))} behind each"
    return "must be keys with a text behind each"
