"""Settings from the environment, read once and checked whole."""

import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import partial
from pathlib import Path
from typing import Final

from bot import agencies, contents
from bot.environment import Reader
from bot.errors import Misconfigured
from bot.gateways.reading import named
from bot.gateways.shape import Format
from bot.networks import Networks

LEAST: Final = {"citizen_rate": 0, "channel_rate": 0, "news_wait": 0}


@dataclass(frozen=True, slots=True)
class Telegram:
    """The Telegram bot."""

    token: str = field(repr=False)
    secret: str = field(repr=False)
    api_url: str = ""


@dataclass(frozen=True, slots=True)
class Twilio:
    """The Twilio account; `sms_from` and `whatsapp_from` are E.164 numbers, empty when not used.

    What is signed with one of `old_tokens` holds too. `templates` is the file of content templates.
    """

    sid: str
    token: str = field(repr=False)
    api_url: str = ""
    sms_from: str = ""
    whatsapp_from: str = ""
    old_tokens: tuple[str, ...] = field(default=(), repr=False)
    templates: Path | None = None


@dataclass(frozen=True, slots=True)
class Meta:
    """The number at Meta's Cloud API: `phone` and `account` are Meta's ids of it and of its business account."""

    token: str = field(repr=False)
    secret: str = field(repr=False)
    verify_token: str = field(repr=False)
    phone: str
    api_url: str = ""
    account: str = ""


@dataclass(frozen=True, slots=True)
class Gateway:
    """The operator's SMS gateway; what comes with one of `old_secrets` holds too."""

    url: str
    username: str
    password: str = field(repr=False)
    secret: str = field(repr=False)
    shortcode: str = "1708"
    networks: Networks = ()
    old_secrets: tuple[str, ...] = field(default=(), repr=False)
    token: str = field(default="", repr=False)
    format: Format = field(default_factory=partial(named, "kannel"))


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
class Studio:
    """The pages on which administrators edit the words; without a password there are none."""

    password: str = field(default="", repr=False)
    transcripts: Path = Path(__file__).parent.parent / "tests" / "transcripts"


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
    meta_rate: int = 80
    sms_gateway_rate: int = 100
    verify_days: int = 3
    answer_days: int = 5
    silent_days: int = 10
    news_wait: int = 60


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
    studio: Studio = Studio()
    agencies_file: Path = agencies.SHIPPED
    meta: Meta | None = None
    quiet_hours: tuple[int, int] = (21, 7)


def load(environ: Mapping[str, str]) -> Settings:
    """Read the settings.

    Raises Misconfigured with one line for every variable that is missing or wrong.
    """
    read = Reader(environ)
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
        meta=_meta(read),
        desk=_desk(read),
        redis_volatile=read.choice("REDIS_VOLATILE", "refuse", "allow"),
        proxies=read.networks("TRUSTED_PROXIES"),
        studio=_studio(read),
        agencies_file=read.agencies("AGENCIES_FILE"),
        quiet_hours=read.hours("QUIET_HOURS"),
        limits=Limits(
            **{each.name: read.number(each.name.upper(), LEAST.get(each.name, 1)) for each in fields(Limits)}
        ),
    )
    if read.faults:
        raise Misconfigured("\n".join(dict.fromkeys(read.faults)))
    return settings


def _desk(read: Reader) -> Desk:
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


def _studio(read: Reader) -> Studio:
    folder = read.text("TRANSCRIPTS_DIR")
    password = read.text("STUDIO_PASSWORD")
    return Studio(password, Path(folder)) if folder else Studio(password)


def _telegram(read: Reader) -> Telegram | None:
    if not read.together("TELEGRAM_BOT_TOKEN", "TELEGRAM_WEBHOOK_SECRET"):
        return None
    return Telegram(
        read.text("TELEGRAM_BOT_TOKEN"), read.text("TELEGRAM_WEBHOOK_SECRET"), read.url("TELEGRAM_API_URL")
    )


def _twilio(read: Reader) -> Twilio | None:
    if not read.together("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"):
        return None
    if not read.text("PUBLIC_URL"):
        read.fault("PUBLIC_URL", "is missing; Twilio signs it")
    token, *old = read.secrets("TWILIO_AUTH_TOKEN")
    return Twilio(
        read.text("TWILIO_ACCOUNT_SID"),
        token,
        read.url("TWILIO_API_URL"),
        read.text("TWILIO_SMS_FROM"),
        read.text("TWILIO_WHATSAPP_FROM").removeprefix("whatsapp:"),
        tuple(old),
        _templates(read),
    )


def _templates(read: Reader) -> Path | None:
    """Read where the file of content templates is; that it is not there yet is no fault."""
    name = read.text("TWILIO_TEMPLATES")
    path = Path(name) if name else None
    try:
        contents.load(path)
    except ValueError as error:
        read.fault("TWILIO_TEMPLATES", f"is no file of content templates ({error})")
    return path


def _meta(read: Reader) -> Meta | None:
    if not read.together("META_ACCESS_TOKEN", "META_APP_SECRET", "META_VERIFY_TOKEN", "META_PHONE_NUMBER_ID"):
        return None
    return Meta(
        read.text("META_ACCESS_TOKEN"),
        read.text("META_APP_SECRET"),
        read.text("META_VERIFY_TOKEN"),
        read.text("META_PHONE_NUMBER_ID"),
        read.url("META_API_URL"),
        read.text("META_BUSINESS_ACCOUNT_ID"),
    )


def _gateway(read: Reader) -> Gateway | None:
    if not read.together("SMS_GATEWAY_URL", "SMS_GATEWAY_SECRET"):
        return None
    secret, *old = read.secrets("SMS_GATEWAY_SECRET")
    return Gateway(
        read.url("SMS_GATEWAY_URL"),
        read.text("SMS_GATEWAY_USERNAME"),
        read.text("SMS_GATEWAY_PASSWORD"),
        secret,
        read.text("SMS_SHORTCODE"),
        read.networks("SMS_GATEWAY_NETWORKS"),
        tuple(old),
        read.text("SMS_GATEWAY_TOKEN"),
        read.format("SMS_GATEWAY_FORMAT", "SMS_GATEWAY_TOKEN"),
    )
