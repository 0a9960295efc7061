"""What comes next in a case, by when it is due, and how a day is told."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace
from test_cases import filed

from conversations.channel import SMS, TELEGRAM
from conversations.session import Case
from conversations.turn import Turn
from conversations.upcoming import MONTHS, WEEKDAYS, dated, due_on, next_of
from tests.stage import KNOWLEDGE, LANGUAGES, NOW, SCRIPTS

TURN = Turn(NOW, TELEGRAM, SCRIPTS, "id", KNOWLEDGE, LANGUAGES.polyglot(), "fresh", "BCDF-GHJK")
TUESDAY = NOW.date()
OPEN = Case("key", "BCDF-GHJK", report_id="R1", tracking_id="9165816", since=TUESDAY)


@pytest.mark.parametrize(
    ("changes", "due"),
    [
        ({}, date(2026, 11, 27)),
        ({"status": "verified"}, date(2026, 12, 1)),
        ({"status": "in_progress"}, None),
        ({"status": "in_progress", "closes_on": date(2026, 12, 4)}, date(2026, 12, 4)),
        ({"status": "in_progress", "question": True}, date(2026, 12, 8)),
        ({"status": "in_progress", "question": True, "closes_on": date(2026, 12, 4)}, date(2026, 12, 4)),
        ({"status": "in_progress", "answered": True}, date(2026, 12, 1)),
        ({"status": "closed"}, date(2026, 12, 8)),
        ({"status": "closed", "question": True, "closes_on": date(2026, 12, 2)}, date(2026, 12, 2)),
        ({"status": "closed", "solved": True}, None),
        ({"status": "closed", "answered": True}, date(2026, 12, 1)),
        ({"status": "archived"}, None),
        ({"since": TUESDAY - timedelta(days=30)}, None),
        ({"since": TUESDAY - timedelta(days=5)}, TUESDAY),
        ({"status": "in_progress", "closes_on": TUESDAY - timedelta(days=1)}, None),
    ],
)  # fmt: skip
def test_a_step_is_due_on_a_working_day_or_when_lapor_says_and_never_in_the_past(
    changes: dict[str, object], due: date | None
) -> None:
    assert due_on(replace(OPEN, **changes), TURN) == due


def test_service_levels_are_the_operators() -> None:
    slower = replace(TURN, service=replace(TURN.service, verify_days=5))
    assert due_on(OPEN, slower) == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("channel", "day", "told"),
    [
        (TELEGRAM, date(2026, 11, 30), "Senin 30 November"),
        (SMS, date(2026, 11, 30), "30-11"),
        (TELEGRAM, date(2027, 1, 4), "Senin 4 Januari 2027"),
        (SMS, date(2027, 1, 4), "04-01-2027"),
    ],
    ids=["written out", "short by SMS", "another year", "another year by SMS"],
)
def test_a_day_is_told_as_the_phone_has_room(channel: object, day: date, told: str) -> None:
    assert dated(day, replace(TURN, channel=channel), SCRIPTS["id"]) == told


def test_every_day_of_a_week_and_every_month_has_a_name_of_its_own() -> None:
    days = [dated(TUESDAY + timedelta(days=each), TURN, SCRIPTS["id"]).split()[0] for each in range(7)]
    months = [dated(date(2026, month, 1), TURN, SCRIPTS["id"]).split()[2] for month in range(1, 13)]
    assert (len(set(days)), len(set(months))) == (len(WEEKDAYS), len(MONTHS))


def test_what_comes_next_is_told_without_a_day_where_there_is_none() -> None:
    late = replace(OPEN, since=TUESDAY - timedelta(days=30))
    assert (next_of(OPEN, TURN, SCRIPTS["id"]), next_of(late, TURN, SCRIPTS["id"])) == (
        "Diverifikasi paling lambat Jumat 27 November, hasilnya kami kabari.",
        "Kami kabari hasilnya.",
    )


def test_a_report_just_filed_waits_for_verification_from_today_on() -> None:
    (case,) = filed().cases
    assert (case.since, case.region) == (TUESDAY, "34.04")
