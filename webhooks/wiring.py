"""What the webhooks ask of the rest of the bot, in the web process and where updates are fetched."""

from functools import partial

from bot import bootstrap
from bot.bootstrap import Web
from webhooks.route import Core


def core_of(web: Web) -> Core:
    """Return the ways in to the parts of a process."""
    return Core(
        web.dispatcher.receive,
        web.dispatcher.notify,
        partial(bootstrap.clock, web.settings),
        ready=web.ready,
        receipt=web.receipt,
        report=web.report,
        reword=web.reword,
        phrase=web.phrase,
        park=web.park,
        exposition=web.exposition,
        once=web.once,
        bot_name=web.bot_name,
    )
