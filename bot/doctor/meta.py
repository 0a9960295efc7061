"""Meta: the token, our number, and where what is written to it goes."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

import msgspec

from bot.approvals import listing
from bot.approvals.comparing import STATES, compared
from bot.approvals.wanted import wanted
from bot.config import Settings
from bot.doctor.asking import Answer, Unreached, ask, asking
from bot.doctor.finding import OFF, Finding, fault, ok, warning
from bot.providers import Meta
from bot.scripts import Scripts

FIELDS: Final = "display_phone_number,verified_name,quality_rating,webhook_configuration"
MOST: Final = 1000
"""Templates that are looked at: one page."""
REFUSED: Final = frozenset((HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND))
"""What the Graph API answers for an object that there is not, or that the token may not see."""


class Addresses(msgspec.Struct, frozen=True):
    """Where notifications go: for the number, else for its account, else for the whole app."""

    phone_number: str = ""
    whatsapp_business_account: str = ""
    application: str = ""

    @property
    def webhook(self) -> str:
        """Return the address that holds."""
        return self.phone_number or self.whatsapp_business_account or self.application


class Number(msgspec.Struct, frozen=True):
    """Our number as Meta tells it."""

    display_phone_number: str = ""
    verified_name: str = ""
    quality_rating: str = ""
    webhook_configuration: Addresses = Addresses()


class Apps(msgspec.Struct, frozen=True):
    """The apps that are told what happens at the account."""

    data: tuple[msgspec.Raw, ...] = ()


async def meta(given: Settings) -> list[Finding]:
    """Ask for our number and for who is told of its messages."""
    if given.meta is None:
        return [ok("meta", OFF)]
    try:
        number, apps, page = await _fetch(given.meta)
        if number.denied:
            found = f"it answers {number.status}: the token is not taken"
            return [fault("meta", found, "put META_ACCESS_TOKEN right: make one for a system user, without an end")]
        if number.status in REFUSED:
            found = "the token sees no number with the id in META_PHONE_NUMBER_ID"
            return [fault("meta", found, "see WhatsApp > API setup in the app's dashboard")]
        told = number.read(Number)
        goes = webhook(told.webhook_configuration.webhook, given.public_url)
        return [_number(told), *goes, *_apps(apps), *_templates(page, given)]
    except Unreached as error:
        found = f"{given.meta.api_url} does not answer: {error}"
        return [fault("meta", found, "see that this machine reaches META_API_URL")]


async def _fetch(ours: Meta) -> tuple[Answer, Answer | None, Answer | None]:
    async with asking(headers={"Authorization": f"Bearer {ours.token}"}) as client:
        number = ask(client, f"{ours.api_url}/{ours.phone}", params={"fields": FIELDS})
        if not ours.account:
            return await number, None, None
        account = f"{ours.api_url}/{ours.account}"
        templates = {"fields": listing.FIELDS, "limit": str(MOST)}
        return await asyncio.gather(
            number,
            ask(client, f"{account}/subscribed_apps"),
            ask(client, f"{account}/message_templates", params=templates),
        )


def _number(told: Number) -> Finding:
    name = f"{told.display_phone_number} ({told.verified_name})"
    if told.quality_rating == "RED":
        mend = "see WhatsApp Manager: citizens block or report it, and Meta will take fewer messages"
        return warning("meta", f"the quality of {name} is low", mend)
    return ok("meta", f"the number is {name}")


def webhook(url: str, public_url: str) -> Iterator[Finding]:
    """Tell whether what citizens write to the number comes to us."""
    expected = f"{public_url}/webhooks/meta"
    mend = f"WhatsApp > Configuration in the app's dashboard: {expected}, with META_VERIFY_TOKEN, field messages"
    if not public_url:
        yield warning("meta_webhook", "not compared", "set PUBLIC_URL first")
    elif not url:
        yield fault("meta_webhook", "none is registered", mend)
    elif url != expected:
        yield fault("meta_webhook", f"one at {urlsplit(url).hostname} is registered, not {expected}", mend)
    else:
        yield ok("meta_webhook", expected)


def _apps(answer: Answer | None) -> Iterator[Finding]:
    if answer is None:
        mend = "set META_BUSINESS_ACCOUNT_ID to look at what the account tells us, and at its templates"
        yield warning("meta_account", "not looked at", mend)
    elif answer.status != HTTPStatus.OK:
        mend = "see META_BUSINESS_ACCOUNT_ID, and that the token has whatsapp_business_management"
        yield warning("meta_account", f"it answers {answer.status}", mend)
    elif not answer.read(Apps).data:
        yield fault("meta_account", "no app is told what happens at the account", SUBSCRIBE)
    else:
        yield ok("meta_account", "an app is told what happens at the account")


def _templates(answer: Answer | None, given: Settings) -> Iterator[Finding]:
    """Tell whether the words for news later than a day are approved."""
    if answer is None or answer.status != HTTPStatus.OK:
        return
    scripts = Scripts(given.locales_dir, given.default_locale).current()
    found = compared(wanted(scripts), answer.read(listing.Page).data)
    others = [each for each in found if each.state != "ready"]
    if others:
        states = Counter(each.state for each in others)
        told = ", ".join(f"{count} {STATES[state]}" for state, count in sorted(states.items()))
        mend = "lapor-bot meta templates makes and names them; until then that news waits until the citizen writes"
        yield warning("meta_templates", f"of {len(found)} templates {told}", mend)
    else:
        yield ok("meta_templates", f"{len(found)} templates are approved")


SUBSCRIBE: Final = (
    'curl -X POST "${META_API_URL:-https://graph.facebook.com/v25.0}/$META_BUSINESS_ACCOUNT_ID/subscribed_apps"'
    ' -H "Authorization: Bearer $META_ACCESS_TOKEN"'
)
"""The command that has the app told; the shell, not we, puts the token in."""
