"""Delivers to webhooks as providers do: in order for each sender, and again when it fails."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeAlias

import httpx

TIMEOUT: Final = 60.0  # seconds; Telegram waits as long
WAITS: Final = (0.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0)  # seconds before each new attempt; Telegram's, cut short

Taken: TypeAlias = Callable[[httpx.Response | None], None]


class Courier:
    """Carries requests, one at a time in each lane; only an answer of 2xx counts as delivered.

    A failed attempt is made again after each of `waits` (seconds), or later where `Retry-After` says so.
    """

    def __init__(self, waits: Sequence[float] = WAITS) -> None:
        self._waits = waits
        self._client = httpx.Client(timeout=TIMEOUT, trust_env=False)
        self._lanes: dict[str, ThreadPoolExecutor] = {}
        self._opening = threading.Lock()
        self._closed = threading.Event()

    def carry(self, lane: str, request: httpx.Request, taken: Taken, times: int = 1) -> None:
        """Deliver a request `times` times after what is in its lane; the answers but the last are lost on the way.

        `taken` is called with the last answer, or None when the courier gave up.
        """
        with self._opening:
            if lane not in self._lanes:
                self._lanes[lane] = ThreadPoolExecutor(1, thread_name_prefix=lane)
        self._lanes[lane].submit(self._carry, request, taken, times)

    def close(self) -> None:
        """Drop what is not delivered yet."""
        self._closed.set()
        for lane in self._lanes.values():
            lane.shutdown(cancel_futures=True)
        self._client.close()

    def _carry(self, request: httpx.Request, taken: Taken, times: int) -> None:
        for _ in range(times - 1):
            self._deliver(request)
        taken(self._deliver(request))

    def _deliver(self, request: httpx.Request) -> httpx.Response | None:
        """Try until it is delivered; None when the last attempt failed too."""
        response = self._attempt(request)
        for wait in self._waits:
            if response is not None and response.is_success:
                return response
            if self._closed.wait(max(wait, _retry_after(response))):
                return None
            response = self._attempt(request)
        return response if response is not None and response.is_success else None

    def _attempt(self, request: httpx.Request) -> httpx.Response | None:
        try:
            return self._client.send(request)
        except httpx.TransportError:
            return None


def _retry_after(response: httpx.Response | None) -> float:
    """Read `Retry-After` in seconds, at most a minute."""
    said = response.headers.get("Retry-After", "") if response is not None else ""
    return min(60.0, float(said)) if said.isdecimal() else 0.0
