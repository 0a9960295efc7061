"""What the workers say of themselves reaches /readyz."""

import pytest
import redis

from bot import bootstrap, config, health
from bot.health import Health
from bot.redis_server import free_port
from tests.kept import DATA_KEY

WELL = Health(
    at=1_795_000_000.0, workers=2, waiting=3, oldest=1.6, parked=0, backend="ok", channels={"telegram": "ok"}
)


def test_a_note_is_read_as_it_was_written() -> None:
    assert health.decode(health.encode(WELL)) == WELL


@pytest.mark.parametrize("note", [b"", b"{", b"[]", b'{"at": 1}', b'{"at": "now"}'])
def test_a_note_of_another_kind_is_no_note(note: bytes) -> None:
    assert health.decode(note) is None


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        (None, {"outbox": "unknown", "backend": "unknown", "workers": health.SILENT}),
        (WELL, {"outbox": "ok, 3 waiting, 2 s behind", "backend": "ok", "workers": "ok, 2", "telegram": "ok"}),
        (
            Health(at=0, workers=0, waiting=7, oldest=75.0, parked=1, backend="Temporary"),
            {"outbox": "late, 7 waiting, 75 s behind", "backend": "Temporary", "workers": health.SILENT},
        ),
    ],
)
def test_each_part_is_told_in_a_few_words(note: Health | None, expected: dict[str, str]) -> None:
    assert health.told(note) == expected


def test_the_web_process_tells_of_all_parts(client: "redis.Redis", redis_url: str) -> None:
    web = bootstrap.web(config.load({"REDIS_URL": redis_url, "DATA_KEY": DATA_KEY}))
    client.set(health.KEY, health.encode(WELL))
    assert web.ready() == {
        "redis": "ok",
        "durability": "ok",
        "locales": "ok",
        "data_key": "ok",
        "outbox": "ok, 3 waiting, 2 s behind",
        "backend": "ok",
        "workers": "ok, 2",
        "telegram": "ok",
    }


@pytest.mark.usefixtures("client")
def test_it_says_that_no_worker_is_heard_and_that_data_is_not_sealed(redis_url: str) -> None:
    told = bootstrap.web(config.load({"REDIS_URL": redis_url})).ready()
    assert (told["workers"], told["data_key"]) == (health.SILENT, bootstrap.UNSEALED)


def test_without_redis_it_tells_what_it_can() -> None:
    web = bootstrap.web(config.load({"REDIS_URL": f"redis://127.0.0.1:{free_port()}/0", "DATA_KEY": DATA_KEY}))
    assert web.ready() == {"redis": "ConnectionError", "locales": "ok", "data_key": "ok"}
