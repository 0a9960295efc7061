"""The commands as a person types them: what they print and how they end."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LOCALES = Path(__file__).parent.parent.parent / "locales"


def run(*arguments: str, typed: str = "", **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        input=typed, capture_output=True, text=True, timeout=60, check=False, env={**os.environ, **environ},
    )  # fmt: skip


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    folder = tmp_path / "locales"
    shutil.copytree(LOCALES, folder)
    file = folder / "id.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("{number}", "{nomor}", 1), encoding="utf-8")
    return folder


def test_the_words_that_are_shipped_pass_the_check() -> None:
    done = run("check")
    assert (done.returncode, done.stdout) == (0, "0 errors, 0 warnings\n")


def test_a_wrong_word_is_named_with_file_and_line(broken: Path) -> None:
    done = run("check", str(broken))
    assert done.returncode == 1
    assert "id.toml:" in done.stdout
    assert "{nomor}" in done.stdout


def test_findings_can_be_read_by_a_program(broken: Path) -> None:
    done = run("check", str(broken), "--json", "--lang", "en")
    findings = json.loads(done.stdout)
    assert {(finding["file"], finding["level"]) for finding in findings} == {("id.toml", "error")}
    assert list(findings[0]) == ["file", "line", "level", "rule", "sentence", "column", "key", "diff"]


def test_recorded_conversations_that_no_longer_hold_are_warnings_with_their_difference(tmp_path: Path) -> None:
    """They are looked at where the words have no error; a changed word is no reason to stop."""
    folder = tmp_path / "locales"
    shutil.copytree(LOCALES, folder)
    words, asked = folder / "id.toml", "Apa masalahnya? Ceritakan"
    words.write_text(words.read_text(encoding="utf-8").replace(asked, "Ceritakan"), encoding="utf-8")
    record = tmp_path / "recorded" / "id" / "a.chat"
    record.parent.mkdir(parents=True)
    rest = "apa yang terjadi, di mana, dan sejak kapan."
    record.write_text(f"channel: telegram\n\ncitizen> lapor\nbot>     {asked} {rest}\n", encoding="utf-8")
    done = run("check", str(folder), "--lang", "en", "--transcripts", str(tmp_path / "recorded"))
    lines = done.stdout.splitlines()
    assert (done.returncode, lines[0].partition(" From")[0], lines[-1]) == (
        0, "id/a.chat:4: warning:", "0 errors, 1 warnings",
    )  # fmt: skip
    assert f"    -bot>     {asked} {rest}" in lines


@pytest.mark.parametrize(
    "arguments",
    [("check", "/nowhere"), ("check", "--transcripts", "/nowhere"), ("dance",), ("chat", "--channel", "fax"), ()],
)
def test_wrong_usage_ends_with_two_and_a_sentence(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["serve", "worker", "desk"])
def test_what_is_wrong_in_the_environment_is_said_before_anything_starts(command: str) -> None:
    done = run(command, PORT="none", TIMEZONE="Mars")
    assert done.returncode == 1
    assert [line.split()[0] for line in done.stderr.splitlines()] == ["PORT", "TIMEZONE"]


def test_a_report_can_be_filed_in_the_terminal() -> None:
    typed = """\
LAPOR jalan berlubang besar depan SD 2
Jl Kaliurang Sleman
kemarin
1
1
lapor> status closed text="Sudah ditambal"
belum
masih berlubang
lapor> dance
status
"""
    done = run("chat", "--channel", "sms", typed=typed)
    assert (done.returncode, done.stderr) == (0, "")
    for said in (
        "nomor 1000001",
        "dinyatakan selesai. Sudah ditambal.",
        "kami teruskan",
        "Tidak dipahami",
        "SMS 1",
    ):
        assert said in done.stdout


def test_a_report_with_files_can_be_filed_in_the_terminal() -> None:
    """And a file that comes late joins it."""
    typed = "LAPOR lampu jalan mati di Jl. Mawar, Mlati, Sleman sejak kemarin\n(foto)\nkirim\n(foto)\n"
    done = run("chat", "--channel", "whatsapp", typed=typed)
    assert (done.returncode, done.stderr) == (0, "")
    for said in ("Lampiran: 1", "nomor 1000001", "tambahkan ke laporan 1000001"):
        assert said in done.stdout


def test_buttons_can_be_tapped_in_the_terminal() -> None:
    done = run("chat", "--channel", "telegram", typed="halo\n[Buat laporan]\n")
    assert "Ceritakan apa yang terjadi" in done.stdout
