"""Telegram's HTML as its server reads it: what a text says without its markup, or why it cannot be read.

Source: https://core.telegram.org/bots/api#html-style; the errors are those of tdlib/td.
"""

import re
from html import unescape
from typing import Final

TAGS: Final = frozenset(
    {"a", "b", "strong", "i", "em", "s", "strike", "del", "u", "ins", "tg-spoiler", "tg-emoji", "span", "pre"}
    | {"code", "blockquote"}
)
START: Final = re.compile(r"<([^\s>/]*)((?:\s+[^\s=>]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]*))*)\s*>")
END: Final = re.compile(r"</([^\s>]*)\s*>")
ENTITY: Final = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|lt|gt|amp|quot);")
"""The server knows no other names than these; what else begins with & is text."""


class Misread(ValueError):
    """The markup is not well-formed; the message is the server's."""


def plain(text: str) -> str:
    """Return a text without its markup.

    Raises Misread.
    """
    opened: list[str] = []
    said: list[str] = []
    at = 0
    while (tag := text.find("<", at)) >= 0:
        said.append(text[at:tag])
        offset = len(text[:tag].encode())
        at = (
            _closed(text, tag, offset, opened)
            if text.startswith("</", tag)
            else _started(text, tag, offset, opened)
        )
    if opened:
        raise Misread(f'Can\'t find end tag corresponding to start tag "{opened[-1]}"')
    return ENTITY.sub(lambda found: unescape(found[0]), "".join([*said, text[at:]]))


def _started(text: str, tag: int, offset: int, opened: list[str]) -> int:
    found = START.match(text, tag)
    name = re.match(r"<([^\s>]*)", text[tag:])
    called = name[1].lower() if name else ""
    if called not in TAGS:
        raise Misread(f'Unsupported start tag "{called}" at byte offset {offset}')
    if found is None:
        raise Misread(f"Unclosed start tag at byte offset {offset}")
    if called == "span" and 'class="tg-spoiler"' not in found[2]:
        raise Misread(f'Tag "span" must have class "tg-spoiler" at byte offset {offset}')
    opened.append(called)
    return found.end()


def _closed(text: str, tag: int, offset: int, opened: list[str]) -> int:
    if not opened:
        raise Misread(f"Unexpected end tag at byte offset {offset}")
    found = END.match(text, tag)
    if found is None:
        raise Misread(f"Unclosed end tag at byte offset {offset}")
    expected, called = opened.pop(), found[1].lower()
    if called not in {"", expected}:
        raise Misread(f'Unmatched end tag at byte offset {offset}, expected "</{expected}>", found "</{called}>"')
    return found.end()
