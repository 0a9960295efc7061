"""Events on their way to the bot."""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta

import httpx
import pytest
from case_samples import NOON, a_key, new_report

from bot.cases.desk.database import Database
from bot.cases.desk.docket import Docket
from bot.cases.desk.ledger import Ledger
from bot.cases.desk.moves import Move
from bot.cases.desk.outgoing import Outgoing, signature
from bot.config import Desk

NUMBER = Move("tracking_id_assigned", tracking_id="9165816")
DAY = timedelta(days=1)


@dataclass
class Bot(httpx.BaseTransport):
    """The bot's end of the line: answers with `status`, keeps what it was sent."""

    status: int = 200
    requests: list[httpx.Request] = field(default_factory=list)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Take a request; a status of 0 is a line that is dead."""
        request.read()
        self.requests.append(request)
        if not self.status:
            raise httpx.ConnectError("refused")
        return httpx.Response(self.status)

    def told(self) -> list[int]:
        """Return the sequence numbers told, in the order of arrival."""
        return [json.loads(request.content)["sequence"] for request in self.requests]


@pytest.fixture
def bot() -> Bot:
    """Return a bot that takes everything."""
    return Bot()


@pytest.fixture
def outgoing(database: Database, settings: Desk, bot: Bot) -> Outgoing:
    """Return a sender whose retries are as late as they get."""
    return Outgoing(database, settings, bot, chance=lambda: 1.0)


@pytest.fixture
def act(ledger: Ledger, docket: Docket) -> Iterator[Callable[[Move], None]]:
    """Return what changes a report that was filed."""
    report_id = ledger.file(a_key(), new_report(), NOON).answer.report_id
    forms = iter(range(100))
    return lambda move: docket.act(report_id, move, f"form {next(forms)}", NOON)


def test_an_event_is_sent_signed_as_the_document_says(
    outgoing: Outgoing, bot: Bot, ledger: Ledger, act: Callable[[Move], None]
) -> None:
    """The signature is over the time of sending and the raw body."""
    act(NUMBER)
    assert outgoing.deliver(NOON) == 1
    (request,), ((event,), _) = bot.requests, ledger.events("", 1)
    stamp = int(NOON.timestamp())
    mac = hmac.new(b"desk-secret", f"{stamp}.".encode() + request.content, hashlib.sha256).hexdigest()
    assert request.headers["X-Lapor-Signature"] == f"t={stamp},v1={mac}"
    assert (request.method, str(request.url)) == ("POST", "http://bot.test/webhooks/lapor")
    assert json.loads(request.content) == {
        "event_id": event.event_id,
        "type": "tracking_id_assigned",
        "report_id": event.report_id,
        "tracking_id": "9165816",
        "status": "submitted",
        "sequence": 1,
        "agency": None,
        "message": None,
        "closes_on": None,
        "occurred_at": "2026-11-12T05:00:00Z",
    }


def test_what_the_bot_acknowledged_is_not_sent_again(
    outgoing: Outgoing, bot: Bot, act: Callable[[Move], None]
) -> None:
    """Any 2xx is an acknowledgement, and it is for ever."""
    bot.status = 202
    act(NUMBER)
    assert [outgoing.deliver(NOON), outgoing.deliver(NOON + DAY)] == [1, 0]
    assert bot.told() == [1]


@pytest.mark.parametrize("status", [0, 302, 500, 503])
def test_what_was_not_taken_is_sent_later_and_later_until_it_is(
    outgoing: Outgoing, bot: Bot, act: Callable[[Move], None], status: int
) -> None:
    """Attempts are 1, 2, 4, 8 seconds apart, whatever went wrong."""
    bot.status = status
    act(NUMBER)
    sent = []
    for second in range(16):
        if second == 15:
            bot.status = 200
        outgoing.deliver(NOON + timedelta(seconds=second))
        sent.append(len(bot.requests))
    assert [second for second in range(16) if sent[second] != (sent[second - 1] if second else 0)] == [
        0,
        1,
        3,
        7,
        15,
    ]
    assert outgoing.deliver(NOON + DAY) == 0


@pytest.mark.parametrize("status", [401, 422])
def test_a_bot_that_refuses_is_asked_slowly_and_the_officer_sees_it(
    outgoing: Outgoing, bot: Bot, docket: Docket, act: Callable[[Move], None], status: int
) -> None:
    """A wrong secret is tried again every five minutes at most, with the reason kept."""
    bot.status = status
    act(NUMBER)
    for second in (0, 299, 300):
        outgoing.deliver(NOON + timedelta(seconds=second))
    (card,) = docket.queue("", 1).cards
    (entry,) = docket.dossier(card.state.report_id).history
    assert bot.told() == [1, 1]
    assert entry.event
    assert (entry.event.attempts, entry.event.refusal) == (2, str(status))


def test_retries_are_never_more_than_five_minutes_apart(
    outgoing: Outgoing, bot: Bot, act: Callable[[Move], None]
) -> None:
    """After half a day of silence the event still goes out within five minutes."""
    bot.status = 0
    act(NUMBER)
    for minute in range(0, 720, 5):
        outgoing.deliver(NOON + timedelta(minutes=minute))
    bot.status = 200
    assert outgoing.deliver(NOON + timedelta(minutes=720)) == 1


def test_chance_spreads_the_retries(
    database: Database, settings: Desk, bot: Bot, act: Callable[[Move], None]
) -> None:
    """The earliest retry comes after half the time."""
    outgoing = Outgoing(database, settings, bot, chance=lambda: 0.0)
    bot.status = 503
    act(NUMBER)
    for tenth in (0, 4, 5):
        outgoing.deliver(NOON + timedelta(seconds=tenth / 10))
    assert bot.told() == [1, 1]


def test_events_of_one_report_go_out_in_their_order(
    outgoing: Outgoing, bot: Bot, act: Callable[[Move], None]
) -> None:
    """A later event waits for the one before it, which was not taken at first."""
    for message in ("satu", "dua", "tiga"):
        act(Move("agency_message", message=message))
    bot.status = 503
    outgoing.deliver(NOON)
    bot.status = 200
    for _ in range(3):
        outgoing.deliver(NOON + DAY)
    assert bot.told() == [1, 1, 2, 3]


def test_a_report_whose_event_is_refused_does_not_hold_up_others(
    outgoing: Outgoing, bot: Bot, ledger: Ledger, docket: Docket, act: Callable[[Move], None]
) -> None:
    """Order holds within a report only."""
    bot.status = 422
    act(NUMBER)
    outgoing.deliver(NOON)
    bot.status = 200
    other = ledger.file(a_key(), new_report(), NOON).answer.report_id
    docket.act(other, Move("agency_message", message="Halo"), "another form", NOON)
    assert outgoing.deliver(NOON) == 1


def test_a_restart_forgets_no_event(
    database: Database, settings: Desk, outgoing: Outgoing, bot: Bot, act: Callable[[Move], None]
) -> None:
    """A new sender goes on where the old one stopped, and waits as long as the old one would."""
    bot.status = 0
    act(NUMBER)
    outgoing.deliver(NOON)
    reborn = Outgoing(database, settings, later := Bot())
    assert [reborn.deliver(NOON), reborn.deliver(NOON + DAY)] == [0, 1]
    assert later.told() == [1]


def test_a_dead_line_is_tried_once_a_round(
    outgoing: Outgoing, bot: Bot, ledger: Ledger, docket: Docket, act: Callable[[Move], None]
) -> None:
    """Where nobody answers, the other events wait for the next round."""
    act(NUMBER)
    other = ledger.file(a_key(), new_report(), NOON).answer.report_id
    docket.act(other, Move("agency_message", message="Halo"), "another form", NOON)
    bot.status = 0
    outgoing.deliver(NOON)
    assert len(bot.requests) == 1


@pytest.mark.parametrize("missing", ["webhook_secret", "events_url"])
def test_without_a_secret_or_an_address_nothing_is_sent(
    database: Database, settings: Desk, bot: Bot, act: Callable[[Move], None], missing: str
) -> None:
    """The sender ends at once and the events wait."""
    act(NUMBER)
    Outgoing(database, replace(settings, **{missing: ""}), bot).run()
    assert bot.requests == []


def test_of_two_secrets_the_newest_signs(
    database: Database, settings: Desk, bot: Bot, act: Callable[[Move], None]
) -> None:
    """The bot takes both while one is changed."""
    act(NUMBER)
    Outgoing(database, replace(settings, webhook_secret="new, desk-secret"), bot).deliver(NOON)
    (request,) = bot.requests
    assert request.headers["X-Lapor-Signature"] == signature("new", request.content, NOON)


def test_an_address_that_is_none_is_a_refusal_and_no_end(
    database: Database, settings: Desk, act: Callable[[Move], None]
) -> None:
    """The events wait until DESK_EVENTS_URL is put right."""
    act(NUMBER)
    assert Outgoing(database, replace(settings, events_url="http://[::1")).deliver(NOON) == 0
    assert Outgoing(database, settings, Bot()).deliver(NOON + DAY) == 1
