"""Probes: is the process alive, can it work, what has it counted."""

from functools import partial

import msgspec

from bot import metrics
from bot.config import Settings
from webhooks.route import JSON, Answer, Core, Request, Route


def routes(_settings: Settings, core: Core) -> tuple[Route, ...]:
    """Return the routes of the probes, which are always on."""
    return (
        Route("healthz", "/healthz", _alive, ("GET",)),
        Route("readyz", "/readyz", partial(_ready, core), ("GET",)),
        Route("metrics", "/metrics", _count, ("GET",)),
    )


def _alive(_request: Request) -> Answer:
    return Answer(body=b"ok\n")


def _ready(core: Core, _request: Request) -> Answer:
    parts = core.ready()
    # Where a saved text is refused, the last good one serves: that is told, and no reason to take us away.
    status = 200 if all(state == "ok" for name, state in parts.items() if name != "locales") else 503
    return Answer(status, msgspec.json.encode(parts), JSON)


def _count(_request: Request) -> Answer:
    return Answer(body=metrics.exposition(), type=metrics.TYPE)
