"""Whatever a provider answers, a number is told once where that can be known, and nobody is pestered."""

from collections.abc import Callable

import pytest

from tests.contract.faults import LOST
from tests.contract.phones import Phone
from tests.contract.product import Product
from tests.contract.providers import PROVIDERS, Provider

MINUTES = 600.0  # seconds; longer than any pause between two attempts
NUMBER = "9165816"


@pytest.fixture(params=PROVIDERS, ids=repr)
def phone(request: pytest.FixtureRequest, product_for: Callable[[Provider], Product]) -> Phone:
    """Return a phone on which a report is ready to be sent, once for each provider."""
    phone = Phone(product_for(request.param), request.param)
    phone.reach("review")
    return phone


def told(phone: Phone) -> int:
    """Return how often the phone was told the number of its report."""
    return sum(NUMBER in text for text in phone.screen)


def suffer(phone: Phone, *names: str) -> None:
    """Send the report, and let the messages that follow be refused as the provider does it."""
    phone.product.faults.befall(
        phone.provider.mark(phone.address), *(phone.provider.troubles[name] for name in names)
    )
    phone.say("kirim")


@pytest.mark.parametrize("trouble", ["down", "flood"])
def test_what_the_provider_cannot_take_now_is_sent_later_and_once(trouble: str, phone: Phone) -> None:
    """However often it says so."""
    before = phone.product.parked(phone.address)
    suffer(phone, trouble, trouble)
    at_once = told(phone)

    for _ in range(3):
        phone.wait(MINUTES)

    assert (at_once, told(phone), phone.product.parked(phone.address)) == (0, 1, before)


def test_what_the_provider_never_takes_is_put_aside_with_the_reason(phone: Phone) -> None:
    """An operator finds it there; the citizen learns the number by asking."""
    before = len(phone.product.parked(phone.address))
    suffer(phone, "never")
    phone.wait(MINUTES)
    missed = told(phone)

    phone.say("STATUS")

    assert (missed, len(phone.product.parked(phone.address)) - before, told(phone)) == (0, 1, 1)


def test_who_wants_no_messages_is_left_in_peace_until_writing_again(phone: Phone) -> None:
    """The report is filed all the same."""
    if "left" not in phone.provider.troubles:
        assert phone.provider.channel == "sms"  # a gateway tells nothing of the kind
        return
    suffer(phone, "left")
    phone.wait(MINUTES)
    left, silent = phone.session.left, told(phone)

    phone.say("STATUS")

    assert (left, silent, phone.session.left, told(phone)) == (True, 0, False, 1)


def test_a_number_whose_answer_was_lost_is_told_as_often_as_it_must_be(phone: Phone) -> None:
    """It is looked up where the provider can be asked or reports; elsewhere twice is better than never."""
    before = phone.product.parked(phone.address)
    phone.product.faults.befall(phone.provider.mark(phone.address), LOST)
    phone.say("kirim")

    for _ in range(3):
        phone.wait(MINUTES)

    assert (told(phone), phone.product.parked(phone.address)) == (phone.provider.copies, before)
