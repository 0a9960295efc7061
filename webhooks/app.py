"""The web process: Flask around the webhooks, which know nothing of it and are served before it."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

import flask
from werkzeug.exceptions import HTTPException

from bot.config import Settings
from webhooks import gateway, lapor, probes, telegram, twilio
from webhooks.direct import Direct
from webhooks.route import TEXT, Answer, Core, Notify, Receive

CHANNELS: Final = (telegram.routes, twilio.routes, gateway.routes, lapor.routes, probes.routes)


def create_app(  # noqa: PLR0913 - all that the web process asks of the rest
    settings: Settings,
    receive: Receive,
    ready: Callable[[], dict[str, str]],
    notify: Notify,
    *,
    receipt: Callable[[str, str], None] = lambda _outbox_id, _status: None,
    phrase: Callable[[str], str] = lambda _name: "",
    park: Callable[[str, str, bytes], None] = lambda _route, _reason, _body: None,
    clock: Callable[[], datetime] | None = None,
) -> flask.Flask:
    """Build the app; a channel that is off in `settings` has no route.

    `receive` takes what citizens do, `notify` what happens to reports, `ready` names the parts needed and their
    state, `receipt` takes what a provider says became of a message of the outbox, `phrase` gives a text of the
    script's `notes`, `clock` the time in `settings.timezone`; `park` keeps what a proved sender sent and nobody
    can use.
    """
    core = Core(receive, notify, ready, receipt, phrase, clock or partial(datetime.now, settings.timezone), park)
    app = flask.Flask(__name__, static_folder=None)
    app.register_error_handler(HTTPException, _refuse)
    routes = [route for channel in CHANNELS for route in channel(settings, core)]
    for route in routes:
        app.add_url_rule(route.path, route.name, _not_so, methods=route.methods)
    app.wsgi_app = Direct(app.wsgi_app, routes)  # type: ignore[method-assign]
    return app


def _not_so() -> flask.Response:
    """Refuse HEAD, which Flask adds to GET: some GET here act, and all that a route takes is served before."""
    return _response(Answer(405, b"method not allowed\n"))


def _response(answer: Answer) -> flask.Response:
    response = flask.Response(answer.body, answer.status, content_type=answer.type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    if answer.after:
        response.headers["Retry-After"] = str(answer.after)
    return response


def _refuse(error: HTTPException) -> flask.Response:
    response = _response(Answer(error.code or 500, f"{error.name.lower()}\n".encode(), TEXT))
    response.headers.extend(pair for pair in error.get_headers() if pair[0] != "Content-Type")
    return response
