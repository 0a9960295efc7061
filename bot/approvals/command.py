"""`lapor-bot meta templates`: makes the message templates that are missing, and tells how they stand."""

import argparse
import asyncio
import json
import sys
from typing import Final, Literal

import msgspec

from bot import bootstrap
from bot.approvals.comparing import STATES, Found, compared
from bot.approvals.listing import Listed, listed
from bot.approvals.wanted import Wanted, wanted
from bot.channels.graph import Graph
from bot.errors import Failure, Misconfigured
from bot.providers import Meta
from bot.scripts import Scripts

WORDS: Final = {"same": "same", "created": "created", "changed": "words differ", "new": ""}


class Made(msgspec.Struct, frozen=True):
    """The answer to a template that was handed in."""

    status: str = "PENDING"


def run(options: argparse.Namespace) -> int:
    """Make the message templates that news needs outside the window, and tell how they stand."""
    settings = bootstrap.settings()
    if settings.meta is None or not settings.meta.account:
        raise Misconfigured("META_BUSINESS_ACCOUNT_ID is missing: there is no account to make templates in")
    scripts = Scripts(settings.locales_dir, settings.default_locale).current()
    try:
        found = asyncio.run(looked_at(settings.meta, wanted(scripts), check=options.check))
    except Failure as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(_json(found) if options.json else _report(found))
    wrong = {"rejected", "refused"} | ({"waiting", "missing"} if options.check else set())
    return int(any(each.state in wrong for each in found))


async def looked_at(account: Meta, needed: list[Wanted], *, check: bool) -> list[Found]:
    """Tell how each template stands; make what is missing, unless this is only a check.

    Raises Temporary, Permanent or Uncertain where Meta does not list its templates.
    """
    graph = Graph(account)
    try:
        found = compared(needed, await listed(graph, account.account))
        return found if check else [await _made(each, graph, account.account) for each in found]
    finally:
        await graph.close()


async def _made(found: Found, graph: Graph, account: str) -> Found:
    """Hand a template in for approval, where it is missing."""
    if found.state != "missing":
        return found
    words: Literal["created", "changed"] = "created" if found.words == "new" else "changed"
    try:
        made = await graph.post(f"{account}/message_templates", Made, found.wanted.definition())
    except Failure as error:
        return Found(found.wanted, "refused", words, str(error))
    state = Listed(found.wanted.name, status=made.status).state
    return Found(found.wanted, state, words, "" if state == "ready" else made.status)


def _report(found: list[Found]) -> str:
    counts = {state: sum(each.state == state for each in found) for state in STATES}
    last = ", ".join(f"{count} {STATES[state]}" for state, count in counts.items() if count)
    return "\n".join([*map(_line, found), last, ""])


def _line(each: Found) -> str:
    said = f" ({each.said})" if each.said else ""
    return f"{each.wanted.name:<48} {WORDS[each.words]:<13}{STATES[each.state]}{said}"


def _json(found: list[Found]) -> str:
    rows = [
        {"name": each.wanted.name, "words": each.words, "state": each.state, "said": each.said} for each in found
    ]
    return json.dumps({"templates": rows}, indent=1) + "\n"
