"""The web process: Flask around the webhooks, which know nothing of it."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

import flask
from werkzeug.exceptions import ClientDisconnected, HTTPException, RequestEntityTooLarge

from bot.config import Settings
from webhooks import gateway, lapor, probes, telegram, twilio
from webhooks.route import LIMIT, TEXT, Answer, Core, Denied, Notify, Receive, Request, Route, serve

# Granian closes a connection with an unread body, and the other side may be reset before it has our answer.
DRAINED: Final = 4 * LIMIT  # bytes
CHANNELS: Final = (telegram.routes, twilio.routes, gateway.routes, lapor.routes, probes.routes)


def create_app(  # noqa: PLR0913 - all that the web process asks of the rest
    settings: Settings,
    receive: Receive,
    ready: Callable[[], dict[str, str]],
    notify: Notify,
    *,
    receipt: Callable[[str, str], None] = lambda _outbox_id, _status: None,
    phrase: Callable[[str], str] = lambda _name: "",
    clock: Callable[[], datetime] | None = None,
) -> flask.Flask:
    """Build the app; a channel that is off in `settings` has no route.

    `receive` takes what citizens do, `notify` what happens to reports, `ready` names the parts needed and their
    state, `receipt` takes what a provider says became of a message of the outbox, `phrase` gives a text of the
    script's `notes`, `clock` the time in `settings.timezone`.
    """
    core = Core(receive, notify, ready, receipt, phrase, clock or partial(datetime.now, settings.timezone))
    app = flask.Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = (
        LIMIT + 1
    )  # of a body without a length, werkzeug reads so much and says nothing
    app.register_error_handler(HTTPException, _refuse)
    for routes in CHANNELS:
        for route in routes(settings, core):
            app.add_url_rule(route.path, route.name, partial(_view, route), methods=route.methods)
    return app


def _view(route: Route) -> flask.Response:
    request = flask.request
    if request.method not in route.methods:  # Flask adds HEAD to GET, and some GET here act
        return _response(Answer(405, b"method not allowed\n"))
    return _response(serve(route, Request(request.method, request.query_string, request.environ, _body)))


def _body() -> bytes:
    try:
        body = flask.request.get_data(cache=False)
    except RequestEntityTooLarge:
        flask.request.environ["wsgi.input"].read(DRAINED)
        raise Denied(413, "oversized") from None
    except ClientDisconnected:
        raise Denied(400, "cut") from None
    if len(body) > LIMIT:
        raise Denied(413, "oversized")
    return body


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
