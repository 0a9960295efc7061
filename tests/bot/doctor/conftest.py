"""A server on this machine for the checks to ask."""

from collections.abc import Iterator

import pytest

from tests.bot.channels.provider import Provider, serving


@pytest.fixture
def provider() -> Iterator[Provider]:
    """Yield a server that answers from a script."""
    with serving() as provider:
        yield provider
