"""Citizens report by SMS, through a real Kannel set up as docs/kannel.conf says."""

import socket
from contextlib import suppress

from tests.kannel.phones import Phone, Sms
from tests.kannel.product import OFFICE
from tests.kannel.programs import until
from tests.kannel.towns import RECORDED, STORY, Town, report

RECORDED_NUMBER = "9165816"

LONG = (
    "Jalan berlubang besar di dekat rumah kami dan semakin dalam. Lubangnya melebar kalau hujan turun deras, ",
    "dan pengendara harus pindah jalur. Kami sudah lapor ke pak RT dan ke pak RW tetapi belum ada tanggapan. ",
    "Mohon segera ditambal karena banyak motor yang jatuh, juga anak sekolah dan pedagang sayur yang lewat sini.",
)
ODD = "Warga:\n“jalan  berlubang” – dalam sekali… 😡"  # noqa: RUF001 - look-alikes are the point
PLAIN = 'berlubang" - dalam sekali...'


def test_a_report_is_filed_as_recorded_and_its_status_comes_back(town: Town, phone: Phone) -> None:
    """The dialog of a transcript, word for word: every answer is one SMS in GSM-7, with its delivery report."""
    before = town.product.receipts("delivered")
    phone.say(STORY)
    report(phone)
    number = town.product.filed(phone.number).state.tracking_id or ""
    said = [line.text.replace(RECORDED_NUMBER, number) for line in RECORDED.lines if line.who == "bot>"]
    until(lambda: phone.reads(number), f"no {number} in {phone.screen}")
    assert phone.screen == [Sms("text", text) for text in said]
    town.product.verify(phone.number)
    until(lambda: phone.reads(OFFICE), f"no {OFFICE} in {phone.screen}")
    assert [(sms.kind, number in sms.text) for sms in phone.screen[len(said) :]] == [("text", True)]
    until(lambda: town.product.receipts("delivered") == before + len(phone.screen), "reports are missing")


def test_a_long_sms_is_one_story_even_if_its_parts_come_in_disorder(town: Town, phone: Phone) -> None:
    for part in (2, 3, 1):
        phone.say_part(LONG[part - 1], part, len(LONG))
    report(phone)
    assert town.product.filed(phone.number).filed.body == "".join(LONG)


def test_what_came_of_a_long_sms_is_taken_where_the_rest_is_lost(town: Town, phone: Phone) -> None:
    phone.say_part(LONG[0], 1, len(LONG))
    report(phone)
    assert town.product.filed(phone.number).filed.body == LONG[0].strip()


def test_a_story_keeps_characters_that_an_answer_cannot_have(town: Town, phone: Phone) -> None:
    """It is filed as it was typed; the review shows look-alikes, so that it stays one SMS in GSM-7."""
    phone.say_wide(ODD)
    report(phone)
    review = phone.screen[-2]
    assert (town.product.filed(phone.number).filed.body, review.kind, PLAIN in review.text) == (ODD, "text", True)


def test_nobody_outside_this_machine_reaches_kannel(town: Town) -> None:
    """All of 127.0.0.0/8 is this machine; who listens on 127.0.0.1 alone does not answer at the next address."""
    ports = (town.ports.admin, town.ports.smsbox, town.ports.sendsms)
    reached = [[reaches(host, port) for port in ports] for host in ("127.0.0.1", "127.0.0.2")]
    assert reached == [[True, True, True], [False, False, False]]


def reaches(host: str, port: int) -> bool:
    """Tell whether somebody listens."""
    with suppress(OSError), socket.create_connection((host, port), 1):
        return True
    return False
