"""Telegram's twin refuses what the Bot API refuses, in its words.

The rules are those of https://core.telegram.org/bots/api, the words those of its server.
"""

from typing import Any

import httpx
import pytest

from bot.config import Settings
from bot.demo.twins.app import Twins

HALO: dict[str, Any] = {"chat_id": 1, "text": "halo"}
GROUP: dict[str, Any] = {"chat_id": -1001, "text": "halo"}
INLINE = "can't parse inline keyboard button: "
KEYBOARD = "can't parse keyboard button: "
HTML = "can't parse entities: "
COMMANDS = "can't parse BotCommand: "
HOOK = "https://lapor.example/webhooks/telegram"


def inline(*buttons: object) -> dict[str, Any]:
    """Return a message with one row of buttons below it."""
    return {**HALO, "reply_markup": {"inline_keyboard": [list(buttons)]}}


def button(**fields: object) -> dict[str, Any]:
    """Return a message with one button of these fields."""
    return inline(fields)


def asking(label: str = "Kirim", **kind: bool) -> dict[str, Any]:
    """Return the keyboard that asks a phone for something."""
    return {"keyboard": [[{"text": label, **kind}]], "one_time_keyboard": True}


def html(text: str) -> dict[str, Any]:
    """Return a message in HTML."""
    return {**HALO, "text": text, "parse_mode": "HTML"}


def menu(*commands: object) -> dict[str, Any]:
    """Return a menu of commands."""
    return {"commands": list(commands)}


def command(name: str = "lapor", description: str = "Membuat laporan") -> dict[str, Any]:
    """Return a menu of one command."""
    return menu({"command": name, "description": description})


