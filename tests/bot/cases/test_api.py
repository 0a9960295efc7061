"""The case API over HTTP, where the document says more in words than in schemas."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from case_samples import JPEG, REPORT, TOKEN, a_key
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from bot.cases.desk import create_desk
from bot.config import Desk


def file(client: FlaskClient, key: str, **changes: object) -> TestResponse:
    """File a report."""
    return client.post("/v1/reports", json=REPORT | changes, headers=TOKEN | {"Idempotency-Key": key})


def problem(response: TestResponse) -> tuple[int, str, list[tuple[str, str]]]:
    """Return status, media type and faults of a refusal."""
    body = response.get_json()
    assert body["status"] == response.status_code
    return response.status_code, response.mimetype, [(fault["field"], fault["code"]) for fault in body["errors"]]


def test_a_report_waits_for_its_tracking_id_and_a_repeat_is_marked(client: FlaskClient) -> None:
    """The desk accepts (202), and a repeat gets the same body with 200 and a header."""
    key = a_key()
    first, again = file(client, key), file(client, key)
    assert (first.status_code, again.status_code) == (202, 200)
    assert first.get_json()["tracking_id"] is None
    assert again.get_json() == first.get_json()
    assert [answer.headers.get("Idempotency-Replayed") for answer in (first, again)] == [None, "true"]


def test_an_automatic_desk_files_at_once(settings: Desk) -> None:
    """The answer (201) holds a tracking id of seven digits."""
    desk = create_desk(replace(settings, tracking="auto"))
    answer = file(desk.test_client(), a_key())
    assert (answer.status_code, answer.get_json()["tracking_id"]) == (201, "1000001")
    desk.extensions["database"].close()


def test_twenty_posts_at_once_under_one_key_file_one_report(desk: Flask) -> None:
    """One is accepted, nineteen are told the same."""
    key = a_key()
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: file(desk.test_client(), key), range(20)))
    assert sorted(answer.status_code for answer in answers) == [200] * 19 + [202]
    assert len({answer.get_json()["report_id"] for answer in answers}) == 1


def test_the_same_key_with_another_body_is_a_conflict(client: FlaskClient) -> None:
    """Spaces and order of the JSON make no other body, other words do."""
    key = a_key()
    file(client, key)
    shuffled = client.post(
        "/v1/reports", json=dict(reversed(REPORT.items())), headers=TOKEN | {"Idempotency-Key": key.upper()}
    )
    assert shuffled.status_code == 200
    assert problem(file(client, key, body="lampu mati")) == (409, "application/problem+json", [])


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer wrong", "Basic desk-token", "Bearer desk-token2", "desk-token"]
)
def test_nobody_gets_in_without_the_token(client: FlaskClient, header: str) -> None:
    """The answer says which kind of token is wanted."""
    answer = client.get("/v1/categories", headers={"Authorization": header})
    assert problem(answer) == (401, "application/problem+json", [])
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_desk_without_a_token_lets_nobody_in(settings: Desk) -> None:
    """An empty token does not match an empty one."""
    desk = create_desk(replace(settings, token=""))
    answer = desk.test_client().get("/v1/categories", headers={"Authorization": "Bearer "})
    assert answer.status_code == 401
    desk.extensions["database"].close()


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"body": ""}, ("body", "invalid")),
        ({"body": "x" * 8001}, ("body", "invalid")),
        ({"channel": "fax"}, ("channel", "invalid")),
        ({"reporter": {}}, ("reporter.address", "required")),
        ({"reported_at": "2026-11-12T12:00:00"}, ("reported_at", "invalid")),
        ({"occurred_on": "kemarin"}, ("occurred_on", "invalid")),
        ({"place": {"latitude": 91}}, ("place.latitude", "invalid")),
        ({"attachments": [1]}, ("attachments[0]", "invalid")),
        ({"attachments": ["lost"]}, ("attachments", "unknown")),
    ],
)
def test_a_wrong_field_is_named(client: FlaskClient, changes: dict[str, Any], fault: tuple[str, str]) -> None:
    """The refusal (422) says which field is wrong."""
    assert problem(file(client, a_key(), **changes)) == (422, "application/problem+json", [fault])


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'"\xff"', b'{"body":"\xff"}', b'{"x":' + b"[" * 50_000 + b"]" * 50_000 + b"}"]
)
def test_what_is_no_report_is_refused(client: FlaskClient, body: bytes) -> None:
    """Broken JSON, other JSON and endless nesting are all unreadable."""
    answer = client.post(
        "/v1/reports", data=body, content_type="application/json", headers=TOKEN | {"Idempotency-Key": a_key()}
    )
    assert problem(answer) == (422, "application/problem+json", [("", "unreadable")])


@pytest.mark.parametrize(
    ("method", "path", "more", "status"),
    [
        ("GET", "/v1/nowhere", {}, 404),
        ("GET", "/v1/reports/by-key/not-a-key", {}, 404),
        ("GET", "/v1/reports/%00", {}, 404),
        ("DELETE", "/v1/reports/1", {}, 405),
        ("POST", "/v1/reports", {"data": "body=x", "content_type": "application/x-www-form-urlencoded"}, 415),
        ("POST", "/v1/reports", {"data": b" " * 300_000, "content_type": "application/json"}, 413),
        ("POST", "/v1/attachments", {"data": JPEG, "content_type": "image/jpeg"}, 415),
        ("POST", "/v1/attachments", {"data": {"file": (BytesIO(b"MZ"), "x.jpg", "image/jpeg")}}, 415),
        (
            "POST",
            "/v1/attachments",
            {"data": bytes(20_100_000), "content_type": "multipart/form-data; boundary=x"},
            413,
        ),
        ("POST", "/v1/attachments", {"data": {"other": "x"}, "content_type": "multipart/form-data"}, 422),
        ("GET", "/v1/events?limit=many", {}, 422),
    ],
)
def test_every_refusal_is_a_problem(
    client: FlaskClient, method: str, path: str, more: dict[str, Any], status: int
) -> None:
    """What is asked wrongly gets the status that says so, as a problem."""
    answer = client.open(path, method=method, headers=TOKEN | {"Idempotency-Key": a_key()}, **more)
    assert problem(answer)[:2] == (status, "application/problem+json")


@pytest.mark.parametrize("key", ["", "x" * 201, "bad\x7fkey"])
def test_a_key_must_be_there_and_bounded(client: FlaskClient, key: str) -> None:
    """An answer without a usable key is not taken."""
    answer = client.post("/v1/reports/1/replies", json={"body": "Halo"}, headers=TOKEN | {"Idempotency-Key": key})
    assert problem(answer) == (422, "application/problem+json", [("Idempotency-Key", "invalid")])


def test_a_file_is_stored_once_per_key(client: FlaskClient) -> None:
    """A repeat gets the same attachment id with 200; another file under the key is a conflict."""
    key = TOKEN | {"Idempotency-Key": a_key()}
    sent = [JPEG, JPEG, JPEG + b"!"]
    answers = [client.post("/v1/attachments", data={"file": (BytesIO(data), "x")}, headers=key) for data in sent]
    assert [answer.status_code for answer in answers] == [201, 200, 409]
    assert answers[0].get_json() == answers[1].get_json()


def test_a_database_that_does_not_answer_is_said_to_be_temporary(
    desk: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bot is asked (503) to come again."""

    def locked(*_: object) -> None:
        raise OperationalError("", None, Exception("database is locked"))

    monkeypatch.setattr(desk.extensions["ledger"], "file", locked)
    answer = file(desk.test_client(), a_key())
    assert problem(answer) == (503, "application/problem+json", [])
    assert answer.headers["Retry-After"] == "1"


