"""Several processes with one folder: one publishes at a time, and each has the new words within two seconds."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.scripts import Scripts
from bot.studio.edits import SetText
from bot.studio.keeping import locked, save
from tests.bot.studio.bench import folder_at, rated, saying, source, workshop_at

PUBLISHER = """
import sys
from pathlib import Path
from bot.studio.workshop import Clash, Workshop
from bot.studio.edits import SetText
workshop, who = Workshop(Path(sys.argv[1]), "id"), sys.argv[2]
for number in range(8):
    workshop.change("id", who, SetText("rated", "ask", "", f"{who} {number}"))
    print("changed", flush=True)
    sys.stdin.readline()
    try:
        workshop.publish("id", who, f"{number}")
        print("published", flush=True)
    except Clash as clash:
        print("clash", clash.by, flush=True)
        workshop.discard("id", who)
"""
READER = """
import sys, time
from pathlib import Path
from bot.scripts import Scripts
scripts = Scripts(Path(sys.argv[1]))
print("ready", flush=True)
before, until = "", time.monotonic() + 20
while time.monotonic() < until:
    languages = scripts.current()
    texts = [languages[code].text("rated", "ask") for code in ("id", "en")]
    if texts != before:
        print("words", time.time(), *texts, scripts.state(), sep="|", flush=True)
        before = texts
    time.sleep(0.01)
"""


def started(program: str, *words: str) -> subprocess.Popen[str]:
    """Start a program of another process."""
    return subprocess.Popen(
        [sys.executable, "-c", program, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def told(process: subprocess.Popen[str]) -> str:
    """Return the next line that a process says."""
    assert process.stdout is not None
    return process.stdout.readline().rstrip("\n")


def words(process: subprocess.Popen[str]) -> list[str]:
    """Return when a process had new words, the words, and its state; what it logs is passed over."""
    while not (line := told(process)).startswith("words|"):
        assert line
    return line.split("|")[1:]


def push(process: subprocess.Popen[str]) -> None:
    """Let a process go on."""
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def ended(process: subprocess.Popen[str]) -> None:
    """End a process."""
    process.kill()
    process.communicate()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the shipped folder."""
    return folder_at(tmp_path / "locales")


def test_of_two_processes_that_publish_at_once_one_is_told(folder: Path) -> None:
    """Eight times; whatever each published is in the history, in whole files, and nothing was overwritten."""
    pair = [started(PUBLISHER, str(folder), who) for who in ("ani", "colleague")]
    rounds = []
    for _ in range(8):
        assert [told(process) for process in pair] == ["changed", "changed"]
        for process in pair:
            push(process)
        rounds.append(sorted(told(process).split()[0] for process in pair))
    for process in pair:
        process.communicate(timeout=20)
    states = workshop_at(folder).history("id")
    assert (rounds, len(states)) == ([["clash", "published"]] * 8, 9)


def test_every_process_has_published_words_within_two_seconds(folder: Path) -> None:
    """As a whole: both languages that were saved change together, and a broken file changes nothing."""
    readers = [started(READER, str(folder)) for _ in range(2)]
    try:
        assert [told(each) for each in readers] == ["ready", "ready"]
        first = [words(each) for each in readers]
        workshop = workshop_at(folder)
        workshop.change("id", "ani", rated("Makasih!"))
        workshop.publish("id", "ani", "")
        published = time.time()
        second = [words(each) for each in readers]
        save(folder / "id.toml", saying("{numbr}").encode())
        save(folder / "id.toml", saying("Satu.").encode())
        save(folder / "en.toml", source(folder, "en").replace(first[0][2], "One.").encode())
        saved = time.time()
        third = [words(each) for each in readers]
    finally:
        for each in readers:
            ended(each)
    assert ([each[1:] for each in second], [each[1:] for each in third]) == (
        [["Makasih!", first[0][2], "ok"]] * 2,
        [["Satu.", "One.", "ok"]] * 2,
    )
    assert max(*(float(each[0]) - published for each in second), *(float(each[0]) - saved for each in third)) < 2


def test_who_waits_too_long_for_another_process_gives_up(tmp_path: Path) -> None:
    """The web process has citizens to answer."""
    with locked(tmp_path / "drafts"), pytest.raises(TimeoutError), locked(tmp_path / "drafts", patience=0.0):
        pass


def test_a_process_that_ends_lets_go(tmp_path: Path) -> None:
    holder = started(
        "import sys; from pathlib import Path; from bot.studio.keeping import locked\n"
        "with locked(Path(sys.argv[1])): print('held', flush=True); sys.stdin.readline()",
        str(tmp_path),
    )
    assert told(holder) == "held"
    with pytest.raises(TimeoutError), locked(tmp_path, patience=0.0):
        pass
    ended(holder)
    with locked(tmp_path, patience=0.0):
        assert sorted(each.name for each in tmp_path.iterdir()) == ["lock"]


def test_a_file_is_whole_at_any_time(tmp_path: Path) -> None:
    """A reader that never waits sees the old one or the new one."""
    path = tmp_path / "id.toml"
    states = ("satu\n" * 20_000, "dua\n" * 40_000)
    save(path, states[0].encode())
    writer = started(
        "import sys; from pathlib import Path; from bot.studio.keeping import save\n"
        "for _ in range(100):\n"
        " save(Path(sys.argv[1]), b'dua\\n' * 40_000)\n"
        " save(Path(sys.argv[1]), b'satu\\n' * 20_000)",
        str(path),
    )
    seen = set()
    while writer.poll() is None:
        seen.add(path.read_text(encoding="utf-8"))
    writer.communicate()
    assert (seen, [each.name for each in tmp_path.iterdir()]) == (set(states), ["id.toml"])


def test_drafts_of_two_processes_do_not_hurt_each_other(folder: Path) -> None:
    one, other = workshop_at(folder), workshop_at(folder)
    one.change("id", "ani", rated("Satu."))
    other.change("id", "ani", SetText("disputed", "ask", "", "Dua."))
    texts = one.scripts("id", "ani")["id"]
    assert (texts.text("rated", "ask"), texts.text("disputed", "ask")) == ("Satu.", "Dua.")


def test_what_was_published_while_a_process_was_away_is_there_at_its_first_turn(folder: Path) -> None:
    """Where nobody wrote for a while, the files need not be watched first."""
    passed = [0.0]
    scripts = Scripts(folder, clock=lambda: passed[0], wall=lambda: time.time() + passed[0])
    save(folder / "id.toml", saying("Makasih!").encode())
    passed[0] = 3600.0
    assert scripts.current()["id"].text("rated", "ask") == "Makasih!"
