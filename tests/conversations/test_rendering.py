"""From what is to be said to what stands on the screen."""

import pytest

from conversations import sms
from conversations.bubble import Bubble, Button, Request
from conversations.channel import SMS, TELEGRAM, WHATSAPP, WHATSAPP_MENU, Channel
from conversations.effects import Say
from conversations.rendering import fits, render
from conversations.script import parse

SCRIPT = parse("""
[locale]
code = "id"
name = "Bahasa Indonesia"

[review]
ask = "Periksa: {story}\\nLokasi: {place}"
options.send = { label = "Kirim" }
options.edit = { label = "Ubah" }

[cases]
ask = "Laporan Anda: {options}. Balas angka."

[notes]
taken = "Sudah kami terima."
choose = "Pilih"
share_place = "Kirim lokasi saya"
share_number = "Kirim nomor saya"
note = "Data disimpan 180 hari. Ingin dihapus? HAPUS DATA."
long = "Catatan yang panjang sekali supaya tidak muat bersama pertanyaan di bawahnya dalam satu SMS, sungguh tidak."
""")
REVIEW = Say("review", "ask", {"story": "jalan rusak", "place": "Sleman"}, ("send", "edit"))


def shown(channel: Channel, *says: Say) -> tuple[Bubble, ...]:
    return render(says, SCRIPT, channel, "review", 7)


@pytest.mark.parametrize(
    ("channel", "bubble"),
    [
        (SMS, Bubble("Periksa: jalan rusak\nLokasi: Sleman\n1 Kirim 2 Ubah")),
        (WHATSAPP, Bubble("Periksa: jalan rusak\nLokasi: Sleman\n1. Kirim\n2. Ubah")),
        (
            TELEGRAM,
            Bubble(
                "Periksa: jalan rusak\nLokasi: Sleman",
                (Button("Kirim", "review.7.send"), Button("Ubah", "review.7.edit")),
            ),
        ),
    ],
    ids=["sms", "whatsapp", "telegram"],
)
def test_choices_are_numbered_or_buttons(channel: Channel, bubble: Bubble) -> None:
    assert shown(channel, REVIEW) == (bubble,)


def test_choices_stand_where_the_text_says_and_are_named_by_values() -> None:
    say = Say("cases", "ask", {"a": "9165816 Selesai", "b": "9165817 Ditunda"}, ("a", "b"))
    assert shown(SMS, say) == (Bubble("Laporan Anda: 1 9165816 Selesai 2 9165817 Ditunda. Balas angka."),)


def test_on_sms_long_values_are_shortened_until_it_is_one_segment() -> None:
    say = Say(
        "review",
        "ask",
        {"story": "jalan rusak parah " * 20, "place": "Jl Kaliurang km 5, Sleman"},
        ("send", "edit"),
    )
    (bubble,) = shown(SMS, say)
    assert sms.segments(bubble.text).count == 1
    assert bubble.text.endswith("..\nLokasi: Jl Kaliurang km 5, Sleman\n1 Kirim 2 Ubah")


def test_on_sms_what_citizens_typed_is_brought_into_the_alphabet() -> None:
    say = Say("review", "ask", {"story": "“rusak” 😷 parah…", "place": "Sleman\nDIY"})
    assert shown(SMS, say) == (Bubble('Periksa: "rusak" parah...\nLokasi: Sleman DIY'),)


def test_several_things_said_become_one_message_where_they_fit() -> None:
    assert [bubble.text for bubble in shown(SMS, Say("notes", "taken"), REVIEW)] == [
        "Sudah kami terima.\nPeriksa: jalan rusak\nLokasi: Sleman\n1 Kirim 2 Ubah"
    ]


@pytest.mark.parametrize(("minor", "messages"), [(True, 1), (False, 2)], ids=["minor", "not minor"])
def test_a_minor_remark_is_left_out_where_it_does_not_fit(minor: bool, messages: int) -> None:  # noqa: FBT001
    say = Say(
        "review", "ask", {"story": "jalan rusak parah sekali", "place": "Sleman, depan pasar"}, ("send", "edit")
    )
    bubbles = shown(SMS, Say("notes", "long", minor=minor), say)
    assert len(bubbles) == messages
    assert bubbles[-1].text.startswith("Periksa")


