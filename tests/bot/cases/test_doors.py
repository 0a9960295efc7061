"""The desk as an attacker tries it: every form, every address, every field."""

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO

import pytest
from case_browser import Officer, hidden, page_of
from case_samples import JPEG, NOON, TOKEN, a_key, new_report
from flask import Flask

from bot.cases.desk import create_desk
from bot.cases.desk.ledger import Ledger
from bot.cases.wire import Location, NewReply, Rating, Reporter
from bot.config import Desk
from bot.guard import GUESSES
from bot.networks import networks

EVIL = "\"'></textarea></title><script>alert(1)</script><img src=x onerror=alert(1)>\u202e{{7*7}}"
MULTIPART = b'--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n'
INJECTIONS = ["' OR 1=1 --", '" OR ""="', "%00", "..%2F..%2Fetc%2Fpasswd", "1;DROP TABLE reports", "%ED%A0%80"]


class Markup(HTMLParser):
    """What a browser would make of a page: its elements and their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.elements.add(tag)
        self.attributes.update((name, value or "") for name, value in attrs)

    def dangers(self) -> list[str]:
        """Return what could run or load something of a stranger's."""
        run = [f"<{tag}>" for tag in self.elements & {"script", "img", "iframe", "object", "embed", "base", "svg"}]
        acts = [name for name, value in self.attributes if name.startswith("on") or "javascript:" in value]
        return run + acts


@pytest.fixture
def proxied(settings: Desk) -> Iterator[Flask]:
    """Return a desk behind a proxy of ours."""
    app = create_desk(replace(settings, proxies=networks("192.0.2.1")))
    yield app
    app.extensions["database"].close()


def forms(desk: Flask) -> list[str]:
    """Return an address of every form that the desk takes, the API's left out."""
    rules = [rule for rule in desk.url_map.iter_rules() if "POST" in (rule.methods or ())]
    paths = [rule.rule for rule in rules if not rule.rule.startswith("/v1/")]
    return [re.sub(r"<uuid:\w+>", a_key(), path).replace("<action>", "pesan") for path in paths]


def test_every_form_wants_the_token_of_the_session(desk: Flask, officer: Officer) -> None:
    """From an officer's browser and from a stranger's, for whatever route there will be."""
    browsers = (officer.browser, desk.test_client())
    paths = forms(desk)
    refused = {path: [browser.post(path, data={"csrf": "x"}).status_code for browser in browsers] for path in paths}
    assert set(map(tuple, refused.values())) == {(403, 403)}
    assert {"/masuk", "/keluar"} < set(paths)


def test_every_route_of_the_api_wants_the_bearer(desk: Flask, officer: Officer) -> None:
    """The officer's cookie is none, and no route answers before it was asked for."""
    rules = [rule for rule in desk.url_map.iter_rules() if rule.rule.startswith("/v1/")]
    asked = [(method, rule.rule) for rule in rules for method in (rule.methods or set()) - {"OPTIONS"}]
    assert {
        officer.browser.open(re.sub(r"<\w+>", "1", path), method=method).status_code for method, path in asked
    } == {401}
    assert len(asked) > 9


def test_a_token_of_another_session_is_refused(desk: Flask, officer: Officer, page: str, ledger: Ledger) -> None:
    """Not even that of another officer."""
    other = Officer(desk.test_client())
    other.sign_in()
    form = hidden(other.open(page), f"{page}/pesan") | {"message": "Halo"}
    assert officer.browser.post(f"{page}/pesan", data=form).status_code == 403
    assert ledger.events("", 9)[0] == []


def test_nothing_of_a_citizens_is_more_than_text_on_any_page(officer: Officer, ledger: Ledger) -> None:
    """In elements, attributes, titles and the block to copy, wherever a citizen's word can stand."""
    attachment = ledger.attach(a_key(), JPEG, NOON).answer.attachment_id
    place = Location(text=EVIL, region_code=EVIL)
    fields = dict.fromkeys(("body", "title", "agency", "category", "language"), EVIL)
    reporter = Reporter(f"sms:{EVIL}", EVIL)
    page = page_of(ledger, new_report(reporter=reporter, place=place, attachments=(attachment,), **fields))
    report_id = page.rpartition("/")[2]
    ledger.reply(report_id, a_key(), NewReply(EVIL), NOON)
    ledger.rate(report_id, Rating(solved=False, comment=EVIL), NOON)
    wrong = officer.send(f"{page}/status", status="lost", agency=EVIL, message=EVIL, closes_on=EVIL)
    shown = [answer.text for answer in (officer.open(page), officer.open("/laporan"), wrong)]
    assert [Markup(text).dangers() for text in shown] == [[], [], []]
    assert all("&lt;script&gt;" in text and "{{7*7}}" in text for text in shown)


@pytest.mark.parametrize("name", INJECTIONS)
def test_no_name_is_a_command_to_the_database(officer: Officer, page: str, ledger: Ledger, name: str) -> None:
    """What is no id is not found, and nothing changes."""
    asked = (f"/laporan/{name}", f"/lampiran/{name}", f"/laporan?status={name}", f"/laporan?halaman={name}")
    answers = [officer.open(path).status_code for path in asked]
    api = [
        officer.browser.get(f"/v1/{path}{name}", headers=TOKEN).status_code
        for path in ("reports/", "reports/by-key/", "events?after=", "agencies?query=")
    ]
    assert (answers, api) == ([404, 404, 404, 200], [404, 404, 200, 200])
    assert ledger.find(page.rpartition("/")[2]).status == "submitted"


