"""Edits: one thing of a locale file changes, and every other character stays as it is."""

import tomllib
from pathlib import Path

import pytest

from bot.studio.edits import (
    BLANK,
    BY_HAND,
    STRANGE,
    UNREADABLE,
    Edit,
    MoveOption,
    SetKeywords,
    SetLabel,
    SetText,
    SetWords,
    Unfit,
    edited,
)
from bot.variables import LOCALES

BASE = (LOCALES / "id.toml").read_text(encoding="utf-8")
WORDS_ON_LINES = """\
[category]
options.jalan = { label = "Jalan", keywords = [
  "jalan", "jalan rusak",  # lubang
  # dan lain-lain
  "aspal", "trotoar",
] } # akhir
"""
SEND = 'options.send = { label = "Kirim" } # a\n'
EDIT = 'options.edit = { label = "Ubah" }\n'

CASES = {
    "a text keeps its place, its alignment and its comment": (
        SetText("menu", "ask", "", "Halo!\n{options}"),
        '[menu]\nask   =  "Selamat" # sapaan\nfirst = "Satu"\n',
        '[menu]\nask   =  "Halo!\\n{options}" # sapaan\nfirst = "Satu"\n',
    ),
    "quotes, backslashes, tabs and braces are written so that they come back": (
        SetText("rated", "ask", "", 'a "b" \\ {c} \t """ d\x07'),
        '[rated]\nask = "x"\n',
        '[rated]\nask = "a \\"b\\" \\\\ {c} \\t \\"\\"\\" d\\u0007"\n',
    ),
    "emoji and curly quotes stay what they are": (
        SetText("rated", "ask", "", "Terima kasih 🙏 “ya”"),
        '[rated]\nask = "x"\n',
        '[rated]\nask = "Terima kasih 🙏 “ya”"\n',
    ),
    "a text of several lines keeps its three quotes": (
        SetText("rated", "ask", "", 'Satu\nDua """ tiga\\'),
        '[rated]\nask = """\nLama\n"""\n# akhir',
        '[rated]\nask = """\nSatu\nDua ""\\" tiga\\\\\n"""\n# akhir',
    ),
    "a text of several lines on one line keeps that": (
        SetText("rated", "ask", "", "Baru"),
        '[rated]\nask = """Lama"""\n',
        '[rated]\nask = """Baru"""\n',
    ),
    "single quotes stay where they can": (
        SetText("rated", "ask", "", 'Baru "x" \\'),
        "[rated]\nask = 'Lama'\n",
        "[rated]\nask = 'Baru \"x\" \\'\n",
    ),
    "single quotes go where the text has one": (
        SetText("rated", "ask", "", "Jum'at"),
        "[rated]\nask = 'Lama'\n",
        '[rated]\nask = "Jum\'at"\n',
    ),
    "a title in brackets inside a text is no title": (
        SetText("rated", "ask", "", "Baru"),
        '[aside]\nask = """\n[rated]\nask = "x"\n"""\n[rated]\nask = "Lama"\n',
        '[aside]\nask = """\n[rated]\nask = "x"\n"""\n[rated]\nask = "Baru"\n',
    ),
    "lines that end in CR LF stay so": (
        SetText("rated", "ask", "", "Satu\nDua"),
        '[rated] # x\r\nask = """\r\nLama\r\n"""\r\n',
        '[rated] # x\r\nask = """\r\nSatu\r\nDua\r\n"""\r\n',
    ),
    "a form's line ends are one letter in the file": (
        SetText("rated", "ask", "", " Satu\r\nDua \r\n"),
        '[rated]\nask = "x"\n',
        '[rated]\nask = "Satu\\nDua"\n',
    ),
    "spaces and quotes around names are kept": (
        SetText("menu", "retry.unknown", "", "Baru"),
        '[ menu ]\n  "retry" . unknown="Lama"',
        '[ menu ]\n  "retry" . unknown="Baru"',
    ),
    "a text below a heading of its own is found": (
        SetText("menu", "retry.unknown", "sms", "Baru"),
        '[menu.sms.retry]\nunknown = "Lama"\n',
        '[menu.sms.retry]\nunknown = "Baru"\n',
    ),
    "a text in an inline table is found": (
        SetText("menu", "retry.unknown", "", "Baru"),
        '[menu]\nretry = {empty="a",unknown="Lama"}\n',
        '[menu]\nretry = {empty="a",unknown="Baru"}\n',
    ),
    "a text for one channel comes under its heading": (
        SetText("menu", "help", "sms", "Bantuan"),
        '[menu]\nask = "a"\n\n[menu.sms]\nask = "b"  # c\n\n# Cerita\n[story]\nask = "d"\n',
        '[menu]\nask = "a"\n\n[menu.sms]\nask = "b"  # c\nhelp = "Bantuan"\n\n# Cerita\n[story]\nask = "d"\n',
    ),
    "the first text for a channel brings the heading": (
        SetText("menu", "ask", "sms", "Pendek"),
        '[menu]\nask = "a"\n\n# Cerita\n[story]\nask = "d"\n',
        '[menu]\nask = "a"\n\n[menu.sms]\nask = "Pendek"\n\n# Cerita\n[story]\nask = "d"\n',
    ),
    "the first text of a section brings the heading": (
        SetText("rated", "ask", "", "Baru"),
        '[menu]\nask = "a" # tanpa akhir baris',
        '[menu]\nask = "a" # tanpa akhir baris\n\n[rated]\nask = "Baru"\n',
    ),
    "a text comes behind those of its kind": (
        SetText("menu", "retry.stuck", "", "Baru"),
        '[menu]\nretry.empty = "a"\nask = "b"\n',
        '[menu]\nretry.empty = "a"\nretry.stuck = "Baru"\nask = "b"\n',
    ),
    "a text that is taken away leaves what stands around it": (
        SetText("menu", "ask", "sms", None),
        '[menu.sms]\n# di atas\nask = "a" # di samping\nhelp = "b"\n',
        '[menu.sms]\n# di atas\nhelp = "b"\n',
    ),
    "the last text for a channel takes the heading along": (
        SetText("place", "ask", "sms", None),
        '[place]\nask = "a"\n\n[place.sms]\nask = "b"\n\n[pin]\nask = "c"\n',
        '[place]\nask = "a"\n\n[pin]\nask = "c"\n',
    ),
    "a heading with a comment under it stays": (
        SetText("place", "ask", "sms", None),
        '[place.sms]\n# singkat saja\nask = "b"\n',
        "[place.sms]\n# singkat saja\n",
    ),
    "what is not there need not be taken away": (
        SetText("menu", "help", "sms", None),
        '[menu]\nask = "a"\n',
        '[menu]\nask = "a"\n',
    ),
    "a label changes beside its words": (
        SetLabel("review", "send", "Ayo"),
        '[review]\noptions.send  = { label = "Kirim",  keywords = ["ya"] } # kirim\n',
        '[review]\noptions.send  = { label = "Ayo",  keywords = ["ya"] } # kirim\n',
    ),
    "an option that the file lacks is added with its label": (
        SetLabel("review", "edit", "Owahi"),
        '[review]\noptions.send = { label = "Kintun" }\n',
        '[review]\noptions.send = { label = "Kintun" }\noptions.edit = { label = "Owahi" }\n',
    ),
    "words are put beside a label": (
        SetKeywords("command", "obey", ("suruh", "suruh", " ")),
        '[command]\noptions.obey = { label = "Perintah" }\n',
        '[command]\noptions.obey = { label = "Perintah", keywords = ["suruh"] }\n',
    ),
    "words come and go, comments and lines stay": (
        SetKeywords("category", "pekerjaan-umum", ("jalan", "jalur", "trotoar", "got")),
        WORDS_ON_LINES.replace("options.jalan", "options.pekerjaan-umum"),
        """\
[category]
options.pekerjaan-umum = { label = "Jalan", keywords = [
  "jalan", "jalur",  # lubang
  # dan lain-lain
  "trotoar", "got",
] } # akhir
""",
    ),
    "control words are lists too": (
        SetWords("words", "menu", ("menu", 'kata "awal"')),
        '[words]\nmenu = ["menu"] # M\n',
        '[words]\nmenu = ["menu", "kata \\"awal\\""] # M\n',
    ),
    "an option goes one place down, with what is written on it": (
        MoveOption("review", "send", 1),
        f"[review]\n# Pilihan\n{SEND}# ubah\n{EDIT}ask = 'x'\n",
        f"[review]\n# Pilihan\n# ubah\n{EDIT}{SEND}ask = 'x'\n",
    ),
    "the first option goes no further up": (
        MoveOption("review", "send", -1),
        '[review]\noptions.send = { label = "Kirim" }\n',
        '[review]\noptions.send = { label = "Kirim" }\n',
    ),
}

