"""The dialog as it runs: dispatcher, documents and outbox on a real Redis, played from a transcript."""

from datetime import datetime
from pathlib import Path
from typing import get_args
from zoneinfo import ZoneInfo

import redis

from bot import knowledge, tasks
from bot.dispatcher import Dispatcher
from bot.inbound import Inbound
from bot.scripts import Scripts
from bot.tasks import Send, Wake
from conversations.bubble import Bubble
from conversations.channel import PHONES
from conversations.effects import Effect
from conversations.events import Event, Heard
from conversations.rehearsal import PROMPT, Rehearsal
from conversations.service import Service
from conversations.turn import Turn
from tests.kept import emptied, store_at, url_of

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
LANGUAGES = Scripts(Path(__file__).parent.parent / "locales")
SCRIPTS = LANGUAGES.current()
KNOWLEDGE = knowledge.load()
ADDRESSES = {"sms": "sms:+6281234567890", "whatsapp": "whatsapp:+6281234567890", "telegram": "telegram:12345"}
PROVIDERS = {"sms": "gateway", "whatsapp": "twilio", "telegram": "telegram"}


class Stage(Rehearsal):
    """A rehearsal in which every step goes through the dispatcher."""

    def __init__(self, client: "redis.Redis", channel: str, locale: str, service: Service = PROMPT) -> None:
        super().__init__(PHONES[channel], LANGUAGES, locale, KNOWLEDGE, NOW, service)
        self.client = client
        self.address = ADDRESSES[self._channel.name]
        self.store = store_at(url_of(client))
        self._inbound: Inbound | None = None

    def play(self, event: Event, turn: Turn) -> tuple[tuple[Bubble, ...], tuple[Effect, ...]]:
        heard = isinstance(event, Heard)
        inbound = Inbound(
            self.address, turn.fresh, event, turn.now,
            provider=PROVIDERS[self._channel.name] if heard else "",
            rides=1 if heard and self._channel.name != "sms" else 0,
            words=self._channel.name == "whatsapp",
        )  # fmt: skip
        if heard:
            self._inbound = inbound
        answer = self._dispatcher(turn).receive(inbound)
        stored = self.store.load(self.address).document
        assert stored is not None
        self.session = stored.session
        done = self.drain()
        sent = tuple(task.action.bubble for task in done if isinstance(task.action, Send))
        effects = (task.action for task in done if isinstance(task.action, get_args(Effect)))
        return (*answer, *sent), tuple(effects)

    def repeat(self) -> tuple[Bubble, ...]:
        assert self._inbound is not None
        answer = self._dispatcher(self._turn).receive(self._inbound)
        assert self.drain() == []
        return answer

    def drain(self) -> list[tasks.Task]:
        """Take everything out of the citizen's outbox."""
        return [
            task for task in emptied(self.client, self.store, self.address) if not isinstance(task.action, Wake)
        ]

    def _dispatcher(self, turn: Turn) -> Dispatcher:
        return Dispatcher(
            self.store,
            LANGUAGES,
            self._locale,
            KNOWLEDGE,
            fresh=lambda: turn.fresh,
            provisional=lambda: turn.provisional,
            service=self._service,
            phones={self._channel.name: self._channel},
        )
