"""The message templates that there are at the business account, and how each stands."""

from typing import Final, Literal, TypeAlias

import msgspec

from bot.channels.graph import Graph
from conversations.script import PLACEHOLDER

FIELDS: Final = "name,language,status,rejected_reason,components"
PAGE: Final = 200
PAGES: Final = 30  # of a business account's at most 6,000 templates

State: TypeAlias = Literal["ready", "waiting", "rejected", "missing"]
WAITING: Final = frozenset(("PENDING", "IN_APPEAL"))


class Component(msgspec.Struct, frozen=True):
    """A part of a template: its text, or its buttons."""

    type: str = ""
    text: str = ""
    buttons: tuple[msgspec.Raw, ...] = ()


class Listed(msgspec.Struct, frozen=True):
    """A template as Meta lists it."""

    name: str
    language: str = ""
    status: str = ""
    rejected_reason: str = ""
    components: tuple[Component, ...] = ()

    @property
    def family(self) -> str:
        """The name without the hash of the words."""
        return self.name.rpartition("_")[0]

    @property
    def state(self) -> State:
        """How it stands; one that is paused or disabled counts as rejected."""
        if self.status == "APPROVED":
            return "ready"
        return "waiting" if self.status in WAITING else "rejected"

    @property
    def gaps(self) -> tuple[str, ...]:
        """The names of the values that its text has gaps for."""
        texts = (part.text for part in self.components if part.type == "BODY")
        return tuple(dict.fromkeys(name for text in texts for name in PLACEHOLDER.findall(text)))

    @property
    def buttons(self) -> int:
        """How many buttons stand below it."""
        return sum(len(part.buttons) for part in self.components)


class Cursors(msgspec.Struct, frozen=True):
    """Where the next page begins."""

    after: str = ""


class Paging(msgspec.Struct, frozen=True):
    """What leads to the next page; without `next` this is the last."""

    cursors: Cursors = Cursors()
    next: str = ""


class Page(msgspec.Struct, frozen=True):
    """A page of templates."""

    data: tuple[Listed, ...] = ()
    paging: Paging = Paging()


async def listed(graph: Graph, account: str) -> list[Listed]:
    """Return the templates of a business account.

    Raises Temporary, Permanent, Blocked, Closed or Uncertain.
    """
    found: list[Listed] = []
    params = {"fields": FIELDS, "limit": str(PAGE)}
    for _ in range(PAGES):
        page = await graph.get(f"{account}/message_templates", Page, params)
        found += page.data
        if not (page.paging.next and page.paging.cursors.after):
            break
        params = {**params, "after": page.paging.cursors.after}
    return found
