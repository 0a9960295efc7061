"""Clocks are compared by what a server's Date header says."""

import pytest

from bot.doctor.asking import ahead_of, clock
from bot.doctor.finding import Level

AT_NINE = 1_795_510_800.0  # 24 November 2026, 09:00 UTC


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("Tue, 24 Nov 2026 09:00:00 GMT", 0.0),
        ("Tue, 24 Nov 2026 08:59:59 GMT", 0.0),
        ("Tue, 24 Nov 2026 09:00:02 GMT", 0.0),
        ("Tue, 24 Nov 2026 09:02:02 GMT", 120.0),
        ("Tue, 24 Nov 2026 08:57:59 GMT", -120.0),
        ("", None),
        ("soon", None),
    ],
)
def test_only_what_the_way_and_whole_seconds_cannot_explain_is_a_difference(
    date: str, expected: float | None
) -> None:
    assert ahead_of(date, before=AT_NINE, after=AT_NINE + 2) == expected


@pytest.mark.parametrize(
    ("ahead", "expected"),
    [
        (None, []),
        (60.0, [("ok", "60 seconds apart")]),
        (61.0, [("fault", "it is 61 seconds ahead of ours")]),
        (-3600.0, [("fault", "it is 3600 seconds behind ours")]),
    ],
)
def test_a_minute_is_too_much_because_signatures_hold_for_five(
    ahead: float | None, expected: list[tuple[Level, str]]
) -> None:
    assert [(each.level, each.found) for each in clock("backend_clock", ahead)] == expected
