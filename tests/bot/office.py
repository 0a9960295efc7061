"""All that a worker works with: a Redis, a phone and a backend of a few lines, and a clock that the test moves."""

import asyncio
import io
from collections.abc import Callable
from datetime import datetime

import msgspec
import redis
from PIL import Image

from bot import connecting, keys, tasks
from bot.carrying import Carrier
from bot.cases.port import CaseEvent, Report
from bot.channels import Content
from bot.connecting import Client
from bot.dispatcher import Dispatcher
from bot.errors import Failure, Uncertain
from bot.inbound import Inbound
from bot.keys import partition_of
from bot.leases import Leases
from bot.outbox import Outbox
from bot.store import opened
from bot.tasks import Task
from bot.vault import Unopened, Vault
from bot.worker import Duty, Worker
from conversations.bubble import Bubble
from conversations.effects import File, Rate, Reply
from conversations.events import Event, Said
from conversations.rehearsal import PROMPT
from conversations.service import Service
from tests.kept import VAULT, store_at
from tests.stage import KNOWLEDGE, LANGUAGES, NOW

LEASE = 2.0
PHONE = "sms:+6281234567890"
STORY = ("LAPOR jalan berlubang besar depan SD 2", "Jl Kaliurang Sleman", "kemarin", "1", "1")


def _picture() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(data, "JPEG")
    return data.getvalue()


PICTURE = _picture()


class Phone:
    """A provider that fails as told, then sends, and hands out `files`; with `lists` it tells what it took."""

    def __init__(self) -> None:
        self.failures: list[Failure | Exception] = []
        self.files: list[bytes | Failure] = []
        self.texts: list[str] = []
        self.lists = False
        self.tried = 0

    async def send(self, _address: str, bubble: Bubble, _outbox_id: str) -> str:
        self.tried += 1
        failure = self.failures.pop(0) if self.failures else None
        if failure is None or isinstance(failure, Uncertain):
            self.texts.append(bubble.text)
        if failure is not None:
            raise failure
        return "provider-id"

    async def sent(self, _address: str, bubble: Bubble, _since: datetime) -> bool:
        return self.lists and bubble.text in self.texts

    async def fetch(self, ref: str) -> Content:
        file = self.files.pop(0) if self.files else PICTURE
        if isinstance(file, Failure):
            raise file
        return Content(file, ref)

    async def acknowledge(self, tap: str) -> None:
        self.texts.append(f"tap {tap}")

    async def close(self) -> None:
        pass


class Backend:
    """A case backend that fails as told, and files once per key; `unstored` is how files fail."""

    def __init__(self) -> None:
        self.failures: list[Failure] = []
        self.filed: dict[str, File] = {}
        self.replies: list[Reply] = []
        self.rated: list[Rate] = []
        self.files: list[str] = []
        self.unstored: list[Failure] = []
        self.tracking: str | None = "9165816"

    async def file(self, _address: str, report: File) -> Report:
        if self.failures:
            failure = self.failures.pop(0)
            if isinstance(failure, Uncertain):
                self.filed[report.key] = report
            raise failure
        self.filed[report.key] = report
        return Report("R1", self.tracking, "submitted", NOW)

    async def by_key(self, key: str) -> Report | None:
        return Report("R1", self.tracking, "submitted", NOW) if key in self.filed else None

    async def reply(self, reply: Reply) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.replies.append(reply)

    async def rate(self, rate: Rate) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.rated.append(rate)

    async def attach(self, _key: str, content: Content) -> str:
        if self.unstored:
            raise self.unstored.pop(0)
        self.files.append(content.type)
        return f"A{len(self.files)}"

    async def events(self, after: str) -> tuple[tuple[CaseEvent, ...], str]:
        return (), after

    async def close(self) -> None:
        pass


