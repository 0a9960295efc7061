"""A visit of an officer: it begins with the password, and a copied cookie ends with it."""

import re
from datetime import timedelta

import pytest
from case_browser import PASSWORD, Officer, hidden
from case_samples import NOON
from flask import Flask
from flask.testing import FlaskClient

from bot.cases.desk.database import Database
from bot.cases.desk.visits import SIGNED_IN, Visits


def cookie_of(browser: FlaskClient) -> str:
    """Return the cookie that a browser would show."""
    cookie = browser.get_cookie("desk")
    assert cookie
    return cookie.value


def browser_with(desk: Flask, cookie: str) -> FlaskClient:
    """Return a browser with a cookie of another."""
    browser = desk.test_client()
    browser.set_cookie("desk", cookie)
    return browser


def test_a_visit_lasts_ten_hours_however_busy(database: Database) -> None:
    """Every ticket is its own, and only what was given lasts."""
    visits = Visits(database)
    first, second = visits.begin(NOON), visits.begin(NOON)
    almost = NOON + SIGNED_IN - timedelta(seconds=1)
    lasting = [
        visits.lasts(*asked) for asked in ((first, almost), (first, NOON + SIGNED_IN), ("", NOON), ("x", NOON))
    ]
    assert (first == second, lasting) == (False, [True, False, False, False])


def test_the_end_of_a_visit_ends_no_other(database: Database) -> None:
    """Two officers share the password, not the visit."""
    visits = Visits(database)
    first, second = visits.begin(NOON), visits.begin(NOON)
    visits.end(first)
    assert [visits.lasts(ticket, NOON) for ticket in (first, second)] == [False, True]


def test_the_database_does_not_tell_a_ticket(database: Database) -> None:
    """Who reads a backup cannot sign in with it."""
    ticket = Visits(database).begin(NOON)
    with database.reading() as db:
        kept = str(db.connection().exec_driver_sql("select * from visits").all())
    assert ticket not in kept


def test_a_copied_cookie_is_worth_nothing_after_the_sign_out(desk: Flask, officer: Officer) -> None:
    """Signing out ends the visit, not only this browser's memory of it."""
    thief = browser_with(desk, cookie_of(officer.browser))
    before = thief.get("/laporan").status_code
    token = re.search(r'name="csrf" value="([^"]+)"', officer.open("/laporan").text)
    assert token
    officer.browser.post("/keluar", data={"csrf": token[1]})
    assert (before, thief.get("/laporan").status_code) == (200, 302)


def test_a_cookie_planted_before_the_sign_in_is_worth_nothing_after_it(desk: Flask) -> None:
    """The officer leaves with another session and another token than those that a stranger knows."""
    stranger = Officer(desk.test_client())
    planted = hidden(stranger.open("/masuk"), "")
    victim = Officer(browser_with(desk, cookie_of(stranger.browser)))
    victim.sign_in()
    token = re.search(r'name="csrf" value="([^"]+)"', victim.open("/laporan").text)
    assert token
    assert (stranger.open("/laporan").status_code, token[1] == planted["csrf"]) == (302, False)


def test_signing_in_again_ends_the_visit_before(desk: Flask, officer: Officer) -> None:
    """One browser has one visit."""
    copy = browser_with(desk, cookie_of(officer.browser))
    officer.sign_in(PASSWORD)
    assert (copy.get("/laporan").status_code, officer.open("/laporan").status_code) == (302, 200)


@pytest.mark.parametrize("forged", ["", "x.y.z", "eyJvZmZpY2VyIjp0cnVlfQ.aaaa.bbbb", "\u0000", "a" * 4000])
def test_an_invented_cookie_opens_nothing(desk: Flask, forged: str) -> None:
    """It is signed with a key made of the password."""
    assert browser_with(desk, forged).get("/laporan").headers["Location"] == "/masuk"
