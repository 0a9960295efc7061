"""Commands to Redis over one connection per thread, at half the CPU of fetching one from the pool each time."""

import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

import redis
from hiredis import pack_command
from redis.connection import AbstractConnection

from bot.routing import Command, Node, Route, Sending


class Line:
    """Speaks to Redis over connections of a client's pool; a thread keeps the one that it got.

    A command is sent once and never repeated. After an error the connection is closed and the next command
    opens it again.
    """

    def __init__(self, client: "redis.Redis") -> None:
        self._pool = client.connection_pool
        self._mine = threading.local()

    def do(self, *command: bytes | str | int) -> Any:  # noqa: ANN401 - what Redis says to the command
        """Send one command and return the reply.

        Raises redis.RedisError; after ConnectionError and TimeoutError it may or may not have been carried out.
        """
        connection = self._connection()
        try:
            packed = pack_command(command)  # type: ignore[arg-type]
            connection.send_packed_command([packed], check_health=False)  # type: ignore[no-untyped-call]
            return connection.read_response()
        except BaseException as error:
            if not isinstance(error, redis.ResponseError):
                # A reply that comes late must not answer the next command.
                connection.disconnect()  # type: ignore[no-untyped-call]
            raise

    def close(self) -> None:
        """Close the connections of all threads; a command afterwards opens one again."""
        self._pool.disconnect()

    def _connection(self) -> AbstractConnection:
        found: AbstractConnection | None = getattr(self._mine, "connection", None)
        if found is None:
            found = self._mine.connection = self._pool.get_connection()
        return found


class RoutedLine(Line):
    """Speaks to the nodes that a route names; a thread keeps one connection to each.

    `connect` makes a connection to a node, not yet opened.
    """

    def __init__(self, route: Route, connect: Callable[[Node], AbstractConnection]) -> None:
        self._route = route
        self._connect = connect
        self._mine = threading.local()
        self._made: list[AbstractConnection] = []

    def do(self, *command: bytes | str | int) -> Any:  # noqa: ANN401 - what Redis says to the command
        """Send one command to the node that it is for and return the reply.

        It is sent again only where a node said that it did not carry it out. Raises redis.RedisError; after
        ConnectionError and TimeoutError it may or may not have been carried out.
        """
        steps = self._route.carry(command)
        step, given = steps.send, None
        while True:
            try:
                sending = step(given)
            except StopIteration as done:
                return done.value
            try:
                step, given = steps.send, self._send(sending)
            except redis.RedisError as error:
                step, given = steps.throw, error

    def close(self) -> None:
        """Close the connections of all threads; a command afterwards opens one again."""
        for connection in self._made:
            connection.disconnect()  # type: ignore[no-untyped-call]

    def _send(self, sending: Sending) -> Any:  # noqa: ANN401 - what Redis says to the command
        if sending.after:
            time.sleep(sending.after)
        connection = self._to(sending.node)
        try:
            return sending.reply(_exchange(connection, sending.commands()))
        except BaseException as error:
            if not isinstance(error, redis.ResponseError):
                connection.disconnect()  # type: ignore[no-untyped-call]
            raise

    def _to(self, node: Node) -> AbstractConnection:
        mine: dict[Node, AbstractConnection] | None = getattr(self._mine, "nodes", None)
        if mine is None:
            mine = self._mine.nodes = {}
        if node not in mine:
            mine[node] = self._connect(node)
            self._made.append(mine[node])
        return mine[node]


def _exchange(connection: AbstractConnection, commands: Sequence[Command]) -> list[Any]:
    """Send commands in one go and return all their replies; what Redis refused is an error among them."""
    packed = connection.pack_commands(commands)  # type: ignore[no-untyped-call]
    connection.send_packed_command(packed, check_health=False)  # type: ignore[no-untyped-call]
    return [_reply(connection) for _ in commands]


def _reply(connection: AbstractConnection) -> Any:  # noqa: ANN401 - what Redis says to a command
    try:
        return connection.read_response()
    except redis.ResponseError as error:
        return error
