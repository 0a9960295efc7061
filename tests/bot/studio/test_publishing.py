"""Publishing: only what is sound, never over somebody else's words, and every earlier state can be had back."""

import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.scripts import Scripts
from bot.studio.differences import Change
from bot.studio.edits import MoveOption, SetKeywords, SetLabel, SetText
from bot.studio.history import FIRST, FOUND, NoRevision
from bot.studio.workshop import Clash, Unchanged, Workshop
from conversations.checking import BrokenScripts
from tests.bot.studio.bench import START, USUAL, folder_at, rated, saying, source, workshop_at


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the shipped folder."""
    return folder_at(tmp_path / "locales")


@pytest.fixture
def workshop(folder: Path) -> Workshop:
    """Return a workshop for that folder."""
    return workshop_at(folder)


def told(workshop: Workshop, code: str = "id") -> list[tuple[str, str]]:
    """Return who published and why, newest first."""
    return [(each.who, each.note) for each in workshop.history(code)]


def publish(workshop: Workshop, who: str, text: str) -> str:
    """Publish a text for [rated]; return the id of the revision."""
    workshop.change("id", who, rated(text))
    return workshop.publish("id", who, f"Karena {who}").id


def test_what_is_published_takes_effect_and_ends_the_draft(workshop: Workshop, folder: Path) -> None:
    publish(workshop, "ani", "Makasih!")
    text = Scripts(folder).current()["id"].text("rated", "ask")
    assert (source(folder), text, workshop.draft("id", "ani").changed) == (saying("Makasih!"), "Makasih!", False)


def test_the_history_has_the_state_before_too(workshop: Workshop) -> None:
    publish(workshop, "ani", "Makasih!")
    first, second = workshop.history("id")
    texts = [workshop.at("id", each.id) for each in (first, second)]
    assert (told(workshop), texts, first.at > second.at >= START) == (
        [("ani", "Karena ani"), ("", FIRST)],
        [saying("Makasih!"), saying(USUAL)],
        True,
    )


def test_what_was_changed_by_hand_between_is_in_the_history(workshop: Workshop, folder: Path) -> None:
    publish(workshop, "ani", "Satu.")
    (folder / "id.toml").write_text(saying("Dua."), encoding="utf-8")
    publish(workshop, "colleague", "Tiga.")
    assert told(workshop)[:3] == [("colleague", "Karena colleague"), ("", FOUND), ("ani", "Karena ani")]


def test_only_the_language_that_was_changed_is_written(workshop: Workshop, folder: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in folder.glob("*.toml")}
    publish(workshop, "ani", "Makasih!")
    changed = [path.name for path, time in before.items() if path.stat().st_mtime_ns != time]
    left = sorted(path.name for path in folder.iterdir() if path not in before and path.name.startswith("."))
    assert (changed, left) == (["id.toml"], [".studio"])


def test_a_byte_order_mark_line_ends_and_the_mode_of_the_file_are_kept(workshop: Workshop, folder: Path) -> None:
    path = folder / "id.toml"
    path.write_bytes(b"\xef\xbb\xbf" + saying(USUAL).replace("\n", "\r\n").encode())
    path.chmod(0o640)
    publish(workshop, "ani", "Satu\nDua")
    expected = b"\xef\xbb\xbf" + saying(r"Satu\\nDua").replace("\n", "\r\n").encode()
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (expected, 0o640)


def test_a_link_stays_a_link(workshop: Workshop, folder: Path) -> None:
    """Some platforms mount files that way."""
    (folder / "id.toml").rename(folder.parent / "real.toml")
    (folder / "id.toml").symlink_to("../real.toml")
    publish(workshop, "ani", "Makasih!")
    assert ((folder / "id.toml").is_symlink(), (folder.parent / "real.toml").read_text(encoding="utf-8")) == (
        True,
        saying("Makasih!"),
    )


def test_nothing_is_published_twice(workshop: Workshop) -> None:
    publish(workshop, "ani", "Makasih!")
    for nothing in (lambda: workshop.publish("id", "ani", ""), lambda: workshop.publish("id", "colleague", "")):
        with pytest.raises(Unchanged):
            nothing()
    assert len(told(workshop)) == 2


def test_an_error_stops_it_and_the_draft_stays(workshop: Workshop, folder: Path) -> None:
    workshop.change("id", "ani", SetKeywords("review", "edit", ("kirim",)))
    with pytest.raises(BrokenScripts, match="sudah berarti pilihan send"):
        workshop.publish("id", "ani", "")
    workshop.change("id", "ani", SetKeywords("review", "edit", ("perbaikan",)))
    workshop.publish("id", "ani", "")
    keywords = Scripts(folder).current()["id"].sections["review"].options["edit"].keywords
    assert keywords == ("perbaikan",)


def test_an_error_in_another_language_stops_it_too(workshop: Workshop, folder: Path) -> None:
    """All files take effect together, or none."""
    english = source(folder, "en")
    line = next(each for each in english.splitlines(keepends=True) if each.startswith("stale"))
    (folder / "en.toml").write_text(english.replace(line, 'stale = "{x}"\n'), encoding="utf-8")
    workshop.change("id", "ani", rated("Makasih!"))
    with pytest.raises(BrokenScripts, match=r"en\.toml:\d+: "):
        workshop.publish("id", "ani", "")
    assert source(folder) == saying(USUAL)


def test_the_usual_language_cannot_be_taken_out_of_use(folder: Path) -> None:
    """The web process would refuse the files."""
    workshop = Workshop(folder, "en")
    workshop.replace("en", "ani", source(folder, "en").replace("[words]", "reviewed = false\n[words]", 1))
    with pytest.raises(BrokenScripts, match=r"Bahasa en \(DEFAULT_LOCALE\)"):
        workshop.publish("en", "ani", "")


def test_who_comes_second_is_told_and_nothing_is_overwritten(workshop: Workshop, folder: Path) -> None:
    workshop.change("id", "colleague", rated("Trims!"))
    publish(workshop, "ani", "Makasih!")
    with pytest.raises(Clash) as clash:
        workshop.publish("id", "colleague", "")
    at = workshop.history("id")[0].at
    draft = workshop.draft("id", "colleague")
    assert (clash.value.by, clash.value.at, clash.value.changes, draft.behind, draft.text, source(folder)) == (
        "ani",
        at,
        (Change("rated", "ask", "", USUAL, "Makasih!"),),
        True,
        saying("Trims!"),
        saying("Makasih!"),
    )


def test_a_change_by_hand_is_a_clash_too(workshop: Workshop, folder: Path) -> None:
    """Nobody knows by whom."""
    workshop.change("id", "colleague", rated("Trims!"))
    (folder / "id.toml").write_text(saying("Makasih!"), encoding="utf-8")
    with pytest.raises(Clash) as clash:
        workshop.publish("id", "colleague", "")
    near = abs(clash.value.at - datetime.now(UTC)) < timedelta(minutes=5)
    assert (clash.value.by, near, [each.after for each in clash.value.changes]) == ("", True, ["Makasih!"])


def test_two_who_wrote_the_same_do_not_clash(workshop: Workshop) -> None:
    workshop.change("id", "colleague", rated("Makasih!"))
    publish(workshop, "ani", "Makasih!")
    draft = workshop.draft("id", "colleague")
    assert (draft.changed, draft.behind) == (False, False)


def test_a_draft_is_put_on_top_of_what_was_published_meanwhile(workshop: Workshop, folder: Path) -> None:
    edits = (
        rated("Trims!"), SetText("place", "ask", "sms", None), SetText("pin", "ask", "sms", "Dekat {place}?"),
        SetLabel("review", "send", "Ayo"), SetKeywords("recall", "edit", ("betulkan",)),
        MoveOption("personal", "keep", -1),
    )  # fmt: skip
    for edit in edits:
        workshop.change("id", "colleague", edit)
    mine = {(each.section, each.channel, each.name): each.after for each in workshop.mine("id", "colleague")}
    workshop.change("id", "ani", SetText("disputed", "ask", "", "Baik, kami teruskan."))
    publish(workshop, "ani", "Makasih!")
    draft = workshop.rebase("id", "colleague")
    now = {(each.section, each.channel, each.name): each.after for each in workshop.diff("id", "colleague")}
    workshop.publish("id", "colleague", "")
    texts = Scripts(folder).current()["id"]
    assert (draft.behind, now, texts.text("disputed", "ask"), texts.text("rated", "ask")) == (
        False,
        mine,
        "Baik, kami teruskan.",
        "Trims!",
    )


def test_one_click_leads_back_and_the_way_back_is_history_too(workshop: Workshop, folder: Path) -> None:
    publish(workshop, "ani", "Satu.")
    publish(workshop, "colleague", "Dua.")
    before, back = workshop.history("id")[1], workshop.restore("id", workshop.history("id")[1].id, "citra")
    assert (source(folder), back.who, back.note, len(told(workshop))) == (
        saying("Satu."),
        "citra",
        f"Kembali ke versi {before.at:%d-%m-%Y %H.%M}",
        4,
    )


def test_going_back_is_refused_where_somebody_published_since_the_page_was_seen(workshop: Workshop) -> None:
    first = publish(workshop, "ani", "Satu.")
    seen = workshop.published("id").mark
    publish(workshop, "colleague", "Dua.")
    with pytest.raises(Clash) as clash:
        workshop.restore("id", first, "citra", seen)
    assert clash.value.by == "colleague"


def test_going_back_to_what_is_published_is_nothing(workshop: Workshop) -> None:
    with pytest.raises(Unchanged):
        workshop.restore("id", publish(workshop, "ani", "Satu."), "ani")


def test_an_old_state_that_would_be_an_error_today_is_not_brought_back(workshop: Workshop, folder: Path) -> None:
    (folder / "id.toml").write_text(saying("{x}"), encoding="utf-8")
    publish(workshop, "ani", "Satu.")
    with pytest.raises(BrokenScripts, match=r"\{x\}"):
        workshop.restore("id", workshop.history("id")[1].id, "ani")


@pytest.mark.parametrize("revision", ["", "x", "../../id", "20261124T020000000000Z-000000000000", "0" * 40, "HEAD"])
def test_there_is_no_other_state(workshop: Workshop, revision: str) -> None:
    publish(workshop, "ani", "Satu.")
    with pytest.raises(NoRevision):
        workshop.at("id", revision)


@pytest.fixture
def nobody() -> Iterator[Path]:
    """Return a folder of locale files that this process, for a while not of root, may read and not write."""
    with tempfile.TemporaryDirectory(prefix="locales-") as path:
        folder = folder_at(Path(path) / "locales")
        for each in (Path(path), folder):
            each.chmod(0o555)
        was_root = os.geteuid() == 0
        if was_root:
            os.seteuid(65534)
        yield folder
        if was_root:
            os.seteuid(0)
        for each in (Path(path), folder):
            each.chmod(0o755)


def test_a_folder_that_cannot_be_written_can_be_looked_at(nobody: Path) -> None:
    workshop = workshop_at(nobody)
    seen = (workshop.draft("id", "ani").changed, workshop.history("id"), workshop.findings("id", "ani"))
    with pytest.raises(PermissionError):
        workshop.change("id", "ani", rated("Makasih!"))
    assert seen == (False, (), ())


def test_a_folder_that_cannot_be_written_keeps_its_words_and_the_draft(nobody: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="drafts-") as drafts:
        workshop = Workshop(nobody, "id", Path(drafts))
        workshop.change("id", "ani", rated("Makasih!"))
        with pytest.raises(PermissionError):
            workshop.publish("id", "ani", "")
        kept = workshop.draft("id", "ani").text
    assert (source(nobody), kept) == (saying(USUAL), saying("Makasih!"))
