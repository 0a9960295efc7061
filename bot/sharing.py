"""Letting a second phone follow a report: what the worker does about codes, numbers and ends."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.dispatcher import Dispatcher
from bot.errors import Temporary
from bot.inbound import Inbound
from bot.owners import Offered, Registry
from bot.tasks import Sharing, Task
from conversations.effects import Expel, Find, Follow, Offer, Unfollow
from conversations.events import Event, Followed, Parted, Standing, Unwatched, Watched
from conversations.session import Case

DAY: Final = 86400
NUMBERED: Final = ("sms", "whatsapp")
"""The channels whose addresses are phone numbers."""
AGAIN: Final = 1.0
"""Seconds after which a code that is not known is looked for once more: its offer may still be on its way."""


@dataclass(frozen=True, slots=True)
class Sharer:
    """Carries out what a citizen wants about following reports; `clock` returns the aware time of the dialog.

    Everything is harmless to repeat, and the same wish has the same end. Every method raises redis.RedisError and
    Busy, and Unopened or msgspec.DecodeError for a document that cannot be read.
    """

    dispatcher: Dispatcher
    clock: Callable[[], datetime]

    def carry(self, task: Task, wish: Sharing) -> None:
        """Do what the citizen wants; raises Temporary where a code may be known in a moment."""
        match wish:
            case Offer():
                left = wish.until - int(self.clock().timestamp() * 1000)
                if left > 0:
                    self._owners.offer(wish.code, Offered(task.address, wish.key, wish.mark), left)
            case Follow():
                self._follow(task, wish)
            case Find():
                self._find(task, wish)
            case Unfollow(report_ids=report_ids):
                self.leave(task, report_ids)
            case Expel(report_ids=report_ids):
                self._expel(task, report_ids)

    def leave(self, task: Task, report_ids: Iterable[str]) -> None:
        """Let an address hear of reports no longer, and who filed those that it followed know it."""
        name = self.dispatcher.store.name(task.address)
        for report_id in report_ids:
            owners = self._owners.of(report_id)
            for own in owners.own if task.address in owners.followers else ():
                self._tell(own, f"unwatched:{task.id}:{report_id}", Unwatched((report_id,), name))
            self._owners.leave(report_id, task.address)

    def _follow(self, task: Task, wish: Follow) -> None:
        offered = self._owners.take(wish.code, task.address)
        if offered is None and not task.attempt:
            raise Temporary("no such code yet", AGAIN)
        case = self._offered(offered, task.address) if offered else None
        if offered is None or case is None or not self._joins(task.address, case):
            self._tell(task.address, f"followed:{task.id}", Followed(wish.key, "code"))
            return
        case = self._offered(offered, task.address) or case  # as it is now that news comes here too
        self._tell(task.address, f"followed:{task.id}", Followed(wish.key, "code", (standing(case),)))
        self._watched(task, offered.address, (case,))

    def _find(self, task: Task, wish: Find) -> None:
        """Follow what was filed with a number by other channels."""
        found: list[Case] = []
        for address in numbered(wish.phone or task.address.partition(":")[2], task.address):
            cases = [case for case in self._cases(address) if self._joins(task.address, case)]
            found += cases
            self._watched(task, address, cases)
        self._tell(task.address, f"followed:{task.id}", Followed(wish.key, "number", tuple(map(standing, found))))

    def _expel(self, task: Task, report_ids: Iterable[str]) -> None:
        for report_id in report_ids:
            owners = self._owners.of(report_id)
            if task.address not in owners.own:
                continue
            for each in owners.followers:
                self._tell(each, f"parted:{task.id}:{report_id}", Parted(report_id))
            self._owners.expel(report_id)

    def _offered(self, offered: Offered, address: str) -> Case | None:
        """Return the report that a code stands for, as it is; None where the code was replaced or taken back."""
        found = (case for case in self._cases(offered.address) if case.key == offered.key)
        return next((case for case in found if self._stands(offered, case, address)), None)

    def _stands(self, offered: Offered, case: Case, address: str) -> bool:
        """Tell whether a code still counts: it is the report's last, or this address has used it already."""
        return case.offer == offered.mark or address in self._owners.of(case.report_id).followers

    def _cases(self, address: str) -> Iterator[Case]:
        """Yield the reports with a number that were filed from an address."""
        document = self.dispatcher.store.load(address).document
        for case in document.session.cases if document else ():
            if case.report_id and case.tracking_id and not case.following:
                yield case

    def _joins(self, address: str, case: Case) -> bool:
        seconds = self.dispatcher.bounds.owner_days * DAY
        return self._owners.follow(case.report_id, address, seconds)

    def _watched(self, task: Task, owner: str, cases: Iterable[Case]) -> None:
        """Tell who filed reports that another phone follows them."""
        ids = tuple(case.report_id for case in cases)
        if ids and owner != task.address:
            name = self.dispatcher.store.name(task.address)
            self._tell(owner, f"watched:{task.id}:{ids[0]}", Watched(ids, name))

    def _tell(self, address: str, message_id: str, event: Event) -> None:
        self.dispatcher.receive(Inbound(address, message_id, event, self.clock()))

    @property
    def _owners(self) -> Registry:
        return self.dispatcher.store.owners


def standing(case: Case) -> Standing:
    """Return what whoever follows a report is told of it: no word of the story, and no name."""
    return Standing(
        case.report_id, case.tracking_id, case.status, case.sequence, case.agency, case.message, case.closes_on
    )


def numbered(phone: str, but: str) -> Iterator[str]:
    """Yield the addresses that a phone number (E.164) has, without the one that asks."""
    if phone.startswith("+"):
        yield from (address for each in NUMBERED if (address := f"{each}:{phone}") != but)
