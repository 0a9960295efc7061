"""Writers that count: each id is written once, and what they were told is compared with what stands in Redis."""

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import count
from typing import Self

import redis

from bot import keys
from bot.keys import PARTITIONS
from tests.stranger.carriers import until
from tests.ways import WAYS, Do

INCR = "return redis.call('INCR', KEYS[1])"


@dataclass
class Writers:
    """Four threads, two for each way to speak to Redis."""

    url: str
    done: set[int] = field(default_factory=set)
    doubtful: set[int] = field(default_factory=set)
    errors: set[type[redis.RedisError]] = field(default_factory=set)
    slowest: float = 0.0
    _ids: Iterator[int] = field(default_factory=count)
    _over: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._threads += [threading.Thread(target=self._write, args=(way,)) for way in (*WAYS, *WAYS)]
        for each in self._threads:
            each.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for each in self._threads:
            each.join()

    def go_on(self, writes: int = 4 * PARTITIONS) -> None:
        """Wait for so many more successful writes."""
        before = len(self.done)
        until(lambda: len(self.done) >= before + writes, f"nothing is written: {self.errors}")

    def found(self) -> dict[int, int]:
        """Return how often each id was written, as Redis has it."""
        with ExitStack() as stack:
            do = stack.enter_context(WAYS[0](self.url))
            return {each: int(do("GET", key(each)) or 0) for each in self.done | self.doubtful}

    def _write(self, way: object) -> None:
        assert callable(way)
        with way(self.url) as do:
            while not self._over.is_set():
                self._try(do, next(self._ids))

    def _try(self, do: Do, id_: int) -> None:
        before = time.monotonic()
        try:
            do("EVAL", INCR, 1, key(id_))
        except redis.RedisError as error:
            self.doubtful.add(id_)
            self.errors.add(type(error))
            self._over.wait(0.02)
        else:
            self.done.add(id_)
        self.slowest = max(self.slowest, time.monotonic() - before)


def key(id_: int) -> str:
    """Return the key of an id, in one partition after the other."""
    return f"{keys.outbox(id_ % PARTITIONS)}:{id_}"
