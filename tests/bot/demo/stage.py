"""What the tests of the twins talk with: a bot of a few lines, and ways to wait for what phones show."""

import queue
from dataclasses import dataclass, field
from typing import Any

import flask

from bot.demo.twins.screens import Entry
from bot.demo.twins.twin import Twin


@dataclass(frozen=True)
class Hit:
    """One request to a webhook."""

    path: str
    headers: dict[str, str]
    args: dict[str, str]
    form: dict[str, str]
    json: Any


@dataclass
class Echo:
    """A bot of a few lines: it keeps what it is brought and answers what it was told to, or else nothing."""

    hits: "queue.Queue[Hit]" = field(default_factory=queue.Queue)
    answers: list[flask.Response] = field(default_factory=list)

    def app(self) -> flask.Flask:
        """Return the web process of this bot."""
        app = flask.Flask(__name__)
        app.add_url_rule("/webhooks/<path:path>", view_func=self._take, methods=["GET", "POST"])
        return app

    def _take(self, path: str) -> flask.Response:
        given = flask.request
        json = given.get_json(silent=True)
        self.hits.put(Hit(path, dict(given.headers), given.args.to_dict(), given.form.to_dict(), json))
        return self.answers.pop(0) if self.answers else flask.Response()

    def hit(self) -> Hit:
        """Return the next request, as soon as there is one."""
        return self.hits.get(timeout=20)


def received(twin: Twin, address: str, count: int = 1) -> tuple[Entry, ...]:
    """Return what a phone was sent, as soon as there are `count` messages."""
    screens, seq = twin.world.screens, 0
    while len(twin.inbox(address)) < count:
        changed = screens.wait(seq, 20)
        assert changed, f"{address} was sent {len(twin.inbox(address))} messages, not {count}"
        seq = changed[-1].seq
    return twin.inbox(address)


def texts(twin: Twin, address: str, count: int = 1) -> list[str]:
    """Return the texts that a phone was sent, as soon as there are `count` messages."""
    return [entry.text for entry in received(twin, address, count)]


def settled(twin: Twin, address: str) -> Entry:
    """Return the last message that a phone sent, as soon as it is delivered or given up."""
    screens, seq = twin.world.screens, 0
    while True:
        for entry in screens.wait(seq, 20):
            seq = entry.seq
            if entry.address == address and entry.mine and entry.state != "sending":
                return entry
