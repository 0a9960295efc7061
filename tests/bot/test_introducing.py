"""The worker learns what the bot is called at Telegram, for the web process to say."""

import asyncio
from collections import deque

import redis

from bot import connecting, keys
from bot.errors import Temporary
from bot.introducing import AGAIN, EVERY, Introducing


def test_the_name_is_learnt_once_an_hour_and_sooner_where_telegram_was_silent(
    client: "redis.Redis", redis_url: str
) -> None:
    """A name that is known is kept meanwhile."""
    answers: deque[str | Exception] = deque(["lapor_bot", Temporary("ConnectError"), "lapor_ri_bot"])
    times = deque([0.0, 1.0, EVERY, EVERY + 1, EVERY + AGAIN])
    known = []

    async def ask() -> str:
        answer = answers.popleft()
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def several() -> None:
        connected = connecting.asynchronous(redis_url)
        introducing = Introducing(connected, ask, times.popleft)
        for _ in range(5):
            await introducing.learn()
            known.append(client.get(keys.BOT_NAME))
        await connected.aclose()

    asyncio.run(several())
    assert (known, len(answers)) == ([b"lapor_bot"] * 4 + [b"lapor_ri_bot"], 0)
