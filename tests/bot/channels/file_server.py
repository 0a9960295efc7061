"""A file server on this machine that says and sends what it likes, byte by byte, over TLS where it is asked to."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeAlias

import httpx

from bot.channels.http import download
from bot.errors import Failure

Say: TypeAlias = Callable[[asyncio.StreamWriter], Awaitable[None]]


class FileServer:
    """Answers each request by `say`, and keeps the heads of what it was asked."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self.asked: list[str] = []
        self.port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take one request, answer it and hang up."""
        try:
            self.asked.append((await reader.readuntil(b"\r\n\r\n")).decode())
            await self._say(writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()


@asynccontextmanager
async def serving(say: Say, tls: ssl.SSLContext | None = None) -> AsyncIterator[FileServer]:
    """Serve on a free port of 127.0.0.1."""
    files = FileServer(say)
    server = await asyncio.start_server(files.serve, "127.0.0.1", 0, ssl=tls)
    files.port = server.sockets[0].getsockname()[1]
    try:
        yield files
    finally:
        server.close()
        await server.wait_closed()


def saying(*parts: bytes, pause: float = 0.0, times: int = 1) -> Say:
    """Send these bytes, the last of them so many times, a pause (seconds) after each."""

    async def say(writer: asyncio.StreamWriter) -> None:
        for part in (*parts[:-1], *[parts[-1]] * times):
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(pause)

    return say


async def told(client: httpx.AsyncClient, url: str, **how: object) -> object:
    """Fetch a file and return it, or what came of it instead, in two words."""
    async with client:
        try:
            return await download(client, url, **how)  # type: ignore[arg-type]
        except Failure as failure:
            return type(failure).__name__, str(failure)
