"""Settings from the environment, read once and checked whole."""

import zoneinfo
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Final

from bot import networks, redis_url
from bot.errors import Misconfigured
from bot.networks import Networks
from bot.vault import KEY_BYTES

LEAST: Final = {"citizen_rate": 0, "channel_rate": 0}
LOCALES: Final = Path(__file__).parent.parent / "locales"


@dataclass(frozen=True, slots=True)
class Variable:
    """An environment variable: what it is for and what holds without it."""

    name: str
    purpose: str
    default: str = ""
    secret: bool = False


VARIABLES: Final = tuple(
    Variable(*row)
    for row in (
        ("REDIS_URL", "where conversations and the outbox are kept", "redis://127.0.0.1:6379/0"),
        ("REDIS_VOLATILE", "refuse to run on a Redis that may lose what it took, or allow it", "refuse"),
        ("PUBLIC_URL", "the address under which the webhooks are reached, without a path", ""),
        ("PORT", "the port of the web process", "8000"),
        ("TRUSTED_PROXIES", "networks of your own proxies, whose X-Forwarded-For and -Proto are believed", ""),
        ("LOCALES_DIR", "the folder of the locale files", str(LOCALES)),
        ("DEFAULT_LOCALE", "the language of a citizen who chose none", "id"),
        ("TIMEZONE", "whose calendar and clock the dialog uses", "Asia/Jakarta"),
        ("DATA_KEY", "keys for personal data at rest, urlsafe base64 of 32 bytes, newest first", "", True),
        ("LEASE_SECONDS", "for how long a worker that gives no sign of life keeps its share of the work", "10"),
        ("DRAFT_DAYS", "days that a conversation without a confirmed report is kept", "30"),
        ("CASE_DAYS", "days that a conversation with reports is kept after its last message", "180"),
        ("OWNER_DAYS", "days that it is known whose report it is, so that news finds the phone", "400"),
        ("CITIZEN_RATE", "messages a minute that one citizen may send, 0 for any number", "60"),
        ("CHANNEL_RATE", "messages a second that one channel may bring, 0 for any number", "1000"),
        ("TELEGRAM_RATE", "messages a second that Telegram takes from us", "30"),
        ("TWILIO_RATE", "messages a second that Twilio takes from us", "80"),
        ("SMS_GATEWAY_RATE", "messages a second that the gateway takes from us", "50"),
        ("LAPOR_API_URL", "the case backend: what stands before /v1", "http://127.0.0.1:8001"),
        ("LAPOR_API_TOKEN", "the bearer token for the case backend", "", True),
        ("LAPOR_WEBHOOK_SECRET", "signs the case backend's events; while it is changed, new and old", "", True),
        ("TELEGRAM_BOT_TOKEN", "the bot's token from BotFather", "", True),
        ("TELEGRAM_WEBHOOK_SECRET", "what Telegram sends along; while it is changed, new and old", "", True),
        ("TELEGRAM_API_URL", "the Bot API", "https://api.telegram.org"),
        ("TWILIO_ACCOUNT_SID", "the Twilio account", ""),
        ("TWILIO_AUTH_TOKEN", "signs Twilio's webhooks and our calls", "", True),
        ("TWILIO_API_URL", "Twilio's REST API", "https://api.twilio.com"),
        ("TWILIO_SMS_FROM", "the number that SMS are sent from", ""),
        ("TWILIO_WHATSAPP_FROM", "the number that WhatsApp messages are sent from", ""),
        ("SMS_GATEWAY_URL", "the gateway's whole sendsms address", ""),
        ("SMS_GATEWAY_USERNAME", "the gateway's user", ""),
        ("SMS_GATEWAY_PASSWORD", "the gateway's password", "", True),
        ("SMS_GATEWAY_SECRET", "what the gateway sends along to prove itself", "", True),
        ("SMS_GATEWAY_NETWORKS", "networks that the gateway calls from; any if empty", ""),
        ("SMS_SHORTCODE", "the number that citizens text", "1708"),
        ("DESK_DATABASE_URL", "the case desk's database", "sqlite:///desk.sqlite3"),
        ("DESK_PORT", "the port of the case desk", "8001"),
        ("DESK_PASSWORD", "what an officer signs in with; without it the desk's pages are off", "", True),
        ("DESK_EVENTS_URL", "where the desk sends its events", "http://127.0.0.1:8000/webhooks/lapor"),
        ("DESK_TRACKING", "who gives tracking ids: manual (an officer) or auto (the desk, at once)", "manual"),
    )
)


