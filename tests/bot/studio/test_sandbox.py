"""The sandbox: the whole dialog with unpublished words, and recorded conversations played with them."""

from pathlib import Path

import pytest

from bot.studio import transcripts
from bot.studio.edits import SetKeywords, SetLabel, SetText
from bot.studio.sandbox import MOST_LINES, NOW, UNCLEAR, sandbox
from bot.studio.transcripts import Result
from bot.studio.workshop import Workshop
from conversations.transcript import Line
from tests import stage
from tests.bot.studio.bench import folder_at, rated, workshop_at

RECORDED = Path(__file__).parents[2] / "transcripts"
REPORT = ("LAPOR jalan berlubang besar depan SD 2, motor sering jatuh", "Jl Kaliurang km 5 Sleman", "kemarin", "1")


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """Return a workshop for a copy of the shipped folder."""
    return workshop_at(folder_at(tmp_path / "locales"))


def said(lines: tuple[Line, ...]) -> list[str]:
    """Return what the bot says last, line by line."""
    return [line.text for line in lines if line.who == "bot>"][-1].split("\n")


def test_a_report_is_written_with_unpublished_words_and_gets_a_number(workshop: Workshop) -> None:
    workshop.change("id", "ani", SetText("filed", "ask", "sms", "Beres! Nomornya {number}."))
    workshop.change("id", "ani", SetKeywords("review", "send", ("gas",)))
    lines = sandbox(workshop.scripts("id", "ani"), "sms", "id", [*REPORT, "gas"])
    assert (said(lines), lines[-2].who, lines[-2].text.split(" ")[0]) == (
        ["Beres! Nomornya 9165816."],
        "lapor<",
        "report",
    )


def test_the_same_lines_are_answered_the_same(workshop: Workshop) -> None:
    """Each page replays them."""
    scripts = workshop.scripts("id", "ani")
    lines = [*REPORT, "1", "(foto)", "LAPOR lampu jalan mati di Jl. Mawar Sleman sejak kemarin", "(foto)", "lewati"]
    once = sandbox(scripts, "whatsapp", "id", lines)
    assert (sandbox(scripts, "whatsapp", "id", lines), once[0], len(once) > len(lines)) == (
        once,
        Line("citizen>", REPORT[0]),
        True,
    )


def test_buttons_officers_and_time_play_along(workshop: Workshop) -> None:
    workshop.change("id", "ani", SetLabel("menu", "report", "Mulai lapor"))
    lines = ["menu", "[Mulai lapor]", "MENU", 'lapor> status in_progress text="x"', "clock> 2 hari", "hai"]
    played = sandbox(workshop.scripts("id", "ani"), "telegram", "id", lines)
    texts = [line.text for line in played if line.who == "bot>"]
    assert ("[Mulai lapor]" in texts[0], texts[1].split("?")[0]) == (True, "Apa masalahnya")


def test_an_answer_to_the_agency_and_stars_are_taken(workshop: Workshop) -> None:
    lines = [
        *REPORT,
        "1",
        'lapor> question text="Di sisi mana?"',
        "BALAS Sisi utara",
        "lapor> status closed",
        "SUDAH",
        "5",
    ]
    played = sandbox(workshop.scripts("id", "ani"), "sms", "id", lines)
    assert [line.text.split(" ")[0] for line in played if line.who == "lapor<"] == [
        "report",
        "reply",
        "rating",
        "rating",
    ]


@pytest.mark.parametrize(
    "line", ["(lokasi: x)", "(lokasi: a, b)", "clock> besok", "clock> 99999999999999999999 hari", "lapor> terbang",
             "lapor> refused", "lapor> closing closes_on=x", "lapor> status sequence=x"],
)  # fmt: skip
def test_a_line_that_cannot_be_understood_is_passed_over(workshop: Workshop, line: str) -> None:
    played = sandbox(workshop.scripts("id", "ani"), "sms", "id", [line, "MENU"])
    assert ([each.text for each in played if each.who == "salah>"], said(played)[-1]) == (
        [UNCLEAR],
        "1 Buat laporan 2 Laporan saya 3 English / Bahasa",
    )


def test_odd_lines_are_lines(workshop: Workshop) -> None:
    lines = ["", "\x00", "🙏" * 20_000, "{options}", "<script>", "[x]", "(ulang)", "(foto: {x})", "\ud83d"]
    played = sandbox(workshop.scripts("id", "ani"), "telegram", "id", lines)
    assert ([each for each in played if each.who == "salah>"], max(len(each.text) for each in played) < 10_000) == (
        [],
        True,
    )


def test_a_dialog_has_an_end(workshop: Workshop) -> None:
    played = sandbox(workshop.scripts("id", "ani"), "sms", "id", ["MENU"] * (MOST_LINES + 50))
    assert len([each for each in played if each.who == "citizen>"]) == MOST_LINES


def test_a_language_that_is_not_offered_can_be_tried(workshop: Workshop) -> None:
    workshop.change("jv", "ani", SetText("menu", "ask", "sms", "Sugeng rawuh\n{options}"))
    played = sandbox(workshop.scripts("jv", "ani"), "sms", "jv", ["MENU", "MENU"])
    assert said(played)[0] == "Sugeng rawuh"


def test_recorded_conversations_hold_with_the_shipped_words(workshop: Workshop) -> None:
    """Also while a language is edited that is not offered; their day is the day of the sandbox."""
    scripts = workshop.scripts("jv", "ani")
    names = transcripts.names(RECORDED)
    assert ([name for name in names if not transcripts.run(RECORDED, name, scripts).holds], NOW) == ([], stage.NOW)
    assert len(names) == len(list(RECORDED.glob("*/*.chat")))


def test_a_conversation_that_goes_otherwise_is_shown_with_what_differs(workshop: Workshop) -> None:
    workshop.change("id", "ani", SetText("day", "ask", "", "Kapan?"))
    workshop.change("id", "ani", rated("Makasih!"))
    result = transcripts.run(RECORDED, "id/sms-lurus.chat", workshop.scripts("id", "ani"))
    lines = [line for line in result.diff.splitlines() if line[0] in "+-"]
    assert (result.holds, lines[-1], lines[0].startswith("-bot>     Kapan kejadiannya")) == (
        False,
        "+bot>     Kapan?",
        True,
    )


def test_a_conversation_that_cannot_be_read_is_explained(tmp_path: Path, workshop: Workshop) -> None:
    (tmp_path / "id").mkdir()
    (tmp_path / "id" / "a.chat").write_bytes(b"citizen> a\nwas? \xff\n")
    result = transcripts.run(tmp_path, "id/a.chat", workshop.scripts("id", "ani"))
    assert (transcripts.names(tmp_path), result.holds, result.diff != "") == (("id/a.chat",), False, True)


def test_no_other_file_is_played(workshop: Workshop) -> None:
    scripts = workshop.scripts("id", "ani")
    for name in ("../stage.py", "id/none.chat", "/etc/passwd", ""):
        with pytest.raises(KeyError):
            transcripts.run(RECORDED, name, scripts)
    assert (transcripts.names(RECORDED / "away"), transcripts.run(RECORDED, "id/sms-menu.chat", scripts)) == (
        (),
        Result("id/sms-menu.chat", holds=True, diff=""),
    )
