"""All who carry messages: one row for each, with a class of its own."""

from typing import Final

from tests.contract.chat_providers import Meta, Telegram, TwilioSms, TwilioWhatsapp
from tests.contract.provider import Provider, path_of
from tests.contract.sms_providers import Aggregator, Jasmin, Kannel

__all__ = ["PROVIDERS", "Provider", "path_of"]

PROVIDERS: Final = (Telegram(), TwilioWhatsapp(), TwilioSms(), Meta(), Kannel(), Jasmin(), Aggregator())
