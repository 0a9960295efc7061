"""News of a report reaches its phone, days later too, and once."""

from collections.abc import Callable

import pytest

from bot.cases.port import CaseEvent
from conversations.events import CaseMoved
from tests.contract.phones import Phone
from tests.contract.product import Product, until
from tests.contract.providers import PROVIDERS, Provider

DAY = 86400.0 + 60.0  # seconds until WhatsApp's window has closed, and it is no night
GATHERED = 120.0  # seconds in which news of one report has been gathered
AGENCY = "Dinas Pekerjaan Umum Sleman"


@pytest.fixture(params=PROVIDERS, ids=repr)
def phone(request: pytest.FixtureRequest, product_for: Callable[[Provider], Product]) -> Phone:
    """Return a phone whose report was filed yesterday, once for each provider."""
    phone = Phone(product_for(request.param), request.param)
    phone.reach("review")
    phone.say("kirim")
    phone.wait(DAY)
    return phone


def moves(phone: Phone, times: int = 1) -> list[str]:
    """Let the backend tell that the report is in progress, and return what comes of it."""
    (case,) = phone.session.cases
    moved = CaseMoved("status_changed", case.report_id, "in_progress", 1, "9165816", AGENCY)
    for _ in range(times):
        phone.product.dispatcher().notify(CaseEvent(f"E-{phone.mark}", moved))
    until(lambda: not phone.product.due(f"report:{case.report_id}"), "the news found no phone")
    return [*phone.wait(0.0), *phone.wait(GATHERED), *phone.wait(GATHERED)]


def test_news_reaches_the_phone_the_next_day(phone: Phone) -> None:
    """On WhatsApp as an approved template, for free words do not come any more."""
    told = moves(phone)

    assert ([AGENCY in text for text in told], "9165816" in told[0]) == ([True], True)


def test_news_that_is_told_twice_reaches_the_phone_once(phone: Phone) -> None:
    """The backend pushes, and is asked as well."""
    told = moves(phone, times=2)

    assert len(told) == 1
