"""A bubble becomes a sendMessage, and each error of the Bot API is told for what it is."""

import json
import logging
from urllib.parse import unquote

import pytest

from bot.channels import Content
from bot.channels.telegram import TelegramSender
from bot.errors import Temporary
from bot.providers import Telegram
from conversations.bubble import Bubble, Button, Request
from tests.bot.channels.provider import SILENCE, Provider, Reply, outcome

TOKEN = "42:a-secret-token"
SENT = {"message_id": 77, "date": 1795485600, "chat": {"id": 5550123, "type": "private"}, "text": "Halo"}


def ok(result: object) -> Reply:
    """Answer as the Bot API does when all is well."""
    return Reply(body=json.dumps({"ok": True, "result": result}).encode())


def error(status: int, description: str, **parameters: int) -> Reply:
    """Answer as the Bot API does when it is not."""
    body: dict[str, object] = {"ok": False, "error_code": status, "description": description}
    return Reply(status, json.dumps(body | ({"parameters": parameters} if parameters else {})).encode())


def sender(url: str) -> TelegramSender:
    """Make a sender that soon loses patience."""
    return TelegramSender(Telegram(TOKEN, "secret", url), patience=0.3)


def send(url: str, bubble: Bubble = Bubble("Halo")) -> object:  # noqa: B008 - immutable
    """Send a bubble to a citizen and tell what came of it."""
    telegram = sender(url)
    return outcome(telegram, lambda: telegram.send("telegram:5550123", bubble, "ob-1"))


def test_a_message_goes_out_in_plain_text_with_its_buttons(provider: Provider) -> None:
    """No markup, no preview of links; the provider's id comes back."""
    provider.script(ok(SENT))

    told = send(
        provider.url, Bubble("Sudah *benar*? <b>", (Button("Kirim", "r.1.send"), Button("Ubah", "r.1.edit")))
    )

    assert told == "77"
    assert [(asked.path, asked.fields) for asked in provider.asked] == [
        (
            f"/bot{TOKEN}/sendMessage",
            {
                "chat_id": "5550123",
                "text": "Sudah *benar*? <b>",
                "link_preview_options": '{"is_disabled": true}',
                "reply_markup": json.dumps(
                    {
                        "inline_keyboard": [
                            [
                                {"text": "Kirim", "callback_data": "r.1.send"},
                                {"text": "Ubah", "callback_data": "r.1.edit"},
                            ]
                        ]
                    }
                ),
            },
        )
    ]


@pytest.mark.parametrize(
    ("bubble", "below"),
    [
        (Bubble("Kapan?"), {"remove_keyboard": True}),
        (
            Bubble("Di mana?", request=Request("place", "Kirim lokasi saya")),
            {
                "keyboard": [[{"text": "Kirim lokasi saya", "request_location": True}]],
                "resize_keyboard": True,
                "one_time_keyboard": True,
            },
        ),
    ],
    ids=("nothing is asked for", "the place"),
)
def test_a_message_that_is_called_has_below_it_what_one_that_rides_has(
    bubble: Bubble, below: object, provider: Provider
) -> None:
    """A question that did not fit the response asks the phone all the same."""
    provider.script(ok(SENT))

    send(provider.url, bubble)

    assert json.loads(provider.asked[0].fields["reply_markup"]) == below


@pytest.mark.parametrize("result", [True, {}, [], {"message_id": 77}])
def test_a_message_that_was_taken_is_not_sent_again_for_an_odd_answer(result: object, provider: Provider) -> None:
    """A yes is a yes, however little it tells of the message."""
    provider.script(ok(result))

    assert send(provider.url) == ""


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (error(429, "Too Many Requests: retry after 7", retry_after=7), ("Temporary", 7.0)),
        (error(403, "Forbidden: bot was blocked by the user"), "Blocked"),
        (error(403, "Forbidden: user is deactivated"), "Blocked"),
        (error(400, "Bad Request: chat not found"), "Blocked"),
        (error(400, "Bad Request: message text is empty"), "Permanent"),
        (error(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-1001), "Permanent"),
        (error(401, "Unauthorized"), "Temporary"),
        (error(404, "Not Found"), "Temporary"),
        (error(500, "Internal Server Error"), "Temporary"),
        (Reply(502, b"<html>Bad Gateway</html>"), "Temporary"),
        (Reply(200, b"<html>a page of the hotel's network</html>"), "Uncertain"),
        (SILENCE, "Uncertain"),
    ],
    ids=(
        "too many messages: later, when Telegram says",
        "the citizen blocked us",
        "the citizen left Telegram",
        "the citizen never wrote to us",
        "an empty text will never do",
        "no private chat",
        "the operator's token is wrong",
        "the operator's token is no token",
        "Telegram is down",
        "its gateway is down",
        "a yes that cannot be read",
        "taken, but the answer is lost",
    ),
)
def test_an_error_is_told_for_what_it_is(reply: Reply, told: object, provider: Provider) -> None:
    """Whether to try again, to give up, or to look first."""
    provider.script(reply)

    assert (send(provider.url), len(provider.asked)) == (told, 1)


def test_a_message_that_never_left_is_tried_again() -> None:
    """Nobody listens at that port."""
    assert send("http://127.0.0.1:9") == "Temporary"


