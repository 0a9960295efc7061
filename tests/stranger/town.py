"""All of it together: the bot's real processes among the stranger's servers."""

import base64
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from bot.redis_server import free_port
from tests.stranger.carriers import BotApi, Gateway, Screens, TwilioApi, until
from tests.stranger.citizens import Citizen
from tests.stranger.hooks import Hooks, Secrets
from tests.stranger.office import Office

ROOT = Path(__file__).parents[2]
PUBLIC_URL = "https://lapor.example.go.id"
SECRETS = Secrets()


@dataclass
class Programs:
    """The bot's processes, with nothing in their environment but `environ`; what they print goes to `folder`."""

    environ: Mapping[str, str]
    folder: Path
    running: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    def start(self, command: str) -> "subprocess.Popen[bytes]":
        """Start `lapor-bot <command>`."""
        with (self.folder / f"{len(self.running)}-{command}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "bot", command], cwd=ROOT, env=self.environ, stdout=log, stderr=log
            )
        self.running.append(process)
        return process

    def stop(self) -> None:
        """Stop all of them."""
        for process in self.running:
            process.send_signal(signal.SIGTERM)
        for process in self.running:
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()
            process.wait()

    def logs(self) -> str:
        """Return all that they printed."""
        return "".join(path.read_text() for path in sorted(self.folder.glob("*.log")))


@dataclass
class Town:
    """The bot, a case backend, three providers and their phones."""

    office: Office
    telegram: BotApi
    twilio: TwilioApi
    gateway: Gateway
    screens: Screens
    hooks: Hooks
    programs: Programs
    worker: "subprocess.Popen[bytes]"

    def citizen(self, route: str) -> Citizen:
        """Return somebody who has never written."""
        return Citizen(route, self.hooks, self.screens)

    def replace_worker(self) -> None:
        """Kill the worker without warning and start another."""
        self.worker.kill()
        self.worker.wait()
        self.worker = self.programs.start("worker")


def variables(office: Office, port: int, redis_url: str) -> dict[str, str]:
    """Return what every process of the bot needs to know; the channels are off."""
    key = base64.urlsafe_b64encode(bytes(range(32))).decode()
    return {
        "PATH": os.environ["PATH"], "REDIS_URL": redis_url, "PORT": str(port), "PUBLIC_URL": PUBLIC_URL,
        "NEWS_WAIT": "0", "QUIET_HOURS": "none",
        "DATA_KEY": key, "LAPOR_API_URL": office.url, "LAPOR_API_TOKEN": SECRETS.lapor_token,
        "LAPOR_WEBHOOK_SECRET": SECRETS.lapor,
    }  # fmt: skip


def channels(telegram: BotApi, twilio: TwilioApi, gateway: Gateway) -> dict[str, str]:
    """Return what turns all channels on."""
    return {
        "TELEGRAM_BOT_TOKEN": SECRETS.telegram_token, "TELEGRAM_WEBHOOK_SECRET": SECRETS.telegram,
        "TELEGRAM_API_URL": telegram.url, "TWILIO_ACCOUNT_SID": SECRETS.twilio_sid,
        "TWILIO_AUTH_TOKEN": SECRETS.twilio, "TWILIO_API_URL": twilio.url,
        "TWILIO_SMS_FROM": "+628110001708", "TWILIO_WHATSAPP_FROM": "+628110001708",
        "SMS_GATEWAY_URL": f"{gateway.url}/cgi-bin/sendsms", "SMS_GATEWAY_USERNAME": "lapor",
        "SMS_GATEWAY_PASSWORD": SECRETS.gateway_password, "SMS_GATEWAY_SECRET": SECRETS.gateway,
    }  # fmt: skip


@contextmanager
def town(redis_url: str, folder: Path) -> Iterator[Town]:
    """Start all of it, and stop all of it."""
    screens = Screens()
    port = free_port()
    with (
        Office(SECRETS.lapor_token) as office,
        BotApi(SECRETS.telegram_token, screens) as telegram,
        TwilioApi(SECRETS.twilio_sid, SECRETS.twilio, screens) as twilio,
        Gateway(SECRETS.gateway_password, screens) as gateway,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=10, trust_env=False) as http,
    ):
        given = variables(office, port, redis_url) | channels(telegram, twilio, gateway)
        programs = Programs(given, folder)
        try:
            worker = programs.start("worker")
            web = programs.start("serve")
            ready(http, web)
            hooks = Hooks(http, PUBLIC_URL, SECRETS)
            yield Town(office, telegram, twilio, gateway, screens, hooks, programs, worker)
        finally:
            programs.stop()


def ready(http: httpx.Client, web: "subprocess.Popen[bytes]") -> None:
    """Wait until the bot answers."""

    def answers() -> bool:
        assert web.poll() is None, "the web process ended"
        with suppress(httpx.TransportError):
            return http.get("/readyz").status_code == 200
        return False

    until(answers, "the web process does not answer", 30)