REFUSED = {
    "a text cannot be empty": (SetText("menu", "ask", "", " \r\n\t"), "[menu]\n", BLANK),
    "a label cannot be empty": (SetLabel("review", "send", ""), "[review]\n", BLANK),
    "a letter that is half of one cannot be stored": (
        SetText("menu", "ask", "", "a\ud83d"),
        "[menu]\n",
        UNREADABLE,
    ),
    "a section that the bot does not know": (SetText("men", "ask", "", "a"), "[menu]\n", STRANGE),
    "a title in a name": (SetText('menu"]\n[x', "ask", "", "a"), "[menu]\n", STRANGE),
    "a text that the bot does not know": (SetText("menu", "aks", "", "a"), "[menu]\n", STRANGE),
    "a channel that does not exist": (SetText("menu", "ask", "fax", "a"), "[menu]\n", STRANGE),
    "a control word that the bot does not know": (SetWords("words", "fly", ("a",)), "[words]\n", STRANGE),
    "an option that is not there": (MoveOption("review", "print", 1), "[review]\n", STRANGE),
    "options in one line": (
        MoveOption("review", "send", 1),
        '[review]\noptions = { send = { label = "a" }, edit = { label = "b" } }\n',
        BY_HAND,
    ),
    "an option cannot be taken away": (SetText("review", "options.send", "", None), f"[review]\n{SEND}", STRANGE),
    "nor can all of them": (SetText("review", "options", "", None), f"[review]\n{SEND}", STRANGE),
    "nor a control word": (SetText("words", "menu", "", None), '[words]\nmenu = ["menu"]\n', STRANGE),
    "nor a whole channel": (SetText("menu", "sms", "", None), '[menu.sms]\nask = "a"\n', STRANGE),
    "no text can stand where an option does": (SetText("review", "options.send", "", "a"), "[review]\n", STRANGE),
    "no text can stand where a list does": (SetText("words", "menu", "", "a"), '[words]\nmenu = ["b"]\n', STRANGE),
    "no list can stand where a text does": (SetWords("words", "menu", ("a",)), '[words]\nmenu = "b"\n', STRANGE),
    "a text where a list stands": (SetText("menu", "ask.more", "", "a"), '[menu]\nask = "b"\n', STRANGE),
    "a file that is no TOML": (SetText("menu", "ask", "", "a"), '[menu]\nask = "b\n', BY_HAND),
}


