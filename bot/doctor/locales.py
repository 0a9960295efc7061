"""The locale files, as `lapor-bot check` sees them."""

import asyncio

from bot.config import Settings
from bot.doctor.finding import Finding, fault, ok, warning
from bot.scripts import read_folder
from conversations.checking import check


async def locales(given: Settings) -> list[Finding]:
    """Check the folder of locale files."""
    return [await asyncio.to_thread(_checked, given)]


def _checked(given: Settings) -> Finding:
    try:
        found = check(read_folder(given.locales_dir), lang="en")
    except OSError as error:
        return fault("locales", f"{given.locales_dir}: {error.strerror}", "put LOCALES_DIR right")
    errors = [each for each in found if each.level == "error"]
    more = f" (+{len(errors) - 1})" if len(errors) > 1 else ""
    if errors:
        return fault("locales", f"{errors[0]}{more}", "lapor-bot check shows all")
    if found:
        return warning("locales", f"{len(found)} warnings", "lapor-bot check shows them")
    return ok("locales", f"{given.locales_dir}: no errors")
