"""The twins as a process: `python -m bot.demo.twins`, at the address in `LAPOR_DEMO`."""

import os
from urllib.parse import urlsplit

from bot import config
from bot.demo.twins.app import Twins, server
from bot.demo.twins.twin import World


def main() -> None:
    """Serve until the process is ended."""
    port = urlsplit(os.environ["LAPOR_DEMO"]).port or 0
    server(Twins(config.load(os.environ), World()).app, port).serve_forever()


if __name__ == "__main__":
    main()
