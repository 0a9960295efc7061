"""`lapor-bot twilio templates`: makes the content templates that are missing, and tells how they stand."""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Final

from bot import bootstrap
from bot.config import Settings
from bot.contents import Contents, load, written
from bot.contents.api import ContentApi, Refused
from bot.contents.comparing import Found, compared, contents_of, made
from bot.contents.wanted import wanted
from bot.errors import Misconfigured
from bot.providers import Twilio
from bot.scripts import Scripts

STATES: Final = {
    "ready": "ready",
    "waiting": "awaits approval",
    "rejected": "not approved",
    "unsubmitted": "not submitted for approval",
    "missing": "missing",
    "refused": "refused by Twilio",
}
WORDS: Final = {"same": "same", "created": "created", "changed": "words differ", "new": ""}


def run(options: argparse.Namespace) -> int:
    """Make the content templates that WhatsApp's menus and news need, and tell how they stand."""
    settings = bootstrap.settings()
    if settings.twilio is None:
        raise Misconfigured("TWILIO_ACCOUNT_SID is missing: there is no account to make templates in")
    try:
        found, contents = looked_at(settings, settings.twilio, check=options.check)
    except Refused as error:
        sys.stderr.write(f"Twilio: {error}\n")
        return 1
    path = settings.twilio.templates
    if path and not options.check:
        save(path, contents)
    sys.stdout.write(_json(found, contents) if options.json else _report(found, contents, path))
    wrong = {"rejected", "refused"} | ({"waiting", "missing", "unsubmitted"} if options.check else set())
    return int(any(each.state in wrong for each in found))


def save(path: Path, contents: Contents) -> None:
    """Write the file of content templates, all of it or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    new.write_text(written(contents), encoding="utf-8")
    os.replace(new, path)  # noqa: PTH105 - pathlib's replace is the same


def looked_at(settings: Settings, account: Twilio, *, check: bool) -> tuple[list[Found], Contents]:
    """Compare what there is with what there must be, and make what is missing unless this is only a `check`.

    Raises Refused.
    """
    scripts = Scripts(settings.locales_dir, settings.default_locale).current()
    api = ContentApi(account)
    try:
        there = api.all()
        found = compared(wanted(scripts), there)
        if not check:
            found = [made(each, api) for each in found]
    finally:
        api.close()
    return found, contents_of(found, load(account.templates), there)


def _report(found: list[Found], contents: Contents, path: Path | None) -> str:
    lines = [_line(each) for each in found]
    counts = {state: sum(each.state == state for each in found) for state in STATES}
    lines.append(", ".join(f"{count} {STATES[state]}" for state, count in counts.items() if count))
    if path:
        lines.append(f"Their ids are in {path}; restart the web processes and the workers to use them.")
    else:
        lines += ["TWILIO_TEMPLATES names no file; this is what it would hold:", "", written(contents)]
    return "\n".join([*lines, ""])


def _line(each: Found) -> str:
    said = f" ({each.said})" if each.said else ""
    return f"{each.wanted.name:<48} {each.sid or '-':<34} {WORDS[each.words]:<13}{STATES[each.state]}{said}"


def _json(found: list[Found], contents: Contents) -> str:
    rows = [
        {"name": each.wanted.name, "sid": each.sid, "words": each.words, "state": each.state, "said": each.said}
        for each in found
    ]
    return json.dumps({"templates": rows, "configuration": written(contents)}, indent=1) + "\n"
