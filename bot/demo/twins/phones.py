"""The phones' side of the twins, as the demo's page uses it: what people type, tap and see."""

from typing import Final

import flask
import msgspec

from bot.demo.twins.files import File
from bot.demo.twins.gateway import GatewayTwin
from bot.demo.twins.meta import MetaTwin
from bot.demo.twins.telegram import TelegramTwin
from bot.demo.twins.twilio import TwilioTwin
from bot.demo.twins.twin import Twin

MOST: Final = 10  # files that a phone sends at once
HEADER: Final = "X-Lapor-Demo"  # other sites' pages cannot send it, so they cannot write as a phone
ADDRESSES: Final = {
    "sms": "sms:+6281210001708",
    "whatsapp": "whatsapp:+6281310001708",
    "telegram": "telegram:1708170800",
}
NUMBER: Final = "6281210001708"
"""The number of the Telegram phone's account, which is that of the SMS phone; Telegram writes no plus."""


class Say(msgspec.Struct, frozen=True):
    """A text is sent, `times` times."""

    text: str
    times: int = 1


class Tap(msgspec.Struct, frozen=True):
    """A button is tapped."""

    entry: int
    data: str


class Share(msgspec.Struct, frozen=True):
    """A point is shared, in degrees."""

    latitude: float
    longitude: float


class Block(msgspec.Struct, frozen=True):
    """The bot is blocked, or let in again."""

    blocked: bool


class Phones:
    """Three phones, one a channel."""

    def __init__(self, telegram: TelegramTwin, whatsapp: TwilioTwin | MetaTwin, gateway: GatewayTwin) -> None:
        self._telegram, self._whatsapp = telegram, whatsapp
        self._twins: dict[str, Twin] = {"sms": gateway, "whatsapp": whatsapp, "telegram": telegram}
        self._tappable = {"telegram": telegram.tap, "whatsapp": whatsapp.tap}
        self.blueprint = flask.Blueprint("phones", __name__, url_prefix="/phones")
        self.blueprint.before_request(_own_page_only)
        self.blueprint.register_error_handler(msgspec.DecodeError, lambda _: ("", 400))
        self.blueprint.get("/changes")(self._changes)
        self.blueprint.get("/media/<name>")(self._media)
        self.blueprint.post("/<any(sms, whatsapp, telegram):channel>/say")(self._say)
        self.blueprint.post("/<any(whatsapp, telegram):channel>/tap")(self._tap)
        self.blueprint.post("/<any(whatsapp, telegram):channel>/share")(self._share)
        self.blueprint.post("/<any(whatsapp, telegram):channel>/send")(self._send)
        self.blueprint.post("/whatsapp/close")(self._close)
        self.blueprint.post("/telegram/introduce")(self._introduce)
        self.blueprint.post("/telegram/block")(self._block)
        self.blueprint.get("/telegram/commands")(self._commands)

    def _say(self, channel: str) -> tuple[str, int]:
        said = msgspec.json.decode(flask.request.get_data(), type=Say)
        self._twins[channel].say(ADDRESSES[channel], said.text, max(1, min(said.times, 2)))
        return "", 202

    def _tap(self, channel: str) -> tuple[str, int]:
        tap = msgspec.json.decode(flask.request.get_data(), type=Tap)
        try:
            self._tappable[channel](tap.entry, tap.data)
        except KeyError:
            return "", 404
        return "", 202

    def _share(self, channel: str) -> tuple[str, int]:
        shared = msgspec.json.decode(flask.request.get_data(), type=Share)
        self._twins[channel].share(ADDRESSES[channel], shared.latitude, shared.longitude)
        return "", 202

    def _send(self, channel: str) -> tuple[str, int]:
        files = [File(given.read(), given.mimetype) for given in flask.request.files.getlist("file")[:MOST]]
        if not files:
            return "", 400
        twin, caption = self._twins[channel], flask.request.form.get("caption", "")
        if len(files) > 1:
            twin.send_together(ADDRESSES[channel], files, caption)
        else:
            twin.send(ADDRESSES[channel], files[0], caption)
        return "", 202

    def _close(self) -> tuple[str, int]:
        self._whatsapp.close_window(ADDRESSES["whatsapp"])
        return "", 202

    def _introduce(self) -> tuple[str, int]:
        self._telegram.introduce(ADDRESSES["telegram"], NUMBER)
        return "", 202

    def _block(self) -> tuple[str, int]:
        block = msgspec.json.decode(flask.request.get_data(), type=Block)
        self._telegram.block(ADDRESSES["telegram"], blocked=block.blocked)
        return "", 202

    def _commands(self) -> flask.Response:
        """Return what the commands menu of a phone in Bahasa Indonesia offers."""
        menu = self._telegram.profile.menu("id")
        return flask.Response(msgspec.json.encode(menu), mimetype="application/json")

    def _media(self, name: str) -> flask.Response:
        file = self._telegram.world.files.get(name)
        if file is None or not file.type.startswith("image/"):
            return flask.Response(status=404)
        return flask.Response(file.data, mimetype=file.type)

    def _changes(self) -> flask.Response:
        """Return what changed on the screens after number `after`, oldest first."""
        after = flask.request.args.get("after", "")
        changes = self._telegram.world.screens.wait(int(after) if after.isdecimal() else 0, 0.0)
        return flask.Response(msgspec.json.encode(changes), mimetype="application/json")


def _own_page_only() -> tuple[str, int] | None:
    if flask.request.method == "POST" and HEADER not in flask.request.headers:
        return "", 403
    return None
