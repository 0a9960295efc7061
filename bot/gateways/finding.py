"""Finding things in what a gateway answers or sends: by a path through JSON, or by a regular expression."""

import re
from http import HTTPStatus
from typing import Final

import msgspec

from bot.gateways.shape import Rule, Where

OK: Final = HTTPStatus.OK
REDIRECT: Final = HTTPStatus.MULTIPLE_CHOICES


def at(tree: object, path: str) -> object:
    """Return what stands at a path such as `data.messages.0.id`; None where nothing does."""
    for name in path.split("."):
        match tree:
            case dict():
                tree = tree.get(name)
            case list() if name.isdecimal() and int(name) < len(tree):
                tree = tree[int(name)]
            case _:
                return None
    return tree


def text_at(tree: object, path: str) -> str:
    """Return what stands at a path as a text, empty for nothing, a list or an object."""
    match at(tree, path):
        case str() as text:
            return text
        case bool() as truth:
            return "true" if truth else "false"
        case int() | float() as number:
            return str(number)
        case _:
            return ""


def tree_of(body: bytes) -> object:
    """Return the JSON of a body, None where it is none."""
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def holds(rule: Rule, status: int, body: bytes) -> bool:
    """Tell whether an answer is what a rule says."""
    if status not in rule.status if rule.status else not OK <= status < REDIRECT:
        return False
    if rule.body and not re.search(rule.body, body.decode("utf-8", "replace")):
        return False
    if not rule.json:
        return True
    if rule.equals:
        return text_at(tree_of(body), rule.json) in rule.equals
    return at(tree_of(body), rule.json) is not None


def found(where: Where, body: bytes) -> str:
    """Return what stands in an answer, empty where it does not."""
    if where.json:
        return text_at(tree_of(body), where.json)
    match = re.search(where.body, body.decode("utf-8", "replace")) if where.body else None
    return match[1] if match else ""
