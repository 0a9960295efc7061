"""All of it on one machine: Redis, case desk, web, worker, and twins of the providers."""

import asyncio
import contextlib
import os
import subprocess
import sys
import threading
import webbrowser
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from bot import config, redis_server
from bot.approvals import command as approvals
from bot.approvals.wanted import wanted
from bot.contents.command import looked_at, save
from bot.demo.leash import Leash
from bot.demo.supervisor import Child, Fallen, Program, Stopped, Supervisor, asked_to_stop
from bot.demo.surroundings import Occupied, Ports, claimed, credentials, variables
from bot.scripts import Scripts

FOLDER: Final = Path(".lapor")
PYTHON: Final = (sys.executable, "-m")


def run(folder: Path = FOLDER, environ: Mapping[str, str] = os.environ) -> int:
    """Run the demo, with its data in `folder`, until somebody stops it; return the exit status."""
    try:
        with contextlib.suppress(Stopped):
            _run(folder, environ)
    except (Fallen, Occupied, redis_server.NoRedis) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    _say("Stopped. The reports are kept; the same command starts it again.")
    return 0


def _run(folder: Path, environ: Mapping[str, str]) -> None:
    ports = Ports.find(environ)
    with (
        asked_to_stop() as asked,
        claimed(folder) as lock,
        Leash(lock) as leash,
        redis_server.start(folder / "redis", environ) as server,
        Supervisor(folder, leash, asked) as supervisor,
    ):
        if server.process:
            supervisor.mind(Child("redis", server.process, folder / "redis" / redis_server.LOG))
        settings = variables(ports, server.url, folder, credentials(folder / "env"), environ)
        _say("Starting Redis, case desk, web, worker and the twins of Telegram, Twilio and an SMS gateway ...")
        twins, *others = servers(ports, settings)
        supervisor.start([twins])
        make_templates(settings)
        supervisor.start(others)
        _introduce(folder, settings)
        supervisor.start([Program("worker", (*PYTHON, "bot", "worker"), settings)])
        _announce(folder, settings)
        supervisor.watch()


def servers(ports: Ports, settings: Mapping[str, str]) -> tuple[Program, ...]:
    """List the processes that others call, Redis aside."""
    return (
        Program("twins", (*PYTHON, "bot.demo.twins"), settings, ports.twins),
        Program("desk", (*PYTHON, "bot", "desk"), settings, ports.desk),
        Program("web", (*PYTHON, "bot", "serve"), settings, ports.web),
    )


def _introduce(folder: Path, settings: Mapping[str, str]) -> None:
    """Set the webhook and the commands menu at Telegram's twin, as an operator does at Telegram."""
    with (folder / "telegram.log").open("wb") as log, contextlib.suppress(subprocess.TimeoutExpired):
        command = (*PYTHON, "bot", "telegram", "set-webhook")
        subprocess.run(command, env=settings, stdout=log, stderr=log, check=False, timeout=20)  # noqa: S603 - ours


def make_templates(settings: Mapping[str, str]) -> None:
    """Make the templates at the twins of Twilio and Meta, which forget them when they end."""
    given = config.load(settings)
    if given.meta and given.meta.account:
        needed = wanted(Scripts(given.locales_dir, given.default_locale).current())
        asyncio.run(approvals.looked_at(given.meta, needed, check=False))
    if given.twilio and given.twilio.templates:
        _, contents = looked_at(given, given.twilio, check=False)
        save(given.twilio.templates, contents)


def _announce(folder: Path, settings: Mapping[str, str]) -> None:
    _say(f"""
  Phones and officer  {settings["PUBLIC_URL"]}/
  Officer's password  {settings["DESK_PASSWORD"]}
  Studio, its words   {settings["PUBLIC_URL"]}/studio/
  Studio's password   {settings["STUDIO_PASSWORD"]}
  Data and logs       {folder}/

Ctrl-C stops all of it.""")
    if sys.platform == "darwin" or settings.get("DISPLAY") or settings.get("WAYLAND_DISPLAY"):
        # Some browsers return only when they are closed.
        threading.Thread(target=_browse, args=(f"{settings['PUBLIC_URL']}/",), daemon=True).start()


def _browse(url: str) -> None:
    """Open the page in a browser; that there is none is no fault."""
    try:
        webbrowser.open(url)
    except (webbrowser.Error, OSError):
        _say("No browser could be opened; open the page yourself.")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
