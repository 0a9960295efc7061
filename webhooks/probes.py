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
        Route("metrics", "/metrics", partial(_count, core), ("GET",)),
    )


def _alive(_request: Request) -> Answer:
    return Answer(body=b"ok\n")


def _ready(core: Core, _request: Request) -> Answer:
    parts = core.ready()
    # All else is told and no reason to take us away: citizens would meet silence, and what they write is kept.
    status = 200 if parts.get("redis", "ok") == "ok" else 503
    return Answer(status, msgspec.json.encode(parts), JSON)


def _count(core: Core, _request: Request) -> Answer:
    return Answer(body=core.exposition(), type=metrics.TYPE)