def test_a_zero_byte_in_the_name_of_a_file_is_an_unknown_file(officer: Officer) -> None:
    """PostgreSQL would stumble over it."""
    reply = {"body": "Halo", "attachments": ["\x00"]}
    report_id = page_of(officer.browser.application.extensions["ledger"], new_report()).rpartition("/")[2]
    answer = officer.browser.post(
        f"/v1/reports/{report_id}/replies", json=reply, headers=TOKEN | {"Idempotency-Key": a_key()}
    )
    assert (answer.status_code, answer.get_json()["errors"][0]["code"]) == (422, "unknown")


@pytest.mark.parametrize(
    "kind", [b"<html><script>", b"<svg xmlns=", b"<?xml version", b"MZ", b"#!/bin/sh", b"GIF89a"]
)
def test_what_could_run_is_never_kept(desk: Flask, kind: bytes) -> None:
    """A file is what its content says, whatever its sender calls it."""
    answer = desk.test_client().post(
        "/v1/attachments",
        data={"file": (BytesIO(kind * 20), "lubang.jpg", "image/jpeg")},
        headers=TOKEN | {"Idempotency-Key": a_key()},
    )
    assert answer.status_code == 415


def test_a_file_that_is_opened_all_the_same_can_do_nothing(officer: Officer, ledger: Ledger) -> None:
    """Saved, of the type it has, and locked in where a browser shows it."""
    attachment_id = ledger.attach(a_key(), JPEG + EVIL.encode(), NOON).answer.attachment_id
    headers = officer.open(f"/lampiran/{attachment_id}").headers
    assert (headers["Content-Security-Policy"], headers["X-Content-Type-Options"]) == (
        "sandbox; default-src 'none'; frame-ancestors 'none'",
        "nosniff",
    )
    assert headers["Content-Disposition"].startswith("attachment; ")


def test_a_fault_tells_nothing_to_the_officer_or_the_log(
    desk: Flask, officer: Officer, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Neither the words of the error nor the address of the page."""

    def broken(*_: object) -> None:
        raise RuntimeError("sms:+6281234567890 jalan rusak")

    monkeypatch.setattr(desk.extensions["docket"], "queue", broken)
    answer = officer.open("/laporan?status=closed")
    told = answer.text + "".join(capfd.readouterr())
    assert (answer.status_code, "Ada gangguan" in answer.text, "RuntimeError" in told) == (500, True, True)
    assert [word for word in ("+62812", "jalan rusak", "status=closed", "Traceback") if word in told] == []


def test_the_password_is_never_logged_or_shown(
    desk: Flask, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Neither a right one nor a wrong one, which may be right elsewhere."""
    officer = Officer(desk.test_client())
    answers = [officer.sign_in("another-password"), officer.sign_in()]
    told = "".join(answer.text for answer in answers) + caplog.text + "".join(capfd.readouterr())
    assert [word for word in ("another-password", "officer-password") if word in told] == []


@pytest.mark.parametrize(
    ("peer", "secure", "seen"),
    [("192.0.2.1", True, "203.0.113.9"), ("203.0.113.5", False, "203.0.113.5")],
    ids=("our proxy", "a stranger"),
)
def test_only_our_proxy_says_who_calls_and_how(proxied: Flask, peer: str, *, secure: bool, seen: str) -> None:
    """Behind it the cookie is kept to HTTPS, the browser told to stay there, and guesses count by caller."""
    forwarded = {"X-Forwarded-For": "198.51.100.1, 203.0.113.9", "X-Forwarded-Proto": "https"}
    known = {"REMOTE_ADDR": peer} | {
        f"HTTP_{name.upper().replace('-', '_')}": forwarded[name] for name in forwarded
    }
    first = proxied.test_client().get("/masuk", environ_overrides=known).headers
    browser = proxied.test_client()
    browser.environ_base |= known
    for _ in range(GUESSES):
        Officer(browser).sign_in("wrong")
    assert ("Secure" in first["Set-Cookie"], "Strict-Transport-Security" in first) == (secure, secure)
    assert not proxied.extensions["guesses"].allowed(seen, time.monotonic())


def test_a_body_too_large_for_a_form_is_refused_before_it_is_read(officer: Officer, page: str) -> None:
    """A quarter of a megabyte is no form."""
    assert officer.browser.post(f"{page}/pesan", data={"message": "x" * 300_000}).status_code == 413


@pytest.mark.parametrize(
    ("path", "kind", "body"),
    [
        ("reports", "application/json", b'{"body":"' + b"x" * 300_000 + b'"}'),
        ("attachments", "multipart/form-data; boundary=b", MULTIPART + JPEG + b"x" * 20_100_000 + b"\r\n--b--\r\n"),
    ],
    ids=("a report", "a file"),
)
def test_a_body_that_tells_no_length_is_bounded_and_never_taken_in_part(
    desk: Flask, path: str, kind: str, body: bytes
) -> None:
    """It comes in chunks; what is over the limit is not cut off and kept."""
    answer = desk.test_client().post(
        f"/v1/{path}",
        headers=TOKEN | {"Idempotency-Key": a_key(), "Content-Type": kind, "Transfer-Encoding": "chunked"},
        environ_overrides={"wsgi.input": BytesIO(body), "wsgi.input_terminated": True},
    )
    assert answer.status_code in (413, 422)
