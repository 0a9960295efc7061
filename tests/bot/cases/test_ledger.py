"""The citizen's side of the desk."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest
from case_samples import JPEG, NOON, a_key, new_report

from bot.cases.desk.database import Database
from bot.cases.desk.docket import Docket
from bot.cases.desk.ledger import Ledger, Taken
from bot.cases.desk.moves import Move
from bot.cases.desk.refusals import Conflict, Missing, TooLarge, Unreadable, Wrong
from bot.cases.port import Report
from bot.cases.wire import Event, Fault, NewReply, Rating

LATER = NOON + timedelta(hours=1)


def test_twenty_attempts_at_once_under_one_key_file_one_report(ledger: Ledger, docket: Docket) -> None:
    """One attempt of twenty is taken, the others are told what it was told."""
    key, new = a_key(), new_report()
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: ledger.file(key, new, NOON), range(20)))
    assert sorted(taken.again for taken in answers) == [False] + [True] * 19
    assert {taken.answer for taken in answers} == {ledger.by_key(key)}
    assert len(docket.queue("", 1).cards) == 1


def test_the_first_answer_under_a_key_is_given_again_whatever_happened_since(
    ledger: Ledger, docket: Docket
) -> None:
    """A replay tells the report as it was when it was filed; a look-up tells it as it is."""
    key, new = a_key(), new_report()
    first = ledger.file(key, new, NOON).answer
    docket.act(first.report_id, Move("tracking_id_assigned", tracking_id="9165816"), "form", LATER)
    assert ledger.file(key, new, LATER) == Taken(first, again=True)
    assert ledger.by_key(key) == Report(first.report_id, "9165816", "submitted", LATER)


def test_the_same_key_for_another_report_is_refused(ledger: Ledger) -> None:
    """A key stands for one report."""
    key = a_key()
    ledger.file(key, new_report(), NOON)
    with pytest.raises(Conflict):
        ledger.file(key, new_report(body="lampu mati"), NOON)


def test_a_report_is_found_by_either_of_its_names(ledger: Ledger, docket: Docket) -> None:
    """The report id and the tracking id name the same report."""
    report_id = ledger.file(a_key(), new_report(), NOON).answer.report_id
    docket.act(report_id, Move("tracking_id_assigned", tracking_id="9165816"), "form", LATER)
    assert ledger.find("9165816") == ledger.find(report_id) == Report(report_id, "9165816", "submitted", LATER)


@pytest.mark.parametrize("name", ["", "0", "9165816", "a\0b", "' OR 1=1 --"])
def test_an_unknown_name_finds_nothing(ledger: Ledger, name: str) -> None:
    """A report without a tracking id is not found by whatever else one asks for."""
    ledger.file(a_key(), new_report(), NOON)
    with pytest.raises(Missing):
        ledger.find(name)


def test_an_automatic_desk_gives_running_tracking_ids_past_those_of_officers(database: Database) -> None:
    """A number that an officer entered by hand is left out."""
    ledger = Ledger(database, auto=True)
    first = ledger.file(a_key(), new_report(), NOON).answer
    Docket(database).act(first.report_id, Move("tracking_id_assigned", tracking_id="1000002"), "form", NOON)
    second = ledger.file(a_key(), new_report(), NOON).answer
    assert (first.tracking_id, second.tracking_id) == ("1000001", "1000003")


def test_an_answer_to_a_case_under_way_is_taken_once_and_keeps_it_open(ledger: Ledger, docket: Docket) -> None:
    """The status moves, the day of closing goes, and the bot is told once."""
    report_id = ledger.file(a_key(), new_report(), NOON).answer.report_id
    docket.act(report_id, Move("status_changed", "in_progress", closes_on=date(2026, 11, 30)), "form", NOON)
    key, reply = a_key(), NewReply("Kira-kira 50 meter")
    taken = ledger.reply(report_id, key, reply, LATER)
    assert taken == Taken(Report(report_id, None, "answered_by_reporter", LATER), again=False)
    assert ledger.reply(report_id, key, reply, LATER) == Taken(taken.answer, again=True)
    assert [(event.sequence, event.status) for event in ledger.events("", 10)[0]] == [
        (1, "in_progress"),
        (2, "answered_by_reporter"),
    ]


@pytest.mark.parametrize(("disputes", "status"), [(True, "answered_by_reporter"), (False, "closed")])
def test_only_a_dispute_opens_a_closed_case_again(
    ledger: Ledger, docket: Docket, *, disputes: bool, status: str
) -> None:
    """Thanks leave a closed case closed."""
    report_id = ledger.file(a_key(), new_report(), NOON).answer.report_id
    docket.act(report_id, Move("status_changed", "closed"), "form", NOON)
    ledger.reply(report_id, a_key(), NewReply("Masih berlubang", disputes_closing=disputes), LATER)
    assert ledger.find(report_id).status == status


def test_the_same_key_for_an_answer_to_another_report_is_refused(ledger: Ledger) -> None:
    """A key stands for one answer to one report."""
    one, other = (ledger.file(a_key(), new_report(), NOON).answer.report_id for _ in range(2))
    key = a_key()
    ledger.reply(one, key, NewReply("Sudah"), NOON)
    with pytest.raises(Conflict):
        ledger.reply(other, key, NewReply("Sudah"), NOON)


def test_the_last_rating_counts(ledger: Ledger, docket: Docket) -> None:
    """A citizen may think again."""
    report_id = ledger.file(a_key(), new_report(), NOON).answer.report_id
    ledger.rate(report_id, Rating(solved=True, stars=5), NOON)
    ledger.rate(report_id, Rating(solved=False), LATER)
    history = docket.dossier(report_id).history
    assert [(entry.at, entry.rating) for entry in history] == [(LATER, Rating(solved=False))]


def test_answers_and_ratings_need_a_report(ledger: Ledger) -> None:
    """Nothing is kept about a report that does not exist, and the key stays free."""
    key = a_key()
    with pytest.raises(Missing):
        ledger.reply("unknown", key, NewReply("Halo"), NOON)
    with pytest.raises(Missing):
        ledger.rate("unknown", Rating(solved=True), NOON)
    report_id = ledger.file(a_key(), new_report(), NOON).answer.report_id
    assert not ledger.reply(report_id, key, NewReply("Halo"), NOON).again


def test_a_file_is_stored_once_and_named_in_a_report(ledger: Ledger, docket: Docket) -> None:
    """The report leads to the file, whose type is told by its content."""
    key = a_key()
    stored = ledger.attach(key, JPEG, NOON)
    assert ledger.attach(key, JPEG, LATER) == Taken(stored.answer, again=True)
    new = new_report(attachments=(stored.answer.attachment_id,))
    report_id = ledger.file(a_key(), new, NOON).answer.report_id
    (file,) = docket.dossier(report_id).attachments.values()
    assert docket.content(file.attachment_id) == (file, JPEG)
    assert (file.type, file.size) == ("image/jpeg", len(JPEG))


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", Unreadable),
        (b"MZ a program", Unreadable),
        (b"<svg onload=x>", Unreadable),
        (b"\0\0\0\x18ftypheic", Unreadable),
        (bytes(20_000_001), TooLarge),
    ],
    ids=["empty", "program", "picture with a script", "picture in a film's container", "over 20 MB"],
)
def test_a_file_that_is_not_evidence_is_refused(ledger: Ledger, data: bytes, refusal: type[Exception]) -> None:
    """Only pictures, films, sound and PDF of up to 20 MB are kept."""
    with pytest.raises(refusal):
        ledger.attach(a_key(), data, NOON)


def test_a_report_with_an_unknown_file_is_refused_whole(ledger: Ledger, docket: Docket) -> None:
    """Nothing is filed, and the field is named."""
    with pytest.raises(Wrong) as refused:
        ledger.file(a_key(), new_report(attachments=("lost",)), NOON)
    assert refused.value.faults == (Fault("attachments", "unknown"),)
    assert docket.queue("", 1).cards == ()


def test_events_are_read_in_pages_from_a_cursor(ledger: Ledger, docket: Docket) -> None:
    """Each page goes on where the last one ended, and the end stays where it is."""
    report_id = ledger.file(a_key(), new_report(), NOON).answer.report_id
    for number in range(3):
        docket.act(report_id, Move("agency_message", message=f"Pesan {number}"), f"form {number}", NOON)
    first, cursor = ledger.events("", 2)
    rest, end = ledger.events(cursor, 2)
    assert [event.message for event in (*first, *rest)] == ["Pesan 0", "Pesan 1", "Pesan 2"]
    assert ledger.events(end, 2) == ([], end)


@pytest.mark.parametrize("cursor", ["", "never given", "-1", "9" * 30])
def test_a_cursor_that_was_never_given_starts_at_the_first_event(
    ledger: Ledger, docket: Docket, cursor: str
) -> None:
    """A repeat does no harm, a gap would."""
    report_id = ledger.file(a_key(), new_report(), NOON).answer.report_id
    docket.act(report_id, Move("tracking_id_assigned", tracking_id="9165816"), "form", LATER)
    (event,), _ = ledger.events(cursor, 100)
    assert event == Event(
        event.event_id, "tracking_id_assigned", report_id, "submitted", 1, LATER, tracking_id="9165816"
    )


def test_reports_outlive_the_process(tmp_path: Path) -> None:
    """What was filed is there when the desk opens its database again."""
    url, key = f"sqlite:///{tmp_path}/kept.sqlite3", a_key()
    before = Database(url)
    filed = Ledger(before, auto=False).file(key, new_report(), NOON).answer
    before.close()
    after = Database(url)
    assert Ledger(after, auto=False).by_key(key) == filed
    after.close()
