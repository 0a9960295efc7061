"""The page for operators names counters, variables, commands and files that there are."""

import re
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from bot import metrics
from bot.__main__ import parser
from bot.health import Health
from bot.variables import VARIABLES
from conversations.complaint import COMPLAINT

DOCS = Path(__file__).parent.parent / "docs"
PAGE = (DOCS / "operations.md").read_text(encoding="utf-8")
NOTE = Health(at=0.0, workers=1, waiting=0, oldest=0.0, parked=0, backend="ok")
OUTSIDE = {"PROMETHEUS_MULTIPROC_DIR", "WEB_CONCURRENCY"}
"""Variables of the libraries that serve and count."""


def told() -> set[str]:
    """Return the name of every counter and gauge, as queries name them."""
    text = (metrics.exposition() + metrics.gauges(NOTE)).decode()
    families = [family for family in text_string_to_metric_families(text) if family.name.startswith("lapor_")]
    return {f"{each.name}_total" if each.type == "counter" else each.name for each in families}


def test_every_alert_asks_for_what_is_counted() -> None:
    named = set(re.findall(r"\blapor_\w+", PAGE))
    assert (named - told(), len(named) > 10) == (set(), True)


def test_every_label_that_alerts_ask_for_is_one() -> None:
    known = {label for each in vars(metrics).values() for label in getattr(each, "_labelnames", ())}
    states = {state.name for state in COMPLAINT}
    assert set(re.findall(r"(\w+)=~?\"", PAGE)) | set(re.findall(r"by \((\w+)\)", PAGE)) <= known
    assert set(re.findall(r"state=\"(\w+)\"", PAGE)) <= states


def test_every_variable_is_one_that_is_read() -> None:
    named = set(re.findall(r"\b[A-Z]{3,}(?:_[A-Z]+)+\b", PAGE))
    assert named - {variable.name for variable in VARIABLES} == OUTSIDE


def test_every_command_is_one_that_is_understood() -> None:
    commands = set(re.findall(r"lapor-bot (\w+)", PAGE))
    assert [each for each in sorted(commands) if f" {each} " not in parser().format_help()] == []


def test_every_page_that_is_linked_is_there() -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)[^)]*\)", PAGE) if not link.startswith("http")]
    assert [link for link in links if not (DOCS / link).exists()] == []
