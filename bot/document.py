"""One citizen as stored: the session, and the messages already answered."""

import zlib
from hashlib import blake2b
from typing import Final

import msgspec

from conversations.bubble import Bubble
from conversations.session import Session

MOST_ANSWERS: Final = 2
SMALL: Final = 500


class Memory(msgspec.Struct, frozen=True):
    """For how many seconds it is remembered that a message was taken, and of how many messages."""

    seconds: int
    most: int


USUAL: Final = Memory(48 * 3600, 50)
MEMORIES: Final = {"meta": Memory(8 * 86400, 200)}
"""Providers that deliver again for longer than two days: Meta does for seven.

A mark takes 16 bytes and Meta's answers never ride, so only who writes 200 messages in eight days has 3 kB.
"""


class Seen(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True):
    """A message that was taken: the mark of its id, when (unix seconds), and the answer that rode back."""

    mark: bytes
    at: int
    answer: tuple[Bubble, ...] = ()


class Document(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True):
    """One citizen: the session, the last messages with their answers, and the provider used last.

    `busy` is the citizen's bucket (unix milliseconds until which it is spoken for); `warned` says that the citizen
    knows that it is empty.
    """

    session: Session
    seen: tuple[Seen, ...] = ()
    provider: str = ""
    busy: int = 0
    warned: bool = False

    def answer_to(self, message_id: str) -> tuple[Bubble, ...] | None:
        """Return the answer that a message got, None if it is new."""
        mark = mark_of(message_id)
        return next((seen.answer for seen in self.seen if seen.mark == mark), None)

    def remembering(self, message_id: str, at: int, answer: tuple[Bubble, ...]) -> tuple[Seen, ...]:
        """Return the messages to remember with this one added: ids for as long as the provider may repeat them.

        Of the last answers all is kept.
        """
        memory = MEMORIES.get(self.provider, USUAL)
        kept = [seen for seen in self.seen if at - seen.at < memory.seconds][1 - memory.most :]
        answered = [index for index, seen in enumerate(kept) if seen.answer]
        for index in answered[: len(answered) - MOST_ANSWERS + 1]:
            kept[index] = Seen(kept[index].mark, kept[index].at)
        return (*kept, Seen(mark_of(message_id), at, answer))


def mark_of(message_id: str) -> bytes:
    """Return eight bytes that stand for a message id."""
    return blake2b(message_id.encode(), digest_size=8).digest()


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Document)


def pack(document: Document) -> bytes:
    """Return a document as bytes: MessagePack, deflated where that pays; the first byte says which."""
    plain = _encoder.encode(document)
    if len(plain) < SMALL:
        return b"m" + plain
    return b"z" + zlib.compress(plain, 1, wbits=-15)


def unpack(data: bytes) -> Document:
    """Read a document back.

    Raises msgspec.DecodeError or zlib.error.
    """
    plain = zlib.decompress(data[1:], wbits=-15) if data[:1] == b"z" else data[1:]
    return _decoder.decode(plain)
