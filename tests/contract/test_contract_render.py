"""What the bot says stands on the phone as it was meant, within the provider's limits, whatever a citizen wrote."""

import asyncio
import re
from collections.abc import Callable

import httpx
import pytest

from bot import crew
from conversations.bubble import Bubble
from tests.contract.phones import ANSWERS, STORY, Phone
from tests.contract.posting import post
from tests.contract.product import Product
from tests.contract.providers import PROVIDERS, Provider
from tests.webhooks.rest import Rest, web_of

HOSTILE = {
    "markup": "<b>*jalan*</b> _rusak_ [di sini](http://x.example) & `gelap`",
    "quotes": "\"kata\" 'warga' \\ {story} %s {0.__class__}",
    "emoji": "jalan rusak 😢👨‍👩‍👧‍👦🇮🇩",
    "right to left": "\u202eterbalik\u202c حفرة في الطريق",
    "a command of a gateway": "text=x&to=+628999&coding=2%d%20",
    "several lines": "satu\n\ndua\n tiga",
}
NUL = "jalan\x00rusak\x07 \x1b[2J"
UNPRINTED = re.compile("[\x00-\x08\x0b-\x1f]")


@pytest.fixture(params=PROVIDERS, ids=repr)
def phone(request: pytest.FixtureRequest, product_for: Callable[[Provider], Product]) -> Phone:
    """Return the phone of somebody who has never written, once for each provider."""
    return Phone(product_for(request.param), request.param)


def sends(phone: Phone, bubble: Bubble) -> list[str]:
    """Let the provider's sender send a message, and return what stands on the phone then."""

    async def send() -> None:
        sender = crew.senders(phone.product.settings)[phone.provider.key]
        await sender.send(phone.address, bubble, phone.mark)
        await sender.close()

    return phone.does(lambda: asyncio.run(send()))


def rides(phone: Phone, bubble: Bubble) -> list[str]:
    """Let a message ride in the response of a webhook, and return what stands on the phone then."""
    rest = Rest(bubbles=(bubble,))
    number = phone.provider.mark(phone.address)
    sample = re.sub(rb"5550123|6281234567890", number.encode(), phone.provider.sample())
    answer = post(web_of(rest, **phone.provider.environ), phone.provider.request(sample))
    response = httpx.Response(answer.status_code, headers=list(answer.headers), content=answer.data)
    entry = phone.twin.world.screens.show(phone.address, mine=True)
    return phone.does(lambda: phone.twin.take(entry, response))


@pytest.mark.parametrize("way", [sends, rides])
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_text_stands_on_the_phone_letter_by_letter(
    text: str, way: Callable[[Phone, Bubble], list[str]], phone: Phone
) -> None:
    """Nothing in it is obeyed, by call or in the response."""
    shown = way(phone, Bubble(text))

    assert shown == ([text] if way is sends or phone.provider.rides else [])


@pytest.mark.parametrize("way", [sends, rides])
def test_signs_that_cannot_be_printed_break_nothing(
    way: Callable[[Phone, Bubble], list[str]], phone: Phone
) -> None:
    """They arrive or are left out."""
    shown = way(phone, Bubble(NUL))

    plain = [UNPRINTED.sub("", text) for text in shown]
    assert plain == ([UNPRINTED.sub("", NUL)] if way is sends or phone.provider.rides else [])


@pytest.mark.parametrize("text", [*HOSTILE.values(), NUL], ids=[*HOSTILE, "signs that cannot be printed"])
def test_a_citizens_words_are_filed_as_they_were_written(text: str, phone: Phone) -> None:
    """They come back in the review without harm, and every answer on the way is one the provider takes."""
    before = phone.product.parked(phone.address)
    phone.reach("review", f"{STORY} {phone.mark} {text}")

    phone.say("kirim")

    (body,) = [each.body for each in phone.product.backend.filed.values() if phone.mark in each.body]
    assert UNPRINTED.sub("", text).split() == UNPRINTED.sub("", body.partition(f"{phone.mark} ")[2]).split()
    assert phone.product.parked(phone.address) == before


def test_a_story_longer_than_any_is_answered_within_the_limits_and_goes_on(phone: Phone) -> None:
    """The twins refuse what is longer than the provider takes; what was told so far is kept."""
    before = phone.product.parked(phone.address)

    (full,) = phone.say(f"LAPOR {STORY} " + "jalan rusak parah sekali " * 400)
    phone.say(ANSWERS["place"])

    assert ("Cerita sudah penuh" in full, phone.session.state) == (True, "day")
    assert phone.product.parked(phone.address) == before


def test_a_long_story_is_shown_within_the_limits_and_filed_whole(phone: Phone) -> None:
    """The review shows as much of it as the provider takes."""
    before = phone.product.parked(phone.address)
    story = f"{STORY} {phone.mark} " + "jalan rusak parah sekali " * 280
    phone.reach("review", story)

    told = phone.say("kirim")

    (body,) = [each.body for each in phone.product.backend.filed.values() if phone.mark in each.body]
    assert (body.split(), len(told), phone.product.parked(phone.address)) == (story.split(), 1, before)
