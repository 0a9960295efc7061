"""What translators are told of each text."""

import pytest

from bot.translations.room import sms_room
from bot.translations.sources import Made, mark_of
from bot.translations.units import Unit, units_of
from conversations.channel import SMS
from conversations.checking import check_file
from conversations.checking.needs import NEEDS
from conversations.script import parse
from tests.conversations.made_locale import whole

BASE = whole().replace("[rated]\n", "# Nilai dari warga.\n# Satu kali.\n[rated]\n# Terima kasih.\n", 1)
LANGUAGES = {"id": "Bahasa id", "jv": "Bahasa jv"}
BY_SMS = [(name, text) for name, needs in NEEDS.items() for text in needs.texts[:1] if SMS.name in needs.channels]


def units(base: str, java: str, made: dict[str, Made] | None = None) -> dict[str, Unit]:
    """Return the units of a translation by key."""
    return {unit.key: unit for unit in units_of(parse(base), parse(java), base, made or {}, LANGUAGES)}


def test_comments_limits_and_placeholders_are_notes() -> None:
    """Those of the section before those of the text."""
    base = BASE.replace('"Teks rated."', '"Terima kasih {number}"')
    assert units(base, whole("jv"))["rated.ask"] == Unit(
        "rated.ask",
        "Terima kasih {number}",
        "Teks rated.",
        "done",
        (
            "Nilai dari warga. Satu kali.",
            "Terima kasih.",
            "Isian, tulis persis seperti ini: {number}",
            "Dikirim lewat SMS: paling banyak 151 huruf selain isian, tanpa emoji dan tanda kutip melengkung.",
        ),
    )


def test_the_room_of_a_choice_is_that_of_its_button() -> None:
    """In a menu that is a list on WhatsApp it has four letters more."""
    found = units(BASE, whole("jv"))
    assert (found["review.options.edit.label"].room, found["category.options.energi.label"].room) == (20, 24)


def test_a_text_whose_source_has_changed_shows_the_older_one() -> None:
    """As long as nobody has touched the translation."""
    made = {"rated.ask": Made("Terima kasih!", mark_of("Teks rated."))}
    changed, renewed = (
        units(BASE, java, made)["rated.ask"] for java in (whole("jv"), BASE.replace("Teks", "Tulisan"))
    )
    assert ((changed.state, changed.before, changed.notes[-1]), (renewed.state, renewed.before)) == (
        ("changed", "Terima kasih!", "Teks asalnya sudah berubah. Dahulu: Terima kasih!"),
        ("done", ""),
    )


def test_a_choice_without_words_in_the_base_may_get_some_in_a_translation() -> None:
    """Its name says what they should mean."""
    unit = units(BASE, whole("jv"))["command.options.obey.keywords"]
    assert (unit.source, unit.target, unit.notes) == (
        "Pilih obey",
        "",
        ("Kata-kata yang diketik warga, dipisah koma. Banyaknya boleh berbeda.", "Boleh dikosongkan."),
    )


@pytest.mark.parametrize(("section", "text"), BY_SMS)
def test_a_text_of_just_the_room_passes_the_check_and_one_more_letter_does_not(section: str, text: str) -> None:
    """So the note promises what the check holds; long values may be cut to less than was set aside for them."""
    two = "".join(f"{{{name}}}" for name in sorted(NEEDS[section].values - {"options"})[:2])
    assert [rules(section, text, more, named) for more, named in ((0, ""), (1, ""), (0, two))] == [
        [], ["segment"], [],
    ]  # fmt: skip


def rules(section: str, text: str, more: int, named: str) -> list[str]:
    """Return what the check says of a text that fills its room, and `more` letters, beside placeholders."""
    java = whole("jv")
    room = sms_room(f"{section}.{text}", named, parse(java).over(parse(BASE)), LANGUAGES)
    head, body = java.split(f"[{section}]\n", 1)
    body = body.replace(f'{text} = "Teks {section}."', f'{text} = "{"m" * (room + more)}{named}"', 1)
    found = check_file("jv.toml", {"id.toml": BASE, "jv.toml": f"{head}[{section}]\n{body}"})
    return [each.rule for each in found]
