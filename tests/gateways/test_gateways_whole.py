"""A citizen reports through Jasmin and through a JSON API, with faults: web, worker and case desk for real."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from bot.demo.leash import Leash
from bot.redis_server import free_port
from tests.bot.channels.provider import serving
from tests.gateways.doubles import ACK, PASSWORD, TOKEN, USER, Double, Jasmin, JsonApi
from tests.kannel.product import Product
from tests.kannel.programs import until
from tests.kannel.sites import Ports, Secrets, Site
from tests.kannel.towns import ANSWERS, STORY, emptied

KINDS = {"jasmin": (Jasmin, ACK), "json": (JsonApi, '{"status":"ok"}')}
PHONE = "+6281234567890"


@dataclass
class Place:
    """A gateway and the bot behind it."""

    double: Double
    product: Product
    ack: str
    count: int = 0

    def write(self, text: str) -> None:
        """Bring an SMS of the citizen's to the bot."""
        self.count += 1
        secret = Secrets().gateway
        if isinstance(self.double, Jasmin):
            fields = Jasmin.thrown(PHONE, text, f"in-{self.count}")
            answer = httpx.post(
                f"{self.product.url}/webhooks/sms", params={"secret": secret}, data=fields, trust_env=False
            )
        else:
            body, headers = JsonApi.thrown(PHONE, text, f"in-{self.count}"), {"Authorization": f"Bearer {secret}"}
            answer = httpx.post(f"{self.product.url}/webhooks/sms", json=body, headers=headers, trust_env=False)
        assert (answer.status_code, answer.text) == (200, self.ack)

    def shows(self, count: int) -> list[str]:
        """Wait until so many SMS stand on the phone."""
        screen = self.double.screens.setdefault(PHONE, [])
        until(lambda: len(screen) >= count, f"{screen} are not {count} SMS")
        return screen


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, redis_url: str, tmp_path: Path) -> Iterator[Place]:
    """Yield the bot behind each gateway in turn."""
    make, ack = KINDS[request.param]
    with Leash() as leash, serving(make) as double:
        ports = Ports(0, 0, 0, 0, 0, 0, web=free_port(), desk=free_port())
        product = Product(
            Site(ports, tmp_path, leash), emptied(redis_url),
            SMS_GATEWAY_FORMAT=request.param, SMS_GATEWAY_URL=double.url,
            SMS_GATEWAY_USERNAME=USER, SMS_GATEWAY_PASSWORD=PASSWORD, SMS_GATEWAY_TOKEN=TOKEN,
        )  # fmt: skip
        product.start()
        try:
            yield Place(double, product, ack)
        finally:
            product.stop()


def test_a_report_goes_through_though_the_gateway_fails_now_and_then(place: Place) -> None:
    """Every answer comes once, and every report of its delivery is understood."""
    place.double.faults.extend(("throttled", "error"))
    place.write(STORY)
    for asked, text in enumerate(ANSWERS, 1):
        place.shows(asked)
        place.write(text)
    screen = place.shows(len(ANSWERS) + 1)
    number = str(place.product.filed(PHONE).state.tracking_id)
    assert (len(screen), number in screen[-1]) == (len(ANSWERS) + 1, True)
    assert set(place.double.deliver()) == {(200, place.ack)}
    assert place.product.receipts("delivered") == len(screen)
