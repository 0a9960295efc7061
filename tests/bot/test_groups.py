"""A group is spoken to once in a while, and the web process knows what the bot is called."""

import redis

from bot import keys
from bot.bootstrap import Web
from tests.kept import store_at, url_of

DAY = 86400


def web(client: "redis.Redis") -> Web:
    """Return a web process of which the store alone is asked."""
    return Web(None, None, None, store_at(url_of(client)), None)  # type: ignore[arg-type]


def test_a_group_is_told_once_a_day_and_named_by_a_hash(client: "redis.Redis") -> None:
    """Another group is another matter."""
    process = web(client)
    asked = [process.once(f"telegram:{chat}", DAY) for chat in (-1001234567, -1001234567, -1007654321)]
    kept: list[bytes] = client.keys("*:g:*")
    assert asked == [True, False, True]
    assert {client.ttl(key) > DAY - 60 for key in kept} == {True}
    assert [key for key in kept if b"1001234567" in key] == []


def test_the_name_of_the_bot_is_what_a_worker_heard_last(client: "redis.Redis") -> None:
    """Before that it is not known."""
    process = web(client)
    before = process.bot_name()
    client.set(keys.BOT_NAME, "lapor_bot")
    assert (before, process.bot_name()) == ("", "lapor_bot")
