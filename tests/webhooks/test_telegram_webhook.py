"""What Telegram sends becomes an event, and the answer rides in the response."""

import json

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from bot.errors import Busy
from bot.inbound import Inbound
from conversations.bubble import Bubble, Button, Request
from conversations.events import Said, SentMedia, SharedNumber, SharedPlace, Tapped
from tests.webhooks.rest import NOW, Rest, payload

PATH = "/webhooks/telegram"
SECRET = {"X-Telegram-Bot-Api-Secret-Token": "telegram-secret"}
RIGHT = {**SECRET, "Content-Type": "application/json"}

EVENTS = {
    "a-text": Said("Jalan berlubang besar depan SD 2, motor sering jatuh 😢"),
    "a-start-command": Said("start", command=True),
    "a-start-command-with-a-deep-link": Said("start qr-sleman", command=True),
    "a-command-with-the-name-of-the-bot": Said("status 9165816", command=True),
    "a-path-that-is-no-command": Said("/jalan/desa rusak"),
    "a-photo-with-a-caption": SentMedia("photo", "AgACAgUAAxkBAAM-x", "image/jpeg", "lubangnya sedalam lutut"),
    "one-photo-of-an-album": SentMedia("photo", "AgACAgUAAxkBAAN-x", "image/jpeg", group="13900412345678901"),
    "a-document": SentMedia("document", "BQACAgUAAxkBAAO", "application/pdf"),
    "a-video": SentMedia("video", "BAACAgUAAxkBAAP", "video/mp4", "banjir pagi ini"),
    "a-round-video": SentMedia("video", "DQACAgUAAxkBAAQ"),
    "an-animation": SentMedia("video", "CgACAgUAAxkBAAR", "video/mp4"),
    "a-voice-message": SentMedia("voice", "AwACAgUAAxkBAAS", "audio/ogg"),
    "an-audio-file": SentMedia("voice", "CQACAgUAAxkBAAT", "audio/mpeg"),
    "a-sticker": SentMedia("sticker", "CAACAgUAAxkBAAU"),
    "a-contact-of-someone-else": SentMedia("contact"),
    "a-contact-without-an-account": SentMedia("contact"),
    "the-citizens-own-contact": SharedNumber("+6281234567890"),
    "a-shared-location": SharedPlace(-7.716165, 110.355492),
    "a-venue": SharedPlace(-7.7956, 110.3695, "Pasar Beringharjo, Jl. Margo Mulyo 16"),
    "a-poll": SentMedia("other"),
    "a-thrown-dice": SentMedia("other"),
    "an-edited-message": SentMedia("edited"),
}
TAPS = {
    "a-tap": Tapped("review.7.send"),
    "a-tap-below-an-old-message": Tapped("review.2.send"),
    "a-tap-without-its-message": Tapped("menu.1.new"),
    "a-tap-on-a-game": Tapped(""),
}
IGNORED = (
    "the-citizen-let-the-bot-in-again",
    "a-group-threw-the-bot-out",
    "a-channel-post",
    "an-answer-to-a-poll",
    "someone-joins-a-group",
    "a-tap-in-a-group",
    "a-message-of-a-shape-we-do-not-know",
    "a-live-location-that-moves",
    "the-citizen-lets-messages-vanish",
)


@pytest.mark.parametrize("name", EVENTS)
def test_a_private_message_is_handed_over_as_what_the_citizen_did(name: str, web: FlaskClient, rest: Rest) -> None:
    """Each kind of message becomes its event, under the id of its update."""
    body = payload(f"telegram/{name}.json")

    web.post(PATH, data=body, headers=RIGHT)

    number = json.loads(body)["update_id"]
    assert rest.inbound == [Inbound("telegram:5550123", f"tg:{number}", EVENTS[name], NOW, "telegram", rides=1)]


@pytest.mark.parametrize(("spoken", "hint"), [("en", "en"), ("pt-br", "pt"), ("id", ""), ("", "")])
def test_the_language_of_the_phone_is_told_where_it_is_not_the_usual_one(
    spoken: str, hint: str, web: FlaskClient, rest: Rest
) -> None:
    """Telegram writes it as IETF does."""
    update = json.loads(payload("telegram/a-start-command.json"))
    update["message"]["from"]["language_code"] = spoken

    web.post(PATH, data=json.dumps(update), headers=RIGHT)

    assert [each.hint for each in rest.inbound] == [hint]


