"""The command line of `lapor-bot translations`."""

# ruff: noqa: PLC0415 - a command loads only what it needs
import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bot.translations.handing import Form

FORMS: Final = ("xliff", "po", "csv")
ENDINGS: Final = {".xlf": "xliff", ".xliff": "xliff", ".po": "po", ".csv": "csv"}
WRONG_USAGE: Final = 2


class Mixed(argparse.ArgumentParser):
    """Takes a file also behind an option: `export jv --format po jv.po`."""

    mixing = False

    def parse_known_args(self, args=None, namespace=None):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
        """Read the options first; what they leave are the positional arguments."""
        if self.mixing:
            return super().parse_known_args(args, namespace)
        self.mixing = True
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self.mixing = False


def add(parser: argparse.ArgumentParser, folder: str) -> None:
    """Add what the command understands; `folder` is that of the locale files."""
    does = parser.add_subparsers(required=True, dest="do", metavar="DO", parser_class=Mixed)
    export = does.add_parser("export", help="write a language for translators")
    export.add_argument("language", metavar="LANG")
    export.add_argument("file", nargs="?", type=Path, metavar="FILE", help="the standard output without it")
    export.add_argument("--separator", choices=(",", ";"), default=",", help="between the columns of a CSV file")
    taking = does.add_parser("import", help="take a language from translators")
    taking.add_argument("file", type=Path, metavar="FILE")
    changes = does.add_parser("changes", help="what has changed in the base since a translation was made")
    changes.add_argument("language", metavar="LANG")
    changes.add_argument(
        "--accept", action="store_true", help="note down that the translation fits the base of today"
    )
    for each in (export, taking, changes):
        each.add_argument("--folder", type=Path, default=Path(folder))
        each.add_argument("--lang", choices=("id", "en"), default="id", help="language of what is printed")
    for each in (export, taking):
        each.add_argument("--format", choices=FORMS, help="by the ending of FILE without it")
    for each in (taking, changes):
        each.add_argument("--json", action="store_true", help="for programs")


def run(options: argparse.Namespace) -> int:
    """Export a language for translators, import it again, or tell what has changed since."""
    import msgspec

    from bot.translations.handing import Unreadable
    from bot.translations.telling import sentence

    try:
        return _done(options)
    except Unreadable as error:
        print(sentence(options.lang, error.rule, **error.facts), file=sys.stderr)
        return 1
    except msgspec.DecodeError:
        print(sentence(options.lang, "no_sources"), file=sys.stderr)
        return 1
    except OSError as error:
        reason = f"{error.filename}: {error.strerror}" if error.filename else str(error)
        print(reason, file=sys.stderr)
        return WRONG_USAGE


def _done(options: argparse.Namespace) -> int:
    from bot.translations import command

    match options.do:
        case "export":
            return command.export(options.folder, options.language, _form(options), options.file)
        case "import":
            form, data = _form(options), options.file.read_bytes()
            return command.take_in(options.folder, form, data, options.lang, as_json=options.json)
        case _ if options.accept:
            return command.accept(options.folder, options.language, options.lang)
    return command.changes(options.folder, options.language, options.lang, as_json=options.json)


def _form(options: argparse.Namespace) -> "Form":
    """Return the kind of file that was asked for, or that the name of the file tells."""
    from bot.translations.handing import Unreadable
    from bot.translations.sheet import Sheet
    from bot.translations.xliff import Xliff

    ending = options.file.suffix.lower() if options.file else ".xlf"
    match options.format or ENDINGS.get(ending):
        case "xliff":
            return Xliff()
        case "csv":
            return Sheet(getattr(options, "separator", ","))
        case "po":
            return _po()
    raise Unreadable("no_form", name=options.file.name)


def _po() -> "Form":
    from bot.translations.handing import Unreadable

    try:
        from bot.translations.po import Po
    except ModuleNotFoundError as error:
        raise Unreadable("no_babel") from error
    return Po(datetime.now(UTC))
