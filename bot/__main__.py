"""The command line: `lapor-bot`, also `python -m bot`.

Exit status 0 when all is well, 1 when a check fails or something cannot start, 2 for wrong usage.
"""

# ruff: noqa: PLC0415 - a command loads only what it needs
import argparse
import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import redis

from bot.errors import Misconfigured

TRANSCRIPTS: Final = Path(__file__).parent.parent / "tests" / "transcripts"
"""The recorded conversations of a source tree; an installed product has none."""


def demo(_options: argparse.Namespace) -> int:
    """Run all of it on this machine: Redis, case desk, web, worker, and a page with three phones."""
    from bot.demo import run

    return run()


def chat(options: argparse.Namespace) -> int:
    """Talk to the dialog in the terminal; no server is needed."""
    from bot.chat import talk

    return talk(options.channel, options.locale)


def check(options: argparse.Namespace) -> int:
    """Check the locale files."""
    from bot import checkup

    recorded = options.transcripts or (TRANSCRIPTS if TRANSCRIPTS.is_dir() else None)
    return checkup.run(Path(options.folder), recorded, options.lang, as_json=options.json)


def _plain(finding: object) -> dict[str, object]:
    import msgspec

    plain: dict[str, object] = msgspec.to_builtins(finding)
    return plain


def diagram(_options: argparse.Namespace) -> int:
    """Print the dialog as a Mermaid diagram."""
    from conversations.complaint import COMPLAINT
    from conversations.states import diagram as draw

    print(draw(COMPLAINT), end="")
    return 0


def serve(_options: argparse.Namespace) -> int:
    """Run the web process."""
    from bot import bootstrap, durability, logs
    from bot.serving import run

    logs.configure()
    durability.require(bootstrap.settings())
    run()
    return 0


def work(_options: argparse.Namespace) -> int:
    """Run a worker; several share the work."""
    from bot import bootstrap, crew, durability, logs

    async def until_stopped() -> None:
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        await crew.worker(bootstrap.settings()).run(stop)

    logs.configure()
    durability.require(bootstrap.settings())
    asyncio.run(until_stopped())
    return 0


def poll(options: argparse.Namespace) -> int:
    """Fetch what citizens write on Telegram, where no webhook can be reached; a worker answers."""
    from pkgutil import resolve_name

    # Named like the web application: `bot` imports nothing of `webhooks`.
    status: int = resolve_name("webhooks.poll:run")(take_over=options.take_over)
    return status


def desk(_options: argparse.Namespace) -> int:
    """Run the embedded case desk."""
    from bot import bootstrap, logs
    from bot.cases.desk.serving import serve_desk

    logs.configure()
    given = bootstrap.settings()
    beside_phones = given.public_url if os.environ.get("LAPOR_DEMO") else ""
    serve_desk(given.desk, framed_by=beside_phones, timezone=given.timezone)
    return 0


def doctor(options: argparse.Namespace) -> int:
    """Look at all that the product needs, and say how to mend what is not well."""
    from dotenv import load_dotenv

    from bot import doctor as examination

    load_dotenv()
    found = examination.run(os.environ)
    print(json.dumps([_plain(each) for each in found]) if options.json else examination.report(found))
    return int(any(each.level == "fault" for each in found))


def parked(options: argparse.Namespace) -> int:
    """List tasks that cannot work, try them again, or drop them."""
    from bot import bootstrap, connecting
    from bot.parking import Parking
    from bot.vault import Vault

    given = bootstrap.settings()
    parking = Parking(connecting.line(given.redis_url), Vault(given.data_keys))
    if options.do == "list":
        _list([_plain(each) for each in parking.all()], as_json=options.json)
        return 0
    ids = [each.id for each in parking.all()] if options.all else options.ids
    done = [(parking.retry if options.do == "retry" else parking.drop)(each) for each in ids]
    for each in (each for each, well in zip(ids, done, strict=True) if not well):
        print(f"{each}: no such task, or one that cannot be read", file=sys.stderr)
    print(f"{sum(done)} of {len(ids)}")
    return int(not all(done))


def _list(rows: list[dict[str, object]], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(rows))
        return
    for row in rows:
        since = datetime.fromtimestamp(int(str(row["since"])), UTC)
        print(f"{row['id']}  {since:%Y-%m-%d %H:%M} UTC  {row['action']}  tried {row['attempts']}  {row['reason']}")
    print(f"{len(rows)} parked")


def funnel(options: argparse.Namespace) -> int:
    """Print how many citizens reached, left or failed at each state of the dialog."""
    from bot import bootstrap, connecting
    from bot.funnel import read, table

    given = bootstrap.settings()
    today = bootstrap.clock(given).date()
    rows = read(connecting.line(given.redis_url), today - timedelta(days=options.days - 1), today).rows()
    print(json.dumps([_plain(each) for each in rows]) if options.json else table(rows))
    return 0


def translations(options: argparse.Namespace) -> int:
    """Export a language for translators, import it again, or tell what has changed since."""
    from bot.translations.arguments import run

    return run(options)


def telegram(options: argparse.Namespace) -> int:
    """Set up the bot at Telegram: its webhook, its menu, links to it."""
    from bot.botapi.command import run

    return run(options)


def meta(options: argparse.Namespace) -> int:
    """Make and check the message templates that news on WhatsApp needs at Meta."""
    from bot.approvals.command import run

    return run(options)


def twilio(options: argparse.Namespace) -> int:
    """Make and check the content templates that WhatsApp's menus and news need at Twilio."""
    from bot.contents.command import run

    return run(options)


def schema(_options: argparse.Namespace) -> int:
    """Print the JSON Schema of the locale files, for editors."""
    from bot.schema import written

    print(written(), end="")
    return 0


def parser() -> argparse.ArgumentParser:
    """Return what the command line understands."""
    from bot import options
    from bot.approvals import arguments as approving
    from bot.botapi import command as telegramming
    from bot.contents import arguments as contents
    from bot.translations import arguments as translating

    apart: dict[str, Callable[[argparse.ArgumentParser], None]] = {
        "telegram": telegramming.add,
        "meta": approving.add,
        "twilio": contents.add,
        "translations": lambda each: translating.add(each, options.locales()),
    }
    top = argparse.ArgumentParser(prog="lapor-bot", description="The chat and SMS front end of SP4N-LAPOR!")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    for name, run in (
        ("demo", demo), ("chat", chat), ("check", check), ("diagram", diagram),
        ("serve", serve), ("worker", work), ("poll", poll), ("desk", desk), ("doctor", doctor), ("parked", parked),
        ("funnel", funnel), ("telegram", telegram), ("translations", translations), ("schema", schema),
        ("meta", meta), ("twilio", twilio),
    ):  # fmt: skip
        each = commands.add_parser(name, help=(run.__doc__ or "").rstrip("."), description=run.__doc__)
        each.set_defaults(run=run)
        if name in apart:
            apart[name](each)
        else:
            options.add(name, each)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status."""
    options = parser().parse_args(arguments)
    try:
        status: int = options.run(options)
    except Misconfigured as error:
        print(error, file=sys.stderr)
        return 1
    except redis.RedisError as error:
        print(f"Redis: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return status


if __name__ == "__main__":
    sys.exit(main())
