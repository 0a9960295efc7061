"""The files that translators get: what goes out comes back, and other people's tools read it."""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from translate.storage.pypo import pofile
from translate.storage.xliff import xlifffile

from bot.translations.handing import Batch, Form, Return, Returned, Unreadable
from bot.translations.po import Po
from bot.translations.sheet import Sheet
from bot.translations.units import Unit
from bot.translations.wordlists import joined, split
from bot.translations.xliff import Xliff

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
FORMS = (Xliff(), Po(NOW), Sheet(), Sheet(";"))
UNITS = (
    Unit("menu.ask", "Halo {days} hari\n{options}", "Kula {days} dinten\n{options}", "done", ("Salam & <hormat>",)),
    Unit("menu.options.report.label", "Lapor", "", "new", ("Paling banyak 20 huruf.",), 20),
    Unit("rated.ask", "Sudah {number}", "Sampun {number}", "changed", ("Dahulu: Rampung",), 0, "Rampung"),
    Unit("notes.nothing", "-", "-", "done"),
    Unit("notes.agency", "=1+1", "@kantor", "done"),
)
BATCH = Batch("id", "jv", UNITS)
BACK = (
    Returned("menu.ask", UNITS[0].source, UNITS[0].target, "done"),
    Returned("menu.options.report.label", "Lapor", "", "open"),
    Returned("rated.ask", "Sudah {number}", "Sampun {number}", "open"),
    Returned("notes.nothing", "-", "-", "done"),
    Returned("notes.agency", "=1+1", "@kantor", "done"),
)
TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\x85\u2028\u2029\ufffe\uffff")
    | st.sampled_from("\n{}'\"=+-@,;\\"),
    min_size=1,
).map(str.strip).filter(bool)  # fmt: skip


def test_what_goes_out_as_xliff_comes_back() -> None:
    """What is not translated, or made from an older text, is not finished."""
    assert Xliff().read(Xliff().write(BATCH)) == Return("jv", BACK)


def test_what_goes_out_as_po_comes_back() -> None:
    """What is not translated has an empty text, what was made from an older one is fuzzy."""
    first, second, *rest = BACK
    untold = Returned(second.key, second.source, second.target, "done")
    assert Po(NOW).read(Po(NOW).write(BATCH)) == Return("jv", (first, untold, *rest))


@pytest.mark.parametrize("separator", [",", ";"])
def test_what_goes_out_as_csv_comes_back(separator: str) -> None:
    """In a sheet nobody sets states: a changed one counts when its text is another."""
    first, second, third, *rest = BACK
    untold = Returned(second.key, second.source, second.target, "done")
    asked = Returned(third.key, third.source, third.target, "asked")
    assert Sheet().read(Sheet(separator).write(BATCH)) == Return("jv", (first, untold, asked, *rest))


@pytest.mark.parametrize("form", FORMS)
@given(source=TEXT, target=TEXT)
def test_any_text_comes_back_as_it_went_out(form: Form, source: str, target: str) -> None:
    """Line ends, quotes, braces and what looks like a formula included."""
    unit = Unit("rated.ask", source, target, "done", (source,))
    assert form.read(form.write(Batch("id", "jv", (unit,)))).texts == (
        Returned("rated.ask", source, target, "done"),
    )


@given(st.lists(TEXT.map(lambda text: " ".join(text.split())).filter(bool)))
def test_any_list_of_words_is_read_as_it_was_written(words: list[str]) -> None:
    """Also words with commas and quotes."""
    assert split(joined(words)) == tuple(words)


def test_a_new_line_in_a_list_of_words_is_as_good_as_a_comma() -> None:
    """Cells of a sheet are often written so."""
    assert split('ya, "ya, saja"\nbaik,\n\n') == ("ya", "ya, saja", "baik")


def test_another_tool_reads_our_xliff() -> None:
    """Translate Toolkit sees ids, sources, targets, states, notes and lengths."""
    store = xlifffile.parsestring(Xliff().write(BATCH))
    first, second = store.units[:2]
    assert (
        [unit.getid().split("\x04")[-1] for unit in store.units],
        (first.source, first.target, first.getnotes(), first.istranslated()),
        (second.source, second.xmlelement.get("maxwidth"), second.istranslated()),
        store.units[2].isfuzzy(),
    ) == (
        [unit.key for unit in UNITS],
        ("Halo {days} hari\n{options}", "Kula {days} dinten\n{options}", "Salam & <hormat>", True),
        ("Lapor", "20", False),
        True,
    )