SENDING: list[tuple[dict[str, Any], str]] = [
    ({"text": "halo"}, "chat_id is empty"),
    ({**HALO, "chat_id": "warga"}, "chat not found"),
    ({"chat_id": 1}, "message text is empty"),
    ({**HALO, "text": " \n"}, "message text is empty"),
    ({**HALO, "text": "x" * 4097}, "message is too long"),
    ({**HALO, "text": "x" * 32769}, "text is too long"),
    ({**HALO, "parse_mode": "BBCode"}, "unsupported parse_mode"),
    (html("<b></b>"), "message text is empty"),
    (html("a < b"), f'{HTML}Unsupported start tag "" at byte offset 2'),
    (html("é<p>"), f'{HTML}Unsupported start tag "p" at byte offset 2'),
    (html("<b>a"), f'{HTML}Can\'t find end tag corresponding to start tag "b"'),
    (html("a</b>"), f"{HTML}Unexpected end tag at byte offset 1"),
    (html("<b>a</i>"), f'{HTML}Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
    (html("<b>a</b"), f"{HTML}Unclosed end tag at byte offset 4"),
    (html("<b a"), f"{HTML}Unclosed start tag at byte offset 0"),
    (html("<span>a</span>"), f'{HTML}Tag "span" must have class "tg-spoiler" at byte offset 0'),
    (html("x" * 4000 + "&lt;" * 97), "message is too long"),
    ({**HALO, "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
    ({**HALO, "reply_markup": "[]"}, "object expected as reply markup"),
    ({**HALO, "reply_markup": {"keyboard": [{}]}}, 'field "keyboard" must be an Array of Arrays'),
    (
        {**HALO, "reply_markup": {"inline_keyboard": [{}]}},
        'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    ),
    (inline("Ya"), f"{INLINE}InlineKeyboardButton must be an Object"),
    (button(callback_data="ya"), f'{INLINE}Can\'t find field "text"'),
    (button(text="", callback_data="ya"), "inline keyboard button text must be non-empty"),
    (button(text="Ya"), f"{INLINE}Text buttons are unallowed in the inline keyboard"),
    (button(text="Ya", callback_data=""), f"{INLINE}Text buttons are unallowed in the inline keyboard"),
    (button(text="Ya", callback_data="x" * 65), "BUTTON_DATA_INVALID"),
    (button(text="Ya", callback_data="é" * 33), "BUTTON_DATA_INVALID"),
    (button(text="Buka", url="lapor"), "inline keyboard button URL 'lapor' is invalid: Wrong HTTP URL"),
    (inline(*[{"text": "Ya", "callback_data": "ya"}] * 101), "reply markup is too long"),
    ({**HALO, "reply_markup": asking("")}, "keyboard button text must be non-empty"),
    ({**HALO, "reply_markup": {"keyboard": [[7]]}}, f"{KEYBOARD}KeyboardButton must be a String or an Object"),
    (
        {**GROUP, "reply_markup": asking(request_location=True)},
        "location can be requested in private chats only",
    ),
    (
        {**GROUP, "reply_markup": asking(request_contact=True)},
        "phone number can be requested in private chats only",
    ),
]
SETTING: list[tuple[str, dict[str, Any], str]] = [
    ("answerCallbackQuery", {"callback_query_id": "1", "text": "x" * 201}, "MESSAGE_TOO_LONG"),
    (
        "answerCallbackQuery",
        {"callback_query_id": "1"},
        "query is too old and response timeout expired or query ID is invalid",
    ),
    ("getFile", {"file_id": "x"}, "invalid file_id"),
    ("setMyCommands", {"commands": "{"}, "can't parse commands JSON object"),
    ("setMyCommands", {"commands": {}}, "expected an Array of BotCommand"),
    ("setMyCommands", menu("lapor"), f"{COMMANDS}expected an Object"),
    ("setMyCommands", menu({"command": "lapor"}), f'{COMMANDS}Can\'t find field "description"'),
    ("setMyCommands", command(name="/"), "command must be non-empty"),
    ("setMyCommands", command(name="x" * 33), "command length must not exceed 32"),
    ("setMyCommands", command(name="hapus data"), "BOT_COMMAND_INVALID"),
    ("setMyCommands", command(name="Lapor"), "BOT_COMMAND_INVALID"),
    ("setMyCommands", command(description=" "), "command description must be non-empty"),
    ("setMyCommands", command(description="x" * 257), "command description length must not exceed 256"),
    ("setMyCommands", menu(*command()["commands"] * 101), "BOT_COMMANDS_TOO_MUCH"),
    ("setMyCommands", {**command(), "language_code": "ban"}, "invalid language code specified"),
    ("setMyCommands", {**command(), "language_code": "ID"}, "invalid language code specified"),
    (
        "setMyCommands",
        {**command(), "scope": {"type": "everywhere"}},
        "can't parse BotCommandScope: Unsupported type specified",
    ),
    ("setMyDescription", {"description": "x" * 513}, "BOT_INFO_TOO_LONG"),
    ("setMyShortDescription", {"short_description": "x" * 121}, "BOT_INFO_TOO_LONG"),
    ("setWebhook", {"url": "lapor"}, "invalid webhook URL specified"),
    ("setWebhook", {"url": "http://lapor.example/"}, "bad webhook: An HTTPS URL must be provided for webhook"),
    (
        "setWebhook",
        {"url": "https://lapor.example:8000/"},
        "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
    ),
    ("setWebhook", {"url": HOOK, "secret_token": "x" * 257}, "secret token is too long"),
    ("setWebhook", {"url": HOOK, "secret_token": "a b"}, "secret token contains unallowed characters"),
    ("setWebhook", {"url": HOOK, "allowed_updates": "["}, "can't parse allowed updates JSON object"),
]
REFUSED = [*(("sendMessage", given, why) for given, why in SENDING), *SETTING]
TAKEN: list[tuple[str, dict[str, Any]]] = [
    ("sendMessage", {**HALO, "text": "x" * 4096}),
    ("sendMessage", html('<b>x</b> &lt;y&gt; <a href="https://lapor.go.id">z</a> &nbsp;')),
    ("sendMessage", html("x" * 4095 + "&lt;")),
    ("sendMessage", button(text="Ya", callback_data="x" * 64)),
    ("sendMessage", button(text="Buka", url="https://t.me/lapor_bot?start=lapor")),
    ("sendMessage", {**HALO, "reply_markup": asking(request_location=True)}),
    ("sendMessage", {**GROUP, "reply_markup": {"remove_keyboard": True}}),
    ("setMyCommands", {**command(), "language_code": "jv", "scope": {"type": "all_private_chats"}}),
    ("setMyDescription", {"description": "x" * 512}),
    ("setWebhook", {"url": HOOK, "secret_token": "a-Z_9"}),
]


@pytest.fixture
def url(settings: Settings, twins: Twins) -> str:  # noqa: ARG001 - they run behind it
    """Return where the Bot API takes calls."""
    assert settings.telegram is not None
    return f"{settings.telegram.api_url}/bot{settings.telegram.token}"


def told(url: str, method: str, parameters: dict[str, Any]) -> dict[str, Any]:
    """Call a method and return the answer."""
    answer: dict[str, Any] = httpx.post(f"{url}/{method}", json=parameters, trust_env=False).json()
    return answer


def test_what_the_bot_api_refuses_the_twin_refuses_in_its_words(url: str, twins: Twins) -> None:
    """A refusal has the Bot API's shape, and nothing of the call reaches a phone."""
    answers = [told(url, method, parameters) for method, parameters, _ in REFUSED]
    assert [answer.get("description") for answer in answers] == [f"Bad Request: {why}" for *_, why in REFUSED]
    assert {(answer["ok"], answer["error_code"]) for answer in answers} == {(False, 400)}
    assert (twins.telegram.inbox("telegram:1"), twins.telegram.inbox("telegram:-1001")) == ((), ())


def test_what_just_keeps_the_rules_is_taken(url: str) -> None:
    """The bounds are where Telegram's are."""
    assert [told(url, method, parameters)["ok"] for method, parameters in TAKEN] == [True] * len(TAKEN)


def test_markup_is_read_and_not_shown(url: str, twins: Twins) -> None:
    """A phone shows what the text says."""
    told(url, "sendMessage", html("<b>Jl. A &amp; B</b> &lt;timur&gt;"))
    assert [entry.text for entry in twins.telegram.inbox("telegram:1")] == ["Jl. A & B <timur>"]


def test_who_writes_too_fast_in_a_chat_is_told_when_to_come_again(url: str, twins: Twins) -> None:
    """Another chat is another matter."""
    twins.telegram.flood.burst = 2
    answers = [told(url, "sendMessage", HALO) for _ in range(3)]
    other = told(url, "sendMessage", {**HALO, "chat_id": 2})
    assert ([each["ok"] for each in answers], other["ok"]) == ([True, True, False], True)
    after = answers[2]["parameters"]["retry_after"]
    assert answers[2] == {
        "ok": False,
        "error_code": 429,
        "description": f"Too Many Requests: retry after {after}",
        "parameters": {"retry_after": after},
    }


def test_who_blocked_the_bot_is_not_reached_until_the_bot_is_let_in_again(url: str, twins: Twins) -> None:
    """The refusal is the one that means it."""
    twins.telegram.block("telegram:1")
    refused = told(url, "sendMessage", HALO)
    twins.telegram.block("telegram:1", blocked=False)
    assert (refused["error_code"], refused["description"]) == (403, "Forbidden: bot was blocked by the user")
    assert told(url, "sendMessage", HALO)["ok"] is True


def test_updates_are_fetched_or_brought_and_never_both(url: str) -> None:
    """While a webhook is set, nobody can fetch."""
    hooked = told(url, "getUpdates", {})
    told(url, "deleteWebhook", {})
    assert (hooked["error_code"], told(url, "getUpdates", {"timeout": 0})) == (409, {"ok": True, "result": []})


def test_an_update_waits_until_an_offset_beyond_it_confirms_it(url: str, twins: Twins) -> None:
    """Fetched without that, it comes again."""
    told(url, "deleteWebhook", {})
    twins.telegram.say("telegram:1", "LAPOR")
    (first,) = told(url, "getUpdates", {"timeout": 5})["result"]
    (again,) = told(url, "getUpdates", {"timeout": 5})["result"]
    after = told(url, "getUpdates", {"offset": first["update_id"] + 1})["result"]
    assert (again, first["message"]["text"], after) == (first, "LAPOR", [])


def test_kinds_of_updates_that_were_not_asked_for_do_not_come(url: str, twins: Twins) -> None:
    """What was chosen once holds."""
    told(url, "deleteWebhook", {})
    told(url, "getUpdates", {"allowed_updates": ["message"]})
    twins.telegram.block("telegram:1")
    twins.telegram.say("telegram:1", "LAPOR")
    assert [sorted(each) for each in told(url, "getUpdates", {})["result"]] == [["message", "update_id"]]
