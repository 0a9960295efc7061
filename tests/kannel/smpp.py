"""An operator's SMS centre of a few lines: it speaks as much SMPP 3.4 as Kannel asks for."""

import itertools
import socketserver
import struct
import threading
from dataclasses import dataclass
from typing import Self

from tests.kannel.programs import until

HEADER = struct.Struct(">IIII")
RESPONSE = 0x80000000
SUBMIT, DELIVER, UNBIND, BIND, ENQUIRE = 0x04, 0x05, 0x06, 0x09, 0x15
WRONG_PASSWORD = 0x0E
RECEIPT, UDH = 0x04, 0x40
"""Of esm_class: the SMS is a delivery report; it begins with a header."""
GSM, UCS2 = 0, 8
"""Of data_coding."""


@dataclass(frozen=True)
class Submitted:
    """An SMS that Kannel handed over."""

    id: str
    receiver: str
    coding: int
    data: bytes


class Operator:
    """Listens on a port of the loopback interface; a context."""

    def __init__(self, password: str) -> None:
        self.password = password
        self.submitted: list[Submitted] = []
        self.line: _Line | None = None
        self.numbers = itertools.count(1)

    def __enter__(self) -> Self:
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Line)
        self._server.operator = self  # type: ignore[attr-defined]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def port(self) -> int:
        """Where Kannel finds it."""
        port: int = self._server.server_address[1]
        return port

    def deliver(self, sender: str, data: bytes, coding: int = GSM, esm_class: int = 0) -> None:
        """Bring an SMS from a phone, such as 62813…, to the short code."""
        assert self.line
        body = b"".join(
            (
                b"\0\x01\x01", sender.encode(), b"\0",  # a number in international form
                b"\0\0", b"1708\0",
                bytes((esm_class, 0, 0)), b"\0\0",
                bytes((0, 0, coding, 0, len(data))), data,
            )
        )  # fmt: skip
        self.line.send(DELIVER, next(self.numbers), body)

    def report(self, sms: Submitted, state: str) -> None:
        """Report what became of an SMS, such as DELIVRD or UNDELIV."""
        date = "2611240900"
        words = f"id:{sms.id} sub:001 dlvrd:001 submit date:{date} done date:{date} stat:{state} err:000 text:"
        self.deliver(sms.receiver, words.encode(), esm_class=RECEIPT)

    def sent(self, receiver: str, count: int) -> list[Submitted]:
        """Wait until so many SMS came for a phone, and return all of them."""

        def found() -> list[Submitted]:
            return [sms for sms in self.submitted if sms.receiver == receiver]

        until(lambda: len(found()) >= count, f"the operator got {self.submitted}")
        return found()


class _Line(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.operator: Operator = self.server.operator  # type: ignore[attr-defined]
        self.operator.line = self
        while head := self.rfile.read(HEADER.size):
            length, command, _, sequence = HEADER.unpack(head)
            self._answer(command, sequence, self.rfile.read(length - HEADER.size))

    def send(self, command: int, sequence: int, body: bytes = b"", status: int = 0) -> None:
        self.wfile.write(HEADER.pack(HEADER.size + len(body), command, status, sequence) + body)

    def _answer(self, command: int, sequence: int, body: bytes) -> None:
        if command == BIND:
            right = body.split(b"\0")[1] == self.operator.password.encode()
            self.send(BIND | RESPONSE, sequence, b"operator\0", 0 if right else WRONG_PASSWORD)
        elif command == SUBMIT:
            sms = _read(str(next(self.operator.numbers)), body)
            self.operator.submitted.append(sms)
            self.send(SUBMIT | RESPONSE, sequence, sms.id.encode() + b"\0")
        elif command in (ENQUIRE, UNBIND):
            self.send(command | RESPONSE, sequence)


def _read(number: str, body: bytes) -> Submitted:
    """Read the body of a submit_sm (SMPP 3.4, 4.4.1)."""
    _service, rest = body.split(b"\0", 1)
    _sender, rest = rest[2:].split(b"\0", 1)
    receiver, rest = rest[2:].split(b"\0", 1)
    _schedule, rest = rest[3:].split(b"\0", 1)
    _validity, rest = rest.split(b"\0", 1)
    _registered, _replace, coding, _canned, length = rest[:5]
    return Submitted(number, receiver.decode(), coding, rest[5 : 5 + length])
