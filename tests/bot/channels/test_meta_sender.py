"""A bubble becomes a message of Meta's Cloud API, and each of its errors is told for what it is."""

import json
import logging
from typing import Any

import pytest

from bot.channels.meta import MetaSender
from bot.providers import Meta
from conversations.bubble import Bubble, Button, Request
from tests.bot.channels.provider import SILENCE, Provider, Reply, outcome

CITIZEN = "whatsapp:+6281234567890"
TAKEN = Reply(200, json.dumps({"messages": [{"id": "wamid.9", "message_status": "accepted"}]}).encode())
YES, NO = Button("Ya", "review.7.send"), Button("Tidak", "review.7.edit")


def sender(url: str) -> MetaSender:
    """Make a sender that soon loses patience."""
    return MetaSender(Meta("meta-access", "meta-secret", "meta-token", "1708", f"{url}/v25.0"), patience=0.3)


def send(url: str, bubble: Bubble, address: str = CITIZEN) -> object:
    """Send a bubble and tell what came of it."""
    meta = sender(url)
    return outcome(meta, lambda: meta.send(address, bubble, "ob/1"))


def asked(provider: Provider) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return the body of the call."""
    (call,) = provider.asked
    return json.loads(call.body)


def error(status: int, code: int) -> Reply:
    """Answer as the Graph API does when it refuses."""
    told = {"message": "(#1) to 6281234567890", "type": "OAuthException", "code": code, "fbtrace_id": "A"}
    return Reply(status, json.dumps({"error": told}).encode())


@pytest.mark.parametrize(
    ("address", "recipient"),
    [
        (CITIZEN, {"to": "6281234567890"}),
        ("whatsapp:ID.13491208655302741918", {"recipient": "ID.13491208655302741918"}),
    ],
    ids=("a number", "a citizen with a user name"),
)
def test_a_text_goes_to_the_citizen_under_our_own_id(
    address: str, recipient: dict[str, str], provider: Provider
) -> None:
    """Meta gives the id back with what becomes of the message."""
    provider.script(TAKEN)

    told = send(provider.url, Bubble("Nomor 9165816"), address)

    (call,) = provider.asked
    assert (told, call.method, call.path) == ("wamid.9", "POST", "/v25.0/1708/messages")
    assert call.headers["Authorization"] == "Bearer meta-access"
    assert asked(provider) == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **recipient,
        "biz_opaque_callback_data": "ob/1",
        "type": "text",
        "text": {"body": "Nomor 9165816", "preview_url": False},
    }


def test_up_to_three_choices_are_buttons(provider: Provider) -> None:
    """Their ids come back when they are tapped."""
    provider.script(TAKEN)

    send(provider.url, Bubble("Kirim laporan?", (YES, NO)))

    assert asked(provider)["interactive"] == {
        "type": "button",
        "body": {"text": "Kirim laporan?"},
        "action": {
            "buttons": [
                {"type": "reply", "reply": {"id": "review.7.send", "title": "Ya"}},
                {"type": "reply", "reply": {"id": "review.7.edit", "title": "Tidak"}},
            ]
        },
    }


@pytest.mark.parametrize(
    "labels",
    [("Terbuka", "Anonim", "Rahasia", "Keduanya"), ("Nama saya boleh terlihat", "Tidak")],
    ids=("more than three", "longer than a button"),
)
def test_more_or_longer_choices_are_a_list(labels: tuple[str, ...], provider: Provider) -> None:
    """Its button says what the words of the language have for it."""
    provider.script(TAKEN)
    buttons = tuple(Button(label, f"privacy.7.{number}") for number, label in enumerate(labels))

    send(provider.url, Bubble("Siapa boleh melihat?", buttons, opener="Pilih"))

    rows = [{"id": button.data, "title": button.label} for button in buttons]
    assert asked(provider)["interactive"] == {
        "type": "list",
        "body": {"text": "Siapa boleh melihat?"},
        "action": {"button": "Pilih", "sections": [{"rows": rows}]},
    }


def test_a_place_is_asked_for_with_a_button_of_whatsapp(provider: Provider) -> None:
    """Its label is WhatsApp's own."""
    provider.script(TAKEN)

    send(provider.url, Bubble("Di mana lokasinya?", request=Request("place", "Kirim lokasi")))

    assert asked(provider)["interactive"] == {
        "type": "location_request_message",
        "body": {"text": "Di mana lokasinya?"},
        "action": {"name": "send_location"},
    }


