"""What there is at Twilio, laid beside what there must be."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal, TypeAlias

import msgspec

from bot.contents import Approved, Contents
from bot.contents.api import Approval, Content, ContentApi, Refused
from bot.contents.wanted import Wanted

State: TypeAlias = Literal["ready", "waiting", "rejected", "unsubmitted", "missing", "refused"]

READY: Final = "approved"
WAITING: Final = frozenset({"received", "pending"})


class Found(msgspec.Struct, frozen=True):
    """One template that there must be: its id, how it stands, and what Twilio or WhatsApp says of it.

    `words` tells whether it is new, unchanged, or takes the place of one with other words.
    """

    wanted: Wanted
    state: State
    words: Literal["same", "created", "changed", "new"]
    sid: str = ""
    said: str = ""


def compared(wanted: Iterable[Wanted], contents: Sequence[Content]) -> list[Found]:
    """Tell how each template stands, changing nothing."""
    known = {content.friendly_name: content for content in contents}
    families = {(content.friendly_name or "").rpartition("_")[0] for content in contents}
    return [_compared(each, known.get(each.name), families) for each in wanted]


def _compared(wanted: Wanted, content: Content | None, families: set[str]) -> Found:
    if content is None:
        return Found(wanted, "missing", "changed" if wanted.family in families else "new")
    state, said = _standing(wanted, content.approval)
    return Found(wanted, state, "same", content.sid, said)


def _standing(wanted: Wanted, approval: Approval) -> tuple[State, str]:
    if wanted.shape or approval.status == READY:
        return "ready", ""
    if approval.status in WAITING:
        return "waiting", approval.status
    if approval.status == "unsubmitted":
        return "unsubmitted", ""
    return "rejected", " ".join(f"{approval.status} {approval.rejection_reason or ''}".split())


def made(found: Found, api: ContentApi) -> Found:
    """Make a template that is missing, and ask WhatsApp for its approval where it was not asked."""
    if found.state not in {"missing", "unsubmitted"}:
        return found
    wanted, sid, words = found.wanted, found.sid, found.words
    try:
        if found.state == "missing":
            sid, words = api.create(wanted).sid, "created" if words == "new" else words
        approval = Approval() if wanted.shape else api.submit(sid, wanted.name)
    except Refused as error:
        return Found(wanted, "refused", words, sid, str(error))
    state, said = _standing(wanted, approval)
    return Found(wanted, state, words, sid, said)


def contents_of(found: Iterable[Found], before: Contents, contents: Sequence[Content]) -> Contents:
    """Return what the bot may send by; where new words wait for approval, the ones approved before stay in use."""
    approved = {content.sid for content in contents if content.approval.status == READY}
    menu: dict[str, str] = {}
    template: dict[str, dict[str, Approved]] = {}
    for each in found:
        wanted = each.wanted
        if wanted.shape and each.state == "ready":
            menu[wanted.shape] = each.sid
        elif each.state == "ready":
            template.setdefault(wanted.code, {})[wanted.kind] = Approved(each.sid, wanted.gaps)
        elif (old := _old(before.template, wanted)) and old.sid in approved:
            template.setdefault(wanted.code, {})[wanted.kind] = old
    return Contents(menu, template)


def _old(before: Mapping[str, Mapping[str, Approved]], wanted: Wanted) -> Approved | None:
    return before.get(wanted.code, {}).get(wanted.kind)
