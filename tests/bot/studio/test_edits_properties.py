"""Any edit of any file leaves every byte as it was, but those of the value that it is about."""

import tomllib

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.studio.differences import differing, leaves
from bot.studio.edits import Edit, MoveOption, SetKeywords, SetLabel, SetText, SetWords, Unfit, edited
from bot.variables import LOCALES

SHIPPED = {path.stem: path.read_text(encoding="utf-8") for path in LOCALES.glob("*.toml")}
PLACES = [(code, path) for code, source in SHIPPED.items() for path in leaves(source)]

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).filter(str.strip)
RAW = st.sampled_from(
    (
        '"Lama"', "'Lama'", '""" Lama """', "'''Lama'''", '"a \\" \\\\ # b"', '"# bukan komentar"', "'[menu]'",
        '"""\n[rated]\nask = "x" # y\n"""', "'''\n\"\"\"\n'''", '"""a""b\\\n   c"""', '"""" """', '"ñ 🙏 {menu}"',
    )
)  # fmt: skip
NAMES = st.sampled_from(("ask", "first", "help", "retry.unknown", '"retry" . empty', "retry.'stuck'", "sms.ask"))
BETWEEN = st.sampled_from(("", "\n", "# [rated]\n", '  # ask = "x"\n', "\t\n\n", "# ''' \"\"\"\n"))
SPACES = st.sampled_from(("", " ", "\t", "   "))
BEHIND = st.sampled_from(("", " # catatan", "\t#[menu]"))
LISTS = st.sampled_from(('["a", "b"]', "[]", '[\n  "a", # satu ]\n  "b"\n]', "[ 'a' ]"))


@st.composite
def files(draw: st.DrawFn) -> tuple[str, str, str, str]:
    """Draw the source before a value, the value's name, the value, and the source behind it."""
    names = draw(st.lists(NAMES, min_size=1, max_size=5, unique=True))
    at = draw(st.integers(0, len(names) - 1))
    lines = [f"{draw(SPACES)}{name}{draw(SPACES)}={draw(SPACES)}" for name in names]
    values = [draw(RAW) for _ in names]
    ends = [f"{draw(BEHIND)}\n{draw(BETWEEN)}" for _ in names]
    whole = [f"{line}{value}{end}" for line, value, end in zip(lines, values, ends, strict=True)]
    before = f"{draw(BETWEEN)}[menu]{draw(BEHIND)}\n{draw(BETWEEN)}{''.join(whole[:at])}{lines[at]}"
    after = f"{ends[at]}{''.join(whole[at + 1 :])}[rated]{draw(BEHIND)}\nask = 'x'"
    name = names[at].replace("'", "").replace('"', "").replace(" ", "")
    ends_in = draw(st.sampled_from(("\n", "\r\n")))
    return (*(part.replace("\n", ends_in) for part in (before, name, values[at], after)),)


@given(files(), TEXTS)
def test_a_text_changes_and_not_a_byte_besides(file: tuple[str, str, str, str], text: str) -> None:
    before, name, value, after = file
    channel, name = ("sms", "ask") if name == "sms.ask" else ("", name)
    result = edited(before + value + after, SetText("menu", name, channel, text))
    path = ("menu", *([channel] if channel else []), *name.split("."))
    said = leaves(result)[path]
    expected = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    assert (result.startswith(before), result.endswith(after), said) == (True, True, expected)


@given(st.lists(TEXTS, max_size=4, unique_by=str.strip), TEXTS, LISTS, SPACES, BEHIND)
def test_an_option_changes_and_not_a_byte_besides(
    words: list[str], label: str, listed: str, space: str, behind: str
) -> None:
    before = f"[review] # a\n# b\n\noptions . send{space}={space}"
    after = f"{behind}\n  # c\noptions.edit = {{ label = 'Ubah' }}\n\n[rated]\nask = 'x'"
    source = f'{before}{{ {space}label{space}="Kirim", keywords{space}={space}{listed} }}{after}'
    renamed = edited(source, SetLabel("review", "send", label))
    result = edited(renamed, SetKeywords("review", "send", tuple(words)))
    option = tomllib.loads(result)["review"]["options"]["send"]
    stored = [word.replace("\r\n", "\n").replace("\r", "\n").strip() for word in words]
    assert (result.startswith(before), result.endswith(after), option["keywords"], option["label"]) == (
        True,
        True,
        list(dict.fromkeys(stored)),
        label.replace("\r\n", "\n").replace("\r", "\n").strip(),
    )


@settings(max_examples=60)
@given(st.sampled_from(PLACES), TEXTS)
def test_in_a_shipped_file_one_place_changes_and_all_comments_stay(
    place: tuple[str, tuple[str, ...]], text: str
) -> None:
    """Also where the place is a list: then its words are replaced by one."""
    code, path = place
    source = SHIPPED[code]
    edit = _edit(path, text)
    result = edited(source, edit) if edit else source
    changed = [each for each in differing(leaves(source), leaves(result)) if each != path]
    comments = [line for line in source.splitlines() if line.startswith("#")]
    assert (changed, [line for line in result.splitlines() if line.startswith("#")]) == ([], comments)


@settings(max_examples=30)
@given(
    st.sampled_from(("menu", "review", "words", "locale", "notes", "", "a]\n[b", "ñ", "sms")),
    st.sampled_from(
        ("ask", "retry.unknown", "options.send", "options", "words", "sms.ask", "", ".", "x", "menu", "a.b.c")
    ),
    st.sampled_from(("", "sms", "fax", "options", "\n")),
    TEXTS,
)
def test_whatever_is_asked_for_the_file_stays_a_file_with_all_else_in_it(
    section: str, name: str, channel: str, text: str
) -> None:
    source = SHIPPED["id"]
    words = (text,)
    edits: tuple[Edit, ...] = (
        SetText(section, name, channel, text), SetText(section, name, channel, None), SetLabel(section, name, text),
        SetKeywords(section, name, words), SetWords(section, name, words), MoveOption(section, name, 1),
    )  # fmt: skip
    before = leaves(source)
    for edit in edits:
        try:
            after = leaves(edited(source, edit))
        except Unfit:
            continue
        assert len([*differing(before, after)]) <= 1


def _edit(path: tuple[str, ...], text: str) -> SetText | SetLabel | SetKeywords | None:
    match path:
        case (section, "options", option, "label"):
            return SetLabel(section, option, text)
        case (section, "options", option, "keywords"):
            return SetKeywords(section, option, (text,))
        case ("locale" | "words", *_) | (_, "words" | "options", *_):
            return None
        case (section, ("sms" | "whatsapp" | "telegram") as channel, *name):
            return SetText(section, ".".join(name), channel, text)
        case (section, *name):
            return SetText(section, ".".join(name), "", text)
    return None
