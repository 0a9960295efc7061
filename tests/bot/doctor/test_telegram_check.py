"""Telegram is asked who we are and where updates go, and the command that mends it holds no secret."""

import json

import pytest

from bot.botapi.updates import UPDATES
from bot.config import load
from bot.doctor.finding import Level
from bot.doctor.telegram import SET, Command, Webhook, commands, telegram, webhook
from bot.redis_server import free_port
from conversations.checking.needs import COMMANDS
from tests.bot.channels.provider import Provider, Reply
from tests.bot.doctor.environs import HOST, SECRET, WELL, found, levels

NOW = 1_795_510_800.0
URL = f"{HOST}/webhooks/telegram"
RIGHT = Webhook(URL, allowed_updates=UPDATES)


def answered(result: object) -> Reply:
    return Reply(200, json.dumps({"ok": True, "result": result}).encode())


def test_a_bot_whose_webhook_is_ours_is_well(provider: Provider) -> None:
    told = {"username": "lapor_bot", "url": URL, "pending_update_count": 3}
    menu = [{"command": name, "description": "…"} for name in COMMANDS]
    provider.script(answered(told), answered(told), answered(menu))
    seen = found(telegram, TELEGRAM_API_URL=provider.url)
    assert [(each.level, each.found) for each in seen] == [
        ("ok", "the bot is @lapor_bot"),
        ("ok", f"{URL}, 3 updates waiting"),
        ("ok", "/lapor, /status, /bantuan, /bahasa"),
    ]
    assert sorted(each.path for each in provider.asked) == [
        f"/bot42:{SECRET}/getMe",
        f"/bot42:{SECRET}/getMyCommands",
        f"/bot42:{SECRET}/getWebhookInfo",
    ]


@pytest.mark.parametrize("status", [401, 404])
def test_a_wrong_token_is_told_and_not_shown(status: int, provider: Provider) -> None:
    provider.script(Reply(status, b'{"ok": false}'))
    (seen,) = found(telegram, TELEGRAM_API_URL=provider.url)
    assert (seen.level, "TELEGRAM_BOT_TOKEN" in seen.mend, SECRET in str(seen)) == ("fault", True, False)


def test_an_answer_that_is_none_of_telegrams_is_told(provider: Provider) -> None:
    provider.script(Reply(200, b"<html>"))
    (seen,) = found(telegram, TELEGRAM_API_URL=provider.url)
    assert seen.found == f"{provider.url} does not answer: an answer of another kind, with status 200"


def test_a_telegram_out_of_reach_is_told_without_the_address_that_holds_the_token() -> None:
    url = f"http://127.0.0.1:{free_port()}"
    (seen,) = found(telegram, TELEGRAM_API_URL=url)
    assert (seen.level, seen.found) == ("fault", f"{url} does not answer: ConnectError")


@pytest.mark.parametrize(
    ("info", "expected"),
    [
        (RIGHT, ("telegram_webhook", "ok")),
        (Webhook(URL), ("telegram_webhook", "ok")),
        (Webhook(), ("telegram_webhook", "fault")),
        (Webhook(f"https://other.example/bot42:{SECRET}"), ("telegram_webhook", "fault")),
        (Webhook(URL, allowed_updates=UPDATES[:3]), ("telegram_webhook", "fault")),
        (Webhook(URL, 101), ("telegram_waiting", "warning")),
        (Webhook(URL, 0, int(NOW) - 60, "Connection timed out"), ("telegram_errors", "warning")),
        (Webhook(URL, 0, int(NOW) - 7200, "Connection timed out"), ("telegram_webhook", "ok")),
    ],
)
def test_a_webhook_is_compared_with_what_it_should_be(info: Webhook, expected: tuple[str, Level]) -> None:
    seen = webhook(info, load(WELL), NOW)
    assert (levels(seen), SECRET in str(seen)) == ([expected], False)


def test_a_secret_that_differs_shows_in_what_telegram_was_answered() -> None:
    said = "Wrong response from the webhook: 401 Unauthorized"
    (seen,) = webhook(Webhook(URL, 0, int(NOW), said), load(WELL), NOW)
    assert seen.mend == f"the secret differs: {SET}"


@pytest.mark.parametrize(
    ("info", "expected"),
    [
        (Webhook(), ("warning", f"run lapor-bot poll, or set PUBLIC_URL and {SET}")),
        (Webhook(URL), ("fault", f"run lapor-bot poll --take-over, or set PUBLIC_URL and {SET}")),
    ],
    ids=("none, and it is polled for", "one that keeps lapor-bot poll from working"),
)
def test_without_a_public_address_there_is_no_webhook(info: Webhook, expected: tuple[Level, str]) -> None:
    environ = {**WELL, "PUBLIC_URL": "", "TWILIO_ACCOUNT_SID": "", "TWILIO_AUTH_TOKEN": ""}
    (seen,) = webhook(info, load(environ), NOW)
    assert (seen.level, seen.mend) == expected


def test_where_updates_are_fetched_no_webhook_is_wanted() -> None:
    (seen,) = webhook(Webhook("", 3), load(WELL), NOW, fetched=True)
    assert (seen.level, seen.found) == ("ok", "none: lapor-bot poll runs, 3 updates waiting")


def test_commands_that_the_phones_do_not_offer_are_told() -> None:
    seen = commands((Command("status"), Command("lapor")))
    assert (seen.level, seen.found, seen.mend) == (
        "warning",
        "the commands menu has no /bantuan, /bahasa",
        "run lapor-bot telegram commands",
    )


def test_a_bot_that_is_off_is_said_to_be_off() -> None:
    assert levels(found(telegram, TELEGRAM_BOT_TOKEN="", TELEGRAM_WEBHOOK_SECRET="")) == [("telegram", "ok")]