@pytest.mark.parametrize("name", TAPS)
def test_a_tap_is_handed_over_with_the_id_to_acknowledge_it_by(name: str, web: FlaskClient, rest: Rest) -> None:
    """A tap counts once per callback query, wherever its message went."""
    body = payload(f"telegram/{name}.json")

    web.post(PATH, data=body, headers=RIGHT)

    query = json.loads(body)["callback_query"]["id"]
    assert rest.inbound == [
        Inbound("telegram:5550123", f"cb:{query}", TAPS[name], NOW, "telegram", rides=1, tap=query)
    ]


@pytest.mark.parametrize("name", IGNORED)
def test_an_update_of_no_use_to_us_is_acknowledged_and_ignored(name: str, web: FlaskClient, rest: Rest) -> None:
    """Telegram would send it again for a day if we refused it."""
    response = web.post(PATH, data=payload(f"telegram/{name}.json"), headers=RIGHT)

    assert (response.status_code, response.data, rest.inbound) == (200, b"", [])


def test_the_answer_rides_as_a_method_call_in_plain_text(web: FlaskClient, rest: Rest) -> None:
    """The text goes as it is, without markup and without a preview of links."""
    rest.bubbles = (Bubble("Lokasi: <b>Jl. *A*</b> & B?"),)

    response = web.post(PATH, data=payload("telegram/a-text.json"), headers=RIGHT)

    assert (response.status_code, response.content_type, response.json) == (
        200,
        "application/json",
        {
            "method": "sendMessage",
            "chat_id": 5550123,
            "text": "Lokasi: <b>Jl. *A*</b> & B?",
            "link_preview_options": {"is_disabled": True},
            "reply_markup": {"remove_keyboard": True},
        },
    )


@pytest.mark.parametrize(
    ("bubble", "below"),
    [
        (
            Bubble("Di mana?", request=Request("place", "Kirim lokasi saya")),
            {
                "keyboard": [[{"text": "Kirim lokasi saya", "request_location": True}]],
                "resize_keyboard": True,
                "one_time_keyboard": True,
            },
        ),
        (
            Bubble("Nomor Bapak/Ibu?", request=Request("number", "Kirim nomor saya")),
            {
                "keyboard": [[{"text": "Kirim nomor saya", "request_contact": True}]],
                "resize_keyboard": True,
                "one_time_keyboard": True,
            },
        ),
        (Bubble("Kapan?"), {"remove_keyboard": True}),
        (
            Bubble("Benar?", (Button("Ya", "pin.7.right"),), Request("place", "Kirim lokasi saya")),
            {"inline_keyboard": [[{"text": "Ya", "callback_data": "pin.7.right"}]]},
        ),
    ],
    ids=("the place", "the number", "nothing: an older keyboard goes", "a message has one kind of buttons"),
)
def test_the_phone_is_asked_with_one_button_in_the_place_of_its_keyboard(
    bubble: Bubble, below: object, web: FlaskClient, rest: Rest
) -> None:
    """It is gone again with the next message that has no buttons."""
    rest.bubbles = (bubble,)

    response = web.post(PATH, data=payload("telegram/a-text.json"), headers=RIGHT)

    assert response.json["reply_markup"] == below


@pytest.mark.parametrize(
    ("labels", "widths"),
    [(("Kirim", "Ubah", "Batal"), [2, 1]), (("Kirim", "Ubah salah satu jawaban"), [1, 1])],
    ids=("short labels stand two to a row", "a long label has each button in its own row"),
)
def test_buttons_stand_below_the_message(
    labels: tuple[str, ...], widths: list[int], web: FlaskClient, rest: Rest
) -> None:
    """A button carries its data back when it is tapped."""
    rest.bubbles = (Bubble("Sudah benar?", tuple(Button(label, f"r.7.{label}") for label in labels)),)

    response = web.post(PATH, data=payload("telegram/a-text.json"), headers=RIGHT)

    rows = response.json["reply_markup"]["inline_keyboard"]
    assert [len(row) for row in rows] == widths
    assert [key for row in rows for key in row] == [
        {"text": label, "callback_data": f"r.7.{label}"} for label in labels
    ]


def test_where_nothing_is_to_be_said_the_answer_is_empty(web: FlaskClient, rest: Rest) -> None:
    """An empty 200 calls no method."""
    rest.bubbles = ()

    response = web.post(PATH, data=payload("telegram/a-text.json"), headers=RIGHT)

    assert (response.status_code, response.data) == (200, b"")


