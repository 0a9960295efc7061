"""The operator's side, over SMPP: alphabets, parts and delivery reports as they are on the wire."""

from itertools import count

import pytest
from smsutil.codecs import GSM0338Codec

from tests.kannel.programs import until
from tests.kannel.smpp import GSM, UCS2, UDH, Operator
from tests.kannel.towns import ANSWERS, Town

STORY = "Jalan berlubang: Café [Jaya] {A_B} €5 @ ~ 2 hari"
EMOJI = "Jalan berlubang besar di depan pasar, tolong 😡 segera ditambal"

_numbers = count(62_813_000_000_00)


@pytest.fixture
def number() -> str:
    """Return the number of a phone that has never written, as SMPP writes it."""
    return str(next(_numbers))


def gsm(text: str) -> bytes:
    """Write a text in GSM-7, a septet a byte."""
    data: bytes = GSM0338Codec().encode(text)[0]
    return data


def read(data: bytes) -> str:
    """Read a text in GSM-7, a septet a byte."""
    text: str = GSM0338Codec().decode(data)[0]
    return text


def answer_all(operator: Operator, number: str) -> None:
    """Answer what the bot asks after the story, up to the tracking id."""
    for asked, text in enumerate(ANSWERS, 1):
        operator.sent(number, asked)
        operator.deliver(number, gsm(text))
    operator.sent(number, len(ANSWERS) + 1)


def test_signs_beyond_ascii_go_through_gsm_7_in_both_directions(town: Town, number: str) -> None:
    town.operator.deliver(number, gsm(STORY))
    answer_all(town.operator, number)
    review = town.operator.sent(number, len(ANSWERS))[-2]
    assert (review.coding, STORY in read(review.data), len(review.data) <= 160) == (GSM, True, True)
    assert town.product.filed(f"+{number}").filed.body == STORY


def test_a_character_torn_apart_by_two_parts_is_whole_again(town: Town, number: str) -> None:
    """An emoji is two units of UTF-16; phones cut between them."""
    raw = EMOJI.encode("utf-16-be")
    cut = raw.index("😡".encode("utf-16-be")) + 2
    for part, data in enumerate((raw[:cut], raw[cut:]), 1):
        header = bytes((6, 8, 4, 1, 2, 2, part))  # 3GPP TS 23.040: concatenated, 16-bit reference 258
        town.operator.deliver(number, header + data, UCS2, UDH)
    answer_all(town.operator, number)
    assert town.product.filed(f"+{number}").filed.body == EMOJI


def test_an_sms_that_reached_nobody_is_counted(town: Town, number: str) -> None:
    before = town.product.receipts("failed")
    town.operator.deliver(number, gsm(STORY))
    (asked,) = town.operator.sent(number, 1)
    town.operator.report(asked, "UNDELIV")
    until(lambda: town.product.receipts("failed") == before + 1, "the report does not arrive")
