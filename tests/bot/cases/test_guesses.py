"""Guessing the desk's password is slow, from one place and from many."""

import pytest
from case_browser import PASSWORD, Officer, hidden
from flask import Flask

from bot.guard import ALL_GUESSES, GUESSES, Guesses


def asks(guesses: Guesses, now: float, *addresses: str) -> list[bool]:
    """Make a guess from each address in turn."""
    return [guesses.allowed(address, now) for address in addresses]


def test_guesses_count_for_a_minute_and_for_one_address() -> None:
    """Another address and another minute are not held up."""
    guesses = Guesses()
    asks(guesses, 100.0, *["192.0.2.1"] * GUESSES)
    asked = [("192.0.2.1", 100.0), ("192.0.2.1", 159.9), ("192.0.2.2", 100.0), ("192.0.2.1", 160.0)]
    assert [guesses.allowed(*who) for who in asked] == [False, False, True, True]


@pytest.mark.parametrize(
    "written",
    [
        [f"2001:db8:0:1::{number:x}" for number in range(1, GUESSES + 1)],
        ["192.0.2.1", "::ffff:192.0.2.1", "::ffff:c000:201", "192.0.2.1:80", "192.0.2.1:81"],
        ["", "unknown", "x", "y", "z"],
    ],
    ids=("one customer's IPv6", "one IPv4 in many spellings", "nobody knows who"),
)
def test_many_spellings_of_one_place_are_one_place(written: list[str]) -> None:
    """A customer of an IPv6 network has more addresses than there are seconds."""
    guesses = Guesses()
    assert (asks(guesses, 0.0, *written), asks(guesses, 0.0, written[0])) == ([True] * GUESSES, [False])


def test_guesses_from_many_places_are_held_up_together() -> None:
    """A thousand machines guess no faster than four."""
    guesses = Guesses()
    allowed = asks(guesses, 0.0, *(f"198.51.{number // 250}.{number % 250}" for number in range(1000)))
    assert sum(allowed) == ALL_GUESSES


def test_guesses_from_many_places_keep_no_officer_out_of_the_usual_one() -> None:
    """Where somebody signed in, only the guesses made there count."""
    guesses = Guesses()
    asks(guesses, 0.0, "192.0.2.1")
    guesses.right("192.0.2.1")
    asks(guesses, 1.0, *(f"198.51.100.{number}" for number in range(200)))
    assert asks(guesses, 2.0, "192.0.2.1", "192.0.2.2") == [True, False]


def test_a_place_that_is_trusted_may_still_not_guess_on() -> None:
    """A colleague of an officer is held up like everyone."""
    guesses = Guesses()
    guesses.right("192.0.2.1")
    assert asks(guesses, 0.0, *["192.0.2.1"] * 6) == [True] * GUESSES + [False]


def test_the_right_password_ends_the_count() -> None:
    """An officer who mistyped four times is no guesser."""
    guesses = Guesses()
    asks(guesses, 0.0, *["192.0.2.1"] * GUESSES)
    guesses.right("192.0.2.1")
    assert asks(guesses, 1.0, "192.0.2.1") == [True]


def test_the_sign_in_is_held_up_over_all_addresses(desk: Flask) -> None:
    """As the pages have it: the right password waits too, from a place that nobody knows."""
    browser = desk.test_client()

    def sign_in(password: str, address: str) -> int:
        fields = hidden(Officer(browser).open("/masuk"), "") | {"password": password}
        return browser.post("/masuk", data=fields, environ_overrides={"REMOTE_ADDR": address}).status_code

    wrong = [sign_in("wrong", f"198.51.100.{number}") for number in range(ALL_GUESSES)]
    assert (wrong, sign_in(PASSWORD, "203.0.113.9")) == ([401] * ALL_GUESSES, 429)
