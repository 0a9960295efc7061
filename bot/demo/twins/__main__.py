"""The twins as a process: `python -m bot.demo.twins`, at the address in `LAPOR_DEMO`."""

import os
from typing import Final
from urllib.parse import urlsplit

from bot import config
from bot.demo.twins.app import Twins, server
from bot.demo.twins.twin import World

BURST: Final = 20
"""Messages that a chat of Telegram takes at once, beyond which it is one a second."""


def main() -> None:
    """Serve until the process is ended."""
    port = urlsplit(os.environ["LAPOR_DEMO"]).port or 0
    twins = Twins(config.load(os.environ), World())
    twins.telegram.flood.burst = BURST
    server(twins.app, port).serve_forever()


if __name__ == "__main__":
    main()
