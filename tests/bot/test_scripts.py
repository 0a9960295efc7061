"""Locale files in use: a saved file takes effect, a broken one is refused and the last good one stays."""

import os
import re
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.errors import Misconfigured
from bot.scripts import Scripts, Stamp
from bot.variables import LOCALES

RATED = re.compile(r"(?m)^(\[rated\]\nask = ).*$")
BROKEN = "Terima kasih, {numbr}"
MISSPELT = "[rated] ask memuat {numbr} yang tidak dikenal; mungkin maksudnya {number}."


class Clock:
    """A clock that moves when it is told to, in seconds, and what the file system's would show then."""

    now = 100.0

    def __call__(self) -> float:
        return self.now

    def wall(self) -> float:
        return time.time() + self.now - 100.0


@pytest.fixture
def clock() -> Clock:
    """Return a clock."""
    return Clock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the shipped folder."""
    return Path(shutil.copytree(LOCALES, tmp_path / "locales"))


@pytest.fixture
def save(folder: Path, clock: Clock) -> Callable[[str], None]:
    """Return what saves a new text for [rated] and lets a second pass."""

    def put(text: str) -> None:
        path = folder / "id.toml"
        path.write_text(RATED.sub(rf'\1"{text}"', path.read_text(encoding="utf-8")), encoding="utf-8")
        clock.now += 1

    return put


def rated(scripts: Scripts, code: str = "id") -> str:
    """Return the text of [rated] in use."""
    return scripts.current()[code].text("rated", "ask")


def seen(scripts: Scripts, clock: Clock, later: float) -> tuple[str, str]:
    """Return the text of [rated] in use, and the state, so many seconds later."""
    clock.now += later
    return rated(scripts), scripts.state()


def line_of_rated(folder: Path) -> int:
    """Return the line on which the text of [rated] stands."""
    source = (folder / "id.toml").read_text(encoding="utf-8")
    return source[: source.index("[rated]")].count("\n") + 2


def test_the_shipped_languages_are_offered_with_the_base_first(folder: Path) -> None:
    """In the order in which a menu shows them."""
    assert list(Scripts(folder).current()) == ["id", "en"]


def test_a_saved_file_takes_effect_within_a_second(folder: Path, clock: Clock, save: Callable[[str], None]) -> None:
    """Without a restart, and not sooner than the next look."""
    scripts = Scripts(folder, clock=clock, wall=clock.wall)
    save("Terima kasih banyak.")
    clock.now -= 0.6
    before = rated(scripts)
    clock.now += 0.6
    with capture_logs() as logged:
        after = rated(scripts)
    assert (before != after, after, scripts.state(), logged) == (
        True,
        "Terima kasih banyak.",
        "ok",
        [{"event": "locales_loaded", "languages": ["id", "en"], "log_level": "info"}],
    )


def test_a_broken_file_is_refused_and_the_last_good_one_stays(
    folder: Path, clock: Clock, save: Callable[[str], None]
) -> None:
    """The log, once, and the state say which file, which line and why."""
    scripts = Scripts(folder, clock=clock, wall=clock.wall)
    good = rated(scripts)
    save(BROKEN)
    with capture_logs() as logged:
        during = rated(scripts)
        clock.now += 5
        rated(scripts)
    line = line_of_rated(folder)
    assert (during, scripts.state(), logged) == (
        good,
        f"id.toml:{line}: {MISSPELT}",
        [{"event": "locale_refused", "file": "id.toml", "line": line, "why": MISSPELT, "log_level": "warning"}],
    )


def test_mending_a_broken_file_clears_the_state(folder: Path, clock: Clock, save: Callable[[str], None]) -> None:
    """The mended text is in use from then on."""
    scripts = Scripts(folder, clock=clock, wall=clock.wall)
    save(BROKEN)
    rated(scripts)
    save("Terima kasih atas nilainya, ya.")
    assert (rated(scripts), scripts.state()) == ("Terima kasih atas nilainya, ya.", "ok")


def test_a_good_file_beside_a_broken_one_waits_for_it(
    folder: Path, clock: Clock, save: Callable[[str], None]
) -> None:
    """All files or none: the languages never disagree."""
    scripts = Scripts(folder, clock=clock, wall=clock.wall)
    good = rated(scripts)
    (folder / "en.toml").write_text('[locale]\ncode = "en"\nname = 5\n', encoding="utf-8")
    save("Terima kasih banyak.")
    first = "en.toml:3: [locale] name harus berupa teks; tulis di antara tanda kutip."
    assert (rated(scripts), scripts.state()) == (good, first)


def test_what_is_still_being_written_is_not_looked_at(folder: Path, clock: Clock) -> None:
    """Half a file is neither used nor complained of; the whole one is used when it was left alone."""
    scripts = Scripts(folder, clock=clock, wall=lambda: 0.0)
    good, whole = rated(scripts), (folder / "id.toml").read_text(encoding="utf-8")
    with capture_logs() as logged:
        (folder / "id.toml").write_text(whole[: len(whole) // 2], encoding="utf-8")
        half = seen(scripts, clock, 0.5)
        (folder / "id.toml").write_text(RATED.sub(r'\1"Utuh."', whole), encoding="utf-8")
        written, left_alone = seen(scripts, clock, 0.5), seen(scripts, clock, 0.5)
    assert (half, written, left_alone, [each["event"] for each in logged]) == (
        (good, "ok"),
        (good, "ok"),
        ("Utuh.", "ok"),
        ["locales_loaded"],
    )


def test_two_files_saved_one_after_the_other_take_effect_together(folder: Path, clock: Clock) -> None:
    """No citizen sees the new words of one language beside the old ones of another."""
    scripts = Scripts(folder, clock=clock, wall=lambda: 0.0)
    both = [(rated(scripts), rated(scripts, "en"))]
    for code in ("id", "en"):
        path = folder / f"{code}.toml"
        path.write_text(RATED.sub(rf'\1"{code} baru"', path.read_text(encoding="utf-8")), encoding="utf-8")
        clock.now += 0.5
        both.append((rated(scripts), rated(scripts, "en")))
    clock.now += 0.5
    assert [*both, (rated(scripts), rated(scripts, "en"))] == [both[0]] * 3 + [("id baru", "en baru")]


def test_half_a_file_that_was_left_alone_is_refused(folder: Path, clock: Clock) -> None:
    """The mended one takes effect."""
    scripts = Scripts(folder, clock=clock, wall=clock.wall)
    good, whole = rated(scripts), (folder / "id.toml").read_text(encoding="utf-8")
    (folder / "id.toml").write_text(whole[: whole.index("[rated]") + 14], encoding="utf-8")
    half = seen(scripts, clock, 1)
    (folder / "id.toml").write_text(RATED.sub(r'\1"Utuh."', whole), encoding="utf-8")
    whole_seen = seen(scripts, clock, 1)
    assert (half[0], half[1].partition(":")[0], whole_seen) == (good, "id.toml", ("Utuh.", "ok"))


def test_a_file_written_while_it_is_read_is_read_again(folder: Path, clock: Clock) -> None:
    """What was read is of no known state."""

    class Disturbed(Scripts):
        """Somebody saves once more whenever the files are about to be read."""

        left = 2

        def _take(self, stamp: Stamp) -> None:
            if self.left:
                self.left -= 1
                (folder / "en.toml").touch()
            super()._take(stamp)

    scripts = Disturbed(folder, clock=clock, wall=lambda: 0.0)
    good = rated(scripts)
    path = folder / "id.toml"
    path.write_text(RATED.sub(r'\1"Baru."', path.read_text(encoding="utf-8")), encoding="utf-8")
    shown = [seen(scripts, clock, 0.5)[0] for _ in range(6)]
    assert shown == [good] * 5 + ["Baru."]


def test_a_copy_that_keeps_size_and_time_is_seen(folder: Path, clock: Clock) -> None:
    """As rsync --times and cp --preserve make it."""
    scripts = Scripts(folder, clock=clock, wall=clock.wall)
    good, path = rated(scripts), folder / "id.toml"
    stat, other = path.stat(), folder / "copy"
    other.write_text(path.read_text(encoding="utf-8").replace(good, good[::-1]), encoding="utf-8")
    os.utime(other, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    other.replace(path)
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (stat.st_size, stat.st_mtime_ns)
    assert seen(scripts, clock, 1) == (good[::-1], "ok")


def test_whoever_asks_for_the_state_learns_of_a_broken_file_without_a_turn(
    folder: Path, clock: Clock, save: Callable[[str], None]
) -> None:
    """A probe comes also where no citizen writes."""
    scripts = Scripts(folder, clock=clock, wall=clock.wall)
    save(BROKEN)
    assert scripts.state() == f"id.toml:{line_of_rated(folder)}: {MISSPELT}"


def test_a_folder_that_cannot_be_read_for_a_while_is_read_again(folder: Path, clock: Clock) -> None:
    """A mount that comes and goes changes nothing."""
    scripts = Scripts(folder, clock=clock, wall=clock.wall)
    good = rated(scripts)
    folder.rename(folder.with_name("away"))
    clock.now += 1
    during, state = rated(scripts), scripts.state()
    folder.with_name("away").rename(folder)
    clock.now += 1
    assert (during, state, rated(scripts), scripts.state()) == (
        good,
        f"{folder}:0: No such file or directory",
        good,
        "ok",
    )


def test_while_one_thread_reads_the_others_go_on_with_the_old_texts(
    folder: Path, clock: Clock, save: Callable[[str], None]
) -> None:
    """A turn never waits for a file."""
    reading, let = threading.Event(), threading.Event()

    class Slow(Scripts):
        """It reads until it is let go."""

        def _take(self, stamp: Stamp) -> None:
            reading.set()
            let.wait(10)
            super()._take(stamp)

    scripts = Slow(folder, clock=clock, wall=clock.wall)
    old = rated(scripts)
    save("Baru.")
    reader = threading.Thread(target=scripts.current)
    reader.start()
    reading.wait(10)
    clock.now += 1
    during = rated(scripts)
    let.set()
    reader.join()
    assert (during, rated(scripts)) == (old, "Baru.")


def test_copies_and_what_editors_leave_are_no_languages(folder: Path, clock: Clock) -> None:
    """Only files named for a language count."""
    for name in ("id - Copy.toml", ".id.toml.swp", "id.toml~", "README.md"):
        (folder / name).write_text("[", encoding="utf-8")
    assert list(Scripts(folder, clock=clock, wall=clock.wall).current()) == ["id", "en"]


def test_a_byte_order_mark_is_no_fault(folder: Path) -> None:
    """Windows' editor puts one before the text."""
    path = folder / "id.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert list(Scripts(folder).current()) == ["id", "en"]