@pytest.mark.parametrize(("first", "minor", "left"), [("long", "taken", "long taken"), ("taken", "long", "taken")])
def test_a_minor_remark_without_room_takes_nothing_else_with_it(first: str, minor: str, left: str) -> None:
    """What was said before it, such as the number of the fire brigade, still goes out."""
    question = Say("review", "ask", {"story": "jalan rusak sekali", "place": "Kabupaten Sleman"}, ("send", "edit"))
    says = (Say("notes", first), Say("notes", minor, minor=True), question)
    remarks = "\n".join(SCRIPT.text("notes", name) for name in left.split())
    asked = "Periksa: jalan rusak sekali\nLokasi: Kabupaten Sleman\n1 Kirim 2 Ubah"
    assert "\n".join(bubble.text for bubble in shown(SMS, *says)) == f"{remarks}\n{asked}"


@pytest.mark.parametrize(
    ("says", "room"),
    [
        ((REVIEW,), True),
        ((Say("notes", "taken"), REVIEW), True),
        ((Say("notes", "long"),), True),
        ((Say("review", "ask", {"story": "a" * 80, "place": "Sleman"}, ("send", "edit")),), False),
        ((Say("notes", "long"), Say("review", "ask", {"story": "a" * 80, "place": "Sleman"})), True),
    ],
    ids=["a short question", "with a remark", "a long remark", "a long question", "two messages anyway"],
)
def test_a_note_fits_where_it_costs_no_further_message(says: tuple[Say, ...], room: bool) -> None:  # noqa: FBT001
    assert fits(Say("notes", "note"), says, SCRIPT, SMS) == room


def labelled(*labels: str) -> Say:
    return Say("cases", "ask", {label: label for label in labels}, labels)


@pytest.mark.parametrize(
    ("say", "buttons"),
    [
        (labelled("a" * 20, "b", "c"), True),
        (labelled("a" * 21, "b", "c"), True),
        (labelled(*(f"nomor {number}" for number in range(10))), True),
        (labelled(*(f"nomor {number}" for number in range(11))), False),
        (labelled("a" * 25, "b"), False),
        (Say("review", "ask", {"story": "a" * 900, "place": "Sleman"}, ("send", "edit")), True),
        (Say("review", "ask", {"story": "a" * 1100, "place": "Sleman"}, ("send", "edit")), False),
    ],
    ids=[
        "three buttons of twenty letters",
        "a longer one makes a list",
        "a list of ten rows",
        "eleven are too many",
        "a row of more than 24 letters",
        "a text of a thousand letters",
        "a longer text",
    ],
)
def test_on_whatsapp_a_menu_that_does_not_fit_is_numbered(say: Say, buttons: bool) -> None:  # noqa: FBT001
    (bubble,) = shown(WHATSAPP_MENU, say)
    assert (bool(bubble.buttons), "\n1. " in bubble.text or ": 1. " in bubble.text) == (buttons, not buttons)


def test_two_choices_of_one_name_are_numbered_on_whatsapp() -> None:
    say = Say("cases", "ask", {"a": "Ditunda", "b": "Ditunda"}, ("a", "b"))
    assert shown(WHATSAPP_MENU, say) == (Bubble("Laporan Anda: 1. Ditunda\n2. Ditunda. Balas angka."),)


@pytest.mark.parametrize(
    ("channel", "request_"),
    [
        (SMS, None),
        (WHATSAPP, Request("place", "Kirim lokasi saya")),
        (TELEGRAM, Request("place", "Kirim lokasi saya")),
    ],
    ids=["sms", "whatsapp", "telegram"],
)
def test_a_phone_that_knows_its_place_is_asked_for_it(channel: Channel, request_: Request | None) -> None:
    (bubble,) = shown(channel, Say("notes", "taken", request="number"), Say("notes", "note", request="place"))
    assert bubble.request == request_
