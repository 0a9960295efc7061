"""The providers of the channels, as the environment names them."""

from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bot import contents
from bot.environment import Reader
from bot.gateways.reading import named
from bot.gateways.shape import Format
from bot.networks import Networks


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


def telegram(read: Reader) -> Telegram | None:
    """Read the Telegram bot; None where it is off."""
    if not read.together("TELEGRAM_BOT_TOKEN", "TELEGRAM_WEBHOOK_SECRET"):
        return None
    return Telegram(
        read.text("TELEGRAM_BOT_TOKEN"), read.text("TELEGRAM_WEBHOOK_SECRET"), read.url("TELEGRAM_API_URL")
    )


def twilio(read: Reader) -> Twilio | None:
    """Read the Twilio account; None where it is off."""
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


def meta(read: Reader) -> Meta | None:
    """Read the number at Meta; None where it is off."""
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


def gateway(read: Reader) -> Gateway | None:
    """Read the SMS gateway; None where it is off."""
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
