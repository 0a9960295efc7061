"""The webhooks under Granian with no rest of the bot, for tests that need real connections: `alone.py PORT`."""

import sys

from flask import Flask
from granian.constants import Interfaces
from granian.server import Server

from bot import logs
from bot.config import load
from tests.webhooks.rest import ENVIRON, Rest, core_of
from webhooks.app import create_app


def build() -> Flask:
    """Build the web process; its one caller is in no network of the gateway's."""
    rest = Rest()
    return create_app(load(ENVIRON | {"SMS_GATEWAY_NETWORKS": "10.20.0.0/16"}), core_of(rest))


if __name__ == "__main__":
    logs.configure()
    port = int(sys.argv[1])
    Server(
        "tests.webhooks.alone:build", address="127.0.0.1", port=port, interface=Interfaces.WSGI, factory=True
    ).serve()
