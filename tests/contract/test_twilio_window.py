"""WhatsApp by Twilio at its best, through web process, worker and twin: menus, the window, and what comes late."""

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import flask
import pytest

from bot.cases.port import CaseEvent
from bot.config import Twilio
from bot.contents.command import looked_at, save
from bot.demo.twins.app import serving
from bot.demo.twins.twilio import TwilioTwin
from bot.demo.twins.twin import World
from bot.redis_server import free_port
from conversations.events import CaseMoved
from tests.contract import product as products
from tests.contract.described import breaches
from tests.contract.phones import Phone
from tests.contract.product import Product, until
from tests.contract.providers import TwilioWhatsapp

DAY = 86400.0
MINUTES = 600.0
"""Longer than news waits for more news."""


class Templated(TwilioWhatsapp):
    """WhatsApp by Twilio, with content templates."""

    name = "whatsapp by twilio with templates"
    environ: ClassVar = {}


@pytest.fixture(scope="module")
def product(redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Yield the whole bot with content templates, whose ids the twin gives again."""
    path = tmp_path_factory.mktemp("twilio") / "templates.toml"
    provider = Templated()
    provider.environ = {"TWILIO_TEMPLATES": str(path)}  # type: ignore[misc]
    first_made(path)
    with products.product(f"{redis_url.rpartition('/')[0]}/9", provider) as product:
        assert product.settings.twilio is not None
        looked_at(product.settings, product.settings.twilio, check=False)
        yield product
        seen = product.recorder.seen
    assert [breach for each in seen for breach in breaches(each)] == []


def first_made(path: Path) -> None:
    """Make the templates at a twin that ends, and keep their ids."""
    account = Twilio("AC0123456789abcdef0123456789abcdef", "twilio-token", f"http://127.0.0.1:{free_port()}")
    world, app = World(), flask.Flask(__name__)
    app.register_blueprint(TwilioTwin(world, "", account).blueprint)
    given = products.config.load({**products.ENVIRON, "TWILIO_API_URL": account.api_url})
    assert given.twilio is not None
    with serving(app, int(account.api_url.rpartition(":")[2])):
        _, contents = looked_at(given, given.twilio, check=False)
    world.courier.close()
    save(path, contents)


@pytest.fixture
def phone(product: Product) -> Phone:
    """Return a phone on which a report was sent."""
    product.twins.twilio.library.judge("approved")
    phone = Phone(product, Templated())
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
    phone = Phone(product, Templated())
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
    phone = Phone(product, Templated())
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
