"""All of it together: phones and an operator, Kannel, and the bot."""

import itertools
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import redis

from bot.demo.leash import Leash
from bot.redis_server import free_port
from conversations import transcript
from tests.kannel.exchange import LOCAL, Kannel
from tests.kannel.phones import Phone
from tests.kannel.product import Product
from tests.kannel.relay import Relay
from tests.kannel.sites import Ports, Secrets, Site
from tests.kannel.smpp import Operator

RECORDED = transcript.parse((Path(__file__).parents[1] / "transcripts/id/sms-lurus.chat").read_text("utf-8"))
STORY, *ANSWERS = (line.text.removeprefix("LAPOR ") for line in RECORDED.lines if line.who == "citizen>")
"""A story, and what the citizen answers to what the bot asks after it, up to the tracking id."""

DATABASE = 9
"""Of the Redis that all tests share; nobody else uses it."""


@dataclass(frozen=True)
class Town:
    """Everybody who has to do with an SMS."""

    operator: Operator
    kannel: Kannel
    relay: Relay
    product: Product
    ports: Ports
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(34567890))

    def phone(self) -> Phone:
        """Return a phone that has never written."""
        return Phone(f"{LOCAL}{next(self._numbers)}", self.kannel.network)


@contextmanager
def town(programs: Mapping[str, str], redis_url: str, folder: Path) -> Iterator[Town]:
    """Start all of it, and stop all of it."""
    secrets, web = Secrets(), free_port()
    with Leash() as leash, Operator(secrets.operator) as operator, Relay(web) as relay, ExitStack() as stack:
        ports = Ports(
            admin=free_port(), smsbox=free_port(), sendsms=free_port(), phones=free_port(),
            operator=operator.port, relay=relay.port, web=web, desk=free_port(),
        )  # fmt: skip
        site = Site(ports, folder, leash, secrets)
        product, kannel = Product(site, emptied(redis_url)), Kannel(programs, site)
        stack.callback(product.stop)
        product.start()
        stack.callback(kannel.cut)
        kannel.start()
        yield Town(operator, kannel, relay, product, ports)


def emptied(redis_url: str) -> str:
    """Return the address of a database of our own, with nothing in it."""
    url = f"{redis_url.rpartition('/')[0]}/{DATABASE}"
    with redis.Redis.from_url(url) as client:
        client.flushdb()
    return url


def report(phone: Phone) -> None:
    """Answer what the bot asks after the story, up to the tracking id."""
    for asked, text in enumerate(ANSWERS, 1):
        phone.shows(asked)
        phone.say(text)
    phone.shows(len(ANSWERS) + 1)
