"""All of it together: the bot's processes, each behind lines of its own, a Redis, the desk and three providers."""

import base64
import os
import secrets
import socket
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.faults.carriers import ReportingGateway, ReportingTwilio, Reports
from tests.faults.counts import Counts, Filed, filed
from tests.faults.framing import HTTP, REDIS
from tests.faults.people import Reporter, numbers
from tests.faults.processes import Program, RedisProgram
from tests.faults.proxy import Proxy, Rule
from tests.stranger.carriers import BotApi, Screens
from tests.stranger.citizens import Citizen
from tests.stranger.doubles import Double
from tests.stranger.hooks import Hooks, Secrets
from tests.stranger.town import PUBLIC_URL, ready

SECRETS = Secrets()
SENDERS = ("telegram", "twilio", "gateway")
DATABASE = "desk.sqlite3"


@dataclass
class Site:
    """A process of the bot and its own lines to others, by name."""

    program: Program
    lines: Mapping[str, Proxy]

    def befall(self, name: str, rule: Rule) -> Rule:
        """Let a rule decide on a line from now on, before older ones."""
        self.lines[name].rules.insert(0, rule)
        return rule

    def watch(self, rule: Rule) -> None:
        """Let a rule decide on every line, after the others."""
        for line in self.lines.values():
            line.rules.append(rule)

    def unwatch(self, rule: Rule) -> None:
        """Take such a rule away."""
        for line in self.lines.values():
            line.rules.remove(rule)


@dataclass
class Town:
    """The bot and its surroundings; `redis`, `desk`, the web process and the workers can be killed at any time."""

    folder: Path
    redis: RedisProgram
    desk: Program
    web: Site
    workers: list[Site]
    gateway: ReportingGateway
    screens: Screens
    hooks: Hooks
    people: list[Reporter] = field(default_factory=list)

    @property
    def worker(self) -> Site:
        """Return the first worker."""
        return self.workers[0]

    def reporter(self, route: str, patience: float = 20.0) -> Reporter:
        """Return somebody who has never written."""
        citizen = Citizen(route, self.hooks, self.screens, next(numbers))
        self.people.append(Reporter(citizen, patience))
        return self.people[-1]

    def befall(self, name: str, rule: Rule) -> Rule:
        """Let a rule decide on a line of every worker."""
        for site in self.workers:
            site.befall(name, rule)
        return rule

    def filed(self, reporter: Reporter) -> list[Filed]:
        """Return the reports of a citizen that the desk has."""
        return filed(self.folder / DATABASE).get(reporter.citizen.address, [])

    def counts(self, reporter: Reporter) -> Counts:
        """Count what came of a citizen's report."""
        return reporter.counts(self.filed(reporter))

    def logs(self) -> str:
        """Return all that the processes printed."""
        return "".join(path.read_text(errors="replace") for path in sorted(self.folder.glob("*.log")))


def own_ports(number: int) -> list[int]:
    """Return free ports below those that the system hands out, so that nobody takes them while a server is away."""
    found: list[int] = []
    while len(found) < number:
        port = 20_000 + secrets.randbelow(12_000)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            found.append(port)
    return found


@contextmanager
def town(folder: Path, workers: int = 1, **more: str) -> Iterator[Town]:
    """Start all of it, and stop all of it; `more` are variables."""
    with ExitStack() as stack:
        screens, (port, desk_port) = Screens(), own_ports(2)
        http = stack.enter_context(httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=10, trust_env=False))
        hooks = Hooks(http, PUBLIC_URL, SECRETS)
        reports = stack.enter_context(Reports())
        gateway = ReportingGateway(SECRETS.gateway_password, screens, hooks, reports)
        doubles: dict[str, Double] = {
            "telegram": BotApi(SECRETS.telegram_token, screens),
            "twilio": ReportingTwilio(SECRETS.twilio_sid, SECRETS.twilio, screens, hooks, reports),
            "gateway": gateway,
        }
        redis = RedisProgram(folder / "redis")
        stack.callback(redis.stop)
        given = _variables(port, desk_port, folder) | more
        ports = {name: int(double.url.rpartition(":")[2]) for name, double in doubles.items()}
        for double in doubles.values():
            stack.enter_context(double)
        ports["desk"] = desk_port
        desk = Program("desk", given | _addresses(ports | {"redis": redis.port}), folder / "desk.log")
        sites = [
            _site(stack, Program(name.partition("-")[0], given, folder / f"{name}.log"), redis, ports)
            for name in ("serve", *[f"worker-{number}" for number in range(1, workers + 1)])
        ]
        for program in (desk, *[site.program for site in sites]):
            program.start()
            stack.callback(program.stop)
        ready(http, sites[0].program)  # type: ignore[arg-type]
        yield Town(folder, redis, desk, sites[0], sites[1:], gateway, screens, hooks)


def _site(stack: ExitStack, program: Program, redis: RedisProgram, ports: Mapping[str, int]) -> Site:
    """Give a program its lines, and tell it where they are."""
    lines = {each: stack.enter_context(Proxy(port, HTTP)) for each, port in ports.items()}
    lines["redis"] = stack.enter_context(Proxy(redis.port, REDIS))
    redis.lines.append(lines["redis"])
    program.environ = {**program.environ, **_addresses({each: line.port for each, line in lines.items()})}
    return Site(program, lines)


def _addresses(ports: Mapping[str, int]) -> dict[str, str]:
    """Return where a process finds the others."""
    urls = {name: f"http://127.0.0.1:{port}" for name, port in ports.items()}
    return {
        "REDIS_URL": f"redis://127.0.0.1:{ports['redis']}/0",
        "LAPOR_API_URL": urls["desk"],
        "TELEGRAM_API_URL": urls["telegram"],
        "TWILIO_API_URL": urls["twilio"],
        "SMS_GATEWAY_URL": f"{urls['gateway']}/cgi-bin/sendsms",
    }


def _variables(port: int, desk_port: int, folder: Path) -> dict[str, str]:
    """Return what every process needs to know besides."""
    return {
        "PATH": os.environ["PATH"], "PORT": str(port), "PUBLIC_URL": PUBLIC_URL,
        "DATA_KEY": base64.urlsafe_b64encode(bytes(range(32))).decode(),
        "LEASE_SECONDS": "2", "CITIZEN_RATE": "10000", "CHANNEL_RATE": "100000",
        "LAPOR_API_TOKEN": SECRETS.lapor_token, "LAPOR_WEBHOOK_SECRET": SECRETS.lapor,
        "DESK_PORT": str(desk_port), "DESK_TRACKING": "auto", "NEWS_WAIT": "0", "QUIET_HOURS": "none",
        "DESK_DATABASE_URL": f"sqlite:///{folder / DATABASE}",
        "DESK_EVENTS_URL": f"http://127.0.0.1:{port}/webhooks/lapor",
        "TELEGRAM_BOT_TOKEN": SECRETS.telegram_token, "TELEGRAM_WEBHOOK_SECRET": SECRETS.telegram,
        "TWILIO_ACCOUNT_SID": SECRETS.twilio_sid, "TWILIO_AUTH_TOKEN": SECRETS.twilio,
        "TWILIO_SMS_FROM": "+628110001708", "TWILIO_WHATSAPP_FROM": "+628110001708",
        "SMS_GATEWAY_USERNAME": "lapor", "SMS_GATEWAY_PASSWORD": SECRETS.gateway_password,
        "SMS_GATEWAY_SECRET": SECRETS.gateway,
    }  # fmt: skip
