"""A line on the loopback interface that passes messages on, and at chosen ones waits, cuts, or calls back."""

import socket
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from typing import Literal, Self

from tests.faults.framing import Framing, Measure

Side = Literal["before", "after"]


class Fate(Enum):
    """What becomes of a message: it is passed on, the connection is closed instead, or nothing ever comes."""

    PASS = 0
    CUT = 1
    HOLD = 2


@dataclass(frozen=True, slots=True)
class Moment:
    """A message on the line: `before` the other side has it, or `after` it answered and before that is relayed."""

    side: Side
    request: bytes
    reply: bytes = b""


Outcome = Fate | bytes
"""What a rule decides; bytes are an answer of the line's own, in place of the right one."""

Rule = Callable[[Moment], Outcome]


@dataclass(eq=False)
class Call:
    """One connection through the line; `asked` are the requests that wait for a reply, `over` is set at its end."""

    client: socket.socket
    server: socket.socket
    asked: deque[bytes] = field(default_factory=deque)
    over: threading.Event = field(default_factory=threading.Event)

    def close(self) -> None:
        """End it for both sides."""
        self.over.set()
        for each in (self.client, self.server):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


def _to_the_end(pump: Callable[["Proxy", Call], None]) -> Callable[["Proxy", Call], None]:
    """Let a pump end quietly when a side is gone, and end the connection with it."""

    def pumped(proxy: "Proxy", call: Call) -> None:
        with suppress(OSError):
            pump(proxy, call)
        call.close()

    return pumped


def _messages(source: socket.socket, measure: Measure) -> Iterator[bytes]:
    data = b""
    while got := source.recv(65536):
        data += got
        at = 0
        while at < len(data) and (end := measure(data, at)):
            yield data[at:end]
            at = end
        data = data[at:]


class Proxy:
    """Stands before the server at `target` (a port); a context.

    Each of `rules` is asked at every moment, by the threads of the line; it may take its time. The first that
    does not let pass decides. An answer of its own the line can give only where one request waits at a time.
    """

    def __init__(self, target: int, framing: Framing) -> None:
        self.target = target
        self.rules: list[Rule] = []
        self._framing = framing
        self._calls: set[Call] = set()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port = int(self._listener.getsockname()[1])
        self._listens()

    def refuse(self) -> None:
        """Cut every connection and take no new one; the port stays ours."""
        self._quiet()
        self._listener = socket.socket()
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._listener.bind(("127.0.0.1", self.port))

    def admit(self) -> None:
        """Take connections again."""
        self._listener.listen(256)
        self._listens()

    def cut(self) -> None:
        """Cut every connection."""
        for call in list(self._calls):
            call.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._quiet()

    def _quiet(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)  # wakes the thread that accepts
        self._thread.join()
        self._listener.close()
        self.cut()

    def _listens(self) -> None:
        self._thread = threading.Thread(target=self._accept, args=(self._listener,), daemon=True)
        self._thread.start()

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):  # shut down
            while True:
                client, _ = listener.accept()
                self._open(client)

    def _open(self, client: socket.socket) -> None:
        try:
            server = socket.create_connection(("127.0.0.1", self.target), 5)
        except OSError:
            client.close()
            return
        for each in (client, server):
            each.settimeout(None)
            each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        call = Call(client, server)
        self._calls.add(call)
        threading.Thread(target=self._carry, args=(call,), daemon=True).start()

    def _carry(self, call: Call) -> None:
        down = threading.Thread(target=self._down, args=(call,), daemon=True)
        down.start()
        self._up(call)
        down.join()
        self._calls.discard(call)
        call.client.close()
        call.server.close()

    @_to_the_end
    def _up(self, call: Call) -> None:
        for request in _messages(call.client, self._framing.request):
            fate = self._fate(Moment("before", request))
            if fate is Fate.CUT:
                break
            if fate is Fate.PASS:
                call.asked.append(request)
                call.server.sendall(request)
            elif fate is not Fate.HOLD:
                call.client.sendall(fate)

    @_to_the_end
    def _down(self, call: Call) -> None:
        for reply in _messages(call.server, self._framing.reply):
            fate: Outcome = Fate.PASS
            if not self._framing.aside(reply):
                fate = self._fate(Moment("after", call.asked.popleft(), reply))
            if fate is Fate.CUT:
                break
            if fate is Fate.HOLD:
                call.over.wait()
            call.client.sendall(reply if isinstance(fate, Fate) else fate)

    def _fate(self, moment: Moment) -> Outcome:
        fates = (rule(moment) for rule in list(self.rules))
        return next((fate for fate in fates if fate is not Fate.PASS), Fate.PASS)
