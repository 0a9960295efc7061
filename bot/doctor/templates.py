"""Twilio's content templates: whether WhatsApp has its menus, and approved words for news later than a day."""

from collections import Counter
from collections.abc import Sequence
from http import HTTPStatus
from typing import Final

from bot.config import Settings
from bot.contents import load
from bot.contents.api import PAGE, Content, Page, base_of
from bot.contents.command import STATES
from bot.contents.comparing import Found, compared, contents_of
from bot.contents.wanted import wanted
from bot.doctor.asking import Unreached, ask, asking
from bot.doctor.finding import Finding, fault, ok, warning
from bot.providers import Twilio
from bot.scripts import Scripts

CHECK: Final = "twilio_templates"
MEND: Final = "lapor-bot twilio templates makes what is missing and tells what awaits approval"


async def templates(given: Settings) -> list[Finding]:
    """Ask for the content templates, where WhatsApp goes by Twilio."""
    ours = given.twilio
    if ours is None or not ours.whatsapp_from:
        return []
    if ours.templates is None:
        found = "TWILIO_TEMPLATES is not set: menus are numbers, and news later than a day waits for the citizen"
        return [warning(CHECK, found, f"set it; {MEND}")]
    try:
        there = await _fetch(ours)
    except Unreached as error:
        return [warning(CHECK, f"not looked at: {error}", "see the finding on twilio")]
    scripts = Scripts(given.locales_dir, given.default_locale).current()
    return findings(compared(wanted(scripts), there), there, ours)


async def _fetch(ours: Twilio) -> Sequence[Content]:
    """Return the first page of content templates, which holds far more than are needed."""
    async with asking(auth=(ours.sid, ours.token)) as client:
        url = f"{base_of(ours.api_url)}/v1/ContentAndApprovals"
        answer = await ask(client, url, params={"PageSize": str(PAGE)})
    if answer.status != HTTPStatus.OK:
        raise Unreached(f"it answers {answer.status}")
    return answer.read(Page).contents


def findings(found: Sequence[Found], there: Sequence[Content], ours: Twilio) -> list[Finding]:
    """Tell how the templates stand, and whether the bot knows those that are ready."""
    refused = [f"{each.wanted.name} ({each.said})" for each in found if each.state == "rejected"]
    others = Counter(STATES[each.state] for each in found if each.state not in {"ready", "rejected"})
    told = []
    if refused:
        mend = f"change their words in [template] of the locale files; {MEND}"
        told.append(fault(CHECK, f"WhatsApp does not approve {', '.join(refused)}", mend))
    if others:
        counted = ", ".join(f"{count} {state}" for state, count in sorted(others.items()))
        told.append(warning(CHECK, f"of {len(found)} templates: {counted}", MEND))
    before = load(ours.templates)
    if contents_of(found, before, there) != before:
        told.append(warning(CHECK, f"{ours.templates} does not hold what is ready by now", f"{MEND}; then restart"))
    return told or [ok(CHECK, f"{len(found)} templates are ready")]
