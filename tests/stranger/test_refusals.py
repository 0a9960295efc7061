"""Requests that are wrong, forged or empty: the right 4xx or a kind answer, never a 5xx, and nothing changes."""

import json
import time
from collections.abc import Callable
from urllib.parse import urlencode

import httpx
import pytest

from tests.stranger.citizens import PLACE, STORY, Citizen
from tests.stranger.hooks import FORM, Hooks, sign_lapor
from tests.stranger.town import Town

BIG = "a" * 300_000
Request = Callable[[Hooks, Citizen], httpx.Response]


def _telegram(body: str, secret: str = "") -> Request:
    def send(hooks: Hooks, _citizen: Citizen) -> httpx.Response:
        known = {"X-Telegram-Bot-Api-Secret-Token": secret or hooks.secrets.telegram}
        return hooks.http.post("/webhooks/telegram", content=body, headers=known)

    return send


def _twilio(**headers: str) -> Request:
    return lambda hooks, citizen: hooks.twilio(citizen.form(citizen.fresh(), Body=PLACE), **headers)


def _form(**fields: str) -> Request:
    return lambda hooks, citizen: hooks.twilio({**citizen.form(citizen.fresh(), Body=PLACE), **fields})


def _sms(method: str = "GET", **fields: str) -> Request:
    def send(hooks: Hooks, citizen: Citizen) -> httpx.Response:
        known = {"from": citizen.phone, "text": PLACE, "id": f"k-{citizen.fresh()}"}
        return hooks.gateway({**known, **fields}, method)

    return send


def _lapor(body: bytes) -> Request:
    def send(hooks: Hooks, _citizen: Citizen) -> httpx.Response:
        signed = {"X-Lapor-Signature": sign_lapor(hooks.secrets.lapor, int(time.time()), body)}
        return hooks.http.post("/webhooks/lapor", content=body, headers=signed)

    return send


def _unsigned(path: str, fields: dict[str, str]) -> Request:
    return lambda hooks, _citizen: hooks.http.post(path, content=urlencode(fields), headers=FORM)


EVENT = {
    "event_id": "E-wrong", "type": "status_changed", "report_id": "R-0", "status": "verified", "sequence": 1,
    "occurred_at": "2026-11-24T09:00:00+07:00",
}  # fmt: skip

WRONG: dict[str, tuple[str, Request, int]] = {
    "an update without a secret": ("telegram", _unsigned("/webhooks/telegram", {}), 401),
    "an update with a wrong secret": ("telegram", _telegram("{}", "another"), 401),
    "an update that is no JSON": ("telegram", _telegram("{"), 400),
    "an oversized update": ("telegram", _telegram(json.dumps({"update_id": 1, "x": BIG})), 413),
    "an update that is a list of lists": ("telegram", _telegram("[" * 90_000), 200),
    "an update with a huge number": ("telegram", _telegram('{"update_id": 1e400}'), 200),
    "a message of a wrong type": ("telegram", _telegram('{"update_id": 1, "message": {"chat": "7"}}'), 200),
    "a form without a signature": ("whatsapp", _unsigned("/webhooks/twilio", {"Body": "x"}), 403),
    "a form with a wrong signature": ("whatsapp", _twilio(**{"X-Twilio-Signature": "c2FsYWg="}), 403),
    "a form without an id": ("whatsapp", _form(MessageSid=""), 400),
    "a form without a sender": ("whatsapp", _form(From=""), 400),
    "a form of an advertiser": ("twilio_sms", _form(From="PROMO"), 200),
    "a form with too many fields": ("whatsapp", _form(**{f"x{number}": "" for number in range(300)}), 400),
    "an oversized form": ("whatsapp", _form(Body=BIG), 413),
    "a delivery report without a signature": ("whatsapp", _unsigned("/webhooks/twilio/status", {}), 403),
    "an SMS with a wrong secret": ("gateway", _sms(secret="another"), 403),
    "an SMS without a secret": ("gateway", _unsigned("/webhooks/sms", {"from": "+6281234567890", "id": "1"}), 403),
    "an SMS without a sender": ("gateway", _sms(**{"from": ""}), 400),
    "an SMS without an id": ("gateway", _sms(id=""), 400),
    "an SMS with an endless id": ("gateway", _sms(id="7" * 1000), 400),
    "an SMS of an operator": ("gateway", _sms(**{"from": "777"}), 200),
    "an oversized SMS": ("gateway", _sms("POST", text=BIG), 413),
    "an event that is no JSON": ("gateway", _lapor(b"{"), 422),
    "an event without a report": ("gateway", _lapor(b'{"event_id": "E"}'), 422),
    "an event of an unknown status": ("gateway", _lapor(json.dumps(EVENT | {"status": "lost"}).encode()), 422),
    "an event with a huge sequence": ("gateway", _lapor(json.dumps(EVENT | {"sequence": 10**30}).encode()), 422),
    "an oversized event": ("gateway", _lapor(json.dumps(EVENT | {"message": BIG}).encode()), 413),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_refused_or_acknowledged_and_changes_nothing(town: Town, name: str) -> None:
    route, send, status = WRONG[name]
    citizen = town.citizen(route)
    citizen.say(f"LAPOR {STORY}")
    before = len(citizen.screen)
    response = send(town.hooks, citizen)
    same = town.citizen(route)
    same.reach(f"LAPOR {STORY}", PLACE)
    assert (response.status_code, citizen.say(PLACE)) == (status, same.screen[-1])
    assert (len(citizen.screen), town.office.filed(citizen.address)) == (before + 1, [])


def _sticker(citizen: Citizen) -> str:
    before = len(citizen.screen)
    citizen.show(citizen.hooks.telegram(citizen.update(citizen.fresh(), sticker={"file_id": "s"})))
    return citizen.hear(before)


EMPTY: dict[str, tuple[str, Callable[[Citizen], str]]] = {
    "a sticker": ("telegram", _sticker),
    "an empty text by Telegram": ("telegram", lambda citizen: citizen.say("")),
    "spaces by Telegram": ("telegram", lambda citizen: citizen.say(" \n\u00a0\t")),
    "controls by Telegram": ("telegram", lambda citizen: citizen.say("\u202e\u200b\u0007")),
    "an empty text by WhatsApp": ("whatsapp", lambda citizen: citizen.say("")),
    "an empty SMS by Twilio": ("twilio_sms", lambda citizen: citizen.say("")),
    "an empty SMS by a gateway": ("gateway", lambda citizen: citizen.say("")),
    "two spaces by a gateway": ("gateway", lambda citizen: citizen.say("  ")),
}


@pytest.mark.parametrize("name", EMPTY)
def test_a_message_without_words_is_answered_and_the_question_stays_open(town: Town, name: str) -> None:
    route, send = EMPTY[name]
    citizen, same = town.citizen(route), town.citizen(route)
    citizen.say(f"LAPOR {STORY}")
    said = send(citizen)
    same.reach(f"LAPOR {STORY}", PLACE)
    assert (said != "", citizen.say(PLACE)) == (True, same.screen[-1])


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE"])
@pytest.mark.parametrize("path", ["telegram", "twilio", "twilio/status", "sms", "sms/status", "lapor"])
def test_a_method_that_no_caller_uses_is_refused(town: Town, method: str, path: str) -> None:
    assert town.hooks.http.request(method, f"/webhooks/{path}").status_code == 405
