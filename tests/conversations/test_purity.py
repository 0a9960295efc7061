"""The core is pure, and imports point one way."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PACKAGES = ("conversations", "bot", "webhooks")

# What only computes. `datetime` and `tomllib` are here for their types and parsers: whoever asks them for the time
# or a file is caught by the name that is called.
PURE = {
    *("__future__", "abc", "bisect", "calendar", "collections", "copy", "dataclasses", "datetime", "decimal"),
    *("difflib", "enum", "fractions", "functools", "hashlib", "heapq", "itertools", "math", "operator", "re"),
    *("string", "textwrap", "tomllib", "types", "typing", "unicodedata"),
    *("conversations", "msgspec", "rapidfuzz", "smsutil"),
}
IMPURE_NAMES = {"open", "input", "print", "eval", "exec", "compile", "__import__", "breakpoint", "hash"}
IMPURE_CALLS = {"now", "utcnow", "today"}

ALLOWED = {
    "conversations": {"conversations"},
    "bot": {"bot", "conversations"},
    "webhooks": {"webhooks", "bot", "conversations"},
}

# Run by a fresh interpreter: after what the core stands on is loaded, nothing but code is opened.
IMPORTING = """
import importlib, pkgutil, sys
import msgspec, smsutil
OUTSIDE = ("open", "socket.", "subprocess.", "os.system", "os.exec", "os.putenv", "shutil.", "urllib.")
touched = []
def watch(event, arguments):
    code = event == "open" and str(arguments[0]).endswith((".py", ".pyc"))
    if event.startswith(OUTSIDE) and not code:
        touched.append((event, str(arguments[:1])))
sys.addaudithook(watch)
import conversations
for module in pkgutil.walk_packages(conversations.__path__, "conversations."):
    importlib.import_module(module.name)
sys.exit(repr(touched) if touched else 0)
"""


def sources(package: str) -> list[Path]:
    """Return the source files of a package."""
    return sorted((ROOT / package).rglob("*.py"))


def imported(tree: ast.AST, package: tuple[str, ...]) -> Iterator[str]:
    """Yield the first name of every module imported anywhere in a file of a package."""
    for node in ast.walk(tree):
        match node:
            case ast.Import():
                yield from (alias.name.partition(".")[0] for alias in node.names)
            case ast.ImportFrom(level=0, module=str(name)):
                yield name.partition(".")[0]
            case ast.ImportFrom():
                yield package[: len(package) - node.level + 1][0]


def impurities(source: str) -> list[str]:
    """Return what a file of the core does that is not pure."""
    tree = ast.parse(source)
    found = {f"imports {name}" for name in imported(tree, ("conversations",)) if name not in PURE}
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) if name in IMPURE_NAMES:
                found.add(f"uses {name}")
            case ast.Call(func=ast.Attribute(attr=name)) if name in IMPURE_CALLS:
                found.add(f"calls {name}()")
    return sorted(found)


@pytest.mark.parametrize("path", sources("conversations"), ids=lambda path: str(path.relative_to(ROOT)))
def test_the_core_asks_nothing_of_the_outside_world(path: Path) -> None:
    """Read every file of the core for clocks, files, network, environment and chance."""
    assert impurities(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import os", ["imports os"]),
        ("from pathlib import Path", ["imports pathlib"]),
        ("def f():\n    import random", ["imports random"]),
        ("import time as clock\nclock.time()", ["imports time"]),
        ("import zoneinfo, uuid", ["imports uuid", "imports zoneinfo"]),
        ("from bot.store import Store", ["imports bot"]),
        ("from datetime import datetime\nnow = datetime.now()", ["calls now()"]),
        ("import datetime as d\nd.date.today()", ["calls today()"]),
        ("text = open('x').read()", ["uses open"]),
        ("read = open", ["uses open"]),
        ("import re\nre.compile('x')", []),
        ("def f(today):\n    return today", []),
    ],
)
def test_what_is_not_pure_is_noticed(source: str, found: list[str]) -> None:
    """Catch what the core must not do, and only that."""
    assert impurities(source) == found


def test_importing_the_core_touches_nothing_but_code() -> None:
    """Import every module of the core in a fresh interpreter that tells what is opened."""
    run = subprocess.run(
        [sys.executable, "-B", "-c", IMPORTING], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (run.returncode, run.stderr) == (0, "")


@pytest.mark.parametrize("package", PACKAGES)
def test_imports_point_one_way(package: str) -> None:
    """Let webhooks import bot, and bot the core, and neither the other way round."""
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sources(package)
        for name in imported(ast.parse(path.read_text("utf-8")), path.relative_to(ROOT).parent.parts)
        if name in PACKAGES and name not in ALLOWED[package]
    ]

    assert wrong == []
