"""The README says what the code does."""

import re
import subprocess
import sys
from pathlib import Path

from bot.variables import LOCALES, VARIABLES, Variable

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def test_the_diagram_is_the_one_that_the_command_prints() -> None:
    printed = subprocess.run([sys.executable, "-m", "bot", "diagram"], capture_output=True, text=True, check=True)
    assert re.findall(r"```mermaid\n(.*?)```", README, re.DOTALL) == [printed.stdout]


def row(variable: Variable) -> str:
    default = "locales" if variable.default == str(LOCALES) else variable.default
    return f"| `{variable.name}` | {variable.purpose} | {f'`{default}` ' if default else ''}|"


def test_the_table_has_every_variable() -> None:
    assert re.findall(r"^\| `.*", README, re.MULTILINE) == [row(variable) for variable in VARIABLES]


def test_every_page_and_picture_that_is_linked_is_there() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README)
    local = [link for link in links if not link.startswith("http")]
    assert [link for link in local if not (Path(__file__).parent.parent / link).exists()] == []


def test_each_feature_of_a_channel_is_shown_by_a_transcript_or_a_test() -> None:
    table = re.search(r"^\| \| SMS gateway.*?\n\n", README, re.DOTALL | re.MULTILINE)
    assert table is not None
    head, _, *rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in table[0].splitlines() if line]
    assert head[1:-1] == ["SMS gateway", "SMS by Twilio", "WhatsApp by Twilio", "WhatsApp by Meta", "Telegram"]
    assert [row for row in rows if len(row) != len(head) or not all(row)] == []
    shown = [re.fullmatch(r"\[.+\]\((tests/.+\.(chat|py))\)", row[-1]) for row in rows]
    assert [row[0] for row, link in zip(rows, shown, strict=True) if link is None] == []
