"""What is parked is seen without what it says, and is tried again or dropped."""

import json
import os
import subprocess
import sys

import pytest
import redis

from bot import keys, tasks
from bot.parking import Parking
from bot.store import opened
from bot.tasks import Send, Task
from conversations.bubble import Bubble
from tests.kept import DATA_KEY, VAULT, dump, line_at, store_at, url_of

PHONE = "sms:+6281234567890"
PARTITION = 7
TASK = Task("t1", PHONE, "gateway", Send(Bubble("isi laporan warga")), 1)


@pytest.fixture
def parking(client: "redis.Redis") -> Parking:
    for raw in (VAULT.seal(tasks.encode(TASK), keys.tag(PARTITION)), b"no task"):
        client.xadd(keys.parked(PARTITION), {"reason": "Permanent: no such number", "attempts": 3, "t": raw})
    return Parking(line_at(url_of(client)), VAULT)


def lapor_bot(url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot", "parked", *arguments]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "REDIS_URL": url, "DATA_KEY": DATA_KEY},
        timeout=60,
    )


def test_it_is_listed_by_what_it_would_do_and_why_it_cannot(parking: Parking) -> None:
    seen = [(each.action, each.attempts, each.reason) for each in parking.all()]
    assert seen == [("Send", 3, "Permanent: no such number"), ("unreadable", 3, "Permanent: no such number")]


def test_what_is_tried_again_stands_in_the_outbox_as_if_it_were_new(
    parking: Parking, client: "redis.Redis"
) -> None:
    first, second = (each.id for each in parking.all())
    assert [parking.retry(first), parking.retry(first), parking.retry(second)] == [True, False, False]
    ((_, fields),) = client.xrange(keys.outbox(PARTITION))
    again = opened(VAULT, fields[b"t"], PARTITION)
    assert (again.id, again.action, again.attempt, again.born > TASK.born) == (TASK.id, TASK.action, 0, True)
    assert [each.id for each in parking.all()] == [second]


def test_what_is_dropped_is_gone(parking: Parking) -> None:
    ids = [each.id for each in parking.all()]
    assert [parking.drop(each) for each in ids] == [True, True]
    assert list(parking.all()) == []


@pytest.mark.parametrize("id_", ["", "7", "7.x", "64.1-1", "-1.1-1", "7.1-1"])
def test_an_id_that_names_nothing_does_nothing(parking: Parking, id_: str) -> None:
    assert (parking.retry(id_), parking.drop(id_), len(list(parking.all()))) == (False, False, 2)


@pytest.mark.usefixtures("parking")
def test_the_command_shows_neither_numbers_nor_words(redis_url: str) -> None:
    listed = lapor_bot(redis_url)
    assert listed.returncode == 0
    assert "2 parked" in listed.stdout
    assert not any(secret in listed.stdout for secret in ("81234567890", "isi laporan"))
    rows = json.loads(lapor_bot(redis_url, "--json").stdout)
    assert [row["action"] for row in rows] == ["Send", "unreadable"]


@pytest.mark.usefixtures("parking")
def test_the_command_says_what_it_could_not_do(redis_url: str) -> None:
    done = lapor_bot(redis_url, "retry", "--all")
    assert (done.returncode, done.stdout) == (1, "1 of 2\n")
    assert "cannot be read" in done.stderr
    assert lapor_bot(redis_url, "drop", "--all").stdout == "1 of 1\n"


def test_without_redis_the_command_says_so() -> None:
    done = lapor_bot("redis://127.0.0.1:1/0")
    assert (done.returncode, done.stderr.startswith("Redis:")) == (1, True)


def test_a_request_that_could_not_be_read_is_listed_and_dropped_but_not_retried(client: "redis.Redis") -> None:
    store_at(url_of(client)).park_unread("telegram", "unusable", b'{"update_id": 1, "message": "+6281234567890"}')
    parking = Parking(line_at(url_of(client)), VAULT)
    (request,) = parking.all()
    held = dump(client)
    done = (parking.retry(request.id), parking.drop(request.id), list(parking.all()))
    assert (request.action, request.reason, b"81234567890" in held, done) == (
        "request", "telegram: unusable", False, (False, True, []),
    )  # fmt: skip