def test_another_tool_reads_our_po_and_we_read_what_it_writes() -> None:
    """Translate Toolkit writes the file anew, with one more translation."""
    store = pofile.parsestring(Po(NOW).write(BATCH))
    units = {unit.getcontext(): unit for unit in store.units if unit.getcontext()}
    seen = {key: (unit.source, unit.target, unit.isfuzzy()) for key, unit in units.items()}
    units["menu.options.report.label"].target = "Wadul"
    back = {each.key: each for each in Po(NOW).read(bytes(store)).texts}
    assert (seen, back["menu.options.report.label"]) == (
        {unit.key: (unit.source, unit.target, unit.state == "changed") for unit in UNITS},
        Returned("menu.options.report.label", "Lapor", "Wadul", "done"),
    )


def test_placeholders_are_pieces_that_tools_protect() -> None:
    """In XLIFF they are elements, in PO the text is marked as one with braces."""
    xliff, po = Xliff().write(BATCH).decode(), Po(NOW).write(BATCH).decode()
    assert '<ph id="1" ctype="x-days">{days}</ph> hari' in xliff
    assert "#, fuzzy, python-brace-format" in po


def test_a_placeholder_that_a_tool_has_emptied_is_known_by_its_kind() -> None:
    """Some keep the element and drop what it shows."""
    emptied = Xliff().write(BATCH).replace(b">{days}<", b"><")
    assert Xliff().read(emptied).texts[0] == BACK[0]


def test_nothing_in_a_sheet_is_calculated() -> None:
    """A cell that begins like a formula has a quote before it; ours begins with a byte order mark."""
    data = Sheet().write(BATCH)
    cells = [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))) for cell in row]
    assert (data[:3], [cell for cell in cells if cell[:1] in set("=+-@\t\r")]) == (b"\xef\xbb\xbf", [])


@pytest.mark.parametrize(
    ("form", "data", "rule"),
    [
        (Xliff(), b"", "unreadable"),
        (Xliff(), b"<xliff", "unreadable"),
        (Xliff(), b"<html/>", "no_xliff"),
        (Xliff(), b"\xff\xfe<", "encoding"),
        (Xliff(), b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "doctype"),
        (Po(NOW), b'msgid "a', "unreadable"),
        (Po(NOW), b'msgid "a"\nmsgstr "b"\n', "no_language"),
        (Po(NOW), b'msgid ""\nmsgstr "Language: jv\\n"\n\nmsgid "a"\nmsgstr "\xff"\n', "unreadable"),
        (Sheet(), b"", "no_columns"),
        (Sheet(), "kunci,id,jv\nx,y,\xe9\n".encode("cp1252"), "encoding"),
        (Sheet(), b"key;id;jv\n", "no_columns"),
        (Sheet(), b"kunci,id,jv\n" + b"x" * 200_000, "unreadable"),
    ],
)
def test_what_is_not_a_file_of_ours_is_told_in_one_sentence(form: Form, data: bytes, rule: str) -> None:
    """None of them is taken for an empty return."""
    with pytest.raises(Unreadable) as told:
        form.read(data)
    assert told.value.rule == rule


def test_a_language_that_babel_does_not_know_goes_out_and_comes_back() -> None:
    """Banjar is one, and a code may have two parts."""
    codes = [Po(NOW).read(Po(NOW).write(Batch("id", code, UNITS))).code for code in ("bjn", "ban", "ms-Latn")]
    assert codes == ["bjn", "ban", "ms-Latn"]


def test_what_comes_back_from_a_sheet_may_lack_columns(tmp_path: Path) -> None:
    """Three are enough; empty lines are none."""
    file = tmp_path / "jv.csv"
    file.write_bytes(b'kunci;id;jv\r\nrated.ask;Sudah;"Sampun\nnggih"\r\n;;\r\n')
    assert Sheet().read(file.read_bytes()) == Return(
        "jv", (Returned("rated.ask", "Sudah", "Sampun\nnggih", "done"),)
    )
