"""An account at Twilio's twin, on this machine."""

from collections.abc import Iterator

import flask
import pytest

from bot.demo.twins.app import serving
from bot.demo.twins.courier import Courier
from bot.demo.twins.twilio import TwilioTwin
from bot.demo.twins.twin import World
from bot.providers import Twilio
from bot.redis_server import free_port

SID = "AC0123456789abcdef0123456789abcdef"


@pytest.fixture
def account() -> Twilio:
    """Return the account."""
    return Twilio(SID, "twilio-token", f"http://127.0.0.1:{free_port()}", "+15005550006", "+15005550001")


@pytest.fixture
def twin(account: Twilio) -> Iterator[TwilioTwin]:
    """Yield Twilio, whose webhook nobody takes."""
    courier = Courier(waits=())
    twin = TwilioTwin(World(courier=courier), "http://127.0.0.1:9/webhooks/twilio", account)
    app = flask.Flask(__name__)
    app.register_blueprint(twin.blueprint)
    with serving(app, int(account.api_url.rpartition(":")[2])):
        yield twin
    courier.close()
