"""Carrying out one task: the call it means, and what its outcome tells the dialog."""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot import media, metrics
from bot.cases.port import Cases, Report
from bot.channels import Sender
from bot.dispatcher import Dispatcher
from bot.errors import Permanent, Rejected, Temporary, Uncertain, Unfit
from bot.inbound import Inbound
from bot.posting import Post
from bot.sharing import Sharer
from bot.store import Store
from bot.tasks import Acknowledge, Notify, Receive, Reword, Send, Task, Wake
from conversations.effects import Attach, Expel, File, Find, Follow, Forget, Offer, Rate, Reply, Unfollow
from conversations.events import Attached, Delayed, Event, Filed, Lapsed, Left, Refused, ReplyRefused

DAY: Final = 86400
CLEANING: Final = ThreadPoolExecutor(2, "media")
"""Threads of their own: pictures that wait here do not hold up what asks Redis."""
LONGEST: Final = 45.0
"""No call may take longer, in seconds, whatever its own time-outs."""
AT_FIRST: Final = 6
"""Attempts, over about a minute, within which a file that is not there may still come: Twilio tells of files that
its servers have only seconds later (its article 44750147594523), Telegram calls some temporarily unavailable."""
SLOW: Final = 3600.0
"""Seconds after which the citizen is told that a file is still on its way."""
GIVEN_UP: Final = 13 * DAY
"""Seconds after which a file is told as failed: before the outbox parks it without a word."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """Carries tasks out; `senders` by provider, `clock` returns the aware time of the dialog."""

    senders: Mapping[str, Sender]
    cases: Cases
    dispatcher: Dispatcher
    clock: Callable[[], datetime]

    @property
    def store(self) -> Store:
        """Return where documents and receipts are kept."""
        return self.dispatcher.store

    @property
    def locale(self) -> str:
        """Return the usual language."""
        return self.dispatcher.locale

    @property
    def _sharer(self) -> Sharer:
        return Sharer(self.dispatcher, self.clock)

    async def carry(self, task: Task) -> None:
        """Do what a task says.

        Raises Temporary, Permanent or Uncertain.
        """
        try:
            async with asyncio.timeout(LONGEST):
                await self._carry(task)
        except TimeoutError as error:
            raise Uncertain("took too long") from error

    async def _carry(self, task: Task) -> None:  # noqa: C901 - one line for each action
        match task.action:
            case Send(bubble=bubble):
                await Post(self, task).send(bubble)
            case Reword(outbox_id=outbox_id):
                await Post(self, task).reword(outbox_id)
            case Acknowledge(tap=tap):
                await self.sender(task).acknowledge(tap)
            case Wake(due=due):
                await self.tell(task.address, f"due:{due}", Lapsed(due))
            case Receive() as late:
                inbound = Inbound(task.address, late.message_id, late.event, late.at, task.provider)
                await asyncio.to_thread(self.dispatcher.receive, inbound)
            case Notify():
                await self._notify(task.action)
            case File():
                await self._file(task.address, task.action)
            case Attach():
                await self._attach(task, task.action)
            case Reply():
                await self._reply(task.address, task.action)
            case Rate():
                await self._rate(task, task.action)
            case Forget(report_ids=report_ids):
                await asyncio.to_thread(self._sharer.leave, task, report_ids)
                await asyncio.to_thread(self.store.drop_sent, task.address)
            case Offer() | Follow() | Find() | Unfollow() | Expel():
                await asyncio.to_thread(self._sharer.carry, task, task.action)

    def sender(self, task: Task) -> Sender:
        """Return the provider of a task; raises Permanent where it is off."""
        try:
            return self.senders[task.provider]
        except KeyError:
            raise Permanent(f"the channel {task.provider or 'of this message'} is off") from None

    async def left(self, task: Task) -> None:
        """Tell the dialog that a citizen wants no messages from us."""
        await self.tell(task.address, f"left:{task.id}", Left())

    async def _file(self, address: str, report: File) -> None:
        """File a report; repeating is safe, its key is the same in every attempt."""
        try:
            found = await self.cases.file(address, report)
        except Rejected as error:
            metrics.FILINGS.labels("refused").inc()
            await self.tell(address, f"refused:{report.key}", Refused(report.key, error.fields))
            return
        metrics.FILINGS.labels("filed").inc()
        await self.tell(address, f"filed:{report.key}", _filed(report.key, found))
        stored = await asyncio.to_thread(self.store.load, address)
        if stored.document and stored.document.session.case(report.key):  # else it was erased meanwhile
            seconds = self.dispatcher.bounds.owner_days * DAY
            await asyncio.to_thread(self.store.owners.own, found.report_id, address, seconds)

    async def _reply(self, address: str, reply: Reply) -> None:
        """Pass on an answer; one that will never be taken is the citizen's again."""
        try:
            await self.cases.reply(reply)
        except Rejected:
            told = ReplyRefused(reply.report_id, reply.body, reply.attachments)
            await self.tell(address, f"unanswered:{reply.key}", told)

    async def _attach(self, task: Task, file: Attach) -> None:
        """Fetch, clean and store a file, and tell what became of it: stored, not taken, or still on its way."""
        try:
            told = Attached(file.key, await self._stored(task, file))
        except Unfit as error:
            if error.why == "gone" and task.attempt < AT_FIRST:
                raise Temporary("the file is not there yet") from error
            told = Attached(file.key, why=error.why)
        except Permanent:
            told = Attached(file.key)
        except (Temporary, Uncertain):
            age = self.clock().timestamp() - task.born / 1000
            if age < GIVEN_UP:
                await self._delayed(task.address, file, age)
                raise
            told = Attached(file.key, why="gone")
        await self.tell(task.address, f"attached:{file.key}", told)

    async def _stored(self, task: Task, file: Attach) -> str:
        fetched = await self.sender(task).fetch(file.ref)
        content = await asyncio.get_running_loop().run_in_executor(CLEANING, media.clean, fetched)
        return await self.cases.attach(file.key, content)

    async def _delayed(self, address: str, file: Attach, age: float) -> None:
        """Tell the dialog of a file that is tried for so many seconds, if that is long."""
        if age > SLOW:
            await self.tell(address, f"delayed:{file.key}", Delayed(file.key))

    async def _rate(self, task: Task, rate: Rate) -> None:
        """Record a rating, unless it comes late and the citizen has said something else since."""
        stored = await asyncio.to_thread(self.store.load, task.address) if task.attempt else None
        case = stored.document.session.report(rate.report_id) if stored and stored.document else None
        if case is None or (case.solved, case.stars) == (rate.solved, rate.stars or 0):
            await self.cases.rate(rate)

    async def _notify(self, note: Notify) -> None:
        owners = await asyncio.to_thread(self.store.owners.of, note.event.moved.report_id)
        if not owners.own and not owners.followers:
            raise Temporary("no report of ours has this id yet")
        for address in owners.all:
            await self.tell(address, f"event:{note.event.event_id}", note.event.moved)

    async def tell(self, address: str, message_id: str, event: Event) -> None:
        """Hand an event to the dialog, once per message id."""
        inbound = Inbound(address, message_id, event, self.clock())
        await asyncio.to_thread(self.dispatcher.receive, inbound)


def _filed(key: str, report: Report) -> Filed:
    return Filed(key, report.report_id, report.tracking_id, report.status)
