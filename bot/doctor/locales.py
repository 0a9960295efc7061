"""The locale files, as `lapor-bot check` sees them, and the list of agencies beside them."""

import asyncio
import tomllib

from bot import agencies
from bot.config import Settings
from bot.doctor.finding import Finding, fault, ok, warning
from bot.scripts import read_folder
from conversations.checking import BrokenScripts, check, load_all


async def locales(given: Settings) -> list[Finding]:
    """Check the folder of locale files."""
    return [await asyncio.to_thread(_checked, given)]


async def listed(given: Settings) -> list[Finding]:
    """Look whether every keyword of an agency can be understood; its shape was looked at before."""
    return [await asyncio.to_thread(_clashing, given)]


def _clashing(given: Settings) -> Finding:
    path = given.agencies_file
    try:
        scripts = {each.code: each for each in load_all(read_folder(given.locales_dir))[1]}
    except (OSError, BrokenScripts):
        return warning("agencies", "not looked at: the locale files have errors", "mend those first")
    source = agencies.text_of(path)
    if wrong := list(agencies.clashes(source, path.name, scripts)):
        more = f" (+{len(wrong) - 1})" if len(wrong) > 1 else ""
        return fault("agencies", f"{wrong[0]}{more}", "citizens who write it are not led to the agency")
    number = len(tomllib.loads(source)["agencies"])
    return ok("agencies", f"{path.name}: {number} agencies besides the governments of all regions")


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
