"""The two ways to speak to Redis, for tests that hold for both."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from bot import connecting

Do = Callable[..., Any]
Way = Callable[[str], AbstractContextManager[Do]]


@contextmanager
def line(url: str) -> Iterator[Do]:
    """Speak as the web process does."""
    speaking = connecting.line(url)
    yield speaking.do
    speaking.close()


@contextmanager
def asynchronous(url: str) -> Iterator[Do]:
    """Speak as the worker does, one command after the other."""
    client = connecting.asynchronous(url)
    with asyncio.Runner() as runner:
        try:
            yield lambda *command: runner.run(client.execute_command(*command))
        finally:
            runner.run(client.aclose())


WAYS = (line, asynchronous)
