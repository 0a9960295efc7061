"""Batches of Meta's, delivered in part and again, through the webhook to a real Redis and a worker."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
import redis
from flask.testing import FlaskClient
from msgspec.structs import replace

from bot.config import load
from bot.errors import Busy
from bot.inbound import Inbound
from bot.tasks import Send
from conversations.bubble import Bubble
from tests.bot.office import Office
from tests.contract.expected import META
from tests.kept import emptied
from tests.webhooks.rest import ENVIRON, NOW
from tests.webhooks.test_meta_webhook import sealed, told, value_of
from webhooks.app import create_app
from webhooks.route import Core

CITIZEN = "whatsapp:+6281234567890"


class Door:
    """The way in to a dispatcher: for a while it takes no more than `room` messages; `late` is how late it is."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.room = 1000
        self.late = timedelta()

    def receive(self, inbound: Inbound) -> tuple[Bubble, ...]:
        """Take a message while there is room."""
        if not self.room:
            raise Busy("no Redis")
        self.room -= 1
        return self.office.dispatcher.receive(replace(inbound, received_at=inbound.received_at + self.late))

    @contextmanager
    def narrow(self, room: int) -> Iterator[None]:
        """Let so many messages through."""
        self.room = room
        yield
        self.room = 1000


@pytest.fixture
def office(client: "redis.Redis", redis_url: str) -> Office:
    """Return all that a worker works with."""
    return Office(client, redis_url)


@pytest.fixture
def door(office: Office) -> Door:
    """Return the way in."""
    return Door(office)


@pytest.fixture
def web(door: Door) -> FlaskClient:
    """Return a client of a web process with a real dispatcher behind the door."""
    core = Core(door.receive, door.office.dispatcher.notify, lambda: NOW)
    return create_app(load(ENVIRON), core).test_client()


def bring(web: FlaskClient, notification: Any) -> int:  # noqa: ANN401 - whatever JSON holds
    """Bring a notification and return the status of the answer."""
    body = json.dumps(notification).encode()
    return web.post("/webhooks/meta", data=body, headers=sealed(body)).status_code


def taken(office: Office) -> int:
    """Return how many messages are remembered."""
    stored = office.dispatcher.store.load(CITIZEN).document
    return len(stored.seen) if stored else 0


def story(office: Office) -> str:
    """Return what the citizen has told so far."""
    stored = office.dispatcher.store.load(CITIZEN).document
    assert stored is not None
    return stored.session.draft.story if stored.session.draft else ""


def batch(*texts: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return a notification with several texts of one citizen."""
    notification = told("a-text")
    message = value_of(notification)["messages"][0]
    value_of(notification)["messages"] = [
        message | {"id": f"wamid.{number}", "text": {"body": text}} for number, text in enumerate(texts)
    ]
    return notification


PARTS = ("LAPOR jalan berlubang besar depan SD 2", "motor sering jatuh di sana", "warga sekitar resah dan takut")


@pytest.mark.parametrize("room", [0, 1, 2, 3])
def test_a_batch_that_broke_off_and_comes_again_is_taken_once(
    room: int, web: FlaskClient, door: Door, office: Office
) -> None:
    """However far it had come, in the order in which it was written."""
    with door.narrow(room):
        first = bring(web, batch(*PARTS))
    again = [bring(web, batch(*PARTS)) for _ in range(2)]

    assert (first, again) == (200 if room == 3 else 503, [200, 200])
    assert story(office) == "\n".join(PARTS[:2]).removeprefix("LAPOR ")
    assert taken(office) == 3


@pytest.mark.parametrize("days", [1, 3, 7])
def test_a_message_that_comes_again_days_later_is_known(days: int, web: FlaskClient, door: Door) -> None:
    """Meta delivers again for seven days what it believes lost."""
    bring(web, batch(PARTS[0]))
    before = story(door.office)
    door.late = timedelta(days=days)
    bring(web, batch(*PARTS[:2]))
    bring(web, batch(PARTS[0]))

    assert (before in story(door.office), story(door.office).count("SD 2")) == (True, 1)


ANSWERED = [name for name, heard in META.items() if [each.address for each in heard.inbound] == [CITIZEN]]


@pytest.mark.parametrize("name", [name for name in ANSWERED if META[name].inbound[0].provider])
def test_every_message_of_a_citizen_is_answered(name: str, web: FlaskClient, office: Office) -> None:
    """No message is met with silence; the answer goes by Meta."""
    bring(web, told(name))

    sent = [
        task for task in emptied(office.client, office.dispatcher.store, CITIZEN) if isinstance(task.action, Send)
    ]
    assert {(task.provider, bool(task.action.bubble.text)) for task in sent} == {("meta", True)}
