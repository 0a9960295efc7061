"""Twilio: the account, and where the messages to our number go."""

import asyncio
from collections.abc import Iterator
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

import msgspec

from bot.config import Settings
from bot.doctor.asking import Answer, Unreached, ask, asking
from bot.doctor.finding import OFF, Finding, fault, ok, warning
from bot.providers import Twilio

AGAIN: Final = "#rc=2&rp=all&ct=2000&rt=4000"
"""What makes Twilio try again while we restart (https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides)."""


class Account(msgspec.Struct, frozen=True):
    """The account as Twilio tells it."""

    status: str = ""


class Number(msgspec.Struct, frozen=True):
    """One of the account's phone numbers; with an application Twilio goes by that one's addresses instead."""

    sid: str
    sms_url: str | None = ""
    sms_method: str | None = "POST"
    sms_fallback_url: str | None = ""
    sms_fallback_method: str | None = "POST"
    sms_application_sid: str | None = ""


class Numbers(msgspec.Struct, frozen=True):
    """A page of phone numbers."""

    incoming_phone_numbers: tuple[Number, ...] = ()


async def twilio(given: Settings) -> list[Finding]:
    """Ask for the account and for the number that SMS come to."""
    if given.twilio is None:
        return [ok("twilio", OFF)]
    try:
        account, numbers = await _fetch(given.twilio)
        if account.denied or account.status == HTTPStatus.NOT_FOUND:
            found = f"it answers {account.status}: the credentials are not taken"
            return [fault("twilio", found, "put TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN right")]
        return [_account(account.read(Account)), *_sms(numbers, given, given.twilio), *_whatsapp(given)]
    except Unreached as error:
        found = f"{given.twilio.api_url} does not answer: {error}"
        return [fault("twilio", found, "see that this machine reaches TWILIO_API_URL")]


async def _fetch(ours: Twilio) -> tuple[Answer, Answer]:
    base = f"{ours.api_url}/2010-04-01/Accounts/{ours.sid}"
    async with asking(auth=(ours.sid, ours.token)) as client:
        wanted = {"PhoneNumber": ours.sms_from}
        return await asyncio.gather(
            ask(client, f"{base}.json"), ask(client, f"{base}/IncomingPhoneNumbers.json", params=wanted)
        )


def _account(account: Account) -> Finding:
    if account.status == "active":
        return ok("twilio", "the account is active")
    return fault("twilio", f"the account is {account.status}", "see Twilio's console")


def _sms(answer: Answer, given: Settings, ours: Twilio) -> list[Finding]:
    if not ours.sms_from:
        return []
    if not ours.sms_from.startswith("+"):
        return [ok("twilio_sms", f"{ours.sms_from} is a name: citizens cannot answer it")]
    found = answer.read(Numbers).incoming_phone_numbers
    if found:
        return sms_webhook(found[0], given.public_url)
    mend = "see TWILIO_SMS_FROM and the account's phone numbers in Twilio's console"
    return [warning("twilio_sms", "TWILIO_SMS_FROM is no phone number of this account", mend)]


def sms_webhook(number: Number, public_url: str) -> list[Finding]:
    """Tell whether SMS to the number come to us, also while we restart."""
    wanted = f"{public_url}/webhooks/twilio{AGAIN}"
    troubles = list(_troubles(number, wanted))
    return troubles or [ok("twilio_sms", f"SMS come to {wanted}")]


def _troubles(number: Number, wanted: str) -> Iterator[Finding]:
    mend = setting(number.sid, wanted)
    if number.sms_application_sid:
        found = "the number belongs to a TwiML application, whose addresses Twilio uses instead of the number's"
        yield warning("twilio_sms", found, "take the number out of the application, or see that it has our address")
    plain, url = wanted.removesuffix(AGAIN), number.sms_url or ""
    if url.partition("#")[0] != plain or number.sms_method != "POST":
        yield fault("twilio_sms", f"SMS go by {number.sms_method} to {_host(url)}, not by POST to {plain}", mend)
    elif url != wanted:
        yield warning("twilio_sms", "Twilio does not try again while we restart", mend)
    if number.sms_fallback_url != wanted or number.sms_fallback_method != "POST":
        yield warning("twilio_fallback", f"the fallback is not {wanted} by POST", mend)


def _host(url: str) -> str:
    """Return the host alone: an address may hold a user and a password."""
    return urlsplit(url).hostname or "nobody"


def setting(sid: str, url: str) -> str:
    """Return the command that mends the number; the shell, not we, puts the secrets in."""
    fields = {"SmsUrl": url, "SmsMethod": "POST", "SmsFallbackUrl": url, "SmsFallbackMethod": "POST"}
    api = "${TWILIO_API_URL:-https://api.twilio.com}/2010-04-01/Accounts/$TWILIO_ACCOUNT_SID"
    given = " ".join(f"--data-urlencode '{name}={value}'" for name, value in fields.items())
    return f'curl "{api}/IncomingPhoneNumbers/{sid}.json" -u "$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN" {given}'


def _whatsapp(given: Settings) -> list[Finding]:
    if given.twilio is None or not given.twilio.whatsapp_from:
        return []
    wanted = f"{given.public_url}/webhooks/twilio{AGAIN}"
    mend = f"Messaging > Senders > WhatsApp senders: webhook and fallback are {wanted}, by POST"
    return [warning("twilio_whatsapp", "not looked at: this API does not tell; see Twilio's console", mend)]
