"""What befalls messages on a line: the first that match meet one outcome each, the rest pass."""

import json
import threading
import time
from collections.abc import Callable
from http import HTTPStatus

from tests.faults.proxy import Fate, Moment, Outcome, Side

Act = Callable[[], Outcome]


def at(side: Side, *words: bytes) -> Callable[[Moment], bool]:
    """Tell the moments of one side whose request holds all of these words."""
    return lambda moment: moment.side == side and all(word in moment.request for word in words)


class Trouble:
    """Lets the first moments that are `wanted` meet one of `acts` each, in their order; `left` are yet to come."""

    def __init__(self, wanted: Callable[[Moment], bool], *acts: Act) -> None:
        self._wanted = wanted
        self.left = list(acts)
        self._lock = threading.Lock()

    def __call__(self, moment: Moment) -> Outcome:
        """Decide about a moment."""
        if not self._wanted(moment):
            return Fate.PASS
        with self._lock:
            act = self.left.pop(0) if self.left else None
        return act() if act else Fate.PASS


def cut() -> Outcome:
    """Close the connection."""
    return Fate.CUT


def hold() -> Outcome:
    """Let nothing ever come."""
    return Fate.HOLD


def late(seconds: float) -> Act:
    """Pass after some seconds."""

    def wait() -> Outcome:
        time.sleep(seconds)
        return Fate.PASS

    return wait


def then(*acts: Callable[[], object]) -> Act:
    """Do something, and pass."""

    def do() -> Outcome:
        for act in acts:
            act()
        return Fate.PASS

    return do


def says(status: int, body: object = None, **headers: str) -> Act:
    """Answer with a status and a body of JSON."""
    data = json.dumps(body if body is not None else {}).encode()
    known = {"Content-Type": "application/json", "Content-Length": str(len(data))}
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in (known | headers).items())
    head = f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n{lines}\r\n"
    return lambda: head.encode() + data
