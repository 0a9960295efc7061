"""Which node gets a command: of one server, of a service that sentinels watch, or of a cluster.

Nothing is sent here. A route yields what to send, is told the reply or the error, and returns the reply. It sends a
command anew only where a node has said that it did not carry it out.
"""

from collections.abc import Generator, Sequence
from typing import Any, Final, NamedTuple, Protocol, TypeAlias

import redis

READS: Final = frozenset(
    ("GET", "MGET", "EXISTS", "TTL", "HGET", "HGETALL", "XREAD", "XRANGE", "XLEN", "ZRANGE", "ZCARD", "SMEMBERS")
)
WAIT_MS: Final = 500
"""For so long a write waits for its replicas."""

NO_KEY: Final = ("PING", "INFO", "TIME", "CONFIG", "CLUSTER", "SCRIPT", "COMMAND", "CLIENT")

Word: TypeAlias = bytes | str | int | float
Command: TypeAlias = Sequence[Word]


class Node(NamedTuple):
    """A server; `watches` is true for a sentinel."""

    host: str
    port: int
    watches: bool = False


class Sending(NamedTuple):
    """A command and where it goes, `after` so many seconds; `asking` where the slot is just arriving there.

    So many `replicas` must have what it wrote before it counts as done.
    """

    node: Node
    command: Command
    asking: bool = False
    after: float = 0.0
    replicas: int = 0

    def commands(self) -> list[Command]:
        """Return all that is sent, in order, on one connection."""
        before: list[Command] = [("ASKING",)] if self.asking else []
        behind: list[Command] = [("WAIT", self.replicas, WAIT_MS)] if self.replicas else []
        return [*before, self.command, *behind]

    def reply(self, replies: Sequence[Any]) -> Any:  # noqa: ANN401 - what Redis says to the command
        """Pick the command's own reply from all replies, errors among them.

        Raises the command's error, and TimeoutError where too few replicas have it.
        """
        found = replies[int(self.asking)]
        if isinstance(found, redis.RedisError):
            raise found
        if self.replicas and not (isinstance(replies[-1], int) and replies[-1] >= self.replicas):
            raise redis.TimeoutError("too few replicas have what was written")
        return found


Steps: TypeAlias = Generator[Sending, Any, Any]


class Route(Protocol):
    """Knows where commands go."""

    def carry(self, command: Command) -> Steps:
        """Yield what to send until the command is carried out, and return the reply.

        Raises redis.RedisError; ConnectionError where no node can take it now.
        """


class Direct:
    """To the one server there is."""

    HERE: Final = Node("", 0)

    def carry(self, command: Command) -> Steps:
        """Yield the command."""
        return (yield Sending(self.HERE, command))


def waiting(command: Command, replicas: int) -> int:
    """Return how many replicas to wait for: none where a command only reads."""
    name = command[0]
    return 0 if name in READS or name in NO_KEY else replicas
