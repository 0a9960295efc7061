"""Gateways of other formats than Kannel's as twins: the doubles of tests/gateways with screens."""

import uuid
from abc import abstractmethod

import flask
import httpx

from bot.demo.twins.screens import Entry
from bot.demo.twins.twin import Twin, World
from bot.providers import Gateway
from tests.bot.channels.provider import Asked
from tests.gateways.doubles import Double, Jasmin, JsonApi


class GatewayDouble(Twin):
    """A gateway that is played by a double."""

    path: str

    def __init__(self, world: World, webhook: str, account: Gateway, double: Double) -> None:
        super().__init__(world, webhook)
        self._account = account
        self._double = double
        self.blueprint = flask.Blueprint(type(self).__name__, __name__)
        self.blueprint.add_url_rule(self.path, view_func=self._called, methods=["GET", "POST"])

    @abstractmethod
    def request(self, entry: Entry) -> httpx.Request:
        """Return the call with the message that a phone sent."""

    def take(self, entry: Entry, response: httpx.Response) -> None:
        """Do nothing: such a gateway passes no answer on."""

    def _called(self) -> flask.Response:
        given = flask.request
        asked = Asked(given.method, given.path, given.values.to_dict(), given.headers, given.get_data(cache=True))
        reply = self._double.take(asked)
        for number, texts in self._double.screens.items():
            while texts:
                self.world.screens.show(f"sms:{number}", text=texts.pop(0))
        while self._double.reports:
            url, body = self._double.reports.pop(0)
            self.world.courier.carry("reports", httpx.Request("POST", url, **body), lambda _: None)
        return flask.Response(reply.body, reply.status, dict(reply.headers))


class JasminTwin(GatewayDouble):
    """Jasmin's HTTP API."""

    path = "/send"

    def __init__(self, world: World, webhook: str, account: Gateway) -> None:
        super().__init__(world, webhook, account, Jasmin(""))

    def request(self, entry: Entry) -> httpx.Request:
        number = entry.address.removeprefix("sms:")
        form = Jasmin.thrown(number, entry.text, str(uuid.uuid4()))
        return httpx.Request("POST", self.webhook, params={"secret": self._account.secret}, data=form)


class AggregatorTwin(GatewayDouble):
    """An aggregator's JSON API."""

    path = "/api/messages"

    def __init__(self, world: World, webhook: str, account: Gateway) -> None:
        super().__init__(world, webhook, account, JsonApi(""))

    def request(self, entry: Entry) -> httpx.Request:
        body = JsonApi.thrown(entry.address.removeprefix("sms:"), entry.text, str(uuid.uuid4()))
        return httpx.Request(
            "POST", self.webhook, json=body, headers={"Authorization": f"Bearer {self._account.secret}"}
        )
