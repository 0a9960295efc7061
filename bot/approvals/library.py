"""The templates that may be sent: those that Meta has approved, asked for again every few minutes."""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from bot.approvals.listing import Listed, listed
from bot.approvals.wanted import Wanted
from bot.channels.graph import Graph
from bot.channels.http import repeatable
from bot.errors import Closed, Temporary
from conversations.bubble import Template

FRESH: Final = 600.0
"""For so many seconds the list is taken as it is."""


class Library:
    """Finds approved templates at a business account, whose id may be empty; `wanted` tells the words of now.

    `clock` tells seconds that only rise.
    """

    def __init__(
        self,
        graph: Graph,
        account: str,
        wanted: Callable[[], Sequence[Wanted]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._graph, self._account, self._wanted, self._clock = graph, account, wanted, clock
        self._approved: Mapping[str, Listed] = {}
        self._asked = -FRESH
        self._asking = asyncio.Lock()

    async def find(self, template: Template) -> Listed:
        """Return the approved template of a kind and language: that with the words of now, else an older one.

        Raises Closed where there is none, Temporary where Meta does not tell.
        """
        if not self._account:
            raise Closed("META_BUSINESS_ACCOUNT_ID is missing")
        await self._refresh()
        wanted = next((each for each in self._wanted() if _same(each, template)), None)
        if wanted is None:
            raise Closed("no such template")
        found = self._approved.get(wanted.name) or self._approved.get(wanted.family)
        if found is None:
            raise Closed("no approved template")
        return found

    async def _refresh(self) -> None:
        """Ask for the list where it is old; while Meta does not tell, an old one is better than none."""
        async with self._asking:
            if self._clock() - self._asked < FRESH:
                return
            try:
                with repeatable():
                    ready = [each for each in await listed(self._graph, self._account) if each.state == "ready"]
            except Temporary:
                if not self._approved:
                    raise
                return
            self._approved = {each.family: each for each in ready} | {each.name: each for each in ready}
            self._asked = self._clock()


def _same(wanted: Wanted, template: Template) -> bool:
    return (wanted.kind, wanted.code) == (template.kind, template.language)