def test_a_language_that_is_not_reviewed_is_not_offered(folder: Path, clock: Clock) -> None:
    """It stays in the folder until someone sets reviewed to true."""
    path = folder / "en.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("[words]", "reviewed = false\n[words]", 1), encoding="utf-8"
    )
    assert list(Scripts(folder, clock=clock, wall=clock.wall).current()) == ["id"]


def test_it_does_not_start_with_files_that_have_errors(folder: Path, save: Callable[[str], None]) -> None:
    """Every finding is a line of the error."""
    save(BROKEN)
    with pytest.raises(Misconfigured) as refused:
        Scripts(folder)
    assert str(refused.value) == f"LOCALES_DIR {folder}:\nid.toml:{line_of_rated(folder)}: {MISSPELT}"


def test_it_does_not_start_without_the_usual_language(folder: Path) -> None:
    """Turns of citizens who chose no language need it."""
    with pytest.raises(Misconfigured, match=r"jv\.toml:1: Bahasa jv \(DEFAULT_LOCALE\) tidak ada"):
        Scripts(folder, "jv")


def test_it_does_not_start_without_a_folder(tmp_path: Path) -> None:
    """The folder is named."""
    with pytest.raises(Misconfigured, match=r"LOCALES_DIR .*away"):
        Scripts(tmp_path / "away")
