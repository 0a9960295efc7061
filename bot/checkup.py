"""The check of the locale files on the command line; what `--json` prints is described in docs/check.md."""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import msgspec

from bot.scripts import read_folder
from conversations.checking import Finding, check

WRONG_USAGE: Final = 2

SHOWN: Final = 12
"""Lines of a difference that are printed; `--json` has them all."""


def run(folder: Path, transcripts: Path | None, lang: str, *, as_json: bool) -> int:
    """Print what is wrong with a folder of locale files in `lang`; return the exit status.

    The recorded conversations of `transcripts` are looked at where the files have no error.
    """
    try:
        found = findings(folder, transcripts, lang)
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return WRONG_USAGE
    errors = sum(each.level == "error" for each in found)
    if as_json:
        print(json.dumps(msgspec.to_builtins(found), ensure_ascii=False))
    else:
        print("\n".join([*printed(found), f"{errors} errors, {len(found) - errors} warnings"]))
    return int(errors > 0)


def findings(folder: Path, transcripts: Path | None, lang: str) -> tuple[Finding, ...]:
    """Return what is wrong with a folder of locale files, then with what was recorded.

    Raises OSError.
    """
    sources = read_folder(folder)
    found = check(sources, lang)
    if transcripts is None or any(each.level == "error" for each in found):
        return found
    from bot import recordings  # noqa: PLC0415 - the gazetteer takes a while

    return (*found, *recordings.broken(transcripts, sources, lang))


def printed(found: Sequence[Finding]) -> Iterator[str]:
    """Yield the lines in which findings are told, one each, and below a conversation how it differs."""
    for each in found:
        column = f"{each.column}:" if each.column else ""
        yield f"{each.file}:{each.line}:{column} {each.level}: {each.sentence}"
        lines = each.diff.splitlines()
        yield from (f"    {line}".rstrip() for line in lines[:SHOWN])
        if len(lines) > SHOWN:
            yield "    ..."
