"""The page of the funnel: what was asked for, in numbers and in bars, and nothing else."""

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest
import redis
from flask import Blueprint, Flask
from flask.testing import FlaskClient

from bot import connecting, keys, studio
from bot.funnel import Counts, Place, Row, read
from bot.studio.funnel_page import WIDE, Bar, Read, bars, register, worst
from bot.studio.words import WORDS
from conversations.complaint import COMPLAINT
from tests.kept import url_of

NOT_COUNTED = "tidak dihitung"
TODAY = date(2026, 11, 24)
FOUND: dict[Place, int] = {
    ("sms", "id", "place", "reached"): 1200,
    ("sms", "id", "place", "onward"): 900,
    ("sms", "id", "place", "failed"): 40,
    ("telegram", "id", "place", "reached"): 10,
    ("telegram", "jv", "day", "reached"): 7,
    ("telegram", "en", "filed", "reached"): 3,
}


class Asked:
    """Numbers that remember for which days they were asked."""

    def __init__(self, found: dict[Place, int]) -> None:
        self.found = found
        self.days: list[tuple[date, date]] = []

    def __call__(self, first: date, last: date) -> Counts:
        self.days.append((first, last))
        return Counts(self.found)


def away(_first: date, _last: date) -> Counts:
    raise redis.ConnectionError


def visiting(source: Read) -> FlaskClient:
    """Return a browser in a studio that has this page and no more than it leads to."""
    home = Path(studio.__file__).parent
    app = Flask("studio", template_folder=home / "templates", static_folder=home / "static")
    pages = Blueprint("studio", __name__)
    register(pages, source, lambda: TODAY, lambda: {"id": "Bahasa Indonesia", "en": "English"})
    for name, path in (("languages", "/"), ("sign_out", "/keluar"), ("card", "/<code>/kartu/<section>")):
        pages.add_url_rule(path, name, lambda **_: "")
    app.register_blueprint(pages)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        who=lambda: "Sari", live=lambda: "ok", csrf=lambda: "token", words=WORDS, has_funnel=True
    )
    return app.test_client()


def numbers(page: str) -> dict[str, list[str]]:
    """Return the numbers of the table by what leads to a row's card, as they are read out; without idle rows."""
    found = {}
    for row in re.findall(r"<tr>(.*?)</tr>", page.partition("<tbody>")[2], re.DOTALL):
        (path,) = re.findall(r'href="([^"]*)"', row)
        cells = re.findall(r"<td[^>]*>(.*?)</td>", re.sub(r'<span aria-hidden="true">.*?</span>', "", row))
        read_out = [re.sub(r"<[^>]*>", "", cell) for cell in cells]
        if set(read_out) - {"0", NOT_COUNTED}:
            found[path] = read_out
    return found


def test_every_state_has_a_row_in_the_order_of_the_dialog() -> None:
    page = visiting(Asked(FOUND)).get("/corong").text
    rows = re.findall(r'<th scope="row"><a href="/id/kartu/(\w+)">', page)
    assert rows == [state.name for state in COMPLAINT]


def test_the_numbers_of_all_channels_and_languages_are_added_up() -> None:
    assert numbers(visiting(Asked(FOUND)).get("/corong").text) == {
        "/id/kartu/place": ["1.210", "900", "310 (26%)", "40"],
        "/id/kartu/day": ["7", "0", "7 (100%)", "0"],
        "/id/kartu/filed": ["3", "0", NOT_COUNTED, "0"],
    }


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("saluran=telegram&bahasa=id", {"/id/kartu/place": ["10", "0", "10 (100%)", "0"]}),
        ("bahasa=en", {"/en/kartu/filed": ["3", "0", NOT_COUNTED, "0"]}),
        ("bahasa=jv", {"/id/kartu/day": ["7", "0", "7 (100%)", "0"]}),
    ],
)
def test_one_channel_and_one_language_can_be_chosen(query: str, shown: dict[str, list[str]]) -> None:
    """A language whose file is gone has numbers still; the cards it leads to are those of the usual one."""
    assert numbers(visiting(Asked(FOUND)).get(f"/corong?{query}").text) == shown


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ("", date(2026, 11, 18), TODAY),
        ("?waktu=hari-ini", TODAY, TODAY),
        ("?waktu=kemarin", date(2026, 11, 23), date(2026, 11, 23)),
        ("?waktu=7-hari", date(2026, 11, 18), TODAY),
        ("?waktu=30-hari", date(2026, 10, 26), TODAY),
    ],
)
def test_a_span_of_days_can_be_chosen(query: str, first: date, last: date) -> None:
    asked = Asked(FOUND)
    page = visiting(asked).get(f"/corong{query}").text
    assert (asked.days, page.count(f'<time datetime="{first}">') > 0) == ([(first, last)], True)


