"""Telegram's twin keeps the rules of the Bot API and brings updates as Telegram does."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import flask
import httpx
import pytest
import telegram

from bot.config import Settings
from bot.demo.twins.app import Twins
from bot.demo.twins.files import File
from bot.providers import Telegram as Account
from conversations.bubble import Button
from tests.bot.demo.stage import Echo, received, settled, texts

CITIZEN = "telegram:4711"


@pytest.fixture
def account(settings: Settings) -> Account:
    """Return the bot's account."""
    assert settings.telegram is not None
    return settings.telegram


def call(account: Account, method: str, **parameters: object) -> dict[str, Any]:
    """Call the Bot API and return its answer."""
    url = f"{account.api_url}/bot{account.token}/{method}"
    answer: dict[str, Any] = httpx.post(url, json=parameters, trust_env=False).json()
    return answer


def keyboard(label: str, data: str) -> dict[str, Any]:
    """Return an inline keyboard of one button."""
    return {"inline_keyboard": [[{"text": label, "callback_data": data}]]}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("bot{token}/sendPoem", 404),
        ("bot1:wrong/getMe", 401),
        ("file/bot1:wrong/x", 404),
        ("file/bot{token}/x", 404),
    ],
)
def test_what_is_not_there_and_who_is_not_the_bot_is_refused(
    path: str, status: int, twins: Twins, account: Account
) -> None:
    """A wrong token opens nothing."""
    url = f"{account.api_url}/{path.format(token=account.token)}"
    assert (httpx.get(url, trust_env=False).status_code, twins.telegram.inbox(CITIZEN)) == (status, ())


def with_bot(account: Account, ask: Callable[[telegram.Bot], Awaitable[object]]) -> object:
    """Ask by the library that the worker uses."""

    async def asked() -> object:
        base, files = f"{account.api_url}/bot", f"{account.api_url}/file/bot"
        async with telegram.Bot(account.token, base_url=base, base_file_url=files) as bot:
            return await ask(bot)

    return asyncio.run(asked())


def test_the_library_sends_a_message_with_buttons(twins: Twins, account: Account) -> None:
    """What python-telegram-bot sends stands on the phone as it was meant."""
    button = telegram.InlineKeyboardButton("Terbuka", callback_data="privacy.1.open")
    markup = telegram.InlineKeyboardMarkup([[button]])
    with_bot(account, lambda bot: bot.send_message(4711, "Pilih:", reply_markup=markup))
    (entry,) = twins.telegram.inbox(CITIZEN)
    assert (entry.text, entry.buttons) == ("Pilih:", ((Button("Terbuka", "privacy.1.open"),),))


def test_the_library_fetches_a_photo_that_a_phone_sent(twins: Twins, account: Account, echo: Echo) -> None:
    """The file_id in the update leads to the bytes, under a name that tells its type."""
    twins.telegram.send(CITIZEN, File(b"picture", "image/png"), "lubangnya")
    message = echo.hit().json["message"]

    async def fetch(bot: telegram.Bot) -> tuple[bytes, bool]:
        file = await bot.get_file(message["photo"][0]["file_id"])
        return bytes(await file.download_as_bytearray()), str(file.file_path).endswith(".png")

    assert (with_bot(account, fetch), message["caption"]) == ((b"picture", True), "lubangnya")


def test_the_library_reads_and_sets_the_webhook_and_the_menu(twins: Twins, account: Account) -> None:
    """What `doctor` asks and sets is answered."""

    async def ask(bot: telegram.Bot) -> tuple[object, ...]:
        commands = [telegram.BotCommand("menu", "Menu")]
        set_so_far = (
            await bot.set_webhook("http://127.0.0.1/x", secret_token="s"),
            await bot.set_my_commands(commands),
        )
        return *set_so_far, (await bot.get_webhook_info()).url, (await bot.get_me()).is_bot

    assert (with_bot(account, ask), twins.telegram.webhook) == (
        (True, True, "http://127.0.0.1/x", True),
        "http://127.0.0.1/x",
    )


