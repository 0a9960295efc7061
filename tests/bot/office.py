"""All that a worker works with: a Redis, a phone and a backend of a few lines, and a clock that the test moves."""

import asyncio
from collections.abc import Callable
from datetime import datetime

import redis

from bot import keys, outbox, tasks
from bot.carrying import Carrier
from bot.cases.port import CaseEvent, Report
from bot.channels import Content
from bot.dispatcher import Dispatcher
from bot.errors import Failure, Uncertain
from bot.inbound import Inbound
from bot.keys import partition_of
from bot.outbox import Outbox
from bot.store import Store
from bot.tasks import Task
from bot.worker import Worker
from conversations.bubble import Bubble
from conversations.effects import File, Rate, Reply
from conversations.events import Said
from tests.stage import KNOWLEDGE, LANGUAGES, NOW

PHONE = "sms:+6281234567890"
STORY = ("LAPOR jalan berlubang besar depan SD 2", "Jl Kaliurang Sleman", "kemarin", "1", "1")


class Phone:
    """A provider that fails as told, then sends; with `lists` it can be asked what it took."""

    def __init__(self) -> None:
        self.failures: list[Failure | Exception] = []
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
        return Content(ref.encode(), "image/jpeg")

    async def acknowledge(self, tap: str) -> None:
        self.texts.append(f"tap {tap}")

    async def close(self) -> None:
        pass


class Backend:
    """A case backend that fails as told, and files once per key."""

    def __init__(self) -> None:
        self.failures: list[Failure] = []
        self.filed: dict[str, File] = {}
        self.replies: list[Reply] = []
        self.rated: list[Rate] = []
        self.files: list[str] = []
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
        self.replies.append(reply)

    async def rate(self, rate: Rate) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.rated.append(rate)

    async def attach(self, _key: str, content: Content) -> str:
        self.files.append(content.data.decode())
        return f"A{len(self.files)}"

    async def events(self, after: str) -> tuple[tuple[CaseEvent, ...], str]:
        return (), after

    async def close(self) -> None:
        pass


class Office:
    """All that a worker works with, and a clock that the test moves."""

    def __init__(self, client: "redis.Redis", url: str) -> None:
        self.client, self.url = client, url
        self.phone, self.backend = Phone(), Backend()
        self.time = NOW.timestamp()
        self.dispatcher = Dispatcher(Store(client), LANGUAGES, "id", KNOWLEDGE, lambda: self.time)

    def says(self, *texts: str) -> None:
        for number, text in enumerate(texts):
            message = Inbound(PHONE, f"{number}:{text}", Said(text), NOW, provider="gateway")
            self.dispatcher.receive(message)

    def puts(self, action: tasks.Action, attempt: int = 0) -> None:
        born = int(self.time * 1000)
        self.dispatcher.store.append(Task("t1", PHONE, "gateway", action, born, attempt))

    def works(self, until: Callable[[], bool], workers: int = 1, dead_ms: int = 60_000) -> None:
        """Let workers work until something holds."""
        asyncio.run(self._work(until, workers, dead_ms))

    async def _work(self, until: Callable[[], bool], workers: int, dead_ms: int) -> None:
        stop = asyncio.Event()
        clients = [outbox.connect(self.url) for _ in range(workers)]
        crew = [self._worker(client, f"w{n}", dead_ms) for n, client in enumerate(clients)]
        running = [asyncio.create_task(worker.run(stop)) for worker in crew]
        try:
            async with asyncio.timeout(20):
                while not until():  # noqa: ASYNC110 - what it waits for stands in Redis
                    await asyncio.sleep(0.01)
        finally:
            stop.set()
            await asyncio.gather(*running)
            for client in clients:
                await client.connection_pool.disconnect()

    def _worker(self, client: "redis.asyncio.Redis", name: str, dead_ms: int) -> Worker:
        def clock() -> datetime:
            return datetime.fromtimestamp(self.time, NOW.tzinfo)

        async def no_poll() -> None:
            pass

        store = self.dispatcher.store
        carrier = Carrier(
            {"gateway": self.phone, "telegram": self.phone, "twilio": self.phone},
            self.backend,
            self.dispatcher,
            store,
            clock,
        )
        return Worker(Outbox(client, name), carrier, no_poll, lambda: self.time, dead_ms)

    def count(self, key: Callable[[int], str]) -> int:
        name = key(partition_of(PHONE))
        kind = self.client.type(name)
        return int(self.client.zcard(name) if kind == b"zset" else self.client.xlen(name))

    def done(self) -> bool:
        """Tell whether nothing waits that is due by now."""
        partition, now = partition_of(PHONE), int(self.time * 1000)
        due = [self.client.zcount(key(partition), 0, now) for key in (keys.later, keys.deadlines)]
        return self.count(keys.outbox) == 0 and due == [0, 0]

    def parked(self) -> list[str]:
        entries = self.client.xrange(keys.parked(partition_of(PHONE)))
        return [fields[b"reason"].decode() for _, fields in entries]
