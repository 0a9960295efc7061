"""News more than a day after the citizen's last message goes out in approved words, by Meta as by Twilio."""

import pytest

from bot.approvals.wanted import wanted
from bot.cases.port import CaseEvent
from bot.demo.twins import meta_api
from conversations.events import CaseMoved
from tests.contract.phones import Phone
from tests.contract.product import Product, until
from tests.contract.providers import Meta
from tests.stage import SCRIPTS

HOUR = 3600.0
GATHERED = 61.0
"""Seconds after which news is told."""


@pytest.fixture
def phone(product: Product) -> Phone:
    """Return the phone of a citizen who filed a report by Meta, where all templates are approved."""
    assert product.twins.meta is not None
    product.twins.meta.templates |= dict(meta_api.handed_in(each.definition()) for each in wanted(SCRIPTS))
    phone = Phone(product, Meta())
    phone.reach("review")
    phone.say("kirim")
    until(lambda: product.web.store.owners.of(phone.session.cases[-1].report_id).own, "nobody owns the report")
    return phone


def test_news_comes_in_our_own_words_for_a_day_and_in_approved_ones_after_it(phone: Phone) -> None:
    """Each once; what is tapped below the template is understood, and opens the window again."""
    told = [
        news(phone, 1, "verified"),
        news(phone, 2, "in_progress", 25 * HOUR),
        news(phone, 3, "closed", 25 * HOUR),
    ]
    taps = [button.data for button in phone.buttons]
    after = phone.tap(taps[1])

    assert [len(each) for each in told] == [1, 1, 1]
    assert ["Bapak/Ibu nomor 9165816" in text for (text,) in told] == [False, True, True]
    assert taps == ["template.9165816.solved", "template.9165816.unsolved"]
    assert (len(after), phone.session.state) == (1, "dispute")


def news(phone: Phone, number: int, status: str, later: float = 60.0) -> list[str]:
    """Let time pass and something happen to the report; return the texts that come."""
    phone.wait(later)
    report = phone.session.cases[-1].report_id
    moved = CaseMoved("status_changed", report, status, number, "9165816", "Dinas PU", f"Kabar {number}.")  # type: ignore[arg-type]
    before = len(phone.screen)
    phone.product.dispatcher().notify(CaseEvent(f"w{number}", moved))
    until(lambda: phone.session.cases[-1].sequence == number, f"no news of {status}")
    phone.wait(GATHERED)
    return phone.screen[before:]