def test_a_fault_of_the_desks_own_tells_nothing(desk: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bot gets a problem (500) without a trace of the cause."""

    def broken(*_: object) -> None:
        raise RuntimeError("sms:+6281234567890")

    monkeypatch.setattr(desk.extensions["ledger"], "file", broken)
    answer = file(desk.test_client(), a_key())
    assert problem(answer) == (500, "application/problem+json", [])
    assert "+62" not in answer.text


def test_agencies_come_with_the_best_match_first(client: FlaskClient) -> None:
    """More of the asked words found counts for more; a province holds its regencies."""
    best = client.get("/v1/agencies?query=pemerintah kabupaten sleman", headers=TOKEN).get_json()[0]
    inside = client.get("/v1/agencies?region_code=34", headers=TOKEN).get_json()
    assert best == {"code": "pemkab-sleman", "name": "Pemerintah Kabupaten Sleman", "region_code": "34.04"}
    assert {agency["region_code"][:2] for agency in inside} == {"34"}
    assert len(inside) == 6


def test_thirteen_categories_are_known(client: FlaskClient) -> None:
    """The twelve frequent ones of LAPOR! and the rest."""
    found = client.get("/v1/categories", headers=TOKEN).get_json()
    assert [found[0]["name"], found[-1]["name"], len(found)] == [
        "Pekerjaan Umum dan Penataan Ruang",
        "Topik Lainnya",
        13,
    ]
