"""What a turn costs: an eight-turn report by many citizens against one web process with a real Redis.

    make bench

Every reply is compared with what must be said. The machine is shared: compare ratios within one run.
"""

import asyncio
import base64
import itertools
import json
import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen
from urllib.parse import urlencode

import redis
from twilio.request_validator import RequestValidator

from bot import redis_server
from bot.redis_server import free_port

CITIZENS = 32
ROUNDS = 12
OPEN = 400
SECRET, TOKEN = "bench-secret", "bench-token"
TURNS = (
    ("halo", "Selamat datang"),
    ("1", "Apa masalahnya"),
    ("Jalan berlubang besar di depan SD 2, motor sering jatuh dan anak sekolah takut lewat", "Di mana lokasinya"),
    ("Jl Kaliurang km 5, Depok, Sleman", "Kapan kejadiannya"),
    ("sejak 3 hari yang lalu", "Ada foto"),
    ("lewati", "Siapa yang boleh melihat"),
    ("1", "Periksa laporan"),
    ("1", ""),
)


@dataclass(frozen=True, slots=True)
class Channel:
    """A webhook: its path, how a message is written to it, and its limit of CPU milliseconds a turn."""

    name: str
    path: str
    write: Callable[[str, int, str], tuple[bytes, Mapping[str, str]]]
    goal: float


def telegram(citizen: str, number: int, text: str) -> tuple[bytes, Mapping[str, str]]:
    chat = int(citizen)
    message = {
        "message_id": number, "date": 1_790_000_000, "text": text, "chat": {"id": chat, "type": "private"},
        "from": {"id": chat, "is_bot": False, "first_name": "Warga", "language_code": "id"},
    }  # fmt: skip
    body = json.dumps({"update_id": chat * 1000 + number, "message": message}).encode()
    return body, {"Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": SECRET}


def twilio(citizen: str, number: int, text: str) -> tuple[bytes, Mapping[str, str]]:
    fields = {
        "MessageSid": f"SM{citizen:0>26}{number:06}", "AccountSid": "AC0", "From": f"whatsapp:+62{citizen}",
        "To": "whatsapp:+628110001708", "Body": text, "NumMedia": "0", "ProfileName": "Warga",
        "WaId": f"62{citizen}",
    }  # fmt: skip
    signature = RequestValidator(TOKEN).compute_signature("https://bot.example/webhooks/twilio", fields)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": signature}
    return urlencode(fields).encode(), headers


CHANNELS = (
    Channel("telegram", "/webhooks/telegram", telegram, 0.45),
    Channel("twilio", "/webhooks/twilio", twilio, 0.55),
)


class Line:
    """A connection that stays open, speaking just enough HTTP."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> str:
        lines = [f"POST {path} HTTP/1.1", "Host: bot.example", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self._writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(re.search(r"content-length: (\d+)", head)[1])  # type: ignore[index]
        answer = (await self._reader.readexactly(length)).decode()
        assert head.startswith("http/1.1 200"), head
        return answer


@asynccontextmanager
async def connected(port: int) -> AsyncIterator[Line]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    yield Line(reader, writer)
    writer.close()
    await writer.wait_closed()


async def report(line: Line, channel: Channel, citizen: str, turns: int = len(TURNS)) -> list[float]:
    """Hold a conversation; return what each turn took, in milliseconds."""
    took = []
    for number, (text, expected) in enumerate(TURNS[:turns], 1):
        body, headers = channel.write(citizen, number, text)
        began = time.perf_counter()
        answer = await line.post(channel.path, body, headers)
        took.append((time.perf_counter() - began) * 1000)
        assert expected in answer if expected else "text" not in answer, (text, answer)
    return took


async def crowd(port: int, channel: Channel, citizens: Iterator[int]) -> float:
    """Let many citizens report at once; return turns per second."""

    async def one() -> None:
        async with connected(port) as line:
            for _ in range(ROUNDS):
                await report(line, channel, str(next(citizens)))

    began = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(CITIZENS)))
    return CITIZENS * ROUNDS * len(TURNS) / (time.perf_counter() - began)


async def alone(port: int, channel: Channel, citizens: Iterator[int]) -> list[float]:
    async with connected(port) as line:
        rounds = [await report(line, channel, str(next(citizens))) for _ in range(150)]
    return sorted(itertools.chain(*rounds))


async def left_open(port: int, channel: Channel, citizens: Iterator[int], client: "redis.Redis") -> float:
    """Leave conversations before the last turn; return the bytes of Redis memory that each takes."""
    before = client.info("memory")["used_memory"]
    async with connected(port) as line:
        for _ in range(OPEN):
            await report(line, channel, str(next(citizens)), len(TURNS) - 1)
    return float(client.info("memory")["used_memory"] - before) / OPEN


def commands_of(client: "redis.Redis", work: Callable[[], object]) -> float:
    """Return how many commands the web process sends in a turn; what a script calls is none."""
    place = client.get_connection_kwargs()
    with redis.Redis(place["host"], place["port"]) as other, client.monitor() as monitor:
        other.ping()  # connected: what follows is the web process's, up to the next one
        work()
        other.ping()
        seen = iter(monitor.listen())
        next(each for each in seen if each["command"] == "PING")
        mine = list(itertools.takewhile(lambda each: each["command"] != "PING", seen))
    return len([each for each in mine if each["client_type"] != "lua"]) / len(TURNS)


def cpu_seconds(pid: int) -> float:
    """Return the CPU time of a process and its living children, user and system."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    own = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return own + sum(cpu_seconds(int(child)) for child in children)


