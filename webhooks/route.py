"""A webhook without Flask: a request goes in, an answer comes out."""

import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Protocol

import msgspec
import structlog

from bot import metrics
from bot.cases.port import CaseEvent
from bot.errors import Busy
from bot.inbound import Inbound
from bot.tracing import where
from conversations.bubble import Bubble
from conversations.channel import CHANNELS, channel_of

LIMIT: Final = 256 * 1024  # bytes of a body; Telegram's longest update and a full SMS form are far smaller
ID_LIMIT: Final = 128  # characters of a message id; Twilio has 34, Kannel 36
PARKED_LIMIT: Final = 16 * 1024  # bytes kept of what cannot be used
TEXT: Final = "text/plain; charset=utf-8"
JSON: Final = "application/json"
BROKEN: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)  # what decoding JSON can raise

# Looked up once: finding a counter by its labels costs more than counting.
TURNS: Final = {name: metrics.TURNS.labels(name) for name in CHANNELS}
RIDES: Final = {name: metrics.ANSWERS.labels(name, "ride") for name in CHANNELS}

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Request:
    """What came in: the raw query, the headers as WSGI names them, and the body when it is asked for.

    `read` raises Denied for a body over the route's limit.
    """

    method: str
    query: bytes = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back; `after` (seconds) asks the other side to come again."""

    status: int = 200
    body: bytes = b""
    type: str = TEXT
    after: int = 0


NOTHING: Final = Answer()
LATER: Final = Answer(503, b"busy\n", after=2)


class Denied(Exception):
    """The request is not taken; `reason` is one word of a closed set."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class Receive(Protocol):
    """The dispatcher's way in for what citizens do."""

    def __call__(self, inbound: Inbound, /) -> tuple[Bubble, ...]:
        """Take an event and return the answer that rides; raises Busy."""


class Notify(Protocol):
    """The dispatcher's way in for what happens to reports."""

    def __call__(self, event: CaseEvent, /) -> None:
        """Take an event of the case backend; raises Busy."""


@dataclass(frozen=True, slots=True)
class Core:
    """What the webhooks ask of the rest of the bot.

    `ready` names the parts that the web process needs, each with `ok` or what is wrong. `receipt` takes the outbox
    id of a message and what became of it (accepted, sent, delivered, read or failed), `report` the same by a
    provider's own id, `reword` the address, the provider and the outbox id of a message that its channel takes in
    approved words only. `phrase` gives a text of the
    script's `notes`, `clock` aware times. `park` keeps what came from a proved sender and cannot be used: the name
    of its route, why, and the first 16 kB of it; raises Busy. `exposition` is what /metrics shows. `once` tells
    whether an address that no dialog has was not asked for within so many seconds; raises Busy. `bot_name` is the
    bot's user name at Telegram, empty where it is not known.
    """

    receive: Receive
    notify: Notify
    clock: Callable[[], datetime]
    ready: Callable[[], dict[str, str]] = dict
    receipt: Callable[[str, str], None] = lambda _outbox_id, _status: None
    report: Callable[[str, str, str], None] = lambda _provider, _provider_id, _status: None
    reword: Callable[[str, str, str], None] = lambda _address, _provider, _outbox_id: None
    phrase: Callable[[str], str] = lambda _name: ""
    park: Callable[[str, str, bytes], None] = lambda _route, _reason, _body: None
    exposition: Callable[[], bytes] = metrics.exposition
    once: Callable[[str, int], bool] = lambda _address, _seconds: True
    bot_name: Callable[[], str] = str

    def turn(self, inbound: Inbound) -> tuple[Bubble, ...]:
        """Hand an event to the dispatcher and return the answer that rides.

        Raises Busy.
        """
        bubbles = self.receive(inbound)
        channel = channel_of(inbound.address).name
        TURNS[channel].inc()
        if bubbles:
            RIDES[channel].inc(len(bubbles))
        return bubbles

    def unusable(self, route: str, reason: str, body: bytes) -> None:
        """Park what a proved sender sent and nobody can use.

        Raises Busy.
        """
        self.park(route, reason, body[:PARKED_LIMIT])


@dataclass(frozen=True, slots=True)
class Route:
    """A path and what takes its requests, of up to `limit` bytes; `again` makes the other side send once more."""

    name: str
    path: str
    take: Callable[[Request], Answer]
    methods: tuple[str, ...] = ("POST",)
    again: Answer = LATER
    limit: int = LIMIT


def serve(route: Route, request: Request) -> Answer:
    """Answer a request, whatever it holds and whatever fails; log kinds of errors, never their words."""
    try:
        return route.take(request)
    except Denied as denied:
        return _reject(route, denied.reason, Answer(denied.status, f"{denied.reason}\n".encode()))
    except Busy:
        return _reject(route, "busy", route.again)
    except Exception as error:  # noqa: BLE001 - nothing of the inside may reach the other side
        log.error("webhook failed", route=route.name, error=type(error).__name__, where=where(error))  # noqa: TRY400
        return _reject(route, "failed", route.again)


def ignore(route: str, reason: str) -> None:
    """Note that something of no use to us was acknowledged, so that it does not come again."""
    log.info("message ignored", route=route, reason=reason)
    metrics.IGNORED.labels(route).inc()


def same(given: str, secret: str) -> bool:
    """Tell whether a secret is right, in a time that does not tell how much of it is."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), secret.encode("utf-8", "surrogateescape"))


def several(text: str) -> tuple[str, ...]:
    """Return secrets that stand in one variable, separated by commas: the new one and, for a while, the old one."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def one_of(given: str, secrets: Sequence[str]) -> bool:
    """Tell whether a secret is one of ours, in a time that does not tell how much of it is."""
    return any(same(given, secret) for secret in secrets)


def _reject(route: Route, reason: str, answer: Answer) -> Answer:
    metrics.REJECTED.labels(route.name, reason).inc()
    return answer
