"""The shape of a locale file: sections of texts, options with words, lists of control words."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from conversations.channel import CHANNELS
from conversations.checking.findings import Fault
from conversations.checking.lines import Key

HEAD: Final = ("code", "name", "reviewed")
OPTION: Final = ("label", "keywords")


def misshapen(data: Mapping[str, Any], code: str) -> Iterator[Fault]:
    """Yield what has not the shape that `script.parse` asks for; `code` is the language of the file's name."""
    yield from _head(data.get("locale"), code)
    for name, value in data.items():
        if not isinstance(value, dict):
            yield Fault("outside", (name,), {"key": name})
        elif name == "words":
            yield from _lists(value, (name,))
        elif name != "locale":
            yield from _section(value, (name,))


def _head(head: object, code: str) -> Iterator[Fault]:
    if head is None:
        yield Fault("head", facts={"code": code})
    if not isinstance(head, dict):
        return
    if head.get("code") != code:
        yield Fault("code", ("locale", "code"), {"code": code})
    if not isinstance(head.get("reviewed", True), bool):
        yield Fault("flag", ("locale", "reviewed"))
    yield from _text(head.get("name"), ("locale", "name"))
    for key in head.keys() - set(HEAD):
        yield Fault("unknown", ("locale", key))


def _section(data: Mapping[str, Any], at: Key) -> Iterator[Fault]:
    for key, value in data.items():
        here = (*at, key)
        if key == "options":
            yield from _options(value, here)
        elif key == "words":
            yield from _lists(value, here)
        elif key in CHANNELS and not isinstance(value, dict):
            yield Fault("channel", here, {"section": ".".join(here)})
        else:
            yield from _texts(value, here)


def _texts(value: object, at: Key) -> Iterator[Fault]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _texts(each, (*at, key))
    else:
        yield from _text(value, at)


def _options(value: object, at: Key) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield Fault("option", at)
        return
    for name, option in value.items():
        here = (*at, name)
        if not isinstance(option, dict) or "label" not in option:
            yield Fault("option", here)
            continue
        yield from _text(option["label"], (*here, "label"))
        yield from _words(option.get("keywords", []), (*here, "keywords"))
        for key in option.keys() - set(OPTION):
            yield Fault("unknown", (*here, key))


def _lists(value: object, at: Key) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield Fault("lists", at)
        return
    for name, listed in value.items():
        yield from _words(listed, (*at, name))


def _text(value: object, at: Key) -> Iterator[Fault]:
    if not isinstance(value, str):
        yield Fault("text", at)
    elif not value.strip():
        yield Fault("blank", at)


def _words(value: object, at: Key) -> Iterator[Fault]:
    if not isinstance(value, list) or not all(isinstance(word, str) and word.strip() for word in value):
        yield Fault("list", at)
