"""A list of agencies that an operator keeps: read at the start, and what is wrong with it told with its line."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec

from bot import gazetteer
from conversations.reading.agencies import LONGEST, MOST_WORDS, Agencies, agencies_of, compact
from conversations.script import Script

SHIPPED: Final = Path(__file__).with_name("data") / "keywords.toml"

KNOWN: Final = ("keywords", "name", "region_code")
MOST_NAME: Final = 80
"""Letters of a name; a longer one leaves no room for the question in an SMS."""
LEAST: Final = 3
"""Letters and digits of a keyword; a shorter one begins too many stories."""

_ENTRY: Final = re.compile(r"^[ \t]*(?:\{|\[\[[ \t]*agencies[ \t]*\]\])", re.MULTILINE)


class Unlisted(Exception):
    """The list cannot be used; `faults` has one sentence for each mistake."""

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class Entry(msgspec.Struct, frozen=True):
    """One agency as it is written, and where."""

    line: int
    written: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Return its name, empty where there is none."""
        found = self.written.get("name")
        return found.strip() if isinstance(found, str) else ""

    @property
    def keywords(self) -> tuple[str, ...]:
        """Return its keywords, none where they are no list of texts."""
        found = self.written.get("keywords")
        return tuple(each for each in found if isinstance(each, str)) if isinstance(found, list) else ()


def load(path: Path) -> Agencies:
    """Return the agencies of a list, and the governments of all regions.

    Raises Unlisted.
    """
    source = text_of(path)
    if wrong := list(mistakes(source, path.name)):
        raise Unlisted(*wrong)
    return agencies_of(source, gazetteer.table("regions"))


def text_of(path: Path) -> str:
    """Return what a list holds; raises Unlisted where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise Unlisted(f"cannot be read: {getattr(error, 'strerror', None) or 'it is no text in UTF-8'}") from None


def mistakes(source: str, file: str) -> Iterator[str]:
    """Yield what is wrong with a list, a sentence each, in the order of its lines."""
    try:
        tree = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        yield f"{file}: is no TOML: {error}"
        return
    listed = tree.get("agencies")
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        yield f"{file}:1: there is no list: agencies = [{{ keywords = [...], name = ..., region_code = ... }}]"
        return
    entries = entries_of(source, listed)
    for at, entry in enumerate(entries):
        for what in (*_entry(entry), *_doubles(entry, entries[:at])):
            yield f"{file}:{entry.line}: {what}"


def clashes(source: str, file: str, scripts: Mapping[str, Script]) -> Iterator[str]:
    """Yield the keywords that mean something else to the dialog: there they never name an agency."""
    for entry in entries_of(source, tomllib.loads(source)["agencies"]):
        for keyword in entry.keywords:
            for code, script in scripts.items():
                if meant := script.command(keyword):
                    yield f"{file}:{entry.line}: {keyword} is a control word ({code}: {meant}); take another one"
                    break


def entries_of(source: str, listed: list[dict[str, Any]]) -> list[Entry]:
    """Return the agencies of a list with their lines, from 1; 1 for all where they cannot be told apart."""
    begun = [source.count("\n", 0, found.end()) + 1 for found in _ENTRY.finditer(source)]
    lines = begun if len(begun) == len(listed) else [1] * len(listed)
    return [Entry(line, each) for line, each in zip(lines, listed, strict=True)]


def _entry(entry: Entry) -> Iterator[str]:
    for name in entry.written:
        if name not in KNOWN:
            yield f"{name} is not known; known are {', '.join(KNOWN)}"
    if not 0 < len(entry.name) <= MOST_NAME:
        yield f"name must be the agency's full name, at most {MOST_NAME} letters"
    if not entry.keywords or len(entry.keywords) < len(entry.written["keywords"]):  # not all of them are texts
        yield 'keywords must be a list of texts, such as ["TANGKAB"]'
    code = entry.written.get("region_code", "")
    if code and code not in dict(gazetteer.table("regions")):
        yield f"region_code {code} is no code of Kemendagri, such as 36.03"
    for keyword in entry.keywords:
        yield from _keyword(keyword, code)


def _keyword(keyword: str, code: object) -> Iterator[str]:
    letters = compact(keyword)
    if len(letters) < LEAST:
        yield f'keyword "{keyword}" is too short: {LEAST} letters or more'
    elif len(keyword) > LONGEST or len(keyword.split()) > MOST_WORDS:
        yield f'keyword "{keyword[:20]}..." is too long: at most {MOST_WORDS} words'
    elif (government := governments().get(letters)) and government.region != code:
        yield f'keyword "{keyword}" means {government.name} ({government.region}) already'


def _doubles(entry: Entry, before: list[Entry]) -> Iterator[str]:
    taken = {compact(keyword): each.line for each in before for keyword in each.keywords}
    for keyword in entry.keywords:
        if line := taken.get(compact(keyword)):
            yield f'keyword "{keyword}" stands on line {line} already'
        taken[compact(keyword)] = entry.line


@cache
def governments() -> Agencies:
    """Return the governments of regions by the words that are theirs."""
    return agencies_of("agencies = []", gazetteer.table("regions"))