class Office:
    """All that a worker works with, and a clock that the test moves."""

    def __init__(
        self, client: "redis.Redis", url: str, vault: Vault = VAULT, phone: str = PHONE, service: Service = PROMPT
    ) -> None:
        self.client, self.url, self.vault, self.address = client, url, vault, phone
        self.phone, self.backend = Phone(), Backend()
        self.time = NOW.timestamp()
        self.dispatcher = Dispatcher(
            store_at(url, vault), LANGUAGES, "id", KNOWLEDGE, lambda: self.time, service=service
        )
        self.partition = partition_of(self.dispatcher.store.name(phone))
        self._number = 0
        self.chores: tuple[Duty, ...] = ()

    def says(self, *texts: str) -> None:
        for text in texts:
            self.takes(Said(text), f":{text}")

    def takes(self, event: Event, mark: str = "") -> None:
        """Take what the citizen does, at the time of the clock."""
        self._number += 1
        now = datetime.fromtimestamp(self.time, NOW.tzinfo)
        provider = "gateway" if self.address == PHONE else "telegram"
        self.dispatcher.receive(Inbound(self.address, f"{self._number}{mark}", event, now, provider=provider))

    def puts(self, action: tasks.Action, provider: str = "gateway") -> None:
        born = int(self.time * 1000)
        self.dispatcher.store.append(Task("t1", self.address, provider, action, born))

    def works(self, until: Callable[[], bool], workers: int = 1) -> None:
        """Let workers work until something holds."""
        asyncio.run(self._work(until, workers))

    async def _work(self, until: Callable[[], bool], workers: int) -> None:
        stop = asyncio.Event()
        clients = [connecting.asynchronous(self.url) for _ in range(workers)]
        crew = [self._worker(client, f"w{n}") for n, client in enumerate(clients)]
        running = [asyncio.create_task(worker.run(stop)) for worker in crew]
        try:
            async with asyncio.timeout(20):
                while not until():  # noqa: ASYNC110 - what it waits for stands in Redis
                    await asyncio.sleep(0.01)
        finally:
            stop.set()
            await asyncio.gather(*running)
            for client in clients:
                await client.aclose()

    def _worker(self, client: Client, name: str) -> Worker:
        def clock() -> datetime:
            return datetime.fromtimestamp(self.time, NOW.tzinfo)

        carrier = Carrier(
            {"gateway": self.phone, "telegram": self.phone, "meta": self.phone, "twilio": self.phone},
            self.backend,
            self.dispatcher,
            clock,
        )
        worker = Worker(
            Outbox(client, name, self.vault), Leases(client, name, LEASE), carrier, now=lambda: self.time
        )
        worker.chores = self.chores
        return worker

    def dies_sending(self) -> None:
        """Let a worker die right after it has begun to send what stands first in the citizen's partition."""

        async def begin() -> None:
            client = connecting.asynchronous(self.url)
            box = Outbox(client, "dead", self.vault)
            self.client.set(keys.lease(self.partition), "dead", px=300)
            (entry,) = await box.read(self.partition, b"0", 100, {})
            assert (await box.begin(entry, "chat", 0))[1] == 0
            await client.aclose()

        asyncio.run(begin())

    def tried(self) -> list[str]:
        """Return what is known of the tasks that were tried and are not done: attempt, due, state."""
        return sorted(value.decode() for value in self.client.hvals(keys.tries(self.partition)))

    def later(self) -> int:
        """Return how many tasks wait for another time."""
        return sum(due > self.time * 1000 for due in self._dues())

    def done(self) -> bool:
        """Tell whether nothing waits that is due by now."""
        return all(due > self.time * 1000 for due in self._dues())

    def empty(self) -> bool:
        """Tell whether nothing waits at all."""
        return not self._dues()

    def _dues(self) -> list[int]:
        """Return when each task of the citizen's partition is to be tried, in unix milliseconds."""
        tried = self.client.hgetall(keys.tries(self.partition))
        dues = []
        for id_, fields in self.client.xrange(keys.outbox(self.partition)):
            known = tried.get(id_)
            dues.append(int(known.split()[1]) if known else self._born(fields[b"t"]))
        return dues

    def parked(self) -> list[str]:
        entries = self.client.xrange(keys.parked(self.partition))
        return [fields[b"reason"].decode() for _, fields in entries]

    def _born(self, raw: bytes) -> int:
        try:
            return opened(self.vault, raw, self.partition).born
        except (Unopened, msgspec.DecodeError):
            return 0
