"""An environment in which all is well, secrets that must never be seen, and how checks are run."""

import asyncio

from bot.config import load
from bot.doctor.finding import Check, Finding, Level
from tests.kept import DATA_KEY

SECRET = "s3cr3t-that-nobody-may-see"
HOST = "https://lapor.example"
WELL = {
    "DATA_KEY": DATA_KEY,
    "PUBLIC_URL": HOST,
    "LAPOR_API_TOKEN": SECRET,
    "LAPOR_WEBHOOK_SECRET": SECRET,
    "DESK_PASSWORD": SECRET,
    "TELEGRAM_BOT_TOKEN": f"42:{SECRET}",
    "TELEGRAM_WEBHOOK_SECRET": SECRET,
    "TWILIO_ACCOUNT_SID": "AC0123456789abcdef0123456789abcdef",
    "TWILIO_AUTH_TOKEN": SECRET,
    "TWILIO_SMS_FROM": "+62811170800",
    "SMS_GATEWAY_URL": "http://127.0.0.1:13013/cgi-bin/sendsms",
    "SMS_GATEWAY_USERNAME": "lapor",
    "SMS_GATEWAY_PASSWORD": SECRET,
    "SMS_GATEWAY_SECRET": SECRET,
}


def found(check: Check, **environ: str) -> list[Finding]:
    """Run a check with some variables otherwise; an empty one is as good as none."""
    return list(asyncio.run(check(load({**WELL, **environ}))))


def levels(findings: list[Finding]) -> list[tuple[str, Level]]:
    """Return what was looked at and how it stands."""
    return [(each.check, each.level) for each in findings]
