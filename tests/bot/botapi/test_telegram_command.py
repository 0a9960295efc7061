"""`lapor-bot telegram` sets the bot up, tells how it stands, and can be run again."""

from typing import Any

import pytest

from bot.__main__ import main
from bot.botapi.updates import UPDATES
from bot.scripts import Scripts
from bot.variables import LOCALES
from conversations.checking.needs import COMMANDS
from tests.bot.botapi.conftest import TOKEN, Place
from tests.stage import SCRIPTS

HTTPS = "Telegram brings messages by https, to port 443, 80, 88 or 8443"
URL = "https://lapor.example/webhooks/telegram"


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str]]:
    """Run the command; return its exit status and what it printed, on either side."""
    status = main(["telegram", *arguments])
    told = capsys.readouterr()
    return status, (told.out + told.err).splitlines()


def info(place: Place) -> dict[str, Any]:
    """Return the webhook as Telegram has it."""
    told: dict[str, Any] = place.twin.webhook_info({})
    return told


def test_the_webhook_is_set_with_the_newest_secret_and_told_as_it_stands(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    """What Telegram has is asked for afterwards; the menu is set along with it."""
    assert said(capsys, "set-webhook", "--max-connections", "10") == (
        0,
        [
            f"webhook   {URL}",
            f"updates   {', '.join(UPDATES)}",
            "at once   10",
            "waiting   0",
            "menu      all others: set",
            "menu      id: set",
            "menu      en: set",
        ],
    )
    assert (info(place)["url"], info(place)["allowed_updates"], place.twin.secret) == (
        URL,
        list(UPDATES),
        "newest_secret",
    )


@pytest.mark.parametrize(
    ("public_url", "reason"),
    [
        ("", "PUBLIC_URL is missing: Telegram must know where to bring messages. Or use lapor-bot poll"),
        (
            "http://lapor.example",
            f"PUBLIC_URL is http://lapor.example: {HTTPS}",
        ),
        (
            "https://lapor.example:8000",
            f"PUBLIC_URL is https://lapor.example:8000: {HTTPS}",
        ),
    ],
)
def test_an_address_that_telegram_cannot_reach_is_refused_before_telegram_is_asked(
    public_url: str, reason: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A sentence says what is missing."""
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("TELEGRAM_WEBHOOK_SECRET", "secret")
    monkeypatch.setenv("PUBLIC_URL", public_url)
    assert said(capsys, "set-webhook") == (1, [reason])


def test_what_waits_is_kept_unless_it_is_to_be_thrown_away(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    """Messages that came meanwhile are citizens'."""
    place.twin.say("telegram:1", "LAPOR")
    said(capsys, "set-webhook")
    said(capsys, "delete-webhook")
    kept = info(place)["pending_update_count"]
    said(capsys, "delete-webhook", "--drop-pending")
    assert (kept, info(place)["pending_update_count"], info(place)["url"]) == (1, 0, "")


def test_the_menu_is_set_in_each_language_that_is_offered_and_once(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    """Run again, it changes nothing; languages without a code of two letters see the usual one."""
    first = said(capsys, "commands")
    again = said(capsys, "commands")
    assert (first[1], again[1]) == (
        [f"menu      {each}: set" for each in ("all others", "id", "en")],
        [f"menu      {each}: same" for each in ("all others", "id", "en")],
    )
    menus = {
        code: {each["command"]: each["description"] for each in place.twin.profile.menu(code)}
        for code in ("id", "en", "nl")
    }
    texts = {code: {name: SCRIPTS[code].text("commands", name) for name in COMMANDS} for code in ("id", "en")}
    assert menus == {**texts, "nl": texts["id"]}


def test_every_command_of_the_menu_is_understood_in_every_language() -> None:
    """Also by a citizen who chose another language than the phone's."""
    scripts = Scripts(LOCALES)
    meant = {"lapor": "report", "status": "status", "bantuan": "help", "bahasa": "language"}
    for script in scripts.current().values():
        understood = {name: script.command(name) or scripts.polyglot().command(name) for name in COMMANDS}
        assert understood == meant


def test_links_name_the_agency_they_are_for(place: Place, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: ARG001
    """A keyword that nobody has is refused, for its link would open the menu."""
    assert said(capsys, "link", "TANGKAB", "Kab. Nganjuk") == (
        0,
        [
            "https://t.me/lapor_demo_bot?start=TANGKAB  Pemerintah Kabupaten Tangerang",
            "https://t.me/lapor_demo_bot?start=Kab_Nganjuk  Pemerintah Kabupaten Nganjuk",
        ],
    )
    status, (why,) = said(capsys, "link", "TANGKOB")
    assert (status, why.startswith("TANGKOB: no agency of that name")) == (1, True)


def test_a_wrong_token_is_told_and_not_shown(
    place: Place,  # noqa: ARG001 - it answers
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """BotFather shows the right one."""
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "42:wrong-token")
    assert said(capsys, "webhook") == (
        1,
        ["Telegram does not take the token: put TELEGRAM_BOT_TOKEN right (BotFather shows it)."],
    )


def test_a_telegram_out_of_reach_is_told_without_its_address(
    place: Place,  # noqa: ARG001 - its environment
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The address of a call holds the token."""
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:9")
    assert said(capsys, "webhook") == (1, ["Telegram does not answer (ConnectError): see TELEGRAM_API_URL."])
