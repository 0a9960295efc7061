"""What Telegram sends becomes an event, and the answer rides in the response."""

import json

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from bot.errors import Busy
from conversations.bubble import Bubble, Button, Request
from tests.webhooks.rest import Rest, payload

PATH = "/webhooks/telegram"
SECRET = {"X-Telegram-Bot-Api-Secret-Token": "telegram-secret"}
RIGHT = {**SECRET, "Content-Type": "application/json"}


@pytest.mark.parametrize(("spoken", "hint"), [("en", "en"), ("pt-br", "pt"), ("id", ""), ("", "")])
def test_the_language_of_the_phone_is_told_where_it_is_not_the_usual_one(
    spoken: str, hint: str, web: FlaskClient, rest: Rest
) -> None:
    """Telegram writes it as IETF does."""
    update = json.loads(payload("telegram/a-start-command.json"))
    update["message"]["from"]["language_code"] = spoken

    web.post(PATH, data=json.dumps(update), headers=RIGHT)

    assert [each.hint for each in rest.inbound] == [hint]


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
