"""A choice goes round: the bot shows a menu, the phone chooses in any way it can, and the dialog goes on."""

from collections.abc import Callable

import pytest

from tests.contract.phones import STORY, Phone
from tests.contract.product import Product
from tests.contract.providers import PROVIDERS, Provider

LABELS = ["Buat laporan", "Laporan saya"]
TAPPING = [provider for provider in PROVIDERS if provider.taps]


@pytest.fixture(params=PROVIDERS, ids=repr)
def phone(request: pytest.FixtureRequest, product_for: Callable[[Provider], Product]) -> Phone:
    """Return the phone of somebody who has never written, once for each provider."""
    return Phone(product_for(request.param), request.param)


@pytest.fixture(params=TAPPING, ids=repr)
def screen(request: pytest.FixtureRequest, product_for: Callable[[Provider], Product]) -> Phone:
    """Return such a phone that shows choices to be tapped."""
    return Phone(product_for(request.param), request.param)


def labels(phone: Phone) -> list[str]:
    """Return the labels below the last message."""
    return [button.label for button in phone.buttons]


def data(phone: Phone, label: str) -> str:
    """Return what the button with a label carries."""
    return next(button.data for button in phone.buttons if button.label == label)


def test_choices_are_buttons_where_the_phone_has_them_and_numbers_elsewhere(phone: Phone) -> None:
    """Never both."""
    (menu,) = phone.say("menu")

    numbers = [f"{number}{dot} {label}" in menu for number, label in enumerate(LABELS, 1) for dot in ("", ".")]
    assert (labels(phone)[:2] == LABELS, sum(numbers)) == ((True, 0) if phone.provider.taps else (False, 2))


@pytest.mark.parametrize("way", ["1", "Buat laporan", " buat LAPORAN ", "1."])
def test_a_number_or_a_label_chooses_what_was_shown(way: str, phone: Phone) -> None:
    """Everywhere, buttons or not."""
    phone.say("menu")

    (told,) = phone.say(way)

    assert (phone.session.state, "Apa masalahnya" in told) == ("story", True)


def test_a_tap_chooses_what_was_shown(screen: Phone) -> None:
    """What the button carries counts, not its label."""
    screen.say("menu")

    (told,) = screen.tap(data(screen, "Buat laporan"))

    assert (screen.session.state, "Apa masalahnya" in told) == ("story", True)


def test_a_choice_of_four_is_tapped_too_in_a_list_on_whatsapp(screen: Phone) -> None:
    """WhatsApp shows three buttons at most; a list has a button of its own that opens it."""
    screen.reach("privacy")

    listed = bool(screen.last.opener)
    screen.tap(data(screen, "Rahasia"))

    draft = screen.session.draft
    assert (listed, screen.session.state, draft and draft.privacy) == (
        screen.address.startswith("whatsapp:"),
        "review",
        "secret",
    )


def test_a_tap_on_an_old_button_is_answered_kindly_with_the_question_that_is_open(screen: Phone) -> None:
    """Nothing else changes."""
    screen.say("menu")
    old, menu = data(screen, "Laporan saya"), screen.last.id
    screen.reach("review")
    before = screen.session

    (told,) = screen.tap(old, menu)

    assert told.startswith("Tombol itu sudah tidak berlaku.")
    assert "Kirim" in labels(screen)
    assert (screen.session.state, screen.session.draft) == ("review", before.draft)


def test_a_second_tap_on_the_same_button_changes_nothing(screen: Phone) -> None:
    """It is another message to the provider; the button was taken already."""
    screen.say("menu")
    button, menu = data(screen, "Buat laporan"), screen.last.id
    screen.tap(button, menu)
    before = screen.session

    told = screen.tap(button, menu)

    assert (screen.session.state, screen.session.draft, len(told) <= 1) == ("story", before.draft, True)


@pytest.mark.parametrize("way", ["1", "kirim", "Ya"])
def test_a_report_is_filed_once_however_often_it_is_confirmed(way: str, phone: Phone) -> None:
    """One report, and one number told."""
    phone.reach("review", f"{STORY} {phone.mark}")

    told = [*phone.say(way), *phone.say(way)]

    stories = [report.body for report in phone.product.backend.filed.values()]
    assert sum(phone.mark in story for story in stories) == 1
    assert [text.startswith("Terima kasih. Laporan terkirim dengan nomor 9165816.") for text in told][:2] == [
        True,
        False,
    ]


def test_a_report_is_filed_once_however_often_the_button_is_tapped(screen: Phone) -> None:
    """The second tap finds it sent."""
    screen.reach("review", f"{STORY} {screen.mark}")
    button, review = data(screen, "Kirim"), screen.last.id

    told = [*screen.tap(button, review), *screen.tap(button, review)]

    stories = [report.body for report in screen.product.backend.filed.values()]
    assert sum(screen.mark in story for story in stories) == 1
    assert sum("9165816" in text for text in told) == 1
