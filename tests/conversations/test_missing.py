"""Answers that are not understood: another way each time, and the question stays reachable."""

from itertools import pairwise

import pytest
from test_cases import played, told

from conversations.channel import SMS
from conversations.complaint import COMPLAINT
from conversations.events import Said
from conversations.flow import begin
from conversations.moves import note
from conversations.session import Draft, Session
from conversations.turn import Turn
from tests.stage import KNOWLEDGE, LANGUAGES, NOW, SCRIPTS

REPORT = Draft("draft", "BCDF-GHJK", "jalan berlubang besar depan SD 2", asked=("where",))


def misunderstood(state: str, text: str, times: int) -> list[list[str]]:
    """Return what is said each time that a text is not understood."""
    shown = tuple(getattr(COMPLAINT[state], "options", ()))
    session = Session(state, draft=REPORT, shown=shown, informed=True, heard=int(NOW.timestamp()))
    answers = []
    for _ in range(times):
        session, effects = played(Said(text), session=session)
        answers.append(told(effects))
    return answers


def test_after_the_third_time_two_ways_out_take_turns() -> None:
    assert misunderstood("day", "?", 6) == [
        ["day.retry.unknown"],
        ["day.retry.unknown"],
        ["day.retry.stuck"],
        ["notes.help", "day.ask"],
        ["day.retry.stuck"],
        ["notes.help", "day.ask"],
    ]


@pytest.mark.parametrize("state", ["menu", "day", "privacy", "review", "edit", "category", "language", "erase"])
def test_from_the_third_time_no_sentence_follows_itself(state: str) -> None:
    answers = misunderstood(state, "?", 7)[2:]
    assert [once for once, again in pairwise(answers) if once == again] == []


def test_the_menu_says_by_turns_what_can_be_done() -> None:
    assert misunderstood("menu", "?", 5)[2:] == [["menu.retry.stuck"], ["menu.help"], ["menu.retry.stuck"]]


def test_an_answer_is_still_taken_after_many_that_were_not() -> None:
    session = Session("day", draft=REPORT, misses=9, informed=True)
    session, effects = played(Said("kemarin"), session=session)
    assert (told(effects), session.misses) == (["privacy.ask"], 0)


@pytest.mark.parametrize("state", ["review", "recall", "privacy", "pin"])
def test_batal_keeps_the_report_whatever_is_asked(state: str) -> None:
    session = Session(state, draft=REPORT, shown=tuple(COMPLAINT[state].options), informed=True)  # type: ignore[union-attr]
    session, effects = played(Said("BATAL"), session=session)
    assert (told(effects), len(session.shelf)) == (["aside.ask"], 1)


@pytest.mark.parametrize("name", ["too_many", "trouble"])
def test_what_the_dialog_never_saw_is_answered_with_a_note(name: str) -> None:
    turn = Turn(NOW, SMS, SCRIPTS, "id", KNOWLEDGE, LANGUAGES.polyglot(), "fresh", "BCDF-GHJK")
    assert [(say.section, say.text, say.push) for say in note(begin(), name, turn)] == [("notes", name, False)]
