"""What the environment says: keys, secrets and addresses."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from bot.config import Settings
from bot.doctor.finding import Finding, fault, ok, warning

SHORTEST: Final = 16
"""Characters of a secret that a program presents; 16 random ones cannot be guessed over the network."""

TELEGRAMS: Final = re.compile(r"[A-Za-z0-9_-]{1,256}")
"""What Telegram takes as secret_token (https://core.telegram.org/bots/api#setwebhook)."""

LOCAL: Final = frozenset(("127.0.0.1", "::1", "localhost"))
NEW_KEY: Final = "openssl rand -base64 32 | tr +/ -_ makes one"
NEW_SECRET: Final = "openssl rand -hex 24 makes one"  # noqa: S105 - a command


async def configuration(given: Settings) -> list[Finding]:
    """Look at keys, secrets, channels and the public address."""
    channels = [name for name in ("telegram", "twilio", "meta", "gateway") if getattr(given, name)]
    on = (
        ok("channels", f"on: {', '.join(channels)}")
        if channels
        else warning("channels", "every channel is off", "set the variables of one, as the README lists them")
    )
    return [data_key(len(given.data_keys)), public_url(given.public_url), on, *secrets(given)]


def data_key(number: int) -> Finding:
    """Tell whether personal data is sealed at rest, with so many keys."""
    if number:
        return ok("data_key", f"personal data is sealed; {number} keys, the newest seals")
    return warning("data_key", "DATA_KEY is missing: personal data is stored unsealed", NEW_KEY)


def public_url(url: str) -> Finding:
    """Tell whether providers reach the webhooks by TLS."""
    parts = urlsplit(url)
    if not url:
        return warning(
            "public_url",
            "PUBLIC_URL is missing: delivery reports are off, and webhooks cannot be compared",
            "set it to the address under which providers reach us, such as https://lapor.example.go.id",
        )
    if parts.path or parts.query:
        return fault("public_url", f"{url} has a path", "leave the path out: /webhooks/… is put behind it")
    if parts.scheme != "https" and parts.hostname not in LOCAL:
        return fault("public_url", f"{url} is not https: Telegram refuses it, texts are read on the way", "use TLS")
    return ok("public_url", url)


def secrets(given: Settings) -> Iterator[Finding]:
    """Tell which secrets can be guessed, or cannot be sent."""
    short = [name for name, secret in _secrets(given) if any(len(each) < SHORTEST for each in several(secret))]
    for name in short:
        yield fault(name, f"it has fewer than {SHORTEST} characters and can be guessed", NEW_SECRET)
    if given.telegram and not all(map(TELEGRAMS.fullmatch, several(given.telegram.secret))):
        mend = f"use letters, digits, _ and - only, at most 256: {NEW_SECRET}"
        yield fault("TELEGRAM_WEBHOOK_SECRET", "Telegram does not take it", mend)
    if not short:
        yield ok("secrets", f"none shorter than {SHORTEST} characters")


def several(text: str) -> list[str]:
    """Take apart the new and the old secret, which both hold while one is changed."""
    return [part.strip() for part in text.split(",") if part.strip()]


def _secrets(given: Settings) -> Iterator[tuple[str, str]]:
    yield "LAPOR_API_TOKEN", given.lapor.token
    yield "LAPOR_WEBHOOK_SECRET", given.lapor.webhook_secret
    yield "TELEGRAM_WEBHOOK_SECRET", given.telegram.secret if given.telegram else ""
    yield "META_APP_SECRET", given.meta.secret if given.meta else ""
    yield "META_VERIFY_TOKEN", given.meta.verify_token if given.meta else ""
    yield "SMS_GATEWAY_SECRET", given.gateway.secret if given.gateway else ""
    yield "DESK_PASSWORD", given.desk.password
    yield "STUDIO_PASSWORD", given.studio.password
