"""Ways to speak to Redis, whatever REDIS_URL names; replies are as RESP2 has them, the same from each.

No client repeats a command on its own. One that fails with ConnectionError or TimeoutError may or may not have been
carried out; the next one looks up the nodes anew.
"""

import asyncio
from collections import defaultdict
from functools import partial
from typing import Any, Final

import redis
import redis.asyncio
from redis.asyncio.connection import AbstractConnection
from redis.asyncio.connection import parse_url as parse_asynchronous
from redis.asyncio.retry import Retry as AsynchronousRetry
from redis.backoff import NoBackoff
from redis.connection import parse_url
from redis.retry import Retry

from bot.line import Line, RoutedLine
from bot.redis_url import POOL, Target, read
from bot.routing import Command, Direct, Node, Route, Sending
from bot.sharding import Sharded
from bot.watching import Watched

CONNECT_SECONDS: Final = 1
ANSWER_SECONDS: Final = 2
THREADS: Final = 64
"""So many threads of a process can speak to one Redis at once; one more waits for ANSWER_SECONDS, then fails."""

Options = dict[str, Any]

USUAL: Final[Options] = {
    "socket_connect_timeout": CONNECT_SECONDS,
    "socket_timeout": ANSWER_SECONDS,
    "driver_info": None,
}
RAW: Final[Options] = {"protocol": 2, "decode_responses": False}
"""What makes replies the same everywhere."""


def line(url: str) -> Line:
    """Return a line to what a REDIS_URL names; nothing is sent before the first command.

    Raises ValueError where it names nothing.
    """
    target = read(url)
    data, watchers = (_synchronous(each) for each in (target.data, target.watchers))
    if target.hosts:
        return RoutedLine(_route(target), partial(_connection, data, watchers, redis.Connection))
    pool = redis.BlockingConnectionPool(  # type: ignore[no-untyped-call]
        max_connections=THREADS, timeout=ANSWER_SECONDS, **data
    )
    return Line(redis.Redis(connection_pool=pool))


def asynchronous(url: str) -> "Client":
    """Return an asynchronous client of what a REDIS_URL names; nothing is sent before the first command.

    Raises ValueError where it names nothing.
    """
    target = read(url)
    data, watchers = (_asynchronous(each) for each in (target.data, target.watchers))
    return Client(_route(target), data, watchers)


class Client:
    """Speaks to the nodes that a route names; commands given at once go at once, each on a connection of its own.

    A command fails after `socket_timeout` of `data` (seconds); one that blocks has its BLOCK besides.
    """

    def __init__(self, route: Route, data: Options, watchers: Options) -> None:
        # One time-out around all of a command costs less than redis-py's around every read and write.
        quiet = {"socket_timeout": None}
        self._route = route
        self._seconds: float = data["socket_timeout"]
        self._connect = partial(_connection, data | quiet, watchers | quiet, redis.asyncio.Connection)
        self._idle: defaultdict[Node, list[AbstractConnection]] = defaultdict(list)
        self._open: set[AbstractConnection] = set()

    async def execute_command(self, *command: bytes | str | float) -> Any:  # noqa: ANN401 - what Redis says to it
        """Send one command to the node that it is for and return the reply.

        It is sent again only where a node said that it did not carry it out. Raises redis.RedisError; after
        ConnectionError and TimeoutError it may or may not have been carried out.
        """
        steps = self._route.carry(command)
        step: Any = steps.send
        given: Any = None
        while True:
            try:
                sending = step(given)
            except StopIteration as done:
                return done.value
            try:
                step, given = steps.send, await self._send(sending)
            except redis.RedisError as error:
                step, given = steps.throw, error

    async def aclose(self) -> None:
        """Close every connection, those of commands under way too."""
        self._idle.clear()
        while self._open:
            await self._open.pop().disconnect()

    async def _send(self, sending: Sending) -> Any:  # noqa: ANN401 - what Redis says to the command
        node = sending.node
        connection = self._idle[node].pop() if self._idle[node] else self._made(node)
        try:
            reply = await _exchange(connection, sending, self._seconds)
        except redis.ResponseError:
            self._idle[node].append(connection)
            raise
        except redis.RedisError:
            # The idle ones to the same node are most likely as dead.
            await self._close(connection, *self._idle.pop(node, ()))
            raise
        except BaseException:
            await self._close(connection)
            raise
        self._idle[node].append(connection)
        return reply

    def _made(self, node: Node) -> AbstractConnection:
        made: AbstractConnection = self._connect(node)
        self._open.add(made)
        return made

    async def _close(self, *connections: AbstractConnection) -> None:
        for each in connections:
            self._open.discard(each)
            await each.disconnect(nowait=True)


async def _exchange(connection: AbstractConnection, sending: Sending, seconds: float) -> Any:  # noqa: ANN401
    if sending.after:
        await asyncio.sleep(sending.after)
    commands = sending.commands()
    try:
        async with asyncio.timeout(seconds + blocking(sending.command)):
            if connection.is_connected and await connection.can_read():  # closed by the server meanwhile
                await connection.disconnect(nowait=True)
            await connection.send_packed_command(connection.pack_commands(commands), check_health=False)
            return sending.reply([await _reply(connection) for _ in commands])
    except TimeoutError:
        raise redis.TimeoutError("Redis did not answer in time") from None


async def _reply(connection: AbstractConnection) -> Any:  # noqa: ANN401 - what Redis says to a command
    try:
        return await connection.read_response()
    except redis.ResponseError as error:
        return error


def blocking(command: Command) -> float:
    """Return for how many seconds a command may wait before it answers."""
    if command[0] not in ("XREAD", "XREADGROUP"):
        return 0.0
    words = list(command)
    return int(words[words.index("BLOCK") + 1]) / 1000 if "BLOCK" in words else 0.0


def _route(target: Target) -> Route:
    if target.service:
        return Watched(target.service, target.hosts, target.replicas)
    return Sharded(target.hosts, target.replicas) if target.hosts else Direct()


def _synchronous(url: str) -> Options:
    parsed = parse_url(url) if url else {}  # type: ignore[no-untyped-call]
    return {**_options(parsed), "retry": Retry(NoBackoff(), 0)}


def _asynchronous(url: str) -> Options:
    parsed: Options = {**parse_asynchronous(url)} if url else {}
    return {**_options(parsed), "retry": AsynchronousRetry(NoBackoff(), 0)}


def _options(parsed: Options) -> Options:
    """Return a URL's options without those of pools, and with what all connections have in common."""
    kept = {name: value for name, value in parsed.items() if name not in POOL}
    return {**USUAL, **kept, **RAW}


def _connection(data: Options, watchers: Options, usual: type[Any], node: Node) -> Any:  # noqa: ANN401
    """Make a connection to a node, not yet opened; `usual` is its class where the URL asks for no other."""
    options = dict(watchers if node.watches else data)
    kind = options.pop("connection_class", usual)
    if node.host:
        options |= {"host": node.host, "port": node.port}
    return kind(**options)
