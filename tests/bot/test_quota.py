"""How much may come in."""

from bot.quota import Rate

FEW = Rate.each_minute(3)


def taken(busy: int, *times: int) -> list[bool]:
    """Return which of the messages at these times (milliseconds) a bucket takes."""
    seen = []
    for now in times:
        after = FEW.spent(busy, now)
        seen.append(after is not None)
        busy = after or busy
    return seen


def test_so_many_may_come_at_once_and_then_one_in_a_while() -> None:
    assert taken(0, 0, 0, 0, 0, 19_000, 20_000, 20_001) == [True, True, True, False, False, True, False]


def test_without_a_rate_all_may_come() -> None:
    assert [Rate().spent(0, 5), Rate.each_minute(0).spent(9_000_000, 5)] == [5, 5]


def test_a_clock_that_was_set_back_keeps_nobody_waiting() -> None:
    busy = FEW.spent(0, 3_600_000)
    assert busy is not None
    assert taken(busy, 0, 0, 0, 0) == [True, True, True, False]
