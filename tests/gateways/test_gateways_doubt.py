"""A gateway took a message and its answer was lost: worker, store and webhook tell together what became of it."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import redis
from flask.testing import FlaskClient

from bot.channels.gateway import GatewaySender
from bot.config import load
from bot.gateways.reading import named
from bot.providers import Gateway
from bot.tasks import Send
from conversations.bubble import Bubble
from tests.bot.channels.provider import serving
from tests.bot.office import PHONE, Office
from tests.gateways.doubles import PASSWORD, SHORTCODE, TOKEN, USER, Double, Jasmin, JsonApi
from tests.kept import url_of
from tests.webhooks.rest import ENVIRON, NOW
from webhooks.app import create_app
from webhooks.route import Core

KINDS = {"jasmin": Jasmin, "json": JsonApi}
NUMBER = PHONE.removeprefix("sms:")
SECRET = ENVIRON["SMS_GATEWAY_SECRET"]


class Place:
    """A worker that sends through a double, and the webhook that hears its reports."""

    def __init__(self, kind: str, double: Double, client: "redis.Redis") -> None:
        self.double, self.office = double, Office(client, url_of(client))
        ours = Gateway(double.url, USER, PASSWORD, SECRET, SHORTCODE, token=TOKEN, format=named(kind))
        self._ours, store = ours, self.office.dispatcher.store
        core = Core(
            self.office.dispatcher.receive, lambda _: None, lambda: NOW,
            receipt=store.keep_receipt, report=store.keep_report,
        )  # fmt: skip
        settings = load({**ENVIRON, "SMS_GATEWAY_FORMAT": kind, "SMS_GATEWAY_TOKEN": TOKEN})
        self._web: FlaskClient = create_app(settings, core).test_client()

    def works(self) -> None:
        """Let a worker do what is due; it soon loses patience."""
        sender = GatewaySender(self._ours, "https://lapor.example", patience=0.3)
        self.office.phone = sender  # type: ignore[assignment]
        self.office.works(self.office.done)

    def reports(self) -> None:
        """Let the delivery reports that wait come in."""
        for url, body in self.double.reports:
            address = urlsplit(url)
            assert self._web.post(f"{address.path}?{address.query}", **body).status_code == 200
        self.double.reports.clear()


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, client: "redis.Redis") -> Iterator[Place]:
    """Yield a worker behind each gateway in turn."""
    with serving(KINDS[request.param]) as double:
        yield Place(request.param, double, client)


def test_a_message_whose_answer_was_lost_comes_once_where_that_can_be_told(place: Place) -> None:
    """Jasmin's report names our id and comes before the second attempt; the API takes the same id only once."""
    place.double.faults.append("lost")
    place.office.puts(Send(Bubble("Nomor 9165816"), push=True))
    place.works()
    place.reports()
    place.office.time += 61
    place.works()
    assert (place.double.screens[NUMBER], place.office.empty()) == (["Nomor 9165816"], True)
    assert place.office.dispatcher.store.receipt("t1") == "delivered"


def test_without_a_report_a_message_in_doubt_is_repeated_once_and_no_more(place: Place) -> None:
    """Jasmin cannot be asked whether it has it; a number told twice is better than one never told."""
    place.double.faults.extend(("lost", "lost", "lost"))
    place.office.puts(Send(Bubble("Nomor 9165816"), push=True))
    for _ in range(4):
        place.works()
        place.office.time += 61
    assert len(place.double.screens[NUMBER]) == (2 if isinstance(place.double, Jasmin) else 1)
    assert place.office.empty()


def test_a_gateway_that_is_too_busy_gets_it_when_it_says_so(place: Place) -> None:
    """And an error of its own loses nothing."""
    place.double.faults.extend(("throttled", "error"))
    place.office.puts(Send(Bubble("Nomor 9165816")))
    for _ in range(3):
        place.works()
        place.office.time += 5
    assert (place.double.screens[NUMBER], place.office.empty()) == (["Nomor 9165816"], True)
