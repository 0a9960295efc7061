"""The master of a service that sentinels watch."""

import time
from collections.abc import Callable, Generator, Sequence
from typing import Any, Final

import redis
from redis.exceptions import ReadOnlyError

from bot.redis_url import Host
from bot.routing import Command, Node, Sending, Steps, waiting

FRESH: Final = 1.0
"""Seconds for which a sentinel's word is taken."""


class Watched:
    """To the master of a service, as sentinels name it: asked after every lost connection and every second.

    A master that stood still for a while and was replaced believes for ten seconds more that it is the master, and
    what it takes is lost. `clock` returns seconds.
    """

    def __init__(
        self,
        service: str,
        sentinels: Sequence[Host],
        replicas: int = 0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._question = ("SENTINEL", "GET-MASTER-ADDR-BY-NAME", service)
        self._sentinels = tuple(Node(*host, watches=True) for host in sentinels)
        self._replicas = replicas
        self._clock = clock
        self._master: Node | None = None
        self._asked = 0.0

    def carry(self, command: Command) -> Steps:
        """Yield the command for the master."""
        master = self._master
        if master is None or (self._clock() - self._asked > FRESH and (yield from self._replaced(master))):
            master = yield from self._look_up()
        try:
            return (yield Sending(master, command, replicas=waiting(command, self._replicas)))
        except ReadOnlyError as error:
            self._master = None
            raise redis.ConnectionError("the master has become a replica") from error
        except (redis.ConnectionError, redis.TimeoutError):
            self._master = None
            raise

    def _replaced(self, master: Node) -> Generator[Sending, Any, bool]:
        """Tell whether a sentinel names another master; one that does not answer is asked last from now on."""
        self._asked = self._clock()
        first, *rest = self._sentinels
        try:
            found = yield Sending(first, self._question)
        except redis.RedisError:
            self._sentinels = (*rest, first)
            return False
        return bool(found) and _named(found) != master

    def _look_up(self) -> Generator[Sending, Any, Node]:
        """Ask one sentinel after the other, as Redis tells clients to, until a master says that it is one."""
        self._master = None
        for sentinel in self._sentinels:
            try:
                found = yield Sending(sentinel, self._question)
                role = (yield Sending(_named(found), ("ROLE",))) if found else ()
            except redis.RedisError:
                continue
            if role and role[0] == b"master":
                self._sentinels = tuple(dict.fromkeys((sentinel, *self._sentinels)))
                self._master, self._asked = _named(found), self._clock()
                return self._master
        raise redis.ConnectionError("no sentinel names a master that is one")


def _named(found: Sequence[bytes]) -> Node:
    host, port = found
    return Node(host.decode(), int(port))