@dataclass(frozen=True, slots=True)
class Telegram:
    """The Telegram bot."""

    token: str = field(repr=False)
    secret: str = field(repr=False)
    api_url: str = ""


@dataclass(frozen=True, slots=True)
class Twilio:
    """The Twilio account; `sms_from` and `whatsapp_from` are E.164 numbers, empty when not used."""

    sid: str
    token: str = field(repr=False)
    api_url: str = ""
    sms_from: str = ""
    whatsapp_from: str = ""


@dataclass(frozen=True, slots=True)
class Gateway:
    """The operator's SMS gateway."""

    url: str
    username: str
    password: str = field(repr=False)
    secret: str = field(repr=False)
    shortcode: str = "1708"
    networks: Networks = ()


@dataclass(frozen=True, slots=True)
class Lapor:
    """The case backend as the bot sees it."""

    api_url: str
    token: str = field(repr=False)
    webhook_secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Desk:
    """The embedded case desk."""

    database_url: str = field(repr=False)
    port: int
    password: str = field(repr=False)
    token: str = field(repr=False)
    webhook_secret: str = field(repr=False)
    events_url: str = ""
    tracking: str = "manual"
    proxies: Networks = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """Numbers that an operator may choose; each is said by its variable."""

    lease_seconds: int = 10
    draft_days: int = 30
    case_days: int = 180
    owner_days: int = 400
    citizen_rate: int = 60
    channel_rate: int = 1000
    telegram_rate: int = 30
    twilio_rate: int = 80
    sms_gateway_rate: int = 50


@dataclass(frozen=True, slots=True)
class Settings:
    """All that the environment says; a channel that is None is off."""

    redis_url: str = field(repr=False)
    public_url: str
    port: int
    locales_dir: Path
    default_locale: str
    timezone: zoneinfo.ZoneInfo
    data_keys: tuple[bytes, ...] = field(repr=False)
    lapor: Lapor
    telegram: Telegram | None
    twilio: Twilio | None
    gateway: Gateway | None
    desk: Desk
    redis_volatile: str = "refuse"
    proxies: Networks = ()
    limits: Limits = Limits()


