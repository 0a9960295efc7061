"""The bot, Kannel's programs or the line between them fail while SMS come and go: nothing is lost or done twice."""

from itertools import count
from typing import Final

from tests.kannel.phones import Phone
from tests.kannel.product import OFFICE
from tests.kannel.programs import until
from tests.kannel.towns import ANSWERS, STORY, Town, report

NUMBERS: Final = map(str, count(62_814_000_000_00))
"""Numbers of the operator's phones that have never written."""


def test_an_sms_that_comes_while_the_bot_is_away_is_answered_once_when_it_is_back(town: Town, phone: Phone) -> None:
    """Kannel tries again; what it writes into its logs meanwhile holds no text, no number and no secret."""
    town.product.web.stop()
    calls = town.relay.calls
    phone.say(STORY)
    until(lambda: town.relay.calls > calls, "Kannel does not try")
    town.product.web.start()
    report(phone)
    assert (len(phone.screen), town.product.filed(phone.number).filed.body) == (len(ANSWERS) + 1, STORY)
    private = (STORY, STORY.replace(" ", "+"), phone.number[1:], "secret=")
    assert [words for words in private if words in town.kannel.logs()] == []


def test_an_answer_lost_on_its_way_to_kannel_changes_nothing(town: Town, phone: Phone) -> None:
    """Kannel brings the SMS again, under the same id, and the citizen gets one answer."""
    calls = town.relay.calls
    town.relay.losing = 1
    phone.say(STORY)
    until(lambda: town.relay.calls == calls + 2, "Kannel does not try again")
    report(phone)
    assert (len(phone.screen), town.product.filed(phone.number).filed.body) == (len(ANSWERS) + 1, STORY)


def test_an_sms_that_the_bot_cannot_take_yet_comes_again(town: Town, phone: Phone) -> None:
    """While its Redis is away the bot answers 503; Kannel tries again, and tells the citizen nothing of it."""
    calls = town.relay.calls
    town.relay.refusing = 2
    phone.say(STORY)
    until(lambda: town.relay.calls == calls + 3, "Kannel does not try again")
    report(phone)
    assert (len(phone.screen), town.product.filed(phone.number).filed.body) == (len(ANSWERS) + 1, STORY)


def test_sms_to_and_from_a_citizen_wait_while_smsbox_restarts(town: Town, phone: Phone) -> None:
    phone.say(STORY)
    report(phone)
    town.kannel.smsbox.stop()
    before = town.kannel.received()
    phone.say("STATUS")
    until(lambda: town.kannel.received() > before, "bearerbox does not take the SMS")
    town.product.verify(phone.number)
    until(lambda: "ConnectError" in town.product.worker.log.read_text(), "the worker does not try")
    town.kannel.smsbox.start()
    shown = phone.shows(len(ANSWERS) + 3)[-2:]
    assert sorted((sms.kind, OFFICE in sms.text) for sms in shown) == [("text", False), ("text", True)]


def test_an_sms_that_kannel_has_taken_outlives_a_power_cut(town: Town, phone: Phone) -> None:
    town.kannel.smsbox.stop()
    before = town.kannel.received()
    phone.say(STORY)
    until(lambda: town.kannel.received() > before, "bearerbox does not take the SMS")
    town.kannel.cut()
    town.kannel.start()
    report(phone)
    assert (len(phone.screen), town.product.filed(phone.number).filed.body) == (len(ANSWERS) + 1, STORY)


def test_news_and_delivery_reports_wait_while_kannel_is_restarted(town: Town, phone: Phone) -> None:
    """Bearerbox stopped in good order takes smsbox with it; the reports that it waits for lie on its disk."""
    operator, number = town.operator, next(NUMBERS)
    before = town.product.receipts("delivered")
    operator.deliver(number, STORY.encode())
    (asked,) = operator.sent(number, 1)
    phone.say(STORY)
    report(phone)
    tries = town.product.worker.log.read_text().count("ConnectError")
    town.kannel.bearerbox.stop()
    town.kannel.cut()
    town.product.verify(phone.number)
    until(lambda: town.product.worker.log.read_text().count("ConnectError") > tries, "the worker does not try")
    town.kannel.start()
    operator.report(asked, "DELIVRD")
    assert OFFICE in phone.shows(len(ANSWERS) + 2)[-1].text
    until(lambda: town.product.receipts("delivered") == before + len(phone.screen) + 1, "reports are missing")