@pytest.mark.parametrize(("edit", "before", "after"), CASES.values(), ids=CASES)
def test_an_edit_changes_one_thing(edit: Edit, before: str, after: str) -> None:
    assert edited(before, edit) == after


@pytest.mark.parametrize(("edit", "source", "why"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_edited_is_refused(edit: Edit, source: str, why: str) -> None:
    with pytest.raises(Unfit) as refused:
        edited(source, edit)
    assert str(refused.value) == why


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("aks", 'aks = "a"'),
        ("options.print", 'options.print = { label = "Cetak" }'),
        ("words.x", 'words.x = ["y"]'),
    ],
)
def test_what_the_bot_does_not_know_can_be_taken_away(name: str, line: str) -> None:
    """The check asks for it."""
    assert edited(f'[review]\n{line}\nask = "b"\n', SetText("review", name, "", None)) == '[review]\nask = "b"\n'


def test_an_option_that_goes_down_and_up_again_leaves_the_shipped_file_as_it_was() -> None:
    down = edited(BASE, MoveOption("review", "send", 1))
    order = list(tomllib.loads(down)["review"]["options"])
    assert (order, edited(down, MoveOption("review", "send", -1))) == (["edit", "send", "aside"], BASE)


@pytest.mark.parametrize("path", sorted(LOCALES.glob("*.toml")), ids=lambda path: path.stem)
def test_what_is_said_already_need_not_be_written(path: Path) -> None:
    """No statement of a shipped file is rewritten in another manner."""
    source = path.read_text(encoding="utf-8")
    data = tomllib.loads(source)
    texts = [SetText(name, "ask", "", each["ask"]) for name, each in data.items() if "ask" in each]
    lists = [SetWords("words", name, tuple(words)) for name, words in data["words"].items()]
    assert {edited(source, edit) for edit in (*texts, *lists)} == {source}
