"""Where the folder is in a git work tree, every state is a commit of that file, and nothing else is touched."""

import subprocess
from pathlib import Path

import pytest

from bot.studio.history import FIRST, FOUND
from bot.studio.workshop import Workshop
from tests.bot.studio.bench import USUAL, folder_at, rated, saying, source


def git(folder: Path, *words: str) -> str:
    """Return what git says."""
    identity = ("-c", "user.name=Tester", "-c", "user.email=tester@example.org")
    done = subprocess.run(["git", "-C", folder, *identity, *words], capture_output=True, check=True, text=True)
    return done.stdout


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the shipped folder, committed in a repository with other files."""
    folder = folder_at(tmp_path / "product" / "locales")
    (tmp_path / "product" / "other.txt").write_text("satu\n", encoding="utf-8")
    git(folder.parent, "init", "--quiet", "--initial-branch=main")
    git(folder.parent, "add", ".")
    git(folder.parent, "commit", "--quiet", "--message=Begin")
    return folder


@pytest.fixture
def workshop(folder: Path) -> Workshop:
    """Return a workshop for that folder."""
    return Workshop(folder, "id")


def publish(workshop: Workshop, who: str, text: str, note: str = "Lebih ramah") -> str:
    """Publish a text for [rated]; return the id of the revision."""
    workshop.change("id", who, rated(text))
    return workshop.publish("id", who, note).id


def test_a_published_text_is_a_commit_by_who_published_it(workshop: Workshop, folder: Path) -> None:
    revision = publish(workshop, "Ani Wijaya", "Makasih!")
    shown = git(folder, "log", "-1", "--format=%H %an %s", "--name-only").split("\n")
    states = [(each.who, each.note) for each in workshop.history("id")]
    assert (shown[0], shown[2], states, git(folder, "status", "--porcelain")) == (
        f"{revision} Ani Wijaya Lebih ramah",
        "locales/id.toml",
        [("Ani Wijaya", "Lebih ramah"), ("Tester", "Begin")],
        "",
    )


def test_other_changes_staged_and_not_are_left_alone(workshop: Workshop, folder: Path) -> None:
    other = folder.parent / "other.txt"
    other.write_text("dua\n", encoding="utf-8")
    (folder / "en.toml").write_text(source(folder, "en") + "# dua\n", encoding="utf-8")
    git(folder.parent, "add", "other.txt", "locales/en.toml")
    other.write_text("tiga\n", encoding="utf-8")
    publish(workshop, "ani", "Makasih!")
    changed = git(folder, "show", "--format=", "--name-only", "HEAD").split()
    states = git(folder, "status", "--porcelain").splitlines()
    assert (changed, states) == (["locales/id.toml"], ["M  locales/en.toml", "MM other.txt"])


def test_a_staged_change_of_the_file_itself_becomes_a_state_of_its_own(workshop: Workshop, folder: Path) -> None:
    (folder / "id.toml").write_text(saying("Satu."), encoding="utf-8")
    git(folder, "add", "id.toml")
    publish(workshop, "ani", "Dua.")
    states = [(each.note, workshop.at("id", each.id)) for each in workshop.history("id")]
    assert states == [("Lebih ramah", saying("Dua.")), (FOUND, saying("Satu.")), ("Begin", saying(USUAL))]


def test_one_click_leads_back_to_a_commit(workshop: Workshop, folder: Path) -> None:
    publish(workshop, "ani", "Makasih!")
    workshop.restore("id", workshop.history("id")[1].id, "colleague")
    assert (source(folder), workshop.history("id")[0].who, git(folder, "status", "--porcelain")) == (
        saying(USUAL),
        "colleague",
        "",
    )


@pytest.mark.parametrize(
    ("who", "author"),
    [
        ("", "studio"),
        ("Ani <ani@example.org>", "Ani  ani@example.org"),
        ("--author=x", "--author=x"),
        ("\ud800\n", "studio"),
    ],
)
def test_any_name_makes_an_author(workshop: Workshop, folder: Path, who: str, author: str) -> None:
    publish(workshop, who, "Makasih!")
    assert git(folder, "log", "-1", "--format=%an").strip() == author


@pytest.mark.parametrize(
    ("note", "message"),
    [("", "id.toml"), ("# nomor\n\nBaris", "# nomor\n\nBaris"), ("--amend", "--amend"), ("🙏 \x1e\x1f", "🙏")],
)
def test_any_note_makes_a_message(workshop: Workshop, note: str, message: str) -> None:
    publish(workshop, "ani", "Makasih!", note)
    assert [each.note for each in workshop.history("id")] == [message, "Begin"]


def test_hooks_and_signatures_of_the_repository_do_not_hold_it_up(workshop: Workshop, folder: Path) -> None:
    hook = folder.parent / ".git" / "hooks" / "pre-commit"
    hook.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    git(folder, "config", "commit.gpgSign", "true")
    publish(workshop, "ani", "Makasih!")
    assert workshop.history("id")[0].who == "ani"


def test_where_git_does_not_take_it_a_file_does(workshop: Workshop, folder: Path) -> None:
    """The words are in use all the same, and both kinds are one history."""
    lock = folder.parent / ".git" / "index.lock"
    lock.touch()
    publish(workshop, "ani", "Satu.", "Terkunci")
    lock.unlink()
    publish(workshop, "colleague", "Dua.")
    states = {each.note: workshop.at("id", each.id) for each in workshop.history("id")}
    assert (states, source(folder)) == (
        {"Begin": saying(USUAL), "Terkunci": saying("Satu."), "Lebih ramah": saying("Dua.")},
        saying("Dua."),
    )


def test_a_language_that_git_does_not_know_yet_is_added(workshop: Workshop, folder: Path) -> None:
    text = source(folder, "en").replace('code = "en"\nname = "English"', 'code = "tet"\nname = "Tetun"')
    (folder / "tet.toml").write_text(text, encoding="utf-8")
    workshop.change("tet", "ani", rated("Obrigado"))
    workshop.publish("tet", "ani", "Pertama")
    assert [each.note for each in workshop.history("tet")] == ["Pertama", FIRST]


def test_a_folder_that_git_ignores_has_its_history_in_files(workshop: Workshop, folder: Path) -> None:
    git(folder, "rm", "--quiet", "--cached", "-r", ".")
    (folder.parent / ".gitignore").write_text("locales/\n", encoding="utf-8")
    git(folder.parent, "add", ".gitignore")
    git(folder.parent, "commit", "--quiet", "--message=Ignore")
    head = git(folder, "rev-parse", "HEAD")
    publish(workshop, "ani", "Makasih!")
    assert (workshop.history("id")[0].note, git(folder, "rev-parse", "HEAD")) == ("Lebih ramah", head)


def test_a_commit_of_other_files_is_no_state(workshop: Workshop, folder: Path) -> None:
    (folder.parent / "other.txt").write_text("dua\n", encoding="utf-8")
    git(folder.parent, "commit", "--quiet", "--all", "--message=Other")
    assert [each.note for each in workshop.history("id")] == ["Begin"]


def test_a_repository_named_by_the_environment_is_not_used(
    workshop: Workshop, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it is where a server is started by a hook."""
    git(tmp_path, "init", "--quiet", "elsewhere")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere" / ".git"))
    publish(workshop, "ani", "Makasih!")
    monkeypatch.delenv("GIT_DIR")
    assert git(folder, "log", "-1", "--format=%an").strip() == "ani"
