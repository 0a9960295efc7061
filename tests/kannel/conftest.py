"""One town for all tests of the SMS gateway."""

import os
from collections.abc import Iterator

import pytest

from tests.kannel import exchange, towns
from tests.kannel.phones import Phone
from tests.kannel.towns import Town


@pytest.fixture(scope="package")
def town(redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Yield the town; where Kannel is not installed the test says so, and fails if it is CI's."""
    programs = exchange.find()
    if len(programs) < len(exchange.PROGRAMS):
        give_up = pytest.fail if os.environ.get("CI") else pytest.skip
        give_up("no Kannel here; on Debian and Ubuntu: apt install kannel kannel-extras")
    with towns.town(programs, redis_url, tmp_path_factory.mktemp("kannel")) as town:
        yield town


@pytest.fixture
def phone(town: Town) -> Phone:
    """Return a phone that has never written."""
    return town.phone()
