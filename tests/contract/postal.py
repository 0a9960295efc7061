"""The way of twins' messages to the web process of the contract."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import flask
import httpx

from bot.demo.twins.courier import Courier, Taken


class Post(Courier):
    """A courier on one thread that does not wait between attempts and tells what is under way.

    It hands requests to the web process without a server between them: a thread of that keeps a line to Redis, and
    the development server makes one for each request.
    """

    def __init__(self) -> None:
        super().__init__(waits=(0.0, 0.0))
        self._hand = ThreadPoolExecutor(1, "post")
        self._open: Counter[str] = Counter()

    def serve(self, app: flask.Flask) -> None:
        """Deliver to an app from now on."""
        self._client = httpx.Client(transport=httpx.WSGITransport(app.wsgi_app))

    def carry(self, lane: str, request: httpx.Request, taken: Taken, times: int = 1) -> None:
        self._open[lane] += 1
        self._hand.submit(self._hold, lane, lambda: self._carry(request, taken, times))

    def _hold(self, lane: str, act: Callable[[], None]) -> None:
        try:
            act()
        finally:
            self._open[lane] -= 1

    def busy(self, address: str) -> bool:
        """Tell whether something of a citizen's is under way; what twins report of messages is not."""
        return any(self._open[lane] for lane in (address, f"{address} taps"))

    def close(self) -> None:
        self._hand.shutdown()
        super().close()
