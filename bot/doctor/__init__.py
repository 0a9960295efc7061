"""`lapor-bot doctor`: looks at all that the product needs and says how to mend what is not well.

One check is one function from the settings to findings; all run at once, each for LIMIT seconds at most.
"""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Final

from bot import config
from bot.config import Settings
from bot.doctor.backend import backend
from bot.doctor.configuration import configuration
from bot.doctor.finding import Check, Finding, fault
from bot.doctor.gateway import gateway
from bot.doctor.keeping import keeping, sealing, workers
from bot.doctor.locales import listed, locales
from bot.doctor.meta import meta
from bot.doctor.telegram import telegram
from bot.doctor.templates import templates
from bot.doctor.twilio import twilio
from bot.errors import Misconfigured

LIMIT: Final = 5.0  # seconds

CHECKS: Final[tuple[Check, ...]] = (
    configuration, keeping, sealing, workers, locales, listed, backend, telegram, twilio, templates, meta, gateway,
)  # fmt: skip


def run(environ: Mapping[str, str]) -> list[Finding]:
    """Look at everything; where the environment is wrong, at that alone."""
    try:
        given = config.load(environ)
    except Misconfigured as error:
        mend = "README.md lists the variables; the rest is looked at when they are right"
        return [fault("configuration", line, mend) for line in str(error).splitlines()]
    return asyncio.run(examine(given))


async def examine(given: Settings, checks: Sequence[Check] = CHECKS, limit: float = LIMIT) -> list[Finding]:
    """Run the checks at once and return what they found, in their order."""
    found = await asyncio.gather(*(_within(limit, check, given) for check in checks))
    return [finding for some in found for finding in some]


async def _within(limit: float, check: Check, given: Settings) -> Sequence[Finding]:
    name = getattr(check, "__name__", "check")
    try:
        async with asyncio.timeout(limit):
            return await check(given)
    except TimeoutError:
        mend = "see whether a firewall between us swallows what is sent"
        return [fault(name, f"no answer within {limit:.0f} seconds", mend)]


def report(findings: Sequence[Finding]) -> str:
    """Return the findings as lines for people."""
    lines = [line for each in findings for line in _lines(each)]
    counts = {level: sum(each.level == level for each in findings) for level in ("ok", "warning", "fault")}
    return "\n".join([*lines, ", ".join(f"{count} {level}" for level, count in counts.items())])


def _lines(each: Finding) -> list[str]:
    line = f"{each.level:<8} {each.check}: {each.found}"
    return [line, f"{'':<8} -> {each.mend}"] if each.mend else [line]
