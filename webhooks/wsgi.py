"""The WSGI application, built from the environment: `granian --interface wsgi webhooks.wsgi:app`, or gunicorn."""

import gc
import os

import flask

from bot import bootstrap, durability
from webhooks.app import create_app
from webhooks.wiring import core_of


def build() -> flask.Flask:
    """Build the web process.

    Raises Misconfigured, ScriptError.
    """
    settings = bootstrap.settings()
    durability.require(settings)
    web = bootstrap.web(settings)
    app = create_app(settings, core_of(web))
    if settings.studio.password:
        from bot.studio.mounting import mounted  # noqa: PLC0415 - where it is off, nothing of it is loaded

        app.wsgi_app = mounted(app.wsgi_app, settings, web.scripts)  # type: ignore[method-assign]
    if twins := os.environ.get("LAPOR_DEMO"):
        from bot.demo.page import blueprint  # noqa: PLC0415 - only the demo has the page

        app.register_blueprint(blueprint(twins, settings.lapor.api_url))
    return app


app = build()
# What was loaded stays, and a turn makes no cycles: the collector need not walk it all again and again.
gc.collect()
gc.freeze()
gc.set_threshold(100_000, 50, 1000)
