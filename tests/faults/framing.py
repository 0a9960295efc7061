"""Where one message ends and the next begins, on a line of HTTP/1.1 or of Redis."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

Measure = Callable[[bytes, int], int]
"""Tells where the message that begins at an offset ends; 0 while it is not all there."""

END: Final = b"\r\n"
LINES: Final = b"+-:,#_("
BULKS: Final = b"$=!"
GROUPS: Final = {b"*": 1, b"~": 1, b">": 1, b"%": 2}
"""RESP (https://redis.io/docs/latest/develop/reference/protocol-spec/): how many values stand for each counted."""


@dataclass(frozen=True, slots=True)
class Framing:
    """How a line is cut into requests and replies; `aside` tells replies that answer no request."""

    request: Measure
    reply: Measure
    aside: Callable[[bytes], bool] = lambda _reply: False


def _value(data: bytes, at: int) -> int:
    """Measure one value of the Redis protocol."""
    line = data.find(END, at)
    if line < 0:
        return 0
    kind, said = data[at : at + 1], data[at + 1 : line]
    end = line + 2
    if kind in LINES:
        return end
    count = int(said)
    if kind in BULKS:
        end += count + 2 if count >= 0 else 0
        return end if end <= len(data) else 0
    return _values(data, end, max(count, 0) * GROUPS[kind])


def _values(data: bytes, at: int, count: int) -> int:
    for _ in range(count):
        at = _value(data, at)
        if not at:
            return 0
    return at


def arguments(command: bytes) -> list[bytes]:
    """Return the name and the arguments of a Redis command."""
    found, at = [], command.find(END) + 2
    while at < len(command):
        line = command.find(END, at)
        size = int(command[at + 1 : line])
        found.append(command[line + 2 : line + 2 + size])
        at = line + 4 + size
    return found


def _http(data: bytes, at: int) -> int:
    """Measure a request or a response whose length is told or whose body is chunked."""
    head = data.find(END + END, at)
    if head < 0:
        return 0
    headers = [line.partition(b":") for line in data[at:head].lower().split(END)[1:]]
    known = {name.strip(): value.strip() for name, _, value in headers}
    if known.get(b"transfer-encoding") == b"chunked":
        return _chunks(data, head + 4)
    end = head + 4 + int(known.get(b"content-length", b"0"))
    return end if end <= len(data) else 0


def _chunks(data: bytes, at: int) -> int:
    while (line := data.find(END, at)) >= 0:
        size = int(data[at:line].split(b";")[0], 16)
        at = line + 2 + size + 2
        if at > len(data):
            return 0
        if size == 0:
            return at
    return 0


HTTP: Final = Framing(_http, _http)
REDIS: Final = Framing(_value, _value, lambda reply: reply.startswith(b">"))
