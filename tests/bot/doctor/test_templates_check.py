"""The doctor tells how WhatsApp's content templates stand at Twilio."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import flask
import pytest

from bot import config
from bot.config import Settings
from bot.contents.command import looked_at, save
from bot.demo.twins.app import serving
from bot.demo.twins.twilio import TwilioTwin
from bot.demo.twins.twin import World
from bot.doctor.templates import templates
from bot.redis_server import free_port
from conversations.templates import GAPS

NEWS = 2 * len(GAPS)
"""The templates for news, in the two languages that are offered."""
ALL = 45 + NEWS
UNSET = "TWILIO_TEMPLATES is not set: menus are numbers, and news later than a day waits for the citizen"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return the settings of an account on this machine."""
    return config.load(
        {
            "PUBLIC_URL": "https://lapor.example",
            "TWILIO_ACCOUNT_SID": "AC0123456789abcdef0123456789abcdef",
            "TWILIO_AUTH_TOKEN": "twilio-token",
            "TWILIO_API_URL": f"http://127.0.0.1:{free_port()}",
            "TWILIO_WHATSAPP_FROM": "+15005550001",
            "TWILIO_TEMPLATES": str(tmp_path / "templates.toml"),
        }
    )


@pytest.fixture
def twin(settings: Settings) -> Iterator[TwilioTwin]:
    """Yield Twilio."""
    assert settings.twilio is not None
    world = World()
    twin = TwilioTwin(world, "http://127.0.0.1:9/webhooks/twilio", settings.twilio)
    app = flask.Flask(__name__)
    app.register_blueprint(twin.blueprint)
    with serving(app, int(settings.twilio.api_url.rpartition(":")[2])):
        yield twin
    world.courier.close()


def make(settings: Settings, *, kept: bool = True) -> None:
    """Make the templates, and write their ids down."""
    assert settings.twilio is not None
    assert settings.twilio.templates is not None
    _, contents = looked_at(settings, settings.twilio, check=False)
    if kept:
        save(settings.twilio.templates, contents)


def told(settings: Settings) -> list[tuple[str, str]]:
    return [(each.level, each.found) for each in asyncio.run(templates(settings))]


def test_all_is_well_where_every_template_is_approved_and_known(settings: Settings, twin: TwilioTwin) -> None:
    twin.library.judge("approved")
    make(settings)
    assert told(settings) == [("ok", f"{ALL} templates are ready")]


def test_nothing_is_there_yet(settings: Settings, twin: TwilioTwin) -> None:
    assert twin.library.verdict == "approved"
    assert told(settings) == [("warning", f"of {ALL} templates: {ALL} missing")]


def test_words_that_wait_or_are_refused_are_named(settings: Settings, twin: TwilioTwin) -> None:
    """What waits is counted, what is refused is named with the reason, for its words must be changed."""
    twin.library.judge("pending")
    make(settings)
    waiting = told(settings)
    twin.library.judge("rejected", "INVALID_FORMAT")
    ((level, found),) = told(settings)
    assert (waiting, level) == ([("warning", f"of {ALL} templates: {NEWS} awaits approval")], "fault")
    assert (found.count("rejected INVALID_FORMAT"), "lapor_closed_id_" in found) == (NEWS, True)


def test_a_file_that_is_older_than_the_approval_is_told(settings: Settings, twin: TwilioTwin) -> None:
    twin.library.judge("approved")
    make(settings, kept=False)
    ((level, found),) = told(settings)
    assert (level, found.endswith("does not hold what is ready by now")) == ("warning", True)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"whatsapp_from": ""}, []),
        (
            {"templates": None},
            [("warning", UNSET)],
        ),
        ({"token": "wrong"}, [("warning", "not looked at: it answers 401")]),
        ({"api_url": "http://127.0.0.1:9"}, [("warning", "not looked at: ConnectError")]),
    ],
    ids=["no WhatsApp", "no file", "a wrong token", "nobody answers"],
)
def test_what_cannot_be_looked_at_is_told(
    changes: dict[str, str], found: object, settings: Settings, twin: TwilioTwin
) -> None:
    assert settings.twilio is not None
    assert twin.inbox("whatsapp:+62812") == ()
    assert told(replace(settings, twilio=replace(settings.twilio, **changes))) == found
