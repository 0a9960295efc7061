"""The case backend is asked for a report that nobody filed."""

import re
import uuid

import pytest

from bot.doctor.backend import backend
from bot.doctor.finding import Level
from bot.redis_server import free_port
from tests.bot.channels.provider import Provider, Reply
from tests.bot.doctor.environs import SECRET, found, levels

UNKNOWN = Reply(404, b"{}", {"Content-Type": "application/problem+json"})


def test_a_backend_that_takes_the_token_is_well_and_its_clock_is_compared(provider: Provider) -> None:
    provider.script(UNKNOWN)
    seen = levels(found(backend, LAPOR_API_URL=provider.url))
    (asked,) = provider.asked
    assert seen == [("backend", "ok"), ("backend_clock", "ok")]
    assert (asked.method, re.sub("[0-9a-f]", "0", asked.path.rpartition("/")[2])) == ("GET", str(uuid.UUID(int=0)))
    assert (asked.path.rpartition("/")[0], asked.headers["Authorization"]) == (
        "/v1/reports/by-key",
        f"Bearer {SECRET}",
    )


@pytest.mark.parametrize(
    ("reply", "level", "word"),
    [
        (Reply(401), "fault", "LAPOR_API_TOKEN"),
        (Reply(403), "fault", "LAPOR_API_TOKEN"),
        (Reply(404, b"<html>", {"Content-Type": "text/html"}), "fault", "LAPOR_API_URL"),
        (Reply(200, b"{}", {"Content-Type": "application/json"}), "fault", "LAPOR_API_URL"),
        (Reply(302, b"", {"Location": "https://elsewhere.example/"}), "fault", "LAPOR_API_URL"),
        (Reply(503), "fault", "log"),
    ],
)
def test_any_other_answer_is_told_with_what_to_mend(
    reply: Reply, level: Level, word: str, provider: Provider
) -> None:
    provider.script(reply)
    first = found(backend, LAPOR_API_URL=provider.url)[0]
    assert (first.check, first.level, word in first.mend) == ("backend", level, True)


def test_a_backend_that_is_away_is_a_fault_and_no_secret_is_told() -> None:
    url = f"http://127.0.0.1:{free_port()}"
    (seen,) = found(backend, LAPOR_API_URL=url)
    assert (seen.level, seen.found, SECRET in str(seen)) == (
        "fault",
        f"{url} does not answer: ConnectError",
        False,
    )


def test_without_a_secret_news_is_asked_for(provider: Provider) -> None:
    provider.script(UNKNOWN)
    seen = levels(found(backend, LAPOR_API_URL=provider.url, LAPOR_WEBHOOK_SECRET=""))
    assert seen[-1] == ("backend_events", "warning")
