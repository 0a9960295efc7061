"""The whole bot once for each module, on an empty Redis, and a bot that only takes notes."""

from collections.abc import Iterator

import pytest

from tests.contract import product as products
from tests.contract.described import breaches
from tests.contract.product import Product
from tests.webhooks.rest import Rest


@pytest.fixture
def rest() -> Rest:
    """Return a rest of the bot that only takes notes."""
    return Rest()


@pytest.fixture(scope="module")
def product(redis_url: str) -> Iterator[Product]:
    """Yield the whole bot; all that it asked of Twilio and was told must be as Twilio describes it."""
    with products.product(redis_url) as product:
        yield product
    assert [each for seen in product.recorder.seen for each in breaches(seen)] == []
