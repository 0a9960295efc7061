"""Wiring of a worker: the providers and the case backend, which the web process never loads."""

import os
import secrets
import socket
from functools import partial

from bot import bootstrap, outbox
from bot.carrying import Carrier
from bot.cases.lapor import LaporCases
from bot.channels import Sender
from bot.channels.gateway import GatewaySender
from bot.channels.telegram import TelegramSender
from bot.channels.twilio import TwilioSender
from bot.config import Settings
from bot.polling import Polling
from bot.worker import Worker


def senders(given: Settings) -> dict[str, Sender]:
    """Build the providers that are on, by name."""
    found: dict[str, Sender] = {}
    if given.telegram:
        found["telegram"] = TelegramSender(given.telegram)
    if given.twilio:
        found["twilio"] = TwilioSender(given.twilio, given.public_url)
    if given.gateway:
        found["gateway"] = GatewaySender(given.gateway, given.public_url)
    return found


def worker(given: Settings) -> Worker:
    """Build a worker with a name of its own; call it inside the event loop."""
    parts = bootstrap.web(given)
    client = outbox.connect(given.redis_url)
    name = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(3)}"
    cases = LaporCases(given.lapor)
    carrier = Carrier(senders(given), cases, parts.dispatcher, parts.store, partial(bootstrap.clock, given))
    return Worker(outbox.Outbox(client, name), carrier, Polling(client, cases, parts.store).poll)
