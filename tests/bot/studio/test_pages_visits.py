"""Who comes into the studio, and for how long."""

from pathlib import Path

import pytest
from flask import Flask

from bot.guard import GUESSES
from bot.studio.app import create_studio
from bot.studio.visits import SIGNED_IN
from tests.bot.studio.administrator import HTMX, Administrator, settings_of, shown, studio_of, token

HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Content-Security-Policy": "default-src 'self'; script-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'",
}


def test_an_administrator_signs_in_by_name_and_out_again(studio: Flask) -> None:
    editor = Administrator(studio.test_client())
    before = editor.open("id/")
    assert (before.status_code, before.headers["Location"]) == (302, "/studio/masuk")
    assert editor.sign_in().headers["Location"] == "/studio/"
    assert "Admin Satu" in shown(editor.open(""))
    editor.send("keluar")
    assert editor.open("").headers["Location"] == "/studio/masuk"


def test_an_answer_under_way_at_the_sign_out_brings_no_visit_back(studio: Flask) -> None:
    editor = Administrator(studio.test_client())
    given = editor.sign_in().headers.getlist("Set-Cookie")
    editor.open("")  # its forms need a token, which the cookie carries from here on
    assert (len(given), editor.open("id/").headers.getlist("Set-Cookie")) == (1, [])


@pytest.mark.parametrize(
    ("name", "password", "status", "why"),
    [
        ("Admin Satu", "wrong", 401, "Kata sandi salah."),
        ("Admin Satu", "", 401, "Kata sandi salah."),
        (" \u202e\n ", "administrators-password", 422, "Tulis nama Anda."),
    ],
)
def test_who_cannot_come_in_is_told_why(studio: Flask, name: str, password: str, status: int, why: str) -> None:
    answer = Administrator(studio.test_client()).sign_in(name, password)
    assert (answer.status_code, why in shown(answer)) == (status, True)


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait(studio: Flask) -> None:
    guesser = Administrator(studio.test_client())
    tries = [guesser.sign_in(password="wrong").status_code for _ in range(GUESSES)]
    assert (tries, guesser.sign_in().status_code) == ([401] * GUESSES, 429)


def test_a_name_is_one_short_line_and_never_markup(studio: Flask) -> None:
    administrator = Administrator(studio.test_client())
    administrator.sign_in("<b>Admin Satu</b>\r\nNotes: x" + "x" * 100)
    page = administrator.open("")
    assert "<b>Admin Satu</b>" not in page.text
    assert f"<span>&lt;b&gt;Admin Satu&lt;/b&gt; Notes: {'x' * 15}</span>" in page.text


def test_a_visit_ends_after_ten_hours_however_busy(words_folder: Path) -> None:
    now = [1_000_000.0]
    editor = Administrator(create_studio(settings_of(words_folder), clock=lambda: now[0]).test_client())
    editor.sign_in()
    seen = []
    for seconds in (SIGNED_IN - 1, 1):
        now[0] += seconds
        seen.append(editor.open("").status_code)
    assert seen == [200, 302]


def test_a_piece_of_a_page_leads_the_whole_page_to_the_sign_in(studio: Flask) -> None:
    answer = Administrator(studio.test_client()).open("id/", **HTMX)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/studio/masuk")


def test_another_password_ends_all_visits(words_folder: Path) -> None:
    editor = Administrator(studio_of(words_folder).test_client())
    editor.sign_in()
    cookie = editor.browser.get_cookie("studio", path="/studio")
    assert cookie
    other = studio_of(words_folder, STUDIO_PASSWORD="another-password").test_client()
    other.set_cookie("studio", cookie.value, path="/studio")
    assert other.get("/studio/").status_code == 302


@pytest.mark.parametrize("given", ["", "guessed"])
def test_a_forged_form_changes_nothing(editor: Administrator, given: str) -> None:
    editor.csrf = given
    answer = editor.send("id/kartu/rated/ask", **{"text.": "Dipalsukan"})
    assert (answer.status_code, "Dipalsukan" in editor.open("id/kartu/rated").text) == (403, False)


def test_a_stranger_cannot_change_anything_with_a_token_of_the_door(studio: Flask, editor: Administrator) -> None:
    stranger = Administrator(studio.test_client())
    stranger.csrf = token(stranger.open("masuk"))
    answer = stranger.send("id/kartu/rated/ask", **{"text.": "Dipalsukan"})
    assert (answer.headers["Location"], "Dipalsukan" in editor.open("id/kartu/rated").text) == (
        "/studio/masuk",
        False,
    )


def test_the_pages_run_their_own_scripts_only_and_are_never_framed_or_kept(editor: Administrator) -> None:
    headers = editor.open("").headers
    assert {name: headers.get(name) for name in HEADERS} == HEADERS


def test_no_page_needs_a_script_or_a_style_inside_it(editor: Administrator) -> None:
    pages = ("", "id/", "id/kartu/menu", "id/kartu/menu/ask", "id/diagram", "id/coba", "id/percakapan", "id/berkas")
    text = "".join(editor.open(page).text for page in pages)
    assert [piece for piece in (" style=", "<style", " onclick", "<script>", "javascript:") if piece in text] == []


@pytest.mark.parametrize(("scheme", "secure"), [("http", False), ("https", True)])
def test_the_cookie_is_kept_from_scripts_and_other_sites(words_folder: Path, scheme: str, *, secure: bool) -> None:
    studio = studio_of(words_folder, TRUSTED_PROXIES="127.0.0.1")
    answer = studio.test_client().get("/studio/masuk", headers={"X-Forwarded-Proto": scheme})
    flags = answer.headers["Set-Cookie"].split("; ")[1:]
    assert flags == [*(["Secure"] if secure else []), "HttpOnly", "Path=/studio", "SameSite=Strict"]
