"""Honest senders write the same thing in several ways; each of them is understood."""

import json
import time
from collections.abc import Callable

import httpx
import pytest

from tests.stranger.citizens import PLACE, STORY, Citizen
from tests.stranger.hooks import sign_lapor
from tests.stranger.town import Town

SPELLINGS: dict[str, Callable[[str], str]] = {
    "with the trunk zero": lambda phone: phone.replace("+62", "0"),
    "without the plus": lambda phone: phone[1:],
    "with the prefix of calls abroad": lambda phone: phone.replace("+", "00"),
    "with spaces and hyphens": lambda phone: f"{phone[:3]} {phone[3:6]}-{phone[6:]}",
}


@pytest.mark.parametrize("name", SPELLINGS)
def test_a_phone_number_in_another_spelling_is_the_same_citizen(town: Town, name: str) -> None:
    citizen, same = town.citizen("gateway"), town.citizen("gateway")
    spelt = {"from": SPELLINGS[name](citizen.phone)}
    citizen.say(f"LAPOR {STORY}", **spelt)
    same.reach(f"LAPOR {STORY}", PLACE)
    assert citizen.say(PLACE) == same.screen[-1]


def _upper(signature: str) -> str:
    stamp, _, digest = signature.partition(",v1=")
    return f"{stamp},v1={digest.upper()}"


@pytest.mark.parametrize("spelt", [_upper, lambda signature: ", ".join(reversed(signature.split(",")))])
def test_a_signature_in_another_spelling_is_the_same_signature(town: Town, spelt: Callable[[str], str]) -> None:
    citizen = town.citizen("gateway")
    citizen.file()
    before = len(citizen.screen)
    body = json.dumps(town.office.event(citizen.address, "agency_message", message="Mohon sabar")).encode()
    signature = spelt(sign_lapor(town.hooks.secrets.lapor, int(time.time()), body))
    response = town.hooks.http.post("/webhooks/lapor", content=body, headers={"X-Lapor-Signature": signature})
    assert (response.status_code, "Mohon sabar" in citizen.hear(before)) == (200, True)


def _in_pieces(citizen: Citizen) -> httpx.Response:
    body = json.dumps(citizen.update(citizen.fresh(), text=PLACE)).encode()
    known = {"X-Telegram-Bot-Api-Secret-Token": citizen.hooks.secrets.telegram}
    return citizen.hooks.http.post("/webhooks/telegram", content=iter((body[:9], body[9:])), headers=known)


def _telegram(kind: str) -> Callable[[Citizen], httpx.Response]:
    return lambda citizen: citizen.hooks.telegram(
        citizen.update(citizen.fresh(), text=PLACE), **{"Content-Type": kind}
    )


def _twilio(query: str = "", **headers: str) -> Callable[[Citizen], httpx.Response]:
    return lambda citizen: citizen.hooks.twilio(citizen.form(citizen.fresh(), Body=PLACE), query, **headers)


HABITS: dict[str, tuple[str, Callable[[Citizen], httpx.Response]]] = {
    "an update sent in pieces": ("telegram", _in_pieces),
    "an update called text": ("telegram", _telegram("text/plain")),
    "an update with a character set": ("telegram", _telegram("application/json; charset=utf-8")),
    "a form to an address with a query": ("whatsapp", _twilio("?bot=lapor&bot=1708&x=%20y")),
    "a form with a character set": (
        "twilio_sms", _twilio(**{"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HABITS)
def test_a_request_made_in_another_way_is_the_same_message(town: Town, name: str) -> None:
    route, send = HABITS[name]
    citizen, same = town.citizen(route), town.citizen(route)
    citizen.say(f"LAPOR {STORY}")
    citizen.show(send(citizen))
    same.reach(f"LAPOR {STORY}", PLACE)
    assert citizen.screen == same.screen
