"""The officer's side of the desk."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from case_samples import NOON, a_key, new_report

from bot.cases.desk.docket import PAGE, Docket
from bot.cases.desk.ledger import Ledger
from bot.cases.desk.moves import Move
from bot.cases.desk.refusals import Idle, Missing, Occupied
from bot.cases.port import Report
from bot.cases.wire import NewReply, Rating

LATER = NOON + timedelta(hours=1)
NUMBER = Move("tracking_id_assigned", tracking_id="9165816")


@pytest.fixture
def report_id(ledger: Ledger) -> str:
    """File a report that waits."""
    return ledger.file(a_key(), new_report(), NOON).answer.report_id


def test_a_form_sent_twice_at_once_changes_the_report_once(ledger: Ledger, docket: Docket, report_id: str) -> None:
    """Of eight clicks on one button one counts."""
    move = Move("agency_message", message="Tim akan datang besok")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: docket.act(report_id, move, "one form", LATER), range(8)))
    assert [event.sequence for event in ledger.events("", 100)[0]] == [1]


def test_officers_at_once_leave_no_gap_in_the_sequence(ledger: Ledger, docket: Docket, report_id: str) -> None:
    """The sequence rises by one, in the order of the cursor."""
    with ThreadPoolExecutor(8) as pool:
        list(
            pool.map(
                lambda n: docket.act(report_id, Move("agency_message", message=str(n)), f"form {n}", LATER),
                range(16),
            )
        )
    assert [event.sequence for event in ledger.events("", 100)[0]] == list(range(1, 17))


def test_a_status_is_set_with_all_that_goes_with_it(ledger: Ledger, docket: Docket, report_id: str) -> None:
    """Agency, message and day of closing are the report's from then on."""
    move = Move(
        "status_changed", "closed", None, "Pemerintah Kabupaten Sleman", "Sudah ditambal", date(2026, 11, 30)
    )
    docket.act(report_id, move, "form", LATER)
    assert ledger.find(report_id) == Report(
        report_id, None, "closed", LATER, move.agency, move.message, closes_on=move.closes_on
    )


def test_a_message_leaves_the_status_and_the_day_of_closing(ledger: Ledger, docket: Docket, report_id: str) -> None:
    """Only a status takes the day of closing away."""
    docket.act(report_id, Move("closing_soon", closes_on=date(2026, 11, 30)), "form 1", LATER)
    docket.act(report_id, Move("agency_question", message="Di RT berapa?"), "form 2", LATER)
    kept = ledger.find(report_id)
    docket.act(report_id, Move("status_changed", "verified"), "form 3", LATER)
    assert (kept.status, kept.closes_on, ledger.find(report_id).closes_on) == (
        "submitted",
        date(2026, 11, 30),
        None,
    )


def test_a_tracking_id_belongs_to_one_report(ledger: Ledger, docket: Docket, report_id: str) -> None:
    """The second report stays without, and the bot is told nothing about it."""
    other = ledger.file(a_key(), new_report(), NOON).answer.report_id
    docket.act(report_id, NUMBER, "form 1", LATER)
    with pytest.raises(Occupied):
        docket.act(other, NUMBER, "form 2", LATER)
    assert ledger.find(other).tracking_id is None
    assert [event.report_id for event in ledger.events("", 100)[0]] == [report_id]


def test_a_mistyped_tracking_id_can_be_put_right(ledger: Ledger, docket: Docket, report_id: str) -> None:
    """The bot is told both numbers, in order."""
    docket.act(report_id, Move("tracking_id_assigned", tracking_id="9165861"), "form 1", LATER)
    docket.act(report_id, NUMBER, "form 2", LATER)
    assert [event.tracking_id for event in ledger.events("", 100)[0]] == ["9165861", "9165816"]


@pytest.mark.parametrize(
    "move", [NUMBER, Move("status_changed", "verified")], ids=["the same number", "the same status"]
)
def test_what_changes_nothing_is_told_nobody(docket: Docket, report_id: str, move: Move) -> None:
    """A second form that says the same again is refused."""
    docket.act(report_id, move, "form 1", LATER)
    with pytest.raises(Idle):
        docket.act(report_id, move, "form 2", LATER)


def test_nothing_is_done_to_a_report_that_does_not_exist(docket: Docket) -> None:
    """An unknown report id is missing for reading and for acting."""
    with pytest.raises(Missing):
        docket.act("unknown", NUMBER, "form", LATER)
    with pytest.raises(Missing):
        docket.dossier("unknown")
    with pytest.raises(Missing):
        docket.content("unknown")


def test_the_queue_shows_the_newest_first_page_by_page(ledger: Ledger, docket: Docket) -> None:
    """A page past the end is the last one."""
    filed = [ledger.file(a_key(), new_report(body=f"Laporan {n}"), NOON).answer.report_id for n in range(PAGE + 3)]
    pages = [docket.queue("", page) for page in (1, 2, 99)]
    assert [card.state.report_id for page in pages[:2] for card in page.cards] == filed[::-1]
    assert [(page.page, page.pages, len(page.cards)) for page in pages] == [(1, 2, PAGE), (2, 2, 3), (2, 2, 3)]


def test_the_queue_can_be_one_status(ledger: Ledger, docket: Docket, report_id: str) -> None:
    """The counts are those of all reports."""
    docket.act(report_id, Move("status_changed", "verified"), "form", LATER)
    waiting = ledger.file(a_key(), new_report(), NOON).answer.report_id
    queue = docket.queue("submitted", 1)
    assert [card.state.report_id for card in queue.cards] == [waiting]
    assert queue.counts == {"submitted": 1, "verified": 1}


def test_the_citizens_word_waits_until_an_officer_acts(ledger: Ledger, docket: Docket, report_id: str) -> None:
    """An answer and a rating call the officer; a message of the officer's is an answer."""
    heard = []
    for act in (
        lambda: ledger.reply(report_id, a_key(), NewReply("Halo?"), NOON),
        lambda: docket.act(report_id, Move("agency_message", message="Ya?"), "form", NOON),
        lambda: ledger.rate(report_id, Rating(solved=False), NOON),
    ):
        act()
        heard.append(docket.dossier(report_id).state.heard)
    assert heard == [False, True, False]


def test_the_history_tells_what_happened_in_order(ledger: Ledger, docket: Docket, report_id: str) -> None:
    """Events, answers and the rating stand between each other by time."""
    docket.act(report_id, Move("agency_question", message="Di mana?"), "form 1", NOON + timedelta(minutes=1))
    ledger.reply(report_id, a_key(), NewReply("Di depan SD"), NOON + timedelta(minutes=2))
    docket.act(report_id, Move("status_changed", "closed"), "form 2", NOON + timedelta(minutes=3))
    ledger.rate(report_id, Rating(solved=True), NOON + timedelta(minutes=4))
    told = [
        entry.event.type if entry.event else entry.reply or entry.rating
        for entry in docket.dossier(report_id).history
    ]
    assert told == ["agency_question", NewReply("Di depan SD"), "status_changed", Rating(solved=True)]
