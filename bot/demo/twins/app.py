"""The twins and their phones as one WSGI app."""

import contextlib
import threading
from collections.abc import Iterator

import flask
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from bot.config import Settings
from bot.demo.twins.files import LARGEST
from bot.demo.twins.gateway import GatewayTwin
from bot.demo.twins.meta import MetaTwin
from bot.demo.twins.phones import Phones
from bot.demo.twins.telegram import TelegramTwin
from bot.demo.twins.twilio import TwilioTwin
from bot.demo.twins.twin import World
from bot.errors import Misconfigured


class Twins:
    """Telegram, Twilio and a gateway in one world; they bring messages to the webhooks under `public_url`.

    Where Meta is on, it is there too, and the phone with WhatsApp is at Meta.

    Raises Misconfigured where a channel is off in `settings`.
    """

    def __init__(self, settings: Settings, world: World) -> None:
        if not (settings.telegram and settings.twilio and settings.gateway):
            raise Misconfigured("The twins need the variables of all three providers")
        hooks = f"{settings.public_url}/webhooks"
        self.telegram = TelegramTwin(world, f"{hooks}/telegram", settings.telegram)
        self.twilio = TwilioTwin(world, f"{hooks}/twilio", settings.twilio)
        self.gateway = GatewayTwin(world, f"{hooks}/sms", settings.gateway)
        self.meta = MetaTwin(world, f"{hooks}/meta", settings.meta) if settings.meta else None
        phones = Phones(self.telegram, self.meta or self.twilio, self.gateway)
        self.app = flask.Flask(__name__, static_folder=None)
        self.app.config["MAX_CONTENT_LENGTH"] = LARGEST
        for part in (self.telegram, self.twilio, self.gateway, self.meta, phones):
            if part is not None:
                self.app.register_blueprint(part.blueprint)


class _Quiet(WSGIRequestHandler):
    """Answers without a line in the log for each request."""

    def log_request(self, *_: object) -> None:
        return


def server(app: flask.Flask, port: int) -> BaseWSGIServer:
    """Return a server of `app` on a port of the loopback interface, 0 for any free one."""
    return make_server("127.0.0.1", port, app, threaded=True, request_handler=_Quiet)


@contextlib.contextmanager
def serving(app: flask.Flask, port: int = 0) -> Iterator[str]:
    """Serve `app` in the background; yield its address."""
    listener = server(app, port)
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.port}"
    finally:
        listener.shutdown()
        thread.join()
        listener.server_close()
