"""The whole bot once for each module, on an empty Redis, and a bot that only takes notes."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.contract import product as products
from tests.contract.described import breaches
from tests.contract.product import Product
from tests.contract.providers import PROVIDERS, Provider
from tests.webhooks.rest import Rest


@pytest.fixture
def rest() -> Rest:
    """Return a rest of the bot that only takes notes."""
    return Rest()


@pytest.fixture(scope="module")
def product_for(redis_url: str) -> Iterator[Callable[[Provider], Product]]:
    """Yield what gives the whole bot as a provider needs it, on a database of Redis for each kind.

    All that it asked of Twilio and was told must be as Twilio describes it.
    """
    made: dict[str, Product] = {}
    with ExitStack() as stack:

        def make(provider: Provider) -> Product:
            kind = provider.environ.get("SMS_GATEWAY_FORMAT", "")
            if kind not in made:
                url = f"{redis_url.rpartition('/')[0]}/{len(made) + 1}"
                made[kind] = stack.enter_context(products.product(url, provider))
            return made[kind]

        yield make
    seen = [each for product in made.values() for each in product.recorder.seen]
    assert [breach for each in seen for breach in breaches(each)] == []


@pytest.fixture(scope="module")
def product(product_for: Callable[[Provider], Product]) -> Product:
    """Return the whole bot with the usual gateway."""
    return product_for(PROVIDERS[0])
