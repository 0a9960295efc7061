"""The table: wrong ones fail at once, and the diagram says what it holds."""

import pytest

from conversations.complaint import COMPLAINT, REPORT
from conversations.states import Choose, End, Flow, Gather, Wait, diagram


def test_an_exit_that_leads_nowhere_is_refused() -> None:
    with pytest.raises(ValueError, match="menu leads to stroy by report: no such state"):
        Flow(Choose("menu", {"report": "stroy"}), Gather("story", then="menu"))


def test_two_states_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="two states of one name"):
        Flow(End("done"), End("done"))


def test_the_diagram_draws_each_way_between_two_states_once() -> None:
    flow = Flow(
        Choose("menu", {"send": "wait", "again": "wait", "stop": "done"}),
        Wait("wait", {"filed": "done"}),
        End("done"),
    )
    assert diagram(flow).splitlines() == [
        "stateDiagram-v2",
        "    [*] --> menu",
        "    menu --> wait : send / again",
        "    menu --> done : stop",
        "    wait --> done : filed",
        "    done --> [*]",
    ]


def test_a_state_that_vanished_sends_citizens_to_the_start() -> None:
    assert COMPLAINT["a state of last year"] is COMPLAINT.first


def test_every_state_can_be_reached_by_the_table_or_by_what_is_said_or_happens() -> None:
    reached = {target for state in COMPLAINT for _, target in state.exits()}
    by_word_or_news = {"command", "erase", "finding", "question", "recall", "verdict", "which"}
    assert {state.name for state in COMPLAINT} - reached == by_word_or_news


def test_the_states_of_a_report_are_in_the_table() -> None:
    assert {name for name in REPORT if name not in COMPLAINT} == set()