class _Reader:
    """Reads variables and gathers what is wrong with them."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self._known = {variable.name: variable for variable in VARIABLES}
        self.faults: list[str] = []

    def text(self, name: str) -> str:
        return self._environ.get(name, "").strip() or self._known[name].default

    def url(self, name: str) -> str:
        value = self.text(name).rstrip("/")
        if value and not value.startswith(("http://", "https://")):
            self.fault(name, "must start with http:// or https://")
        elif "@" in value.partition("://")[2].partition("/")[0]:
            self.fault(name, "must hold no user name and no password")
        return value

    def redis(self, name: str) -> str:
        value = self.text(name)
        try:
            redis_url.read(value)
        except ValueError as error:
            self.fault(name, str(error))
        return value

    def port(self, name: str) -> int:
        value = self.text(name)
        if not (value.isdecimal() and 0 < int(value) < 65536):  # noqa: PLR2004 - the last TCP port
            self.fault(name, "must be a port number, 1 to 65535")
            return 0
        return int(value)

    def number(self, name: str, least: int = 0) -> int:
        value = self.text(name)
        if not (value.isascii() and value.isdecimal() and int(value) >= least):
            self.fault(name, f"must be a whole number, {least} or more")
            return least
        return int(value)

    def keys(self, name: str) -> tuple[bytes, ...]:
        """Read keys of 32 bytes."""
        try:
            keys = tuple(urlsafe_b64decode(key.strip()) for key in self.text(name).split(",") if key.strip())
        except ValueError:
            keys = (b"",)
        if any(len(key) != KEY_BYTES for key in keys):
            self.fault(name, "must be urlsafe base64 of 32 bytes, several separated by commas")
            return ()
        return keys

    def zone(self, name: str) -> zoneinfo.ZoneInfo:
        try:
            return zoneinfo.ZoneInfo(self.text(name))
        except (zoneinfo.ZoneInfoNotFoundError, ValueError):
            self.fault(name, "must be a time zone such as Asia/Jakarta")
            return zoneinfo.ZoneInfo("UTC")

    def choice(self, name: str, *words: str) -> str:
        value = self.text(name)
        if value not in words:
            self.fault(name, f"must be {' or '.join(words)}")
        return value

    def networks(self, name: str) -> Networks:
        try:
            return networks.networks(self.text(name))
        except ValueError:
            self.fault(name, "must be networks separated by commas, such as 10.20.0.0/16, 127.0.0.1")
            return ()

    def together(self, *names: str) -> bool:
        """Tell whether a channel is on: all of its variables are set; some but not all is a fault."""
        missing = [name for name in names if not self.text(name)]
        if missing and len(missing) < len(names):
            for name in missing:
                self.fault(name, "is missing")
        return not missing

    def fault(self, name: str, what: str) -> None:
        self.faults.append(f"{name} {what}: {self._known[name].purpose}")


def load(environ: Mapping[str, str]) -> Settings:
    """Read the settings.

    Raises Misconfigured with one line for every variable that is missing or wrong.
    """
    read = _Reader(environ)
    settings = Settings(
        redis_url=read.redis("REDIS_URL"),
        public_url=read.url("PUBLIC_URL"),
        port=read.port("PORT"),
        locales_dir=Path(read.text("LOCALES_DIR")),
        default_locale=read.text("DEFAULT_LOCALE"),
        timezone=read.zone("TIMEZONE"),
        data_keys=read.keys("DATA_KEY"),
        lapor=Lapor(read.url("LAPOR_API_URL"), read.text("LAPOR_API_TOKEN"), read.text("LAPOR_WEBHOOK_SECRET")),
        telegram=_telegram(read),
        twilio=_twilio(read),
        gateway=_gateway(read),
        desk=_desk(read),
        redis_volatile=read.choice("REDIS_VOLATILE", "refuse", "allow"),
        proxies=read.networks("TRUSTED_PROXIES"),
        limits=Limits(
            **{each.name: read.number(each.name.upper(), LEAST.get(each.name, 1)) for each in fields(Limits)}
        ),
    )
    if read.faults:
        raise Misconfigured("\n".join(dict.fromkeys(read.faults)))
    return settings


def _desk(read: _Reader) -> Desk:
    return Desk(
        read.text("DESK_DATABASE_URL"),
        read.port("DESK_PORT"),
        read.text("DESK_PASSWORD"),
        read.text("LAPOR_API_TOKEN"),
        read.text("LAPOR_WEBHOOK_SECRET"),
        read.url("DESK_EVENTS_URL"),
        read.choice("DESK_TRACKING", "manual", "auto"),
        read.networks("TRUSTED_PROXIES"),
    )


def _telegram(read: _Reader) -> Telegram | None:
    if not read.together("TELEGRAM_BOT_TOKEN", "TELEGRAM_WEBHOOK_SECRET"):
        return None
    return Telegram(
        read.text("TELEGRAM_BOT_TOKEN"), read.text("TELEGRAM_WEBHOOK_SECRET"), read.url("TELEGRAM_API_URL")
    )


def _twilio(read: _Reader) -> Twilio | None:
    if not read.together("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"):
        return None
    if not read.text("PUBLIC_URL"):
        read.fault("PUBLIC_URL", "is missing; Twilio signs it")
    return Twilio(
        read.text("TWILIO_ACCOUNT_SID"),
        read.text("TWILIO_AUTH_TOKEN"),
        read.url("TWILIO_API_URL"),
        read.text("TWILIO_SMS_FROM"),
        read.text("TWILIO_WHATSAPP_FROM").removeprefix("whatsapp:"),
    )


def _gateway(read: _Reader) -> Gateway | None:
    if not read.together("SMS_GATEWAY_URL", "SMS_GATEWAY_SECRET"):
        return None
    return Gateway(
        read.url("SMS_GATEWAY_URL"),
        read.text("SMS_GATEWAY_USERNAME"),
        read.text("SMS_GATEWAY_PASSWORD"),
        read.text("SMS_GATEWAY_SECRET"),
        read.text("SMS_SHORTCODE"),
        read.networks("SMS_GATEWAY_NETWORKS"),
    )
