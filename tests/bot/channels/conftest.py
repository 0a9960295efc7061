"""A provider on this machine, for the senders to talk to."""

from collections.abc import Iterator

import pytest

from tests.bot.channels.provider import Provider, serving


@pytest.fixture
def provider() -> Iterator[Provider]:
    """Yield a provider that answers from a script."""
    with serving() as provider:
        yield provider
