"""Previews: what one phone shows of one text, and what it costs."""

import pytest

from bot.scripts import read_folder
from bot.studio.edition import Edition
from bot.studio.edits import SetText, edited
from bot.studio.preview import Shown, preview
from bot.variables import LOCALES
from conversations.bubble import Bubble, Button
from conversations.channel import CHANNELS
from conversations.checking.needs import NEEDS
from conversations.script import Script

SOURCES = read_folder(LOCALES)


def script(name: str, text: str, channel: str = "", section: str = "review", code: str = "id") -> Script:
    """Return a shipped language with one text changed."""
    file = f"{code}.toml"
    return Edition({**SOURCES, file: edited(SOURCES[file], SetText(section, name, channel, text))}, code)[code]


def test_an_sms_shows_its_choices_in_the_text_and_tells_what_it_costs() -> None:
    changed = script("ask", "{story}. Kirim?\n{options}", "sms")
    text = "Jalan berlubang besar di depan SD 2, motor sering jatuh. Kirim?\n1 Kirim 2 Ubah 3 Simpan dulu"
    expected = Shown(Bubble(text), 1, len(text), 1, "GSM-7", len(text), 160, "1 SMS", ())
    assert preview(changed, "review", "ask", "sms", "sample") == expected


def test_telegram_shows_choices_as_buttons_and_costs_a_message() -> None:
    shown = preview(script("ask", "Kirim?\n{options}"), "review", "ask", "telegram", "sample")
    buttons = tuple(Button(label, f"review.1.{name}") for name, label in _options())
    assert (shown.bubble, shown.limit, shown.price) == (Bubble("Kirim?", buttons), 4096, "1 pesan")


def test_the_longest_values_are_shortened_to_what_is_left() -> None:
    shown = preview(script("ask", "Isi: {story}. Kirim?\n{options}", "sms"), "review", "ask", "sms", "worst")
    assert (shown.septets <= 160, "Isi: mmmm" in shown.bubble.text, ".." in shown.bubble.text, shown.findings) == (
        True,
        True,
        True,
        (),
    )


def test_too_long_a_text_is_counted_in_sms_and_explained() -> None:
    shown = preview(script("ask", "Panjang sekali. " * 12 + "{options}", "sms"), "review", "ask", "sms", "sample")
    sentence = (
        f"[review.sms] ask kelebihan {shown.length - 160} huruf untuk satu SMS bila isinya panjang; persingkat."
    )
    assert (shown.segments, shown.price, [each.sentence for each in shown.findings]) == (2, "2 SMS", [sentence])


def test_letters_that_sms_does_not_know_are_named_and_shown_as_the_phone_gets_them() -> None:
    shown = preview(script("ask", "Kirim “ya” 🙏🙏\n{options}"), "review", "ask", "whatsapp", "sample")
    sms = preview(script("ask", "Kirim “ya” 🙏🙏\n{options}", "sms"), "review", "ask", "sms", "sample")
    assert (
        shown.findings,
        sms.bubble.text.split("\n")[0],
        sms.encoding,
        [each.sentence for each in sms.findings],
    ) == (
        (),
        'Kirim "ya"',
        "GSM-7",
        [
            '[review.sms] ask memuat “ yang tidak ada di SMS; tulis "',
            '[review.sms] ask memuat ” yang tidak ada di SMS; tulis "',
            "[review.sms] ask memuat 🙏 yang tidak ada di SMS dan akan hilang; hapus.",
        ],
    )


def test_an_emoji_elsewhere_would_make_an_sms_ucs_2() -> None:
    shown = preview(script("ask", "Kirim 🙏?"), "review", "ask", "whatsapp", "sample")
    assert (shown.encoding, shown.findings) == ("UCS-2", ())


def test_a_whatsapp_message_beyond_its_limit_takes_two() -> None:
    shown = preview(script("ask", "Panjang sekali. " * 110), "review", "ask", "whatsapp", "sample")
    assert (shown.length > 1600, len(shown.findings), shown.findings[0].rule) == (True, 1, "limit")


def test_a_menu_made_of_data_is_filled_with_what_it_could_hold() -> None:
    base = Edition(SOURCES, "id")["id"]
    lines = {
        name: preview(base, name, "ask", "whatsapp", "sample").bubble.text.splitlines()[-3:]
        for name in ("region", "language")
    }
    assert lines == {
        "region": ["1. Kab. Sleman", "2. Kota Yogyakarta", "3. Bukan itu"],
        "language": ["Pilih bahasa / Choose a language:", "1. Bahasa Indonesia", "2. English"],
    }


@pytest.mark.parametrize("code", ["id", "en", "jv", "su", "ban", "min"])
def test_every_shipped_text_can_be_shown_on_every_phone_and_fits_an_sms(code: str) -> None:
    edition = Edition(SOURCES, code)
    shown = {
        (name, text, channel, values): preview(edition[code], name, text, channel, values)
        for name, needs in NEEDS.items()
        for text in needs.texts
        for channel in needs.channels
        for values in ("worst", "sample")
    }
    bad = [key for key, each in shown.items() if each.findings or "{" in each.bubble.text or not each.bubble.text]
    dear = [key for key, each in shown.items() if key[2] == "sms" and each.price != "1 SMS"]
    assert (bad, dear, {channel for _, _, channel, _ in shown}) == ([], [], set(CHANNELS))


@pytest.mark.parametrize(
    ("section", "name", "channel"), [("x", "ask", "sms"), ("menu", "x", "sms"), ("menu", "ask", "fax")]
)
def test_there_is_nothing_to_show_of_what_is_not_there(section: str, name: str, channel: str) -> None:
    with pytest.raises(KeyError):
        preview(Edition(SOURCES, "id")["id"], section, name, channel, "sample")


def _options() -> list[tuple[str, str]]:
    return [("send", "Kirim"), ("edit", "Ubah"), ("aside", "Simpan dulu")]
