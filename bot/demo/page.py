"""The demo's page: three phones beside the officer's page, on the web process, which knows nothing of it.

What the phones do goes on to the twins' process. What happens on their screens is asked for again and again: a
stream would hold one of the few threads that answer webhooks.
"""

from typing import Final

import flask
import httpx

from bot.demo.twins.files import LARGEST
from bot.demo.twins.phones import HEADER

TIMEOUT: Final = 10.0  # seconds; the twins take what phones do and deliver it later
PHONES: Final = "/demo/phones"
FORWARDED: Final = ("Content-Type", HEADER)
POLICY: Final = (
    "default-src 'self'; img-src 'self' data:; frame-src {desk}; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)


def blueprint(twins: str, desk: str) -> flask.Blueprint:
    """Return the page and the phones' way to the twins; `twins` and `desk` are addresses without a path."""
    page = Page(twins, desk)
    part = flask.Blueprint("demo", __name__, static_folder="static", static_url_path="/demo/static")
    part.template_folder = "templates"
    part.after_request(page.guard)
    part.get("/")(page.show)
    part.get(f"{PHONES}/changes")(page.changes)
    part.get(f"{PHONES}/media/<string(length=32):name>")(page.media)
    part.get(f"{PHONES}/telegram/commands")(page.commands)
    part.post(f"{PHONES}/<any(whatsapp):channel>/<any(close):act>")(page.act)
    part.post(f"{PHONES}/<any(telegram):channel>/<any(introduce, block):act>")(page.act)
    part.post(f"{PHONES}/<any(sms, whatsapp, telegram):channel>/<any(say, tap, share, send):act>")(page.act)
    return part


class Page:
    """Shows the page and passes on between it and the twins."""

    def __init__(self, twins: str, desk: str) -> None:
        self._phones = f"{twins}/phones"
        self._desk = desk
        self._client = httpx.Client(timeout=TIMEOUT, trust_env=False)

    def show(self) -> str:
        """Return the page."""
        return flask.render_template("demo.html", desk=self._desk)

    def act(self, channel: str, act: str) -> flask.Response:
        """Pass on what a phone does."""
        flask.request.max_content_length = LARGEST
        return self._forward(f"{channel}/{act}")

    def media(self, name: str) -> flask.Response:
        """Return a picture that a phone sent."""
        return self._forward(f"media/{name}")

    def commands(self) -> flask.Response:
        """Return the commands that the bot has set at Telegram."""
        return self._forward("telegram/commands")

    def changes(self) -> flask.Response:
        """Return what happened on the screens."""
        return self._forward("changes")

    def guard(self, response: flask.Response) -> flask.Response:
        """Let the page load nothing from elsewhere but the desk in its frame."""
        response.headers["Content-Security-Policy"] = POLICY.format(desk=self._desk)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"
        return response

    def _forward(self, path: str) -> flask.Response:
        asked, url = flask.request, f"{self._phones}/{path}"
        headers = {name: asked.headers[name] for name in FORWARDED if name in asked.headers}
        try:
            answer = self._client.request(
                asked.method, url, params=asked.args, headers=headers, content=asked.get_data()
            )
        except httpx.TransportError:
            return flask.Response(status=502)
        kind = answer.headers.get("Content-Type", "text/plain")
        return flask.Response(answer.content, answer.status_code, content_type=kind)
