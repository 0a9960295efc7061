"""Texts that name values, such as {to}: each value is written as the place where it stands wants it."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeAlias
from urllib.parse import quote, urlencode

import msgspec

from bot.gateways.shape import Parts

Values: TypeAlias = Mapping[str, str]

PLACEHOLDER: Final = re.compile(r"\{([a-z_]+)\}")
_UNSPEAKABLE: Final = re.compile(r"[^\x20-\x7e]")


def fill(template: str, values: Values, escape: Callable[[str], str] = str) -> str:
    """Put values in; what they hold is not looked at again, so a {to} in a citizen's text stays as it is."""
    return PLACEHOLDER.sub(lambda found: escape(values[found[1]]), template)


def url(template: str, values: Values) -> str:
    """Fill an address: {url} at its beginning stands as it is, all else is percent-encoded."""
    if template.startswith("{url}"):
        return values["url"] + url(template.removeprefix("{url}"), values)
    return fill(template, values, lambda value: quote(value, ""))


def header(template: str, values: Values) -> str:
    """Fill a header; what is not printable ASCII is percent-encoded, so that none ends it and begins another."""
    return fill(template, values, lambda value: _UNSPEAKABLE.sub(lambda found: quote(found[0], ""), value)).strip()


def form(fields: Values, values: Values, charset: str = "utf-8") -> str:
    """Fill the fields of a query or a form, and encode them."""
    filled = {name: fill(template, values) for name, template in fields.items()}
    return urlencode(filled, encoding=charset, errors="replace")


def json(tree: Mapping[str, Any], values: Values) -> bytes:
    """Fill the texts of a tree and encode it: a value stays a text, whatever stands in it."""
    return msgspec.json.encode(_filled(tree, values))


def merged(*some: Parts) -> Parts:
    """Return what several parts carry together; of one name the last holds."""
    return Parts(
        {name: value for each in some for name, value in each.query.items()},
        {name: value for each in some for name, value in each.form.items()},
        {name: value for each in some for name, value in each.json.items()},
        {name: value for each in some for name, value in each.headers.items()},
    )


def texts(value: object) -> Iterator[str]:
    """Yield the texts in a tree."""
    match value:
        case str():
            yield value
        case Mapping():
            for each in value.values():
                yield from texts(each)
        case list() | tuple():
            for each in value:
                yield from texts(each)


def _filled(value: object, values: Values) -> object:
    match value:
        case str():
            return fill(value, values)
        case Mapping():
            return {name: _filled(each, values) for name, each in value.items()}
        case list():
            return [_filled(each, values) for each in value]
        case _:
            return value
