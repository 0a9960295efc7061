"""The adapter over a line that is late, cut or garbled."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Final

import pytest
from case_samples import JPEG, a_key

from bot.cases.lapor import LaporCases
from bot.channels import Content
from bot.config import Lapor
from bot.errors import Failure, Temporary, Uncertain

STORED: Final = b'{"attachment_id":"a1"}'
HEAD: Final = b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: %d\r\n"


async def attach_over(answer: Callable[[asyncio.StreamWriter], None]) -> str:
    """Send a file to a server that reads all of it and then answers in its own way."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(JPEG)
        answer(writer)
        with contextlib.suppress(ConnectionError):
            await reader.read()
            writer.close()
            await writer.wait_closed()
        served.set()

    served = asyncio.Event()
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    cases = LaporCases(Lapor(f"http://127.0.0.1:{port}", "t", ""), patience=0.3)
    try:
        return await cases.attach(a_key(), Content(JPEG, "image/jpeg"))
    finally:
        await cases.close()
        await served.wait()
        server.close()
        await server.wait_closed()


def reset(writer: asyncio.StreamWriter) -> None:
    """Drop the connection."""
    writer.transport.abort()


def half(writer: asyncio.StreamWriter) -> None:
    """Close in the middle of the body."""
    writer.write(HEAD % len(STORED) + b"\r\n" + STORED[:9])
    writer.close()


def silent(_writer: asyncio.StreamWriter) -> None:
    """Say nothing."""


def stalled(writer: asyncio.StreamWriter) -> None:
    """Send headers and never the body."""
    writer.write(HEAD % len(STORED) + b"\r\n")


def foreign(writer: asyncio.StreamWriter) -> None:
    """Answer in another protocol."""
    writer.write(b"220 smtp.example.test ESMTP\r\n")
    writer.close()


def squeezed(writer: asyncio.StreamWriter) -> None:
    """Compress although nobody asked for it."""
    writer.write(HEAD % 10 + b"Content-Encoding: gzip\r\n\r\n" + b"\x1f\x8b" + bytes(8))
    writer.close()


@pytest.mark.parametrize("answer", [reset, half, silent, stalled, foreign, squeezed])
def test_an_answer_that_is_lost_on_the_way_leaves_it_uncertain(
    answer: Callable[[asyncio.StreamWriter], None],
) -> None:
    """The file was sent, so it may be stored; the worker is never held for longer than its patience."""
    with pytest.raises(Uncertain):
        asyncio.run(attach_over(answer))


def test_an_answer_that_arrives_is_taken() -> None:
    """The same server, behaving, is understood."""

    def whole(writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD % len(STORED) + b"\r\n" + STORED)
        writer.close()

    assert asyncio.run(attach_over(whole)) == "a1"


def test_a_port_where_nobody_listens_is_temporary(unused_port: int) -> None:
    """Nothing was sent."""

    async def attach() -> Failure | None:
        cases = LaporCases(Lapor(f"http://127.0.0.1:{unused_port}", "t", ""))
        try:
            await cases.attach(a_key(), Content(JPEG, "image/jpeg"))
        except Failure as failure:
            return failure
        finally:
            await cases.close()
        return None

    assert isinstance(asyncio.run(attach()), Temporary)
