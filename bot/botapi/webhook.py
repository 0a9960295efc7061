"""The webhook at Telegram: set, looked at, deleted."""

from datetime import UTC
from typing import Final
from urllib.parse import urlsplit

from telegram import Bot, WebhookInfo

from bot.botapi.calls import account
from bot.botapi.updates import UPDATES
from bot.config import Settings
from bot.errors import Misconfigured

PATH: Final = "/webhooks/telegram"
PORTS: Final = (443, 80, 88, 8443)
CONNECTIONS: Final = 40
"""Deliveries at once, Telegram's own default; each citizen's messages come one after the other all the same."""


def address(given: Settings) -> str:
    """Return the webhook's address.

    Raises Misconfigured where PUBLIC_URL is missing or Telegram could not reach it.
    """
    if not given.public_url:
        raise Misconfigured(
            "PUBLIC_URL is missing: Telegram must know where to bring messages. Or use lapor-bot poll"
        )
    parts = urlsplit(given.public_url)
    own = urlsplit(account(given).api_url).scheme == "http"  # a Bot API server of one's own takes any address
    if not own and (parts.scheme != "https" or (parts.port or 443) not in PORTS):
        wanted = "Telegram brings messages by https, to port 443, 80, 88 or 8443"
        raise Misconfigured(f"PUBLIC_URL is {given.public_url}: {wanted}")
    return f"{given.public_url}{PATH}"


def secret(given: Settings) -> str:
    """Return the newest secret of those that hold."""
    return account(given).secret.partition(",")[0].strip()


async def registered(bot: Bot, given: Settings, connections: int, *, drop: bool) -> WebhookInfo:
    """Set the webhook and return how it stands at Telegram afterwards; `drop` throws waiting updates away.

    Raises TelegramError.
    """
    await bot.set_webhook(
        address(given),
        allowed_updates=UPDATES,
        secret_token=secret(given),
        max_connections=connections,
        drop_pending_updates=drop,
    )
    return await bot.get_webhook_info()


def shown(info: WebhookInfo) -> str:
    """Return the lines that tell how a webhook stands; of a strange address only the host, it may hold a token."""
    if not info.url:
        return "no webhook is set"
    ours = info.url if urlsplit(info.url).path == PATH else f"an address at {urlsplit(info.url).hostname}"
    lines = [
        f"webhook   {ours}",
        f"updates   {', '.join(info.allowed_updates or ('all',))}",
        f"at once   {info.max_connections or CONNECTIONS}",
        f"waiting   {info.pending_update_count}",
    ]
    if info.last_error_date:
        lines.append(
            f"failed    {info.last_error_date.astimezone(UTC):%Y-%m-%d %H:%M} UTC: {info.last_error_message}"
        )
    return "\n".join(lines)
