"""The whole bot in one process, for the contract: web process, worker and twins on a real Redis, and one clock."""

import asyncio
import itertools
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

import redis
from msgspec import structs

from bot import bootstrap, config, connecting, crew, keys
from bot.carrying import Carrier
from bot.cases.port import Report
from bot.channels import Content
from bot.config import Settings
from bot.demo import make_templates
from bot.demo.twins.app import Twins, serving
from bot.demo.twins.screens import Screens
from bot.demo.twins.twin import World
from bot.dispatcher import Dispatcher
from bot.durability import Watch
from bot.keys import partition_of
from bot.leases import Leases
from bot.outbox import Outbox
from bot.redis_server import free_port
from bot.store import Store, opened
from bot.vault import Vault
from bot.worker import Worker
from conversations.effects import File
from conversations.session import Session
from tests.bot.office import Backend
from tests.contract.faults import Faults
from tests.contract.postal import Post
from tests.contract.providers import Provider
from tests.contract.recording import Recorder
from tests.kept import DATA_KEY
from tests.stage import KNOWLEDGE, LANGUAGES, NOW
from tests.webhooks.rest import ENVIRON
from webhooks.app import create_app
from webhooks.route import Core

PATIENCE = 10.0  # seconds until something that should come is missed
LEASE = 5.0  # seconds
TWILIO = ("/2010-04-01/", "/v1/")
NUMBER = "+15005550006"


GATEWAYS = {"kannel": "/cgi-bin/sendsms", "jasmin": "", "json": "/api/messages"}
"""Where a gateway of each format takes messages."""


class Cabinet(Backend):
    """A backend that keeps the files it gets, by their idempotency key."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, Content] = {}

    async def file(self, address: str, report: File) -> Report:
        """File a report under an id of its own."""
        return structs.replace(await super().file(address, report), report_id=f"R-{report.key}")

    async def attach(self, key: str, content: Content) -> str:
        self.kept[key] = content
        return await super().attach(key, content)


@dataclass
class Clock:
    """The time by which every part goes, in unix seconds; it only moves forward."""

    time: float = NOW.timestamp()


@dataclass
class Product:
    """All of the bot and what surrounds it."""

    settings: Settings
    clock: Clock
    post: Post
    twins: Twins
    recorder: Recorder
    faults: Faults
    redis: "redis.Redis"
    web: bootstrap.Web
    vault: Vault
    backend: Cabinet = field(default_factory=Cabinet)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(100_000))

    def now(self) -> datetime:
        """Return the time in the dialog's time zone."""
        return datetime.fromtimestamp(self.clock.time, self.settings.timezone)

    def dispatcher(self) -> Dispatcher:
        """Return the way in, with the clock of this product."""
        return replace(self.web.dispatcher, clock=lambda: self.clock.time)

    def core(self) -> Core:
        """Return what the webhooks ask of the rest."""
        way, web = self.dispatcher(), self.web
        return Core(
            way.receive,
            way.notify,
            self.now,
            receipt=web.receipt,
            reword=web.reword,
            phrase=web.phrase,
            park=web.park,
        )

    def session(self, address: str) -> Session:
        """Return what is remembered of a citizen."""
        stored = self.web.store.load(address)
        assert stored.document is not None, f"nothing is known of {address}"
        return stored.document.session

    def due(self, address: str) -> int:
        """Return how many tasks of a citizen's partition are due."""
        partition = partition_of(self.web.store.name(address))
        tried = self.redis.hgetall(keys.tries(partition))
        entries = self.redis.xrange(keys.outbox(partition))
        times = [
            int(tried[name].split()[1]) if name in tried else self._born(fields[b"t"], partition)
            for name, fields in entries
        ]
        return sum(each <= self.clock.time * 1000 for each in times)

    def parked(self, address: str) -> list[str]:
        """Return why tasks of a citizen's partition were parked."""
        entries = self.redis.xrange(keys.parked(partition_of(self.web.store.name(address))))
        return [fields[b"reason"].decode() for _, fields in entries]

    def _born(self, raw: bytes, partition: int) -> int:
        return opened(self.vault, raw, partition).born

    async def work(self, stop: asyncio.Event) -> None:
        """Let a worker work, by the clock of this product, until `stop` is set."""
        client, senders = connecting.asynchronous(self.settings.redis_url), crew.senders(self.settings)
        carrier = Carrier(senders, self.backend, self.dispatcher(), self.now)
        box, leases = Outbox(client, "w", self.vault), Leases(client, "w", LEASE)
        await Worker(box, leases, carrier, now=lambda: self.clock.time).run(stop)
        for sender in senders.values():
            await sender.close()
        await client.aclose()


