"""Replays and strangers' numbers, through the webhooks to a real Redis and a worker."""

import json
import re
from collections.abc import Callable

import pytest
import redis
from flask.testing import FlaskClient

from bot import keys
from bot.config import load
from bot.errors import Temporary
from bot.keys import partition_of
from tests.bot.office import STORY, Office
from tests.webhooks.rest import ENVIRON, NOW, STAMP, payload, seal
from webhooks.app import create_app
from webhooks.route import Core

SECRET = "secret=gerbang+rahasia"
PROVISIONAL = re.compile(r"\b[B-Z]{4}-[B-Z]{4}\b")
Ask = Callable[[str, str], str]


@pytest.fixture
def office(client: "redis.Redis", redis_url: str) -> Office:
    """Return all that a worker works with."""
    return Office(client, redis_url)


@pytest.fixture
def web(office: Office) -> FlaskClient:
    """Return a client of a web process with a real dispatcher."""
    dispatcher = office.dispatcher
    return create_app(load(ENVIRON), Core(dispatcher.receive, dispatcher.notify, lambda: NOW)).test_client()


@pytest.fixture
def filed(office: Office) -> str:
    """File a report by SMS and return its number."""
    office.says(*STORY)
    office.works(lambda: any("9165816" in text for text in office.phone.texts) and office.done())
    return "9165816"


@pytest.fixture
def ask(web: FlaskClient) -> Ask:
    """Ask by Telegram as somebody; the answer rides."""
    numbers = iter(range(1000))

    def said(citizen: str, text: str) -> str:
        update = {
            "update_id": next(numbers),
            "message": {"chat": {"id": int(citizen), "type": "private"}, "text": text},
        }
        secret = {"X-Telegram-Bot-Api-Secret-Token": "telegram-secret"}
        return str(web.post("/webhooks/telegram", json=update, headers=secret).get_json()["text"])

    return said


@pytest.mark.usefixtures("filed")
def test_a_recorded_event_played_again_is_acknowledged_and_told_once(office: Office, web: FlaskClient) -> None:
    """Within five minutes the signature still holds; the id of the event tells the repeat."""
    event = json.loads(payload("lapor/a-tracking-id.json")) | {
        "type": "agency_message",
        "report_id": "R1",
        "message": "Besok ditambal",
    }
    body = json.dumps(event).encode()

    answers = [web.post("/webhooks/lapor", data=body, headers=seal(body)).status_code for _ in range(3)]
    signed_anew = web.post("/webhooks/lapor", data=body, headers=seal(body, STAMP + 9)).status_code
    hand_over = keys.outbox(partition_of(office.dispatcher.store.name("report:R1")))
    office.works(lambda: office.client.xlen(hand_over) == 0 and office.done())

    told = [text for text in office.phone.texts if "Besok ditambal" in text]
    assert (answers, signed_anew, len(told)) == ([200, 200, 200], 200, 1)


def test_a_recorded_sms_played_again_tells_nothing_new(office: Office, web: FlaskClient) -> None:
    """Its id is the gateway's; the answer stands in the outbox once."""
    for _ in range(3):
        web.get(f"/webhooks/sms?{SECRET}&from=081234567890&id=7&text=LAPOR+jalan+berlubang+besar")
    office.works(office.empty)

    assert len(office.phone.texts) == 1


@pytest.mark.parametrize("again", ["STATUS {}", "{}", "BALAS {} halo", "status #{}"])
def test_a_number_of_somebody_else_is_answered_as_one_that_there_is_not(filed: str, ask: Ask, again: str) -> None:
    """Who guesses learns nothing of what exists."""
    foreign, wrong = ask("1", again.format(filed)), ask("2", again.format("7654321"))

    assert foreign.replace(filed, "N") == wrong.replace("7654321", "N")
    assert "berlubang" not in foreign


def test_a_provisional_number_of_somebody_else_is_answered_as_one_that_there_is_not(
    office: Office, ask: Ask
) -> None:
    """It is drawn by chance, and worth nothing in another's hand."""
    office.backend.failures = [Temporary("down")]
    office.says(*STORY)
    office.works(lambda: office.later() == 1)
    office.time += 5
    office.works(lambda: any(PROVISIONAL.search(text) for text in office.phone.texts))
    number = next(found[0] for text in office.phone.texts if (found := PROVISIONAL.search(text)))

    foreign, wrong = ask("1", f"STATUS {number}"), ask("2", "STATUS BCDF-GHJK")

    assert foreign.replace(number, "N") == wrong.replace("BCDF-GHJK", "N")
