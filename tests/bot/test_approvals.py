"""`lapor-bot meta templates`: made from the locale files, handed in, looked at, and sent."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from msgspec.structs import replace

from bot import config
from bot.__main__ import main
from bot.approvals.wanted import wanted
from bot.channels.meta import MetaSender
from bot.config import Settings
from bot.demo.surroundings import Ports, credentials, variables
from bot.demo.twins.app import Twins, serving
from bot.demo.twins.courier import Courier
from bot.demo.twins.meta import MetaTwin
from bot.demo.twins.twin import World
from bot.providers import Meta
from bot.redis_server import free_port
from conversations.bubble import Bubble, Template
from conversations.templates import CHOICES, GAPS
from tests.bot.channels.provider import outcome
from tests.stage import SCRIPTS

Call = Callable[..., tuple[int, list[dict[str, str]]]]
CITIZEN = "whatsapp:+6281234567890"
NEEDED = wanted(SCRIPTS)
CLOSED = next(each for each in NEEDED if (each.kind, each.code) == ("closed", "id"))
NEWS = Template("closed", "id", ("9165816", "Dinas PU", "Sudah ditambal.", "Sudah beres?"))


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """Return the environment of a demo whose phone with WhatsApp is at Meta."""
    ports = Ports(free_port(), free_port(), free_port())
    chosen = {"LAPOR_DEMO_WHATSAPP": "meta"}
    return variables(ports, "redis://127.0.0.1:6379/0", tmp_path, credentials(tmp_path / "env"), chosen)


@pytest.fixture
def settings(environ: dict[str, str]) -> Settings:
    """Return what it says."""
    return config.load(environ)


@pytest.fixture
def account(settings: Settings) -> Meta:
    """Return the account."""
    assert settings.meta is not None
    return settings.meta


@pytest.fixture
def twin(settings: Settings, account: Meta) -> Iterator[MetaTwin]:
    """Yield Meta's twin."""
    courier = Courier(waits=())
    twins = Twins(settings, World(courier=courier))
    assert twins.meta is not None
    with serving(twins.app, httpx.URL(account.api_url).port or 0):
        yield twins.meta
    courier.close()


@pytest.fixture
def called(environ: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Return what calls `lapor-bot meta templates` and gives its status and what it printed as JSON."""
    for name, value in environ.items():
        monkeypatch.setenv(name, value)

    def call(*options: str) -> tuple[int, list[dict[str, str]]]:
        status = main(["meta", "templates", "--json", *options])
        return status, json.loads(capsys.readouterr().out)["templates"]

    return call


def test_there_is_one_for_each_kind_of_news_in_each_language() -> None:
    """Their names differ, and are such as Meta takes."""
    names = {each.name for each in NEEDED}
    assert len(names) == len(NEEDED) == len(GAPS) * len(SCRIPTS)
    assert all(re.fullmatch(r"[a-z0-9_]{1,512}", name) for name in names)


def test_other_words_make_another_template_of_the_same_family() -> None:
    """Approved words cannot be changed."""
    changed = replace(CLOSED, text=f"{CLOSED.text} Ya?")
    assert (changed.family == CLOSED.family, changed.name == CLOSED.name) == (True, False)


def test_what_is_missing_is_made_and_stays(twin: MetaTwin, called: Call) -> None:
    """All shipped words keep Meta's rules; a second call makes nothing."""
    first, made = called()
    again, found = called("--check")
    assert (first, again, len(twin.templates)) == (0, 0, len(NEEDED))
    assert {(each["words"], each["state"]) for each in made} == {("created", "ready")}
    assert {(each["words"], each["state"]) for each in found} == {("same", "ready")}


@pytest.mark.parametrize(
    ("fate", "state", "statuses"),
    [("PENDING", "waiting", (0, 1)), ("REJECTED", "rejected", (1, 1)), ("PAUSED", "rejected", (1, 1))],
)
def test_what_is_not_approved_is_told(
    fate: str, state: str, statuses: tuple[int, int], twin: MetaTwin, called: Call
) -> None:
    """One that waits is no fault when it is made, and one when nothing should be missing."""
    twin.fate = fate
    first, _ = called()
    again, found = called("--check")
    assert ((first, again), {(each["state"], each["said"]) for each in found}) == (statuses, {(state, fate)})


def test_a_check_makes_nothing(twin: MetaTwin, called: Call) -> None:
    """It fails where something is missing."""
    status, found = called("--check")
    assert (status, {each["state"] for each in found}, twin.templates) == (1, {"missing"}, {})


def test_without_its_account_it_says_which_variable_is_missing(
    environ: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is asked of Meta."""
    for name, value in (environ | {"META_BUSINESS_ACCOUNT_ID": ""}).items():
        monkeypatch.setenv(name, value)
    status = main(["meta", "templates"])
    assert (status != 0, "META_BUSINESS_ACCOUNT_ID" in capsys.readouterr().err) == (True, True)


def test_news_goes_out_as_its_template_with_buttons_that_bring_our_data(
    twin: MetaTwin, account: Meta, called: Call
) -> None:
    """Values are given by their names, whatever their order in the approved text."""
    called()
    sender = MetaSender(account, lambda: NEEDED)
    told = outcome(sender, lambda: sender.send(CITIZEN, Bubble("Selesai.", template=NEWS), "ob-1"))
    assert str(told).startswith("wamid.")
    (entry,) = twin.inbox(CITIZEN)
    assert ("9165816" in entry.text, "Sudah ditambal." in entry.text, "{" in entry.text) == (True, True, False)
    assert [button.data for row in entry.buttons for button in row] == [
        f"template.9165816.{option}" for option in CHOICES["closed"]
    ]
