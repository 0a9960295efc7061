"""The web process as it is deployed: under Granian and under gunicorn, started and stopped."""

import json
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.redis_server import free_port
from tests.ports import listening

SECRET = "hush"
UPDATE = {
    "update_id": 1,
    "message": {
        "message_id": 1,
        "date": 1,
        "chat": {"id": 7, "type": "private"},
        "text": "LAPOR jalan berlubang besar",
    },
}


@contextmanager
def served(command: list[str], port: int, redis_url: str, folder: Path) -> Iterator["subprocess.Popen[bytes]"]:
    environ = {
        **os.environ, "REDIS_URL": redis_url, "PORT": str(port), "TELEGRAM_BOT_TOKEN": "1:t",
        "TELEGRAM_WEBHOOK_SECRET": SECRET,
    }  # fmt: skip
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(command, env=environ, stdout=log, stderr=log) as process,
    ):
        try:
            listening(port, process)
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def post(port: int) -> dict[str, object]:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/webhooks/telegram",
        json.dumps(UPDATE).encode(),
        {"X-Telegram-Bot-Api-Secret-Token": SECRET},
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        told: dict[str, object] = json.load(answer)
    return told


@pytest.mark.usefixtures("client")
@pytest.mark.parametrize(
    "command",
    [["-m", "bot", "serve"], ["-m", "gunicorn", "--bind=127.0.0.1:{port}", "--threads=2", "webhooks.wsgi:app"]],
    ids=["granian", "gunicorn"],
)
def test_it_answers_a_citizen_and_ends_well_when_asked_to(
    command: list[str], redis_url: str, tmp_path: Path
) -> None:
    port = free_port()
    arguments = [sys.executable, *(part.format(port=port) for part in command)]
    with served(arguments, port, redis_url, tmp_path) as process:
        answer = post(port)
        process.send_signal(signal.SIGTERM)
        ended = process.wait(20)
    assert (answer["method"], answer["chat_id"], ended) == ("sendMessage", 7, 0)
    assert "lokasinya" in str(answer["text"])
    assert "berlubang" not in (tmp_path / "log").read_text()
