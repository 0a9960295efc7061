"""The beginning of a message: whom it is for, and what, where and when in the grammar of 1708."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from conversations.answers import is_story
from conversations.answers.normal import words
from conversations.reading.agencies import LONGEST, MOST_WORDS, Agencies, Agency, compact
from conversations.script import Script

_WORD: Final = re.compile(r"[^\W_]+")
_BETWEEN: Final = re.compile(r"[\s.]*")
_BEHIND: Final = re.compile(r"(?:\s*[:#]+|[\s,.!-]*\s|[,.!-]+)\s*")
_MARKED: Final = re.compile(r"\s*[:#]")
_REPORT: Final = "lapor"
_PLACES: Final = ("kab", "kota", "prov")
_PARTS: Final = (2, 3)

_PART: Final = re.compile(r"#(?!\d{5})")  # a number behind it is that of a report
_HASHTAG: Final = re.compile(r"(?:^|\s)#\w")

# Words that go on with a sentence: what stands before one of them is its subject, not a keyword.
_GOES_ON: Final = words(
    """
    saya sy kami kita aku dia mereka kamu anda ini itu yang yg ada adalah akan ke kepada pada dari di dan atau
    tidak tdk gak ga nggak tak belum blm sudah sdh udah telah masih msh harus bisa dapat perlu pernah sering
    selalu kok kenapa mengapa kurang sangat banyak semakin makin lagi sedang malah hanya cuma juga jg sebagai
    banjir longsor macet gelap rusak kotor mati padam kebanjiran kekeringan gempa kebakaran rawan
    is are was were has have had does did not never will must should of in at to the
    ora durung wis wes iku iki niki niku teu can geus atos aya nan indak alah
    """
)


@dataclass(frozen=True, slots=True)
class Opening:
    """A message without what stands before it.

    `body` is the story, word for word; `agency` and `region` are the full name and Kemendagri code of whom it is
    for; `place` and `day` are the other parts of what#where#when, word for word. `asked` says that it has the form
    of a report, whatever it says. Empty is what was not said.
    """

    body: str
    agency: str = ""
    region: str = ""
    place: str = ""
    day: str = ""
    asked: bool = False


def opening(text: str, script: Script, agencies: Agencies) -> Opening:
    """Return a message without LAPOR and the keyword of an agency, split at its number signs.

    What may be the beginning of a sentence stays: "Kota kami banjir", "lapor ke kelurahan tidak ditanggapi".
    """
    found = _reported(Opening(text.strip()), script)
    if found.asked and (alone := addressee(found.body, agencies)):
        return alone
    found = _addressed(found, agencies)
    return _split(found)


def addressee(text: str, agencies: Agencies) -> Opening | None:
    """Return whom a message is for that says nothing else, such as TANGKAB or KAB. NGANJUK; None for any other."""
    agency = agencies.get(compact(text)) if len(text) <= LONGEST else None
    return Opening("", agency.name, agency.region, asked=True) if agency else None


def _reported(found: Opening, script: Script) -> Opening:
    word = _WORD.match(found.body)
    if word is None or compact(word[0]) not in {_REPORT, *map(compact, script.words["report"][:1])}:
        return found
    rest = _rest(found.body, word.end())
    if not rest or (_continues(rest) and not _stands_out(word[0], rest)):
        return found
    return replace(found, body=rest, asked=True)


def _addressed(found: Opening, agencies: Agencies) -> Opening:
    ends = _ends(found.body)
    for end in reversed(ends):
        agency = agencies.get(compact(found.body[:end]))
        rest = _rest(found.body, end)
        if agency and rest and _is_keyword(agency, found.body[:end], rest, found.body[end:]):
            return replace(found, body=rest, agency=agency.name, region=agency.region, asked=True)
    return found


def _ends(text: str) -> Sequence[int]:
    """Return where the first words of a text end that only spaces and full stops keep apart."""
    ends: list[int] = []
    for word in _WORD.finditer(text[:LONGEST]):
        if len(ends) == MOST_WORDS or not _BETWEEN.fullmatch(text, ends[-1] if ends else 0, word.start()):
            break
        ends.append(word.end())
    return ends


def _is_keyword(agency: Agency, said: str, rest: str, behind: str) -> bool:
    """Tell a keyword from the beginning of a sentence: by its capitals, a mark behind it, or what follows.

    The name of a region with a comma behind it begins an address: "Kab. Blitar, desa Kademangan".
    """
    if compact(said).startswith(_PLACES) and behind.lstrip().startswith(","):
        return False
    if _stands_out(said, rest) or _MARKED.match(behind):
        return True
    if _continues(rest):
        return False
    return agency.sort == "keyword" or (is_story(rest) and (agency.sort == "short" or " " not in said))


def _stands_out(said: str, rest: str) -> bool:
    return said.isupper() and not rest.isupper()


def _continues(rest: str) -> bool:
    word = _WORD.match(rest)
    return word is not None and word[0].casefold() in _GOES_ON


def _rest(text: str, end: int) -> str:
    """Return what follows a keyword, empty where nothing does or it is not apart from it."""
    behind = _BEHIND.match(text, end)
    return text[behind.end() :] if behind else ""


def _split(found: Opening) -> Opening:
    """Split what#where#when; without a keyword, what may be a hashtag is left alone."""
    if not found.asked and _HASHTAG.search(found.body):
        return found
    parts = [part.strip() for part in _PART.split(found.body.rstrip("# \t\n"))]
    if len(parts) not in _PARTS or not parts[0] or (not found.asked and (len(parts) < _PARTS[-1] or "" in parts)):
        return found
    what, where, when = (*parts, "")[: _PARTS[-1]]
    return replace(found, body=what, place=where, day=when, asked=True)
