"""The studio in the web process: its paths go to it, all others go on to the webhooks."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from bot import connecting, funnel
from bot.config import Settings
from bot.networks import Application
from bot.scripts import Scripts
from bot.studio.app import PATH, create_studio


class Mounted:
    """Passes the paths of the studio to it, and all others to `application` (WSGI, PEP 3333)."""

    def __init__(self, application: Application, studio: Application) -> None:
        self._application = application
        self._studio = studio

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:  # noqa: ANN401 - WSGI's
        """Answer a request."""
        path: str = environ["PATH_INFO"]
        ours = path == PATH or path.startswith(f"{PATH}/")
        return (self._studio if ours else self._application)(environ, start_response)


def mounted(webhooks: Application, settings: Settings, scripts: Scripts) -> Mounted:
    """Put the studio beside the webhooks; `scripts` are the texts in use."""
    counts = partial(funnel.read, connecting.line(settings.redis_url))
    return Mounted(webhooks, create_studio(settings, scripts.state, counts))