def test_a_file_is_fetched_with_the_type_of_its_name(provider: Provider) -> None:
    """Telegram calls every file octet-stream."""
    provider.script(
        ok({"file_id": "AgAD", "file_unique_id": "u", "file_size": 3, "file_path": "photos/file_9.jpg"}),
        Reply(200, b"\xff\xd8\xff", {"Content-Type": "application/octet-stream"}),
    )
    telegram = sender(provider.url)

    told = outcome(telegram, lambda: telegram.fetch("AgAD"))

    assert (told, [asked.path for asked in provider.asked]) == (
        Content(b"\xff\xd8\xff", "image/jpeg"),
        [f"/bot{TOKEN}/getFile", f"/file/bot{TOKEN}/photos/file_9.jpg"],
    )


@pytest.mark.parametrize(
    ("replies", "told"),
    [
        ([error(400, "Bad Request: file is too big")], ("Unfit", "large")),
        (
            [error(400, "Bad Request: wrong file_id or the file is temporarily unavailable")],
            ("Unfit", "gone"),
        ),
        (
            [ok({"file_id": "A", "file_unique_id": "u", "file_size": 21 << 20, "file_path": "v.mp4"})],
            ("Unfit", "large"),
        ),
        ([ok({"file_id": "A", "file_unique_id": "u"})], ("Unfit", "gone")),
        ([ok({"file_id": "A", "file_unique_id": "u", "file_path": "v.mp4"}), Reply(404)], ("Unfit", "gone")),
        ([ok({"file_id": "A", "file_unique_id": "u", "file_path": "v.mp4"}), Reply(500)], "Temporary"),
        ([ok({"file_id": "A", "file_unique_id": "u", "file_path": "v.mp4"}), SILENCE], "Temporary"),
        ([SILENCE], "Temporary"),
        (
            [
                ok({"file_id": "A", "file_unique_id": "u", "file_path": "v.mp4"}),
                Reply(302, headers={"Location": "/file/bot/v.mp4"}),
            ],
            "Permanent",
        ),
    ],
    ids=(
        "Telegram says it is too large",
        "Telegram does not have it now",
        "it is larger than Telegram hands out",
        "it has no address",
        "it is gone",
        "the file server is down",
        "the file server is silent",
        "Telegram is silent",
        "it lies elsewhere",
    ),
)
def test_a_file_that_does_not_come_is_told_for_what_it_is(
    replies: list[Reply], told: object, provider: Provider
) -> None:
    """Asking twice does no harm, so no doubt remains."""
    provider.script(*replies)
    telegram = sender(provider.url)

    assert outcome(telegram, lambda: telegram.fetch("A")) == told


@pytest.mark.parametrize("path", ["/etc/passwd", "../bot1:other/photos/file_9.jpg", "photos/../../getMe"])
def test_only_files_in_the_folder_of_the_bot_are_fetched(path: str, provider: Provider) -> None:
    """A server of the operator's own may name files of its disk."""
    provider.script(ok({"file_id": "A", "file_unique_id": "u", "file_path": path}))
    telegram = sender(provider.url)

    assert (outcome(telegram, lambda: telegram.fetch("A")), len(provider.asked)) == ("Permanent", 1)


def test_a_file_of_any_name_is_asked_for_by_it(provider: Provider) -> None:
    """The end of the name is the sender's, and does not become a query."""
    name = {"file_path": "documents/file_3.c#?a=%2e"}
    provider.script(ok({"file_id": "A", "file_unique_id": "u", **name}), Reply(200, b"int"))
    telegram = sender(provider.url)

    outcome(telegram, lambda: telegram.fetch("A"))

    assert [unquote(asked.path) for asked in provider.asked[1:]] == [f"/file/bot{TOKEN}/documents/file_3.c#?a=%2e"]


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (ok(result=True), None),
        (error(400, "Bad Request: query is too old and response timeout expired or query ID is invalid"), None),
        (error(500, "Internal Server Error"), "Temporary"),
        (SILENCE, "Temporary"),
    ],
    ids=("taken", "too late, and done with", "Telegram is down", "the answer is lost"),
)
def test_a_tap_is_acknowledged(reply: Reply, told: object, provider: Provider) -> None:
    """The phone stops its clock; acknowledging twice does no harm."""
    provider.script(reply)
    telegram = sender(provider.url)

    assert outcome(telegram, lambda: telegram.acknowledge("q-1")) == told
    assert [(asked.path, asked.fields) for asked in provider.asked] == [
        (f"/bot{TOKEN}/answerCallbackQuery", {"callback_query_id": "q-1"})
    ]


@pytest.mark.parametrize("reply", [ok(SENT), SILENCE, Reply(200, b"no JSON"), error(401, "Unauthorized")])
def test_neither_token_nor_words_are_told_to_anyone(
    reply: Reply, provider: Provider, caplog: pytest.LogCaptureFixture
) -> None:
    """They stand in every address and body that the libraries would log."""
    caplog.set_level(logging.DEBUG)
    provider.script(reply)

    send(provider.url, Bubble("Rumah warga"))

    assert [word for word in (TOKEN, "Rumah", "5550123") if word in caplog.text] == []


def test_the_reason_of_a_failure_tells_no_address() -> None:
    """Its words go to the log and to the officer's list."""
    telegram = sender("http://127.0.0.1:9")

    async def act() -> str:
        try:
            return await telegram.send("telegram:1", Bubble("Halo"), "ob-1")
        except Temporary as failure:
            return str(failure)

    assert outcome(telegram, act) == "ConnectError"
