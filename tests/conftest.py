"""What tests share: one real Redis for the session, emptied for each test that asks for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from hypothesis import settings

from bot import redis_server
from tests.kept import OPEN

# A shared machine stands still now and then: how long an example takes says nothing.
settings.register_profile("shared", deadline=None)
settings.load_profile("shared")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that accepts new wording."""
    parser.addoption(
        "--update-transcripts", action="store_true", help="write what the dialog says into the transcripts"
    )


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a Redis with an append-only file, of our own even where REDIS_URL is set."""
    folder: Path = tmp_path_factory.mktemp("redis")
    with redis_server.start(folder, {}) as server:
        yield server.url


@pytest.fixture
def client(redis_url: str) -> Iterator["redis.Redis"]:
    """Return a client of the empty Redis."""
    connected = redis.Redis.from_url(redis_url, socket_timeout=5)
    connected.flushdb()
    yield connected
    while OPEN:
        OPEN.pop().close()
    connected.connection_pool.disconnect()
