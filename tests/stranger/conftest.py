"""One town for all tests of the stranger's: real processes, many citizens."""

from collections.abc import Iterator

import pytest
import redis

from tests.stranger import town as towns
from tests.stranger.town import Town


@pytest.fixture(scope="package")
def town(redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Yield the town, on an empty Redis."""
    with redis.Redis.from_url(redis_url) as client:
        client.flushdb()
    with towns.town(redis_url, tmp_path_factory.mktemp("town")) as town:
        yield town
