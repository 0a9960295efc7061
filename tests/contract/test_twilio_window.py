"""WhatsApp by Twilio at its best, through web process, worker and twin: menus, the window, and what comes late."""

from collections.abc import Callable

import pytest

from bot.cases.port import CaseEvent
from conversations.events import CaseMoved
from tests.contract.phones import Phone
from tests.contract.product import Product, until
from tests.contract.providers import Provider, TwilioWhatsapp

DAY = 86400.0
MINUTES = 600.0
"""Longer than news waits for more news."""


@pytest.fixture(scope="module")
def product(product_for: Callable[[Provider], Product]) -> Product:
    """Return the whole bot, with its content templates made at the twin."""
    return product_for(TwilioWhatsapp())


@pytest.fixture
def phone(product: Product) -> Phone:
    """Return a phone on which a report was sent."""
    product.twins.twilio.library.judge("approved")
    phone = Phone(product, TwilioWhatsapp())
    phone.reach("review")
    tap(phone, "Kirim")
    phone.wait(MINUTES)
    return phone


def tap(phone: Phone, label: str) -> list[str]:
    (data,) = [button.data for button in phone.buttons if button.label == label]
    return phone.tap(data)


def moves(phone: Phone, status: str, message: str, sequence: int = 1, *, comes: bool = True) -> list[str]:
    """Let the backend tell of the report; return what comes of it within ten minutes."""
    (case,) = phone.session.cases
    moved = CaseMoved("status_changed", case.report_id, status, sequence, agency="Dinas PU", message=message)  # type: ignore[arg-type]
    before = len(phone.screen)
    phone.product.core().notify(CaseEvent(f"{phone.mark}{sequence}", moved))
    until(lambda: not phone.product.due(f"report:{case.report_id}"), "the event was never taken")
    phone.wait(MINUTES)
    if comes:
        until(lambda: len(phone.screen) > before, "the news never came")
    phone.settle()
    return phone.screen[before:]


def test_a_report_is_made_with_buttons_and_lists(product: Product) -> None:
    """No number is typed, and a list has its own button."""
    phone = Phone(product, TwilioWhatsapp())
    phone.say("halo")
    first = [button.label for button in phone.buttons], phone.last.opener
    tap(phone, "Buat laporan")
    phone.say("jalan berlubang besar depan SD 2, motor sering jatuh")
    phone.go_on("privacy")
    privacy = [button.label for button in phone.buttons], phone.last.opener
    tap(phone, "Anonim")
    assert (first, privacy, phone.session.state) == (
        (["Buat laporan", "Laporan saya", "English / Bahasa"], ""),
        (["Terbuka", "Anonim", "Rahasia", "Anonim dan rahasia"], "Pilih"),
        "review",
    )
    assert "1. " not in "".join(phone.screen)


def test_news_within_a_day_comes_in_our_own_words(phone: Phone) -> None:
    (text,) = moves(phone, "in_progress", "Besok kami tambal.")
    assert text.startswith("Laporan ")
    assert "Bapak/Ibu nomor" not in text


def test_news_after_a_day_comes_as_a_template_and_an_answer_opens_the_window(phone: Phone) -> None:
    phone.wait(2 * DAY)
    (news,) = moves(phone, "in_progress", "Besok kami tambal,\nmohon maaf.")
    (answer,) = phone.say("STATUS")
    (more,) = moves(phone, "in_progress", "Sudah mulai.", 2)
    assert ("Pesan instansi: Besok kami tambal, mohon maaf" in news, "Besok kami tambal" in answer) == (True, True)
    assert "Bapak/Ibu nomor" not in more


def test_the_buttons_below_a_template_mean_the_report_days_later(phone: Phone) -> None:
    phone.wait(2 * DAY)
    moves(phone, "closed", "Sudah ditambal.")
    phone.wait(2 * DAY)
    (asked,) = tap(phone, "Belum")
    assert (phone.session.state, "Apa yang belum selesai" in asked) == ("dispute", True)


def test_a_window_that_was_closed_already_brings_the_template(phone: Phone) -> None:
    """Twilio takes our own words and tells of the failure later; however often, the template comes once."""
    phone.product.twins.twilio.close_window(phone.address)
    (news,) = moves(phone, "in_progress", "Besok kami tambal.")
    assert ("Bapak/Ibu nomor" in news, phone.wait(MINUTES)) == (True, [])


def test_news_whose_template_was_withdrawn_is_said_when_the_citizen_writes(phone: Phone) -> None:
    """Nothing reaches the phone before; then it comes first, and once."""
    phone.wait(2 * DAY)
    phone.product.twins.twilio.library.judge("paused")
    missed = moves(phone, "in_progress", "Besok kami tambal.", comes=False)
    until(lambda: phone.session.owed, "what was refused is not owed")
    (answer,) = phone.say("halo")
    again = phone.say("STATUS")
    assert (missed, "Besok kami tambal" in answer, "belum sempat" in "".join(again)) == ([], True, False)


def test_a_citizen_with_a_user_name_gets_all_of_it(product: Product) -> None:
    """There is no number, only an id of WhatsApp's: the report is filed, told of, and followed by a template."""
    product.twins.twilio.library.judge("approved")
    phone = Phone(product, TwilioWhatsapp())
    phone.address = "whatsapp:ID.4566778899"
    phone.reach("review")
    tap(phone, "Kirim")
    told = phone.wait(MINUTES)
    phone.wait(2 * DAY)
    (news,) = moves(phone, "in_progress", "Besok.")
    assert (phone.session.cases[0].number in "".join(phone.screen), told, "Bapak/Ibu nomor" in news) == (
        True,
        [],
        True,
    )