@contextmanager
def web(redis_url: str, folder: Path) -> Iterator[tuple[int, int]]:
    """Run the web process; yield its port and its process id."""
    port = free_port()
    environ = {
        **os.environ, "REDIS_URL": redis_url, "PORT": str(port), "PUBLIC_URL": "https://bot.example",
        "DATA_KEY": base64.urlsafe_b64encode(os.urandom(32)).decode(), "CITIZEN_RATE": "0", "CHANNEL_RATE": "0",
        "TELEGRAM_BOT_TOKEN": "1:bench", "TELEGRAM_WEBHOOK_SECRET": SECRET, "TWILIO_ACCOUNT_SID": "AC0",
        "TWILIO_AUTH_TOKEN": TOKEN,
    }  # fmt: skip
    with (folder / "web.log").open("wb") as log, Popen(
        [sys.executable, "-m", "bot", "serve"], env=environ, stdout=log, stderr=log
    ) as process:  # fmt: skip
        try:
            asyncio.run(_listening(port))
            yield port, process.pid
        finally:
            process.terminate()


async def _listening(port: int) -> None:
    async with asyncio.timeout(20):
        while True:
            try:
                async with connected(port):
                    return
            except OSError:
                await asyncio.sleep(0.05)


def measure(channel: Channel, port: int, pid: int, client: "redis.Redis", citizens: Iterator[int]) -> bool:
    """Measure one channel, print a row, and tell whether it keeps the limits."""
    asyncio.run(crowd(port, channel, citizens))  # warm
    busy = cpu_seconds(pid)
    rate = asyncio.run(crowd(port, channel, citizens))
    cpu = (cpu_seconds(pid) - busy) * 1000 / (CITIZENS * ROUNDS * len(TURNS))
    times = asyncio.run(alone(port, channel, citizens))
    p50, p99 = statistics.median(times), times[int(len(times) * 0.99)]

    async def once() -> None:
        async with connected(port) as line:
            await report(line, channel, str(next(citizens)))

    commands = commands_of(client, lambda: asyncio.run(once()))
    size = asyncio.run(left_open(port, channel, citizens, client))
    print(
        f"{channel.name:<10}{rate:>9.0f}{cpu:>10.3f}{channel.goal:>7.2f}{p50:>9.2f}{p99:>7.2f}{commands:>10.2f}{size:>9.0f}"
    )
    return cpu <= channel.goal and p99 < 2 and commands <= 2 and size < 850


def main() -> int:
    """Print the table; return 1 where a limit is not kept."""
    print("channel    turns/s    CPU ms   goal   p50 ms  p99 ms  commands    bytes")
    citizens = itertools.count(81_200_000_000)
    with tempfile.TemporaryDirectory() as name, redis_server.start(Path(name), {}) as server:
        client = redis.Redis.from_url(server.url)
        with web(server.url, Path(name)) as (port, pid):
            kept = [measure(channel, port, pid, client, citizens) for channel in CHANNELS]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
