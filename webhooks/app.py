"""The web process: Flask around the webhooks, which know nothing of it and are served before it."""

from typing import Final

import flask
from werkzeug.exceptions import HTTPException

from bot.config import Settings
from webhooks import gateway, lapor, meta, probes, telegram, twilio
from webhooks.direct import Direct
from webhooks.route import TEXT, Answer, Core

CHANNELS: Final = (telegram.routes, twilio.routes, meta.routes, gateway.routes, lapor.routes, probes.routes)


def create_app(settings: Settings, core: Core) -> flask.Flask:
    """Build the app around what the webhooks ask of the rest; a channel that is off in `settings` has no route."""
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
