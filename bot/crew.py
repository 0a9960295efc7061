"""Wiring of a worker: the providers and the case backend, which the web process never loads."""

import os
import secrets
import socket
from functools import partial

from bot import bootstrap, connecting
from bot.approvals.wanted import wanted
from bot.carrying import Carrier
from bot.cases.lapor import LaporCases
from bot.channels import Sender
from bot.channels.gateway import GatewaySender
from bot.channels.meta import MetaSender
from bot.channels.telegram import TelegramSender
from bot.channels.twilio import TwilioSender
from bot.config import Limits, Settings
from bot.introducing import Introducing
from bot.leases import Leases
from bot.outbox import Outbox
from bot.pacing import Pacer, Speed, taking
from bot.polling import Polling
from bot.scripts import Scripts
from bot.telling import Telling
from bot.vault import Vault
from bot.worker import Worker


def senders(given: Settings) -> dict[str, Sender]:
    """Build the providers that are on, by name."""
    found: dict[str, Sender] = {}
    if given.telegram:
        found["telegram"] = TelegramSender(given.telegram)
    if given.twilio:
        found["twilio"] = TwilioSender(given.twilio, given.public_url)
    if given.meta:
        scripts = Scripts(given.locales_dir, given.default_locale)
        found["meta"] = MetaSender(given.meta, lambda: wanted(scripts.current()))
    if given.gateway:
        found["gateway"] = GatewaySender(given.gateway, given.public_url)
    return found


def worker(given: Settings) -> Worker:
    """Build a worker with a name of its own; call it inside the event loop."""
    web = bootstrap.web(given)
    client = connecting.asynchronous(given.redis_url)
    name = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(3)}"
    cases = LaporCases(given.lapor)
    speeds = speeds_of(given.limits)
    carriers = senders(given)
    found = Worker(
        Outbox(client, name, Vault(given.data_keys)),
        Leases(client, name, given.limits.lease_seconds),
        Carrier(carriers, cases, web.dispatcher, partial(bootstrap.clock, given)),
        pacers={provider: Pacer(taking(client, provider, speed)) for provider, speed in speeds.items()},
        speeds=speeds,
    )
    found.chores = (Polling(client, cases, web.store).poll, Telling(client, found.places).tell)
    if isinstance(telegram := carriers.get("telegram"), TelegramSender):
        found.chores = (*found.chores, Introducing(client, telegram.name).learn)
    return found


def speeds_of(limits: Limits) -> dict[str, Speed]:
    """Return how fast each provider may be sent to; Telegram takes one message a second in a chat."""
    return {
        "telegram": Speed(limits.telegram_rate, pace_ms=1000),
        "twilio": Speed(limits.twilio_rate),
        "meta": Speed(limits.meta_rate),
        "gateway": Speed(limits.sms_gateway_rate),
    }
