"""Scripts that Redis carries out as one step."""

import hashlib
from collections.abc import Sequence
from typing import Any, TypeAlias

import redis

from bot.connecting import Client
from bot.line import Line

Part: TypeAlias = bytes | str | int


class Script:
    """A Lua script; a server that does not know it yet gets it with its first call."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._sha = hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()

    def call(self, line: Line, keys: Sequence[str], *arguments: Part) -> Any:  # noqa: ANN401 - what the script returns
        """Carry it out over a line; raises redis.RedisError."""
        rest = (len(keys), *keys, *arguments)
        try:
            return line.do("EVALSHA", self._sha, *rest)
        except redis.exceptions.NoScriptError:
            return line.do("EVAL", self._text, *rest)

    async def run(self, client: Client, keys: Sequence[str], *arguments: Part) -> Any:  # noqa: ANN401 - the same
        """Carry it out over an asynchronous client; raises redis.RedisError."""
        rest = (len(keys), *keys, *arguments)
        try:
            return await client.execute_command("EVALSHA", self._sha, *rest)
        except redis.exceptions.NoScriptError:
            return await client.execute_command("EVAL", self._text, *rest)