@pytest.mark.parametrize("query", ["waktu=setahun", "saluran=fax", "bahasa=de", "bahasa=<script>"])
def test_what_is_not_on_offer_is_not_found(query: str) -> None:
    assert visiting(Asked(FOUND)).get(f"/corong?{query}").status_code == 404


def test_what_was_chosen_stays_chosen() -> None:
    page = visiting(Asked(FOUND)).get("/corong?waktu=30-hari&saluran=sms&bahasa=id").text
    assert re.findall(r'value="([\w-]*)" (?:checked|selected)', page) == ["30-hari", "sms", "id"]


def test_the_worst_states_are_named_first() -> None:
    page = visiting(Asked(FOUND)).get("/corong").text
    said = " ".join(re.sub(r"<[^>]*>", "", page.partition('<p class="mindful">')[2].partition("</p>")[0]).split())
    assert said == "Paling banyak berhenti: Lokasi, 310 dari 1.210. Paling sering tidak dipahami: Lokasi, 40 kali."


@pytest.mark.parametrize(
    ("source", "status", "sentence"),
    [
        (away, 503, "Angka tidak dapat dibaca sekarang."),
        (Asked({}), 200, "Belum ada angka untuk"),
    ],
)
def test_a_page_without_numbers_says_why(source: Read, status: int, sentence: str) -> None:
    answer = visiting(source).get("/corong")
    assert (answer.status_code, sentence in answer.text, "<table" in answer.text) == (status, True, False)


def test_bars_are_as_long_as_their_numbers() -> None:
    place, day, menu = Row("place", 100, 70, 1, 30), Row("day", 70, 0, 0, 70), Row("menu", 50, 9, 0, None)
    assert bars((place, Row("who", 0, 0, 0, 0), day, menu)) == (
        Bar(place, 0, 700, 300, 10),
        Bar(day, 0, 0, 700, 0),
        Bar(menu, 500, 0, 0, 0),
    )


def test_a_bar_that_is_there_can_be_seen() -> None:
    (bar,) = bars((Row("place", 1_000_000, 999_999, 0, 1),))
    assert (bar.onward, bar.left) == (WIDE, 4)


def test_nobody_is_worst_where_nothing_went_wrong() -> None:
    assert worst((Row("place", 5, 5, 0, 0), Row("filed", 5, 0, 0, None))) == (None, None)


def test_the_drawing_needs_no_script_and_no_style_of_its_own() -> None:
    """The studio's pages allow neither (Content-Security-Policy); whoever sees no drawing has the table."""
    page = visiting(Asked(FOUND)).get("/corong").text
    main = page.partition("<main")[2]
    drawn = re.findall(r'<rect class="(\w+)"', main)
    assert drawn == ["onward", "left", "failed", "left", "arrived"]
    assert [word for word in ("style=", "<style", "<script", "onclick", " hx-") if word in main] == []
    assert 'role="img" aria-label="Diagram batang dari angka pada tabel di bawah ini."' in main


def test_numbers_come_from_redis(client: "redis.Redis") -> None:
    client.hset(keys.funnel(TODAY), mapping={"sms id place reached": 3, "sms id place onward": 1})
    client.hset(keys.funnel(date(2026, 11, 18)), mapping={"sms id place reached": 2})
    client.hset(keys.funnel(date(2026, 11, 17)), mapping={"sms id place reached": 50})
    source: Callable[[date, date], Counts] = partial(read, connecting.line(url_of(client)))
    assert numbers(visiting(source).get("/corong").text) == {"/id/kartu/place": ["5", "1", "4 (80%)", "0"]}
