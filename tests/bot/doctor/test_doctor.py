"""`lapor-bot doctor` as a person or a program calls it, with twins of all that it asks."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from bot import doctor, health
from bot.cases.desk import create_desk
from bot.config import Settings, load
from bot.demo import make_templates
from bot.demo.surroundings import Ports, credentials, variables
from bot.demo.twins.app import Twins, serving
from bot.demo.twins.courier import Courier
from bot.demo.twins.twin import World
from bot.doctor.finding import Finding, fault, ok, warning
from bot.health import Health
from bot.redis_server import free_port
from tests.bot.doctor.environs import WELL

NOTE = Health(at=1_795_510_800.0, workers=1, waiting=0, oldest=0.0, parked=0, backend="ok")


@pytest.fixture
def environ(tmp_path: Path, redis_url: str, client: "redis.Redis") -> Iterator[dict[str, str]]:
    """Yield the environment of a demo whose twins and desk run, with a worker that was just heard."""
    ports = Ports(free_port(), free_port(), free_port())
    given = variables(ports, redis_url, tmp_path, credentials(tmp_path / "env"), {"PATH": os.environ["PATH"]})
    settings, courier = load(given), Courier(waits=())
    desk = create_desk(settings.desk)
    client.set(health.KEY, health.encode(NOTE))
    with serving(Twins(settings, World(courier=courier)).app, ports.twins), serving(desk, ports.desk):
        make_templates(given)
        yield given
    courier.close()
    desk.extensions["database"].close()


def called(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", "doctor", *arguments], env=environ, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip


def test_the_demo_is_well_and_only_what_cannot_be_read_is_left_to_look_at(environ: dict[str, str]) -> None:
    done = called("--json", **environ)
    seen = [(each["check"], each["level"]) for each in json.loads(done.stdout)]
    assert (done.returncode, done.stderr) == (0, "")
    assert seen == [
        ("data_key", "ok"),
        ("public_url", "ok"),
        ("channels", "ok"),
        ("secrets", "ok"),
        ("redis", "ok"),
        ("redis_clock", "ok"),
        ("durability", "ok"),
        ("redis_sync", "warning"),
        ("workers", "ok"),
        ("outbox", "ok"),
        ("locales", "ok"),
        ("agencies", "ok"),
        ("backend", "ok"),
        ("backend_clock", "ok"),
        ("telegram", "ok"),
        ("telegram_webhook", "ok"),
        ("telegram_commands", "warning"),
        ("twilio", "ok"),
        ("twilio_sms", "ok"),
        ("twilio_whatsapp", "warning"),
        ("twilio_templates", "ok"),
        ("meta", "ok"),
        ("gateway", "ok"),
    ]


def test_no_secret_of_the_environment_is_printed(environ: dict[str, str]) -> None:
    wrong = {**environ, "TELEGRAM_BOT_TOKEN": "42:wrong-secret-token", "TWILIO_AUTH_TOKEN": "wrong-secret-token"}
    printed = called(**wrong).stdout + called("--json", **wrong).stdout
    secret = ("TOKEN", "SECRET", "PASSWORD", "KEY")
    secrets = [value for name, value in wrong.items() if value and name.endswith(secret)]
    assert [each for each in secrets if each in printed] == []


def test_faults_end_with_one_and_each_has_its_remedy(environ: dict[str, str]) -> None:
    done = called(**{**environ, "PUBLIC_URL": "https://lapor.example", "LAPOR_API_TOKEN": "a-wrong-token-of-ours"})
    faults = [line.split()[1] for line in done.stdout.splitlines() if line.startswith("fault")]
    assert (done.returncode, faults) == (1, ["backend:", "telegram_webhook:", "twilio_sms:"])
    assert "-> curl" in done.stdout


def test_an_environment_that_is_wrong_is_told_whole_before_anything_is_asked() -> None:
    done = called("--json", PORT="none", TIMEZONE="Mars")
    told = [(each["check"], each["level"], each["found"].split()[0]) for each in json.loads(done.stdout)]
    assert (done.returncode, told) == (
        1,
        [("configuration", "fault", "PORT"), ("configuration", "fault", "TIMEZONE")],
    )


async def _silent(_given: Settings) -> list[Finding]:
    await asyncio.sleep(60)
    return []


async def _quick(_given: Settings) -> list[Finding]:
    return [ok("quick", "done")]


def test_a_check_that_gets_no_answer_holds_up_no_other() -> None:
    seen = asyncio.run(doctor.examine(load(WELL), (_silent, _quick), limit=0.05))
    assert [(each.check, each.level) for each in seen] == [("_silent", "fault"), ("quick", "ok")]


def test_the_report_has_a_line_for_each_finding_and_one_to_mend_it() -> None:
    findings = [
        ok("redis", "answers"),
        warning("parked", "2 tasks", "list them"),
        fault("backend", "away", "start it"),
    ]
    assert doctor.report(findings).splitlines() == [
        "ok       redis: answers",
        "warning  parked: 2 tasks",
        "         -> list them",
        "fault    backend: away",
        "         -> start it",
        "1 ok, 1 warning, 1 fault",
    ]
