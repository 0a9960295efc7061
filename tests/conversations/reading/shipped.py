"""The shipped locale files, and tables of examples that stand in text files beside the tests."""

from pathlib import Path

from bot.scripts import read_folder
from bot.variables import LOCALES
from conversations.checking import BASE
from conversations.script import parse

HERE = Path(__file__).parent
SOURCES = read_folder(LOCALES)
INDONESIAN = parse(SOURCES[BASE])
ENGLISH = parse(SOURCES["en.toml"]).over(INDONESIAN)


def rows(file: str) -> list[tuple[str, ...]]:
    """Return the lines of a table, split at the bars; lines that begin with a number sign are remarks."""
    lines = (HERE / file).read_text("utf-8").splitlines()
    return [tuple(map(str.strip, line.split(" | "))) for line in lines if line.strip() and line[0] != "#"]