@pytest.mark.parametrize("name", ["a-text-in-a-group", "a-group-takes-the-bot-in"])
def test_a_group_is_politely_sent_to_the_private_chat_once_a_day(name: str, web: FlaskClient, rest: Rest) -> None:
    """The refusal is the script's, with a button that leads there; the dialog hears nothing of it."""
    first = web.post(PATH, data=payload(f"telegram/{name}.json"), headers=RIGHT)
    again = web.post(PATH, data=payload(f"telegram/{name}.json"), headers=RIGHT)

    chat = (json.loads(payload(f"telegram/{name}.json")).get("my_chat_member") or {}).get("chat", {"id": -1009988})
    button = {"text": "Tulis ke LAPOR!", "url": "https://t.me/lapor_bot?start=lapor"}
    assert first.json == {
        "method": "sendMessage",
        "chat_id": chat["id"],
        "text": "Silakan tulis di obrolan pribadi.",
        "link_preview_options": {"is_disabled": True},
        "reply_markup": {"inline_keyboard": [[button]]},
    }
    assert (again.status_code, again.data, rest.inbound) == (200, b"", [])


def test_the_same_update_twice_is_handed_over_twice_under_one_id(web: FlaskClient, rest: Rest) -> None:
    """Telling repeats is the dispatcher's work; the webhook gives it the same id."""
    for _ in range(2):
        web.post(PATH, data=payload("telegram/a-text.json"), headers=RIGHT)

    assert rest.inbound[0] == rest.inbound[1]


@pytest.mark.parametrize(
    "headers",
    [{}, {"X-Telegram-Bot-Api-Secret-Token": ""}, {"X-Telegram-Bot-Api-Secret-Token": "telegram-secre"}],
    ids=("no secret", "an empty secret", "a wrong secret"),
)
def test_an_unproved_update_is_refused_and_changes_nothing(
    headers: dict[str, str], web: FlaskClient, rest: Rest
) -> None:
    """Only Telegram knows the secret."""
    response = web.post(PATH, data=payload("telegram/a-text.json"), headers=headers)

    assert (response.status_code, response.data, rest.inbound) == (401, b"secret\n", [])


@pytest.mark.parametrize(
    "body",
    [b"", b"halo", b'{"update_id": 1', b'{"\xff": 1', b'{"update_id": 1, "poll": ' + b"[" * 5000],
    ids=("nothing", "no JSON", "half of it", "no UTF-8", "too deep"),
)
def test_bytes_that_are_no_json_are_a_bad_request(body: bytes, web: FlaskClient, rest: Rest) -> None:
    """Telegram sends no such thing."""
    response = web.post(PATH, data=body, headers=RIGHT)

    assert (response.status_code, response.data, rest.inbound) == (400, b"malformed\n", [])


def test_an_oversized_update_is_refused_unread(web: FlaskClient, rest: Rest) -> None:
    """More than 256 KB is no update."""
    response = web.post(PATH, data=b" " * (256 * 1024 + 1), headers=RIGHT)

    assert (response.status_code, response.data, rest.inbound) == (413, b"oversized\n", [])


@pytest.mark.parametrize("trouble", [Busy("no Redis"), RuntimeError("warga 0812")], ids=("busy", "a fault of ours"))
def test_what_could_not_be_stored_is_sent_again_by_telegram(
    trouble: Exception, web: FlaskClient, rest: Rest
) -> None:
    """Telegram honours Retry-After on a 503; nothing of the inside is shown."""
    rest.trouble = trouble

    response = web.post(PATH, data=payload("telegram/a-text.json"), headers=RIGHT)

    assert (response.status_code, response.data, response.headers["Retry-After"]) == (503, b"busy\n", "2")


KEYS = st.sampled_from(
    ("update_id", "message", "callback_query", "chat", "from", "id", "type", "text", "photo", "file_id", "location")
)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.just("private")
TREES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=6))


@profile(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(body=st.binary(max_size=200) | TREES.map(lambda tree: json.dumps(tree).encode()))
def test_no_body_whatever_makes_the_webhook_fail(web: FlaskClient, body: bytes) -> None:
    """With the right secret, any bytes are taken or refused."""
    assert web.post(PATH, data=body, headers=RIGHT).status_code in (200, 400)
