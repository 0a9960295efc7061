"""The providers fail when a number is to be told: it is told all the same, as often as it must be."""

import time
from collections.abc import Mapping

import pytest

from tests.stranger.carriers import BLOCKED, GATEWAY_TIMEOUT, flood, until
from tests.stranger.citizens import ROUTES, Citizen, numbers_in
from tests.stranger.doubles import CUT, Answer, Double, Trouble
from tests.stranger.town import Town

ERROR = Trouble(Answer(500, b"oops"))
TAKEN = Trouble(CUT, takes=True)
"""The provider sent the message on, and its answer was lost."""

TROUBLES = {
    "error": ERROR,
    "flood": Trouble(flood(1)),
    "timeout": Trouble(GATEWAY_TIMEOUT),
    "lost": TAKEN,
}
SECONDS = 2.5
"""By then a second attempt was made, and what it leads to has come."""

Sent = Mapping[tuple[str, str], tuple[Citizen, int]]


def provider(town: Town, route: str) -> Double:
    """Return who carries the messages of a route."""
    return {"telegram": town.telegram, "gateway": town.gateway}.get(route, town.twilio)


@pytest.fixture(scope="module")
def sent(town: Town) -> Sent:
    """Let all troubles befall tracking ids at once; the number is how many messages came before."""
    places = [("error", route) for route in ROUTES] + [("lost", route) for route in ROUTES]
    citizens = {
        place: town.citizen(place[1]) for place in [*places, ("flood", "telegram"), ("timeout", "telegram")]
    }
    told = {}
    for (trouble, route), citizen in citizens.items():
        citizen.prepare()
        provider(town, route).troubles[citizen.address].append(TROUBLES[trouble])
        told[trouble, route] = citizen, len(citizen.screen)
        citizen.write("kirim")
    end = time.monotonic() + SECONDS
    until(lambda: time.monotonic() > end, "time stands still")
    return told


@pytest.mark.parametrize(
    ("trouble", "route", "times"),
    [
        ("error", "telegram", 1),
        ("error", "whatsapp", 1),
        ("error", "twilio_sms", 1),
        ("error", "gateway", 1),
        ("flood", "telegram", 1),
        ("timeout", "telegram", 1),
        ("lost", "telegram", 2),  # it cannot be looked up, and must not be missed
        ("lost", "whatsapp", 1),
        ("lost", "twilio_sms", 1),
        ("lost", "gateway", 1),
    ],
)
def test_a_number_that_the_provider_did_not_take_is_told_later(
    town: Town, sent: Sent, trouble: str, route: str, times: int
) -> None:
    citizen, before = sent[trouble, route]
    citizen.hear(before + times - 1)
    number = town.office.report(citizen.address)["tracking_id"]
    assert numbers_in(citizen.screen[before:]) == [number] * times


def test_a_citizen_who_blocked_the_bot_and_comes_back_is_answered(town: Town) -> None:
    citizen = town.citizen("telegram")
    citizen.prepare()
    town.telegram.troubles[citizen.address].append(Trouble(BLOCKED))
    citizen.write("kirim")
    until(lambda: not town.telegram.troubles[citizen.address], "nothing was sent")
    number = town.office.report(citizen.address)["tracking_id"]
    assert number in citizen.say("STATUS")


def test_a_tap_is_answered_in_the_response_and_acknowledged(town: Town) -> None:
    citizen = town.citizen("telegram")
    menu = town.hooks.telegram(citizen.update(citizen.fresh(), text="/start")).json()
    button = menu["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    who = {"id": citizen.number, "is_bot": False, "first_name": "Warga"}
    message = {"message_id": 1, "date": 1, "chat": {"id": citizen.number, "type": "private"}}
    tap = {"id": f"tap-{citizen.number}", "from": who, "message": message, "chat_instance": "1", "data": button}
    update = {"update_id": 900_000_000 + citizen.number, "callback_query": tap}
    first, again = town.hooks.telegram(update), town.hooks.telegram(update)
    until(lambda: tap["id"] in town.telegram.taps(), "the tap was not acknowledged")
    assert (first.json()["method"], again.content == first.content) == ("sendMessage", True)
    assert (town.telegram.taps().count(str(tap["id"])), len(str(button).encode()) <= 64) == (1, True)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_gateway_is_answered_with_an_empty_text_and_words_go_by_its_sendsms(town: Town, method: str) -> None:
    citizen = town.citizen("gateway")
    sms = {"from": citizen.phone.replace("+62", "0"), "text": "halo", "id": f"k-{citizen.fresh()}"}
    response = town.hooks.gateway(sms, method)
    citizen.hear(0)
    asked = next(each for each in town.gateway.asked if each.fields.get("to") == citizen.phone)
    assert (response.status_code, response.content, response.headers["Content-Type"].partition(";")[0]) == (
        200,
        b"",
        "text/plain",
    )
    assert {name: asked.fields[name] for name in ("username", "from", "charset")} == {
        "username": "lapor",
        "from": "1708",
        "charset": "UTF-8",
    }
