"""The command line of `lapor-bot telegram`."""

# ruff: noqa: PLC0415 - a command loads only what it needs
import argparse
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.config import Settings

FAILED = 1


def add(parser: argparse.ArgumentParser) -> None:
    """Add what the command understands."""
    does = parser.add_subparsers(required=True, dest="do", metavar="DO")
    setting = does.add_parser("set-webhook", help="let Telegram bring messages to PUBLIC_URL, and set the menu")
    setting.add_argument("--max-connections", type=int, choices=range(1, 101), default=40, metavar="NUMBER")
    deleting = does.add_parser("delete-webhook", help="let Telegram keep messages, for lapor-bot poll")
    for each in (setting, deleting):
        each.add_argument("--drop-pending", action="store_true", help="throw away what waits at Telegram")
    does.add_parser("webhook", help="show the webhook as Telegram has it")
    does.add_parser("commands", help="set the commands menu and the profile, in each language")
    linking = does.add_parser("link", help="print links that begin a report for an agency")
    linking.add_argument("keywords", nargs="+", metavar="KEYWORD", help="such as TANGKAB, 'KAB. NGANJUK'")


def run(options: argparse.Namespace) -> int:
    """Set up the bot at Telegram: its webhook, its menu, links to it."""
    from bot import bootstrap
    from bot.botapi.calls import Unanswered
    from bot.botapi.links import NoLink

    try:
        print(_done(options, bootstrap.settings()))
    except (Unanswered, NoLink) as error:
        print(error, file=sys.stderr)
        return FAILED
    return 0


def _done(options: argparse.Namespace, given: "Settings") -> str:
    match options.do:
        case "set-webhook":
            return _set(options, given)
        case "delete-webhook":
            return _deleted(options, given)
        case "webhook":
            return _shown(given)
        case "commands":
            return _published(given)
        case _:
            return _linked(options, given)


def _set(options: argparse.Namespace, given: "Settings") -> str:
    from bot.botapi.calls import account, done
    from bot.botapi.webhook import address, registered, shown

    address(given)
    info = done(
        account(given),
        lambda bot: registered(bot, given, options.max_connections, drop=options.drop_pending),
    )
    print(shown(info))  # it stands, whatever comes of the menu
    return _published(given)


def _deleted(options: argparse.Namespace, given: "Settings") -> str:
    from bot.botapi.calls import account, done

    done(account(given), lambda bot: bot.delete_webhook(drop_pending_updates=options.drop_pending))
    return "no webhook is set; messages wait at Telegram for a day, lapor-bot poll fetches them"


def _shown(given: "Settings") -> str:
    from bot.botapi.calls import account, done
    from bot.botapi.webhook import shown

    return shown(done(account(given), lambda bot: bot.get_webhook_info()))


def _published(given: "Settings") -> str:
    from telegram import Bot

    from bot.botapi.calls import account, done
    from bot.botapi.menu import Done, published
    from bot.scripts import Scripts

    scripts = Scripts(given.locales_dir, given.default_locale).current()

    async def all_of_them(bot: Bot) -> list[Done]:
        return [each async for each in published(bot, scripts, given.default_locale)]

    told = done(account(given), all_of_them)
    return "\n".join(f"menu      {each.language or 'all others'}: {each.what}" for each in told)


def _linked(options: argparse.Namespace, given: "Settings") -> str:
    from bot import knowledge
    from bot.botapi.calls import account, done
    from bot.botapi.links import links

    agencies = knowledge.load(given.agencies_file).agencies
    me = done(account(given), lambda bot: bot.get_me())
    return "\n".join(f"{url}  {name}" for url, name in links(me.username or "", options.keywords, agencies))