def until(true: Callable[[], object], what: str) -> None:
    """Wait until something is true."""
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, what
        time.sleep(0.003)


@contextmanager
def working(product: Product) -> Iterator[None]:
    """Let a worker work in the background."""
    loop, stop = asyncio.new_event_loop(), asyncio.Event()
    thread = threading.Thread(target=lambda: loop.run_until_complete(product.work(stop)))
    thread.start()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()


@contextmanager
def product(redis_url: str, provider: Provider) -> Iterator[Product]:
    """Start all of it on an empty Redis as a provider needs it, and stop all of it."""
    with ExitStack() as stack:
        port = free_port()
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        given = {**variables(redis_url, port, provider.environ), **provider.environ}
        given["TWILIO_TEMPLATES"] = f"{folder}/templates.toml"
        settings = config.load(given)
        client = stack.enter_context(redis.Redis.from_url(redis_url))
        client.flushdb()
        courier = Post()
        stack.callback(courier.close)
        clock = Clock()
        twins = Twins(settings, World(Screens(clock=lambda: clock.time), courier=courier))
        if other := provider.twin_of(settings, twins.telegram.world):
            twins.gateway = other  # type: ignore[assignment]
            twins.app.register_blueprint(other.blueprint)  # type: ignore[attr-defined]
        recorder = Recorder(twins.app.wsgi_app, *TWILIO)
        faults = Faults(recorder)
        twins.app.wsgi_app = faults  # type: ignore[method-assign]
        stack.enter_context(serving(twins.app, port))
        make_templates(given)
        line, vault = connecting.line(redis_url), Vault(settings.data_keys)
        stack.callback(line.close)
        store = Store(line, vault)
        way = Dispatcher(
            store,
            LANGUAGES,
            "id",
            KNOWLEDGE,
            bounds=bootstrap.bounds_of(settings.limits),
            phones=bootstrap.phones_of(settings),
            service=bootstrap.service_of(settings),
        )
        web = bootstrap.Web(settings, way, LANGUAGES, store, Watch(redis_url))
        whole = Product(settings, clock, courier, twins, recorder, faults, client, web, vault)
        courier.serve(create_app(settings, whole.core()))
        stack.enter_context(working(whole))
        yield whole


def variables(redis_url: str, twins: int, chosen: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of the product, whose twins listen at a port."""
    address = f"http://127.0.0.1:{twins}"
    return {
        **ENVIRON,
        "REDIS_URL": redis_url,
        "TELEGRAM_API_URL": address,
        "TWILIO_API_URL": address,
        "META_API_URL": f"{address}/v25.0",
        "META_BUSINESS_ACCOUNT_ID": "102290129340398",
        "TWILIO_SMS_FROM": NUMBER,
        "TWILIO_WHATSAPP_FROM": NUMBER,
        "SMS_GATEWAY_URL": address + GATEWAYS[chosen.get("SMS_GATEWAY_FORMAT", "kannel")],
        "SMS_GATEWAY_USERNAME": "bot",
        "SMS_GATEWAY_PASSWORD": "kata sandi",
        "DATA_KEY": DATA_KEY,
    }
