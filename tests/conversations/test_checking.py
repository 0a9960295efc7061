"""The check of the locale files: one plain sentence for each thing that is wrong, in both languages.

The broken pieces and their sentences stand in `broken/*.toml`.
"""

import dataclasses
import re
import tomllib
from pathlib import Path

import pytest
from made_locale import line_of, whole

from conversations.checking import Finding, check
from conversations.checking.findings import WARNINGS
from conversations.checking.sentences import SENTENCES

BASE = whole()
BROKEN = tuple(
    piece
    for path in sorted(Path(__file__).parent.joinpath("broken").glob("*.toml"))
    for piece in tomllib.loads(path.read_text(encoding="utf-8"))["broken"]
)
ELSEWHERE = {
    "no_base", "encoding", "head", "two_lists", "lists", "fallback", "rows", "description", "transcript",
    "transcript_unread",
}  # fmt: skip
"""The rules that other tests break: they take more than one piece of one file."""


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("piece", BROKEN, ids=lambda piece: piece["name"])
def test_what_is_wrong_is_said_once_with_its_place(piece: dict[str, str], lang: str) -> None:
    """File, line, column, whether it is an error, and a sentence that says what to do; nothing hides it."""
    letters = "a" * int(piece.get("times", 1))
    source = BASE.replace(piece["old"], piece["new"].replace("@", letters), 1)
    line = line_of(source, piece["at"].replace("@", letters))
    level = piece.get("level", "error")
    found = check({"id.toml": source}, lang)
    assert [*map(str, found), *((each.column, each.level, each.rule) for each in found)] == [
        f"id.toml:{line}: {piece[lang]}",
        (piece["column"], level, piece["rule"]),
    ]


def test_there_is_a_broken_piece_for_every_sentence() -> None:
    """A rule that is added comes with its test."""
    assert {piece["rule"] for piece in BROKEN} | ELSEWHERE == SENTENCES["id"].keys()


def test_every_rule_has_its_sentence_in_both_languages() -> None:
    """Neither language knows a rule that the other lacks, and no warning is of a rule that is gone."""
    assert (SENTENCES["id"].keys(), WARNINGS - SENTENCES["id"].keys()) == (SENTENCES["en"].keys(), set())


def test_a_finding_names_the_key_that_it_speaks_of() -> None:
    """Its parts have dots between them, as in the file; what is no TOML has no key."""
    wrong = BASE.replace("[dispute]", '[rated.sms]\nask = "{nomor}"\n[dispute]')
    keys = [found.key for source in (wrong, "[") for found in check({"id.toml": source})]
    assert keys == ["rated.sms.ask", ""]


def test_a_byte_that_is_no_utf8_is_found() -> None:
    """The folder is read so that it stands in the text as half a surrogate."""
    source = BASE.replace("Teks rated.", "Terima kasih \udce9")
    line = line_of(source, "\udce9")
    sentence = "Baris ini tidak tersimpan sebagai UTF-8; simpan ulang berkas dengan pengodean UTF-8."
    assert check({"id.toml": source}) == (Finding("id.toml", line, "error", "encoding", sentence),)


def test_the_page_about_the_check_names_every_rule_and_field() -> None:
    """Programs rely on both."""
    page = (Path(__file__).parents[2] / "docs" / "check.md").read_text(encoding="utf-8")
    named = {name for row in page.splitlines() if row.startswith("| `") for name in re.findall(r"`(\w+)`", row)}
    fields = {field.name for field in dataclasses.fields(Finding)}
    assert (fields | SENTENCES["id"].keys()) - named == set()
