"""Settings from the environment, read once and checked whole."""

import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Final

from bot import agencies, providers
from bot.environment import Reader
from bot.errors import Misconfigured
from bot.networks import Networks

LEAST: Final = {"citizen_rate": 0, "channel_rate": 0, "news_wait": 0}


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
    telegram: providers.Telegram | None
    twilio: providers.Twilio | None
    gateway: providers.Gateway | None
    desk: Desk
    redis_volatile: str = "refuse"
    proxies: Networks = ()
    limits: Limits = Limits()
    studio: Studio = Studio()
    agencies_file: Path = agencies.SHIPPED
    meta: providers.Meta | None = None
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
        telegram=providers.telegram(read),
        twilio=providers.twilio(read),
        gateway=providers.gateway(read),
        meta=providers.meta(read),
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
