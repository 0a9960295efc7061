"""What the demo's processes find around them: ports, secrets, variables."""

import base64
import contextlib
import fcntl
import os
import secrets
import socket
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from dotenv import dotenv_values

from bot.redis_server import free_port

LAST_PORT: Final = 65535
NUMBER: Final = "+628110001708"  # what the demo's WhatsApp phone writes to

MADE_UP: Final[Mapping[str, Callable[[], str]]] = {
    "DATA_KEY": lambda: base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
    "LAPOR_API_TOKEN": secrets.token_urlsafe,
    "LAPOR_WEBHOOK_SECRET": secrets.token_urlsafe,
    "TELEGRAM_BOT_TOKEN": lambda: f"1708000001:{secrets.token_urlsafe(26)}",
    "TELEGRAM_WEBHOOK_SECRET": secrets.token_urlsafe,
    "TWILIO_ACCOUNT_SID": lambda: f"AC{secrets.token_hex(16)}",
    "TWILIO_AUTH_TOKEN": lambda: secrets.token_hex(16),
    "META_ACCESS_TOKEN": secrets.token_urlsafe,
    "META_APP_SECRET": lambda: secrets.token_hex(16),
    "META_VERIFY_TOKEN": secrets.token_urlsafe,
    "SMS_GATEWAY_PASSWORD": secrets.token_urlsafe,
    "SMS_GATEWAY_SECRET": secrets.token_urlsafe,
    "DESK_PASSWORD": lambda: f"petugas-{secrets.token_hex(4)}",  # an officer types it
    "STUDIO_PASSWORD": lambda: f"studio-{secrets.token_hex(5)}",  # an administrator types it
}
SECRETS_OF_META: Final = ("META_ACCESS_TOKEN", "META_APP_SECRET", "META_VERIFY_TOKEN")
PLACES_OF_META: Final = ("META_PHONE_NUMBER_ID", "META_BUSINESS_ACCOUNT_ID", "META_API_URL")
CHOSEN: Final = (
    "AGENCIES_FILE",
    "LOCALES_DIR",
    "DEFAULT_LOCALE",
    "TIMEZONE",
    "SMS_SHORTCODE",
    "DESK_PASSWORD",
    "STUDIO_PASSWORD",
)


class Occupied(Exception):
    """A port or the folder is in use; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Ports:
    """Where the processes listen."""

    web: int
    desk: int
    twins: int

    @classmethod
    def find(cls, environ: Mapping[str, str]) -> Self:
        """Take `PORT` (8000) for the page and free ports for the rest.

        Raises Occupied where `PORT` cannot be used.
        """
        web = _web_port(environ.get("PORT", "").strip() or "8000")
        return cls(web, desk=free_port(), twins=free_port())


def _web_port(text: str) -> int:
    if not (text.isdecimal() and 0 < int(text) <= LAST_PORT):
        raise Occupied("PORT must be a port number, 1 to 65535.")
    try:
        socket.create_server(("", int(text))).close()
    except OSError as error:
        why, other = os.strerror(error.errno or 0), int(text) + 10
        raise Occupied(f"Port {text} cannot be used: {why}. Choose another one: PORT={other} make run") from error
    return int(text)


@contextlib.contextmanager
def claimed(folder: Path) -> Iterator[int]:
    """Keep other demos out of `folder`, made where it is not there; yield the file descriptor that does.

    Raises Occupied where another demo has it.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "lock").open("wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Occupied(f"A demo runs in {folder} already, or is just ending; stop it first.") from error
        yield lock.fileno()


def credentials(path: Path) -> dict[str, str]:
    """Read the made-up secrets at `path`, which nobody else may read; make those that are missing.

    They outlive the demo because what is stored under them does.
    """
    known = {name: value for name, value in dotenv_values(path).items() if value}
    made = {name: known.get(name) or make() for name, make in MADE_UP.items()}
    if made != known:
        written = path.with_suffix(".new")
        with os.fdopen(os.open(written, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.writelines(f"{name}={value}\n" for name, value in made.items())
        written.replace(path)
    return made


def variables(
    ports: Ports, redis_url: str, folder: Path, made: Mapping[str, str], environ: Mapping[str, str]
) -> dict[str, str]:
    """Return the whole environment of the demo's processes; what the user chose to set wins where it can."""
    page, desk, twins = (f"http://127.0.0.1:{port}" for port in (ports.web, ports.desk, ports.twins))
    return {
        **environ,
        **made,
        "REDIS_URL": redis_url,
        "PORT": str(ports.web),
        "PUBLIC_URL": page,
        "LAPOR_API_URL": desk,
        "TELEGRAM_API_URL": twins,
        "TWILIO_API_URL": twins,
        "TWILIO_SMS_FROM": NUMBER,
        "TWILIO_WHATSAPP_FROM": NUMBER,
        "TWILIO_TEMPLATES": str(folder.resolve() / "templates.toml"),
        **_meta(twins, made, environ),
        "SMS_GATEWAY_URL": f"{twins}/cgi-bin/sendsms",
        "SMS_GATEWAY_USERNAME": "lapor",
        "SMS_GATEWAY_NETWORKS": "",
        "SMS_GATEWAY_FORMAT": "kannel",
        "SMS_GATEWAY_TOKEN": "",
        "TRUSTED_PROXIES": "",
        "DESK_DATABASE_URL": f"sqlite:///{folder.resolve()}/desk.sqlite3",
        "DESK_PORT": str(ports.desk),
        "DESK_EVENTS_URL": f"{page}/webhooks/lapor",
        "DESK_TRACKING": "auto",
        "NEWS_WAIT": "3",
        "QUIET_HOURS": "none",
        "LAPOR_DEMO": twins,
        # Without these httpx would send calls to the loopback interface through a proxy.
        "NO_PROXY": "127.0.0.1",
        "no_proxy": "127.0.0.1",
        **{name: environ[name] for name in CHOSEN if environ.get(name)},
    }


def _meta(twins: str, made: Mapping[str, str], environ: Mapping[str, str]) -> dict[str, str]:
    """Put the phone with WhatsApp at Meta where `LAPOR_DEMO_WHATSAPP` says so, else leave Meta off."""
    if environ.get("LAPOR_DEMO_WHATSAPP", "").strip().lower() != "meta":
        return dict.fromkeys((*SECRETS_OF_META, *PLACES_OF_META), "")
    return {
        **{name: made[name] for name in SECRETS_OF_META},
        "META_PHONE_NUMBER_ID": "106540352242922",
        "META_BUSINESS_ACCOUNT_ID": "102290129340398",
        "META_API_URL": f"{twins}/v25.0",
    }
