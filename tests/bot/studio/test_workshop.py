"""Drafts: what an administrator changes is kept apart, checked and shown before anybody gets it."""

import time
from pathlib import Path

import pytest

from bot.studio.differences import Change
from bot.studio.edits import MoveOption, SetKeywords, SetLabel, SetText, Unfit
from bot.studio.preview import preview
from bot.studio.versions import Draft, Language, NoLanguage
from bot.studio.workshop import ORDER, Workshop
from conversations.checking import BrokenScripts
from tests.bot.studio.bench import USUAL, folder_at, rated, saying, source, workshop_at

CLASH = SetKeywords("review", "edit", ("ganti", "kirim"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the shipped folder."""
    return folder_at(tmp_path / "locales")


@pytest.fixture
def workshop(folder: Path) -> Workshop:
    """Return a workshop for that folder."""
    return workshop_at(folder)


def test_a_draft_begins_as_what_is_published(workshop: Workshop, folder: Path) -> None:
    version = workshop.published("id")
    draft = workshop.draft("id", "ani")
    assert (draft, version.text) == (
        Draft("id", "ani", version.text, version.mark, changed=False, behind=False),
        source(folder),
    )


def test_looking_writes_nothing(workshop: Workshop, folder: Path) -> None:
    workshop.languages(), workshop.draft("id", "ani"), workshop.findings("id", "ani"), workshop.history("id")
    assert not (folder / ".studio").exists()


def test_a_change_is_kept_for_who_made_it_and_published_for_nobody(workshop: Workshop, folder: Path) -> None:
    draft = workshop.change("id", "ani", rated("Makasih!"))
    others = [workshop.draft("id", "colleague").changed, workshop.draft("en", "ani").changed]
    assert (draft.text, draft.changed, workshop_at(folder).draft("id", "ani"), others, source(folder)) == (
        saying("Makasih!"),
        True,
        draft,
        [False, False],
        saying(USUAL),
    )


def test_names_of_administrators_are_no_names_of_files(workshop: Workshop, folder: Path) -> None:
    for who in ("../../ani", "", "a/b", "ani\x00", "Ani 🙏", "\ud800"):
        assert workshop.change("id", who, rated(f"Dari {who!a}.".replace("\\", "/"))).changed
    assert {path.parent.name for path in (folder / ".studio").rglob("*.json")} == {"id"}


def test_what_is_changed_back_is_no_change(workshop: Workshop) -> None:
    workshop.change("id", "ani", rated("Makasih!"))
    assert workshop.change("id", "ani", rated(USUAL)).changed is False


def test_a_draft_thrown_away_is_gone(workshop: Workshop) -> None:
    workshop.change("id", "ani", rated("Makasih!"))
    workshop.discard("id", "ani")
    assert workshop.draft("id", "ani").changed is False


def test_drafts_are_nothing_to_git(workshop: Workshop, folder: Path) -> None:
    workshop.change("id", "ani", rated("Makasih!"))
    assert (folder / ".studio" / ".gitignore").read_text(encoding="utf-8") == "*\n"


def test_a_draft_that_cannot_be_understood_is_none(workshop: Workshop, folder: Path) -> None:
    workshop.change("id", "ani", rated("Makasih!"))
    next((folder / ".studio" / "id").glob("*.json")).write_bytes(b'{"who": ')
    assert workshop.draft("id", "ani").changed is False


def test_the_difference_is_told_text_by_text(workshop: Workshop) -> None:
    workshop.change("id", "ani", rated("Makasih!"))
    workshop.change("id", "ani", rated("Trims", "sms"))
    workshop.change("id", "ani", SetLabel("review", "send", "Ayo"))
    workshop.change("id", "ani", SetKeywords("recall", "edit", ("ganti", "betulkan")))
    workshop.change("id", "ani", SetText("place", "ask", "sms", None))
    workshop.change("id", "ani", MoveOption("personal", "keep", -1))
    found = {
        (each.section, each.channel, each.name): (each.before, each.after) for each in workshop.diff("id", "ani")
    }
    assert found == {
        ("rated", "", "ask"): (USUAL, "Makasih!"),
        ("rated", "sms", "ask"): (None, "Trims"),
        ("review", "", "options.send.label"): ("Kirim", "Ayo"),
        ("recall", "", "options.edit.keywords"): ("ganti, perbaiki", "ganti, betulkan"),
        ("place", "sms", "ask"): (found["place", "sms", "ask"][0], None),
        ("personal", "", "options"): ("mask, keep", "keep, mask"),
    }


def test_the_difference_is_told_line_by_line_too(workshop: Workshop) -> None:
    workshop.change("id", "ani", rated("Makasih!"))
    lines = [line for line in workshop.udiff("id", "ani").splitlines() if line[:1] in "+-"]
    assert lines == ["--- id.toml", "+++ id.toml", f'-ask = "{USUAL}"', '+ask = "Makasih!"']


def test_findings_are_those_of_the_draft(workshop: Workshop) -> None:
    workshop.change("id", "ani", CLASH)
    found = [each.sentence for lang in ("id", "en") for each in workshop.findings("id", "ani", lang)]
    assert (found, workshop.findings("id", "colleague")) == (
        [
            'Kata "kirim" pada [review] options.edit sudah berarti pilihan send; hapus dari salah satunya.',
            'The word "kirim" of [review] options.edit already means the option send; remove it from one of them.',
        ],
        (),
    )


def test_findings_are_told_for_what_they_are_about(workshop: Workshop) -> None:
    workshop.change("id", "ani", CLASH)
    edition = workshop.edition("id", "ani")
    counts = [
        len(edition.about(*key)) for key in (("review", "options.edit"), ("review",), ("review", "ask"), ("edit",))
    ]
    assert counts == [1, 1, 0, 0]


def test_a_draft_with_an_error_can_be_seen_but_gives_no_scripts(workshop: Workshop) -> None:
    workshop.change("id", "ani", CLASH)
    seen = workshop.edition("id", "ani")["id"].sections["review"].options["edit"].keywords
    with pytest.raises(BrokenScripts, match="sudah berarti pilihan send"):
        workshop.scripts("id", "ani")
    assert seen == ("ganti", "kirim")


def test_a_whole_text_takes_the_place_of_a_draft(workshop: Workshop) -> None:
    """A form sends line ends of its own."""
    draft = workshop.replace("id", "ani", "\ufeff" + saying("Makasih!").replace("\n", "\r\n"))
    same = workshop.replace("id", "colleague", saying(USUAL).replace("\n", "\r\n"))
    assert (draft.text, same.changed) == (saying("Makasih!"), False)


def test_a_broken_text_is_kept_and_explained_and_mended_whole(workshop: Workshop) -> None:
    workshop.replace("id", "ani", saying('Makasih"'))
    sentence = workshop.findings("id", "ani")[0].rule
    for broken in (lambda: workshop.change("id", "ani", rated("a")), lambda: workshop.edition("id", "ani")):
        with pytest.raises(BrokenScripts, match=r"id\.toml:\d+: "):
            broken()
    mended = workshop.replace("id", "ani", saying("Makasih!"))
    assert (sentence, workshop.diff("id", "ani"), mended.changed) == (
        "after",
        (Change("rated", "ask", "", USUAL, "Makasih!"),),
        True,
    )


def test_a_file_that_was_broken_to_begin_with_can_be_mended(workshop: Workshop, folder: Path) -> None:
    """What is no letter in it can be seen."""
    (folder / "id.toml").write_bytes(saying("Caf#").encode().replace(b"Caf#", b"Caf\xe9"))
    language, seen = workshop.languages()[0], workshop.draft("id", "ani").text
    rules = [each.rule for each in workshop.findings("id", "ani")]
    workshop.replace("id", "ani", seen.replace("\\xe9", "é"))
    assert (language, seen, rules, workshop.publish("id", "ani", "").who, source(folder)) == (
        Language("id", "id", "id.toml", reviewed=False, errors=1, warnings=0),
        saying(r"Caf\\xe9"),
        ["encoding"],
        "ani",
        saying("Café"),
    )


def test_a_text_that_cannot_be_written_as_utf_8_is_refused(workshop: Workshop) -> None:
    with pytest.raises(Unfit):
        workshop.replace("id", "ani", saying("\ud83d"))
    assert workshop.draft("id", "ani").changed is False


def test_a_text_that_is_misshapen_but_toml_is_mended_by_an_edit(workshop: Workshop) -> None:
    workshop.replace("id", "ani", saying(" "))
    with pytest.raises(BrokenScripts, match=r"\[rated\] ask kosong"):
        workshop.edition("id", "ani")
    workshop.change("id", "ani", rated("Makasih!"))
    assert workshop.scripts("id", "ani")["id"].text("rated", "ask") == "Makasih!"


def test_the_order_of_options_is_that_of_the_base(workshop: Workshop) -> None:
    with pytest.raises(Unfit) as refused:
        workshop.change("en", "ani", MoveOption("review", "send", 1))
    workshop.change("id", "ani", MoveOption("review", "send", 1))
    english = workshop.scripts("id", "ani")["en"].sections["review"].options
    assert (str(refused.value), [*english]) == (ORDER, ["edit", "send", "aside"])


def test_words_for_an_option_of_the_base_bring_its_label_along(workshop: Workshop, folder: Path) -> None:
    text = source(folder, "jv")
    line = next(each for each in text.splitlines(keepends=True) if each.startswith("options.mask"))
    (folder / "jv.toml").write_text(text.replace(line, ""), encoding="utf-8")
    workshop.change("jv", "ani", SetKeywords("personal", "mask", ("ditutupi",)))
    option = workshop.edition("jv", "ani").own("jv").sections["personal"].options["mask"]
    assert (option.label, option.keywords) == ("Samarkan", ("ditutupi",))


@pytest.mark.parametrize(
    ("section", "option"), [("review", "print"), ("x", "send"), ("locale", "code"), ("words", "x")]
)
def test_words_for_an_option_that_is_nowhere_are_refused(workshop: Workshop, section: str, option: str) -> None:
    with pytest.raises(Unfit):
        workshop.change("jv", "ani", SetKeywords(section, option, ("a",)))


def test_a_language_that_is_not_offered_is_there_while_it_is_edited(workshop: Workshop) -> None:
    scripts = workshop.scripts("jv", "ani")
    assert ([*scripts], [*scripts.live()], [*workshop.scripts("id", "ani")]) == (
        ["id", "en", "jv"],
        ["id", "en"],
        ["id", "en"],
    )


def test_languages_are_listed_with_what_is_wrong_with_them(workshop: Workshop, folder: Path) -> None:
    text = source(folder, "en").replace("[rated]", "[ratd]")
    (folder / "en.toml").write_text(text, encoding="utf-8")
    languages = {each.code: each for each in workshop.languages()}
    assert ([*languages], languages["en"], languages["jv"]) == (
        ["id", "ban", "en", "jv", "min", "su"],
        Language("en", "English", "en.toml", reviewed=True, errors=1, warnings=1),
        Language("jv", "Basa Jawa", "jv.toml", reviewed=False, errors=0, warnings=0),
    )


def test_a_language_that_was_added_by_hand_meanwhile_is_there(workshop: Workshop, folder: Path) -> None:
    before = [each.code for each in workshop.languages()]
    text = source(folder, "en").replace('code = "en"\nname = "English"', 'code = "tet"\nname = "Tetun"')
    (folder / "tet.toml").write_text(text, encoding="utf-8")
    draft = workshop.change("tet", "ani", rated("Obrigado"))
    assert ("tet" in before, draft.changed, workshop.scripts("tet", "ani")["tet"].name) == (False, True, "Tetun")


@pytest.mark.parametrize("code", ["xx", "../id", "ID", "", "id\n", "id.toml", "schema", ".studio/id"])
def test_no_other_file_is_ever_opened(workshop: Workshop, code: str) -> None:
    for refused in (workshop.published, workshop.history):
        with pytest.raises(NoLanguage):
            refused(code)


def test_a_keystroke_is_quick(workshop: Workshop) -> None:
    """Changed, checked and shown in less than a tenth of a second of this process's time, at the best of five."""
    spent = []
    for letters in range(5):
        begun = time.process_time()
        workshop.change("id", "ani", rated("Terima kasih"[: 3 + letters]))
        edition = workshop.edition("id", "ani")
        edition.findings()
        for channel in ("sms", "whatsapp", "telegram"):
            preview(edition["id"], "rated", "ask", channel, "worst")
        spent.append(time.process_time() - begun)
    assert min(spent) < 0.1
