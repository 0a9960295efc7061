"""What `make audit` makes of pip-audit's words: weak packages fail it, a missing network is said."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from tests.audit import NOT_LOOKED_UP, Told, judged

ROOT = Path(__file__).parent.parent
PRODUCT = ("bot", "webhooks", "conversations")
BANDIT = re.compile(r"S\d*")
BLANKET = re.compile(r"# noqa\s*$|# noqa: S\d{0,2}\b|# ruff: noqa(\s*$|.*\bS\d*)", re.MULTILINE)

SOUND = {"name": "flask", "version": "3.1.2", "vulns": []}
WEAK = {"name": "pillow", "version": "12.0", "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["12.0.1", "12.1"]}]}
UNMENDED = {"name": "redis", "version": "8.1", "vulns": [{"id": "PYSEC-2026-2", "fix_versions": []}]}
SKIPPED = {
    "name": "twilio",
    "skip_reason": "Dependency not found on PyPI and could not be audited: twilio (9.13.0)",
}


@pytest.mark.parametrize(
    ("dependencies", "expected"),
    [
        ([SOUND], (0, ("1 packages looked up, 0 weaknesses known.",))),
        (
            [SOUND, WEAK, UNMENDED, SKIPPED],
            (
                1,
                (
                    "pillow 12.0: PYSEC-2026-1, mended in 12.0.1, 12.1",
                    "redis 8.1: PYSEC-2026-2, mended in no version yet",
                    "Not looked up: twilio.",
                    "3 packages looked up, 2 weaknesses known.",
                ),
            ),
        ),
        ([SKIPPED], (0, (f"Nothing was looked up, for 1 of 1 packages {NOT_LOOKED_UP}.",))),
    ],
)
def test_every_package_is_weak_sound_or_said_to_be_left_out(dependencies: list[object], expected: Told) -> None:
    assert judged(json.dumps({"dependencies": dependencies, "fixes": []}), "") == expected


@pytest.mark.parametrize(
    ("errors", "expected"),
    [
        (
            "…\nrequests.exceptions.ConnectionError: Max retries exceeded",
            (0, (f"Nothing was looked up: {NOT_LOOKED_UP}.",)),
        ),
        ("…\nrequests.exceptions.ProxyError: refused", (0, (f"Nothing was looked up: {NOT_LOOKED_UP}.",))),
        ("…\nKeyError: 'vulns'\n", (1, ("KeyError: 'vulns'",))),
        ("", (1, ("it said nothing",))),
    ],
)
def test_a_missing_network_is_no_finding_and_a_broken_audit_is(errors: str, expected: Told) -> None:
    assert judged("", errors) == expected


def test_no_rule_of_bandit_is_off_for_the_product_as_a_whole() -> None:
    """What a line of it may do against a rule is said at that line."""
    lint = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]
    files = {name: rules for name, rules in lint["per-file-ignores"].items() if name != "tests/**"}
    off = [rule for rules in (lint["ignore"], *files.values()) for rule in rules if BANDIT.fullmatch(rule)]
    blanket = [
        path.name for part in PRODUCT for path in (ROOT / part).rglob("*.py") if BLANKET.search(path.read_text())
    ]
    assert (lint["select"], off, blanket) == (["ALL"], [], [])
