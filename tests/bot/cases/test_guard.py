"""Who may do what at the desk."""

import re
from dataclasses import replace

import pytest
from case_browser import Officer, hidden
from flask import Flask

from bot.cases.desk import create_desk
from bot.cases.desk.ledger import Ledger
from bot.config import Desk
from bot.guard import GUESSES

HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Strict-Transport-Security": None,
}


def test_an_officer_signs_in_and_out(desk: Flask) -> None:
    """Pages lead to the sign-in until the password was given, and again after signing out."""
    officer = Officer(desk.test_client())
    before = officer.open("/laporan")
    assert (before.status_code, before.headers["Location"]) == (302, "/masuk")
    assert officer.sign_in().headers["Location"] == "/laporan"
    assert officer.open("/").headers["Location"] == "/laporan"
    shown = officer.open("/laporan")
    assert "Belum ada laporan di sini." in shown.text
    token = re.search(r'name="csrf" value="([^"]+)"', shown.text)
    assert token
    officer.browser.post("/keluar", data={"csrf": token[1]})
    assert officer.open("/laporan").headers["Location"] == "/masuk"


def test_a_wrong_password_is_told_and_after_five_the_desk_waits(desk: Flask) -> None:
    """After five wrong passwords even the right one has to wait."""
    officer = Officer(desk.test_client())
    answers = [officer.sign_in("wrong") for _ in range(GUESSES)]
    assert [answer.status_code for answer in answers] == [401] * GUESSES
    assert "Kata sandi salah." in answers[0].text
    assert officer.sign_in().status_code == 429


@pytest.mark.parametrize("path", ["/", "/masuk", "/laporan", "/laporan/1", "/lampiran/1"])
def test_without_a_password_there_are_no_pages(settings: Desk, path: str) -> None:
    """An empty password signs nobody in."""
    desk = create_desk(replace(settings, password=""))
    assert desk.test_client().get(path).status_code == 404
    desk.extensions["database"].close()


def test_a_session_signed_under_another_password_is_worth_nothing(settings: Desk) -> None:
    """Changing the password signs everyone out."""
    old, new = create_desk(settings), create_desk(replace(settings, password="another"))
    officer = Officer(old.test_client())
    cookie = re.match(r"desk=([^;]+)", officer.sign_in().headers["Set-Cookie"])
    assert cookie
    browser = new.test_client()
    browser.set_cookie("desk", cookie[1])
    assert browser.get("/laporan").headers["Location"] == "/masuk"
    for desk in (old, new):
        desk.extensions["database"].close()


def test_the_cookie_is_kept_from_scripts_and_other_sites(desk: Flask) -> None:
    """It goes over HTTPS only where the desk is reached over HTTPS."""
    cookies = [
        Officer(desk.test_client()).browser.get("/masuk", base_url=url).headers["Set-Cookie"].split("; ")[1:]
        for url in ("http://127.0.0.1:8001", "https://desk.test")
    ]
    assert cookies == [
        ["HttpOnly", "Path=/", "SameSite=Strict"],
        ["Secure", "HttpOnly", "Path=/", "SameSite=Strict"],
    ]


def test_a_forged_form_is_refused(officer: Officer, page: str, ledger: Ledger) -> None:
    """A form without this session's token changes nothing, even for an officer."""
    for token in ({}, {"csrf": ""}, {"csrf": "guessed"}):
        answer = officer.browser.post(f"{page}/nomor", data={"tracking_id": "9165816", "nonce": "n"} | token)
        assert answer.status_code == 403
    assert ledger.events("", 1)[0] == []


def test_a_stranger_cannot_act(desk: Flask, page: str, ledger: Ledger) -> None:
    """A valid token of a session that did not sign in is not enough."""
    stranger = Officer(desk.test_client())
    fields = hidden(stranger.open("/masuk"), "")
    answer = stranger.browser.post(f"{page}/nomor", data=fields | {"tracking_id": "9165816", "nonce": "n"})
    assert answer.headers["Location"] == "/masuk"
    assert ledger.events("", 1)[0] == []


@pytest.mark.parametrize(("framed_by", "who"), [("", "'none'"), ("http://127.0.0.1:8000", "http://127.0.0.1:8000")])
def test_only_a_named_origin_may_frame_the_pages(settings: Desk, framed_by: str, who: str) -> None:
    """No script runs, nothing comes from elsewhere, nothing is cached."""
    desk = create_desk(settings, framed_by)
    headers = desk.test_client().get("/masuk").headers
    assert headers["Content-Security-Policy"] == (
        "default-src 'self'; script-src 'none'; object-src 'none'; base-uri 'none'; form-action 'self'; "
        f"frame-ancestors {who}"
    )
    told = {name: headers.get(name) for name in HEADERS}
    assert told == HEADERS
    desk.extensions["database"].close()
