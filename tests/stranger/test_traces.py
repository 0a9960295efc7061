"""What the whole run leaves behind in Redis: nothing that tells who wrote, or what."""

import redis

from tests.stranger.citizens import PLACE, STORY
from tests.stranger.town import Town

READ = {b"string": ("GET",), b"stream": ("XRANGE", "-", "+"), b"hash": ("HGETALL",), b"zset": ("ZRANGE", 0, -1)}


def test_redis_tells_neither_words_nor_numbers_of_any_citizen(town: Town, redis_url: str) -> None:
    for route in ("telegram", "whatsapp", "gateway"):
        town.citizen(route).prepare()
    citizen = town.citizen("gateway")
    citizen.file()
    with redis.Redis.from_url(redis_url) as client:
        names = client.keys()
        held = repr([(name, client.execute_command(*_reading(client, name))) for name in names])
    traces = ("62812000", f"telegram:{citizen.number}"[:13], STORY, STORY[:12], PLACE, PLACE[:12], "whatsapp:")
    assert ([trace for trace in traces if trace in held], len(names) > 10) == ([], True)


def _reading(client: "redis.Redis", name: bytes) -> tuple[object, ...]:
    command, *rest = READ[client.type(name)]
    return command, name, *rest