@pytest.mark.parametrize(
    ("bubble", "text"),
    [
        (Bubble("Pilih:", (YES, Button("Ya", "x"))), "Pilih:\n1. Ya\n2. Ya"),
        (Bubble("Pilih:", (Button("a" * 25, "x"),), opener="Pilih"), f"Pilih:\n1. {'a' * 25}"),
        (Bubble("Pilih:", (Button("a" * 24, "x"),)), f"Pilih:\n1. {'a' * 24}"),
        (Bubble("x" * 1025, (YES,)), f"{'x' * 1025}\n1. Ya"),
        (Bubble("x" * 1025, request=Request("place", "Kirim lokasi")), "x" * 1025),
        (Bubble("Nomor Anda?", request=Request("number", "Kirim nomor")), "Nomor Anda?"),
    ],
    ids=(
        "two of one name",
        "a long choice",
        "a list without a button",
        "a long text",
        "a long question of place",
        "a question of number",
    ),
)
def test_what_whatsapp_cannot_show_is_text_with_numbers(bubble: Bubble, text: str, provider: Provider) -> None:
    """Numbers are understood everywhere."""
    provider.script(TAKEN)

    send(provider.url, bubble)

    assert asked(provider)["text"]["body"] == text


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (error(400, 131050), "Blocked"),
        (error(400, 131026), "Blocked"),
        (error(400, 131047), "Closed"),
        (error(404, 132001), "Closed"),
        (error(400, 132015), "Closed"),
        (error(400, 100), "Permanent"),
        (error(400, 131009), "Permanent"),
        (error(400, 130429), "Temporary"),
        (error(400, 131056), "Temporary"),
        (error(400, 131048), "Temporary"),
        (error(400, 80007), "Temporary"),
        (error(401, 190), "Temporary"),
        (error(403, 10), "Temporary"),
        (error(403, 200), "Temporary"),
        (error(403, 131031), "Temporary"),
        (error(400, 133010), "Temporary"),
        (error(500, 1), "Temporary"),
        (error(500, 131000), "Temporary"),
        (error(503, 2), "Temporary"),
        (Reply(502, b"<html>"), "Temporary"),
        (Reply(429, b""), "Temporary"),
        (Reply(404, b"[]"), "Permanent"),
        (Reply(200, b"<html>"), "Uncertain"),
        (SILENCE, "Uncertain"),
    ],
    ids=(
        "the citizen wants no messages",
        "not on WhatsApp",
        "after the window",
        "no such template",
        "a template that is paused",
        "a wrong request",
        "a wrong value",
        "too many messages",
        "too many to one citizen",
        "too many called spam",
        "too many calls",
        "the token has expired",
        "the token may not",
        "a permission is missing",
        "the account is locked",
        "the number is not registered",
        "unknown to Meta",
        "something went wrong",
        "Meta is overloaded",
        "its gateway is down",
        "too many calls, no words",
        "no such address",
        "a yes that cannot be read",
        "taken, but the answer is lost",
    ),
)
def test_an_error_is_told_for_what_it_is(reply: Reply, told: str, provider: Provider) -> None:
    """Whether to try again, to give up, or to wait for a status; each is asked once."""
    provider.script(reply)

    assert (send(provider.url, Bubble("halo")), len(provider.asked)) == (told, 1)


def test_a_text_that_never_left_is_tried_again() -> None:
    """Nobody listens at that port."""
    assert send("http://127.0.0.1:9", Bubble("halo")) == "Temporary"


@pytest.mark.parametrize("reply", [TAKEN, error(400, 131026), SILENCE])
def test_neither_token_nor_words_are_told_to_anyone(
    reply: Reply, provider: Provider, caplog: pytest.LogCaptureFixture
) -> None:
    """Meta's own words repeat the number, so only its codes are passed on."""
    caplog.set_level(logging.DEBUG)
    provider.script(reply)

    send(provider.url, Bubble("Nomor 9165816"))

    assert [word for word in ("meta-access", "9165816", "81234567890") if word in caplog.text] == []


def test_taps_need_no_acknowledging() -> None:
    """Nothing is asked of Meta."""
    meta = sender("http://127.0.0.1:9")

    assert outcome(meta, lambda: meta.acknowledge("tap")) is None
