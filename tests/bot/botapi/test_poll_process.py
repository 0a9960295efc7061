"""`lapor-bot poll` and a worker, as processes, between Telegram and Redis."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis

from bot import keys
from bot.redis_server import free_port
from tests.bot.botapi.conftest import Place
from tests.bot.demo.stage import received
from tests.stranger.carriers import until

CITIZEN = "telegram:4711"


@contextmanager
def running(command: str, redis_url: str, folder: Path, *options: str) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a process of the bot's; what it writes is in `<command>.log`."""
    environ = {**os.environ, "REDIS_URL": redis_url, "LAPOR_API_URL": f"http://127.0.0.1:{free_port()}"}
    with (
        (folder / f"{command}.log").open("ab") as log,
        subprocess.Popen(
            [sys.executable, "-m", "bot", command, *options], env=environ, stdout=log, stderr=log
        ) as process,
    ):
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.usefixtures("client")
def test_a_citizen_is_heard_and_answered_without_a_public_address(
    place: Place, redis_url: str, tmp_path: Path
) -> None:
    """Killed and started again, it takes nothing twice; asked to stop, it ends well and has confirmed all."""
    with running("worker", redis_url, tmp_path):
        place.twin.say(CITIZEN, "LAPOR jembatan gantung putus")
        with running("poll", redis_url, tmp_path):
            (asked,) = received(place.twin, CITIZEN)
        place.twin.say(CITIZEN, "Desa Sukamaju, Kab. Garut")
        with running("poll", redis_url, tmp_path) as process:
            answers = received(place.twin, CITIZEN, 2)
            until(lambda: len(place.twin.queue) == 0, "the last update is not confirmed")
            process.send_signal(signal.SIGTERM)
            ended = process.wait(20)
    assert ("Di mana lokasinya?" in asked.text, asked.request) == (True, ("place", "Kirim lokasi saya"))
    assert ("Kapan kejadiannya" in answers[1].text, answers[1].clears, len(answers), ended) == (True, True, 2, 0)


def test_it_refuses_while_a_webhook_is_set_and_can_take_over(
    place: Place, client: "redis.Redis", redis_url: str, tmp_path: Path
) -> None:
    """Telegram would give it nothing; what waits is kept."""
    place.twin.webhook = "https://lapor.example/webhooks/telegram"
    with running("poll", redis_url, tmp_path) as process:
        refused = process.wait(20)
    with running("poll", redis_url, tmp_path, "--take-over") as process:
        until(lambda: not place.twin.webhook, "the webhook is still set")
        place.twin.say(CITIZEN, "halo")
        until(lambda: bool(client.keys("*:c:*")), "nothing was stored")
        until(lambda: client.ttl(keys.FETCHING) > 0, "the doctor would not know that it runs")
    assert refused == 1
    assert "lapor-bot poll --take-over deletes it" in (tmp_path / "poll.log").read_text()


@pytest.mark.usefixtures("client")
def test_of_two_the_first_ends_and_says_why(place: Place, redis_url: str, tmp_path: Path) -> None:
    """Telegram ends the older call."""
    with running("poll", redis_url, tmp_path) as first:
        until(lambda: "polling" in (tmp_path / "poll.log").read_text(), "it does not poll")
        place.twin.say(CITIZEN, "halo")
        until(lambda: len(place.twin.queue) == 0, "it does not poll")
        second = tmp_path / "second"
        second.mkdir()
        with running("poll", redis_url, second):
            ended = first.wait(30)
    assert (ended, "only one may" in (tmp_path / "poll.log").read_text()) == (1, True)