def test_a_text_is_brought_as_an_update_with_the_secret(twins: Twins, account: Account, echo: Echo) -> None:
    """The update has the shape of Telegram's, and update ids rise."""
    twins.telegram.say(CITIZEN, "LAPOR")
    twins.telegram.say(CITIZEN, "jalan rusak")
    first, second = echo.hit(), echo.hit()
    sender = {"id": 4711, "is_bot": False, "first_name": "Warga", "language_code": "id"}
    chat = {"id": 4711, "type": "private", "first_name": "Warga"}
    known = {"message_id": first.json["message"]["message_id"], "date": first.json["message"]["date"]}
    assert (first.path, first.headers["X-Telegram-Bot-Api-Secret-Token"], first.json["message"]) == (
        "telegram",
        account.secret,
        {**known, "from": sender, "chat": chat, "text": "LAPOR"},
    )
    assert second.json["update_id"] == first.json["update_id"] + 1


def test_a_point_and_a_document_are_brought_with_their_parts(twins: Twins, echo: Echo) -> None:
    """Only pictures become photos."""
    twins.telegram.share(CITIZEN, -7.75, 110.38)
    twins.telegram.send(CITIZEN, File(b"%PDF", "application/pdf"))
    place, document = echo.hit().json["message"], echo.hit().json["message"]
    assert (place["location"], document["document"]["mime_type"], document.get("text")) == (
        {"latitude": -7.75, "longitude": 110.38},
        "application/pdf",
        None,
    )


def test_the_method_call_in_the_response_is_carried_out(twins: Twins, echo: Echo) -> None:
    """An answer that rides in the response stands on the phone."""
    answer = {"method": "sendMessage", "chat_id": 4711, "text": "Di mana?", "reply_markup": keyboard("Lewati", "s")}
    echo.answers.append(flask.Response(json.dumps(answer), mimetype="application/json"))
    twins.telegram.say(CITIZEN, "LAPOR")
    (entry,) = received(twins.telegram, CITIZEN)
    assert (entry.text, entry.buttons) == ("Di mana?", ((Button("Lewati", "s"),),))


def test_a_tap_is_brought_once_acknowledged_and_marked(twins: Twins, account: Account, echo: Echo) -> None:
    """A tap tells the message and the data; it can be acknowledged once."""
    call(account, "sendMessage", chat_id=4711, text="Pilih:", reply_markup=keyboard("Ya", "review.2.send"))
    (entry,) = twins.telegram.inbox(CITIZEN)
    twins.telegram.tap(entry.id, "review.2.send")
    query = echo.hit().json["callback_query"]
    answered = [call(account, "answerCallbackQuery", callback_query_id=query["id"])["ok"] for _ in range(2)]
    (marked,) = twins.telegram.inbox(CITIZEN)
    assert (query["data"], query["message"]["message_id"], query["from"]["id"], answered, marked.tapped) == (
        "review.2.send",
        entry.id,
        4711,
        [True, False],
        "review.2.send",
    )


def test_a_button_that_is_not_there_cannot_be_tapped(twins: Twins, account: Account, echo: Echo) -> None:
    """Nothing is brought to the webhook."""
    call(account, "sendMessage", chat_id=4711, text="Pilih:", reply_markup=keyboard("Ya", "review.2.send"))
    (entry,) = twins.telegram.inbox(CITIZEN)
    with pytest.raises(KeyError):
        twins.telegram.tap(entry.id, "review.1.send")
    assert echo.hits.empty()


def test_a_message_sent_twice_is_one_update_and_one_answer_on_the_phone(twins: Twins, echo: Echo) -> None:
    """The first answer was lost on the way, which is why Telegram delivers again."""
    for text in ("satu", "dua"):
        body = json.dumps({"method": "sendMessage", "chat_id": 4711, "text": text})
        echo.answers.append(flask.Response(body, mimetype="application/json"))
    twins.telegram.say(CITIZEN, "LAPOR", times=2)
    assert (echo.hit().json, texts(twins.telegram, CITIZEN)) == (echo.hit().json, ["dua"])


@pytest.mark.parametrize(
    ("failures", "state", "brought"), [(1, "delivered", 2), (2, "delivered", 3), (3, "failed", 3)]
)
def test_an_update_that_fails_is_delivered_again_a_few_times(
    failures: int, state: str, brought: int, twins: Twins, echo: Echo
) -> None:
    """Whatever is no 2xx counts as failed; the update stays the same."""
    echo.answers = [flask.Response(status=503) for _ in range(failures)]
    twins.telegram.say(CITIZEN, "LAPOR")
    assert (settled(twins.telegram, CITIZEN).state, echo.hits.qsize()) == (state, brought)
