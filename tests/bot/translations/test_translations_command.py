"""`lapor-bot translations` from end to end, in a folder of its own."""

import json
import re
import shutil
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.translations import sources
from bot.variables import LOCALES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the shipped locale files."""
    return Path(shutil.copytree(LOCALES, tmp_path / "locales", ignore=shutil.ignore_patterns(".studio")))


UNTOUCHED = re.compile(r"\d+ tetap")
"""How many texts stay as they are: as many as there are, but for those that the tests change."""


def translations(*arguments: object) -> int:
    """Run the command; return its exit status."""
    return main(["translations", *map(str, arguments)])


@pytest.mark.parametrize("ending", ["xlf", "po", "csv"])
def test_a_shipped_language_goes_out_and_comes_back_untouched(
    folder: Path, ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not a byte of its file changes."""
    before = (folder / "jv.toml").read_bytes()
    file = folder.parent / f"jv.{ending}"
    done = [
        translations("export", "jv", file, "--folder", folder),
        translations("import", file, "--folder", folder),
    ]
    told = UNTOUCHED.sub("… tetap", capsys.readouterr().out)
    assert (done, told, (folder / "jv.toml").read_bytes()) == (
        [0, 0],
        "0 diubah, 0 ditolak, 34 belum selesai, … tetap.\n",
        before,
    )


def test_a_translation_comes_in_and_the_base_goes_on(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was made from the older base is told, until it is translated anew."""
    base, file = folder / "id.toml", folder.parent / "jv.csv"
    _replace(base, "Terima kasih atas nilainya.", "Terima kasih banyak.")
    translations("changes", "jv", "--folder", folder, "--json")
    changed = json.loads(capsys.readouterr().out)
    translations("export", "jv", "--format", "csv", file, "--folder", folder, "--separator", ";")
    _replace(file, "Matur nuwun kangge bijinipun.", "Matur nuwun sanget.")
    translations("import", file, "--folder", folder)
    translations("changes", "jv", "--folder", folder)
    told = UNTOUCHED.sub("… tetap", capsys.readouterr().out).splitlines()[-2:]
    assert ([(each["key"], each["kind"]) for each in changed], told) == (
        [("rated.ask", "changed")],
        ["1 diubah, 0 ditolak, 34 belum selesai, … tetap.", "0 baru, 0 berubah, 0 hilang."],
    )


def test_line_ends_and_the_byte_order_mark_stay_as_they_were(folder: Path) -> None:
    """A file from Windows remains one."""
    toml, file = folder / "jv.toml", folder.parent / "jv.xlf"
    toml.write_bytes(b"\xef\xbb\xbf" + toml.read_bytes().replace(b"\n", b"\r\n"))
    before = toml.read_bytes()
    translations("export", "jv", file, "--folder", folder)
    _replace(file, "Matur nuwun kangge bijinipun.", "Matur nuwun sanget.")
    translations("import", file, "--folder", folder)
    assert toml.read_bytes() == before.replace(b"Matur nuwun kangge bijinipun.", b"Matur nuwun sanget.")


def test_a_refused_text_is_told_and_the_command_fails(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file is as it was."""
    before, file = (folder / "jv.toml").read_bytes(), folder.parent / "jv.po"
    translations("export", "jv", file, "--folder", folder)
    _replace(file, "Matur nuwun kangge bijinipun.", "Matur nuwun {nomor}.")
    status = translations("import", file, "--folder", folder, "--lang", "en", "--json")
    told = json.loads(capsys.readouterr().out)
    assert (status, (folder / "jv.toml").read_bytes() == before, [*told["refused"]]) == (1, True, ["rated.ask"])


def test_a_new_language_is_handed_out_whole_and_comes_in_in_parts(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is checked and not offered; its sources are noted down from the beginning."""
    file = folder.parent / "bjn.csv"
    translations("export", "bjn", file, "--folder", folder)
    _replace(file, "locale.name,Bahasa Indonesia,", "locale.name,Bahasa Indonesia,Bahasa Banjar")
    status = translations("import", file, "--folder", folder)
    made = sources.read(folder, "bjn")
    assert (status, main(["check", str(folder), "--json"]), list(made)) == (0, 0, ["locale.name"])
    assert 'name = "Bahasa Banjar"\nreviewed = false\n' in (folder / "bjn.toml").read_text(encoding="utf-8")
    capsys.readouterr()


def test_the_shipped_translations_lack_nothing_of_the_base(capsys: pytest.CaptureFixture[str]) -> None:
    """Some may have been made from an older text of it."""
    codes = [path.stem for path in sorted(LOCALES.glob("*.toml")) if path.stem != "id"]
    for code in codes:
        translations("changes", code, "--folder", LOCALES, "--json")
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (len(told), [each["key"] for found in told for each in found if each["kind"] == "new"]) == (5, [])


def test_a_translation_can_be_accepted_as_it_is(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Somebody has looked at it: it fits the base of today, whatever was noted down before."""
    _replace(folder / "id.toml", "Terima kasih atas nilainya.", "Terima kasih banyak.")
    translations("changes", "jv", "--folder", folder, "--accept", "--lang", "en")
    translations("changes", "jv", "--folder", folder, "--lang", "en")
    assert capsys.readouterr().out.splitlines() == [
        "All translations in jv.toml are noted down as made from the base of today.",
        "0 new, 0 changed, 0 gone.",
    ]


def test_the_old_and_the_new_source_stand_below_a_changed_key(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And the translation as it is."""
    _replace(folder / "id.toml", '[pin]\nask = "Titik itu dekat {place}. Benar?', '[pin]\nask = "Dekat {place}?')
    translations("changes", "en", "--folder", folder, "--lang", "en")
    assert capsys.readouterr().out.splitlines() == [
        "pin.ask: its source has changed",
        r"    before: Titik itu dekat {place}. Benar?\n{options}",
        r"    now: Dekat {place}?\n{options}",
        r"    here: That point is near {place}. Right?\n{options}",
        "0 new, 1 changed, 0 gone.",
    ]


def test_notes_that_cannot_be_read_are_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They can be thrown away: nothing but the report of changes needs them."""
    (folder / ".sources" / "jv.json").write_text("{", encoding="utf-8")
    status = translations("changes", "jv", "--folder", folder, "--lang", "en")
    assert (status, capsys.readouterr().err) == (
        1, "What .sources keeps of this language cannot be read; remove that file and try again.\n",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (("export", "id"), 1, "id.toml is the base that the other languages are translated from."),
        (("changes", "J"), 1, 'The language code "J" is not known; write two or three small letters, such as jv.'),
        (("changes", "bjn"), 1, "bjn.toml is not in this folder."),
        (("import", "/nowhere/jv.po"), 2, "/nowhere/jv.po: No such file or directory"),
        (
            ("import", "/nowhere/jv.docx"), 1,
            "The kind of file jv.docx is not known; end its name with .xlf, .po or .csv.",
        ),
    ],
)  # fmt: skip
def test_wrong_usage_is_told_in_one_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], status: int, sentence: str
) -> None:
    """And nothing is written."""
    done = translations(*arguments, "--folder", folder, "--lang", "en")
    assert (done, capsys.readouterr().err) == (status, f"{sentence}\n")


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())
