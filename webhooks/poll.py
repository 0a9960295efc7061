"""Telegram without a public address: updates are fetched, and taken as the webhook takes them."""

import asyncio
import contextlib
import signal
import sys
from collections.abc import Awaitable, Callable
from typing import Final, Protocol, TypeVar

import msgspec
import redis
import structlog

from bot import bootstrap, durability, logs
from bot.botapi.calls import Unanswered, account, done
from bot.botapi.fetching import Conflicting, Fetching, Update
from bot.errors import Busy, Failure, Temporary
from bot.tracing import where
from webhooks.route import Denied
from webhooks.telegram import Hook, SendMessage
from webhooks.wiring import core_of

LONGEST_PAUSE: Final = 30.0  # seconds between two tries
CONFIRMING: Final = 5.0  # seconds that stopping waits for Telegram
HOOKED: Final = "A webhook is set, so Telegram gives updates to nobody else. lapor-bot poll --take-over deletes it."
TAKEN: Final = (
    "Another process takes this bot's updates (lapor-bot poll, or a webhook); only one may. This one stops."
)

Told = TypeVar("Told")

log = structlog.get_logger()


class Source(Protocol):
    """Where updates come from."""

    async def updates(self, offset: int, *, wait: bool = True) -> list[Update]:
        """Confirm what is before the offset and return what comes next; raises Conflicting and Temporary."""

    async def say(self, chat: int, text: str, markup: Update | None) -> None:
        """Say something; raises Temporary."""


class Stopping(Exception):
    """Somebody asked us to stop."""


class Poll:
    """Takes one update after the other.

    `pause` is for how many seconds it waits first after a failure, `noted` is called after each fetch.
    An update is confirmed when it is stored, and comes again if we die before: its id tells that it was taken.
    """

    def __init__(
        self,
        source: Source,
        hook: Hook,
        stop: asyncio.Event,
        pause: float = 1.0,
        noted: Callable[[], None] = lambda: None,
    ) -> None:
        self._source = source
        self._hook = hook
        self._stop = stop
        self._pause = pause
        self._noted = noted

    async def run(self) -> None:
        """Work until `stop` is set; raises Conflicting."""
        offset = 0
        with contextlib.suppress(Stopping):
            while True:
                updates = await self._fetched(offset)
                with contextlib.suppress(redis.RedisError):
                    await asyncio.to_thread(self._noted)
                # Ids start anew after a quiet week; what was confirmed does not come again without an offset.
                offset = offset if updates else 0
                for update in updates:
                    await self._store(update)
                    offset = int(update["update_id"]) + 1
        with contextlib.suppress(Temporary, Conflicting, TimeoutError):
            async with asyncio.timeout(CONFIRMING):
                await self._source.updates(offset, wait=False)

    async def _fetched(self, offset: int) -> list[Update]:
        """Return what comes next, however often it must be asked for."""
        pause = self._pause
        while True:
            try:
                return await self._unless_stopped(self._source.updates(offset))
            except Temporary as error:
                log.warning("fetching_failed", error=str(error))
                await self._rest(max(pause, error.after))
                pause = min(pause * 2, LONGEST_PAUSE)

    async def _store(self, update: Update) -> None:
        """Have an update taken, however long Redis is away; what nobody can take is parked."""
        body, pause, take = msgspec.json.encode(update), self._pause, self._hook.taken
        while True:
            try:
                call = await asyncio.to_thread(take, body)
            except Busy as error:
                log.warning("busy", error=str(error))
                await self._rest(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
            except Denied:
                return
            except Exception as error:  # noqa: BLE001 - what fails once more must not stop all that come after it
                log.error("update_parked", error=type(error).__name__, where=where(error))  # noqa: TRY400
                take = self._park
            else:
                await self._say(call)
                return

    def _park(self, body: bytes) -> None:
        self._hook.core.unusable("telegram", "failed", body)

    async def _say(self, call: SendMessage | None) -> None:
        if call is None:
            return
        below = msgspec.to_builtins(call.reply_markup) if call.reply_markup else None
        with contextlib.suppress(Failure):
            await self._source.say(call.chat_id, call.text, below)

    async def _rest(self, seconds: float) -> None:
        await self._unless_stopped(asyncio.sleep(seconds))

    async def _unless_stopped(self, doing: Awaitable[Told]) -> Told:
        """Do something that may take long, unless we are to stop meanwhile; raises Stopping."""
        task, stop = asyncio.ensure_future(doing), asyncio.ensure_future(self._stop.wait())
        await asyncio.wait((task, stop), return_when=asyncio.FIRST_COMPLETED)
        stop.cancel()
        if task.done():
            return task.result()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        raise Stopping


def run(*, take_over: bool) -> int:
    """Fetch and take updates until SIGTERM or SIGINT; return the exit status.

    With `take_over`, a webhook that is set is deleted first; what waits is kept. Raises Misconfigured.
    """
    logs.configure()
    settings = bootstrap.settings()
    bot = account(settings)
    durability.require(settings)
    try:
        if done(bot, lambda each: each.get_webhook_info()).url:
            if not take_over:
                return _failed(HOOKED)
            done(bot, lambda each: each.delete_webhook(drop_pending_updates=False))
        web = bootstrap.web(settings)
        hook = Hook((), core_of(web), rides=0, locale=settings.default_locale)
        asyncio.run(_polled(Fetching(bot), hook, web.fetching))
    except Unanswered as error:
        return _failed(str(error))
    except Conflicting as error:
        return _failed(f"{TAKEN} ({error})")
    return 0


async def _polled(source: Fetching, hook: Hook, noted: Callable[[], None]) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    log.info("polling")
    try:
        await Poll(source, hook, stop, noted=noted).run()
    finally:
        await source.close()


def _failed(why: str) -> int:
    sys.stderr.write(f"{why}\n")
    return 1
