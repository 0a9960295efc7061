"""Whatever a citizen sends, something comes back; what comes twice counts once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from conversations.events import SentMedia
from tests.contract.expected import EXPECTED, NOTHING, Heard
from tests.contract.phones import STORY, Phone
from tests.contract.product import Product
from tests.contract.providers import PROVIDERS, Provider


def expected(path: Path) -> Heard:
    """Return what a payload file stands for."""
    return EXPECTED.get(f"{path.parent.name}/{path.stem}", NOTHING)


HEARD = [
    (provider, path)
    for provider in PROVIDERS
    for path in provider.files()
    if any(inbound.provider for inbound in expected(path).inbound)
]


def of(path: Path, phone: Phone) -> bytes:
    """Return a payload file in which another citizen writes, and name the phone after whom it is now from."""
    was = expected(path).inbound[0].address
    old = was.rpartition(":")[2].removeprefix("+").removeprefix("62")
    new = phone.address.rpartition(":")[2].removeprefix("+").removeprefix("62")
    new = new if old.isdecimal() else f"ID.{new}"
    phone.address = was.replace(old, new)
    return path.read_bytes().rstrip(b"\n").replace(old.encode(), new.encode())


@pytest.mark.parametrize(("provider", "path"), HEARD, ids=[f"{provider}: {path.stem}" for provider, path in HEARD])
def test_every_payload_of_a_citizen_is_answered(
    provider: Provider, path: Path, product_for: Callable[[Provider], Product]
) -> None:
    """As the first message of somebody who has never written; of a file that is not there any more, twice."""
    product = product_for(provider)
    phone = Phone(product, provider)
    body = of(path, phone)
    before = product.parked(phone.address)

    told = phone.brings(provider.request(body, product.settings.public_url))

    events = [inbound.event for inbound in expected(path).inbound]
    gone = sum(isinstance(event, SentMedia) and bool(event.ref) for event in events)
    assert (1 <= len(told) <= len(events) + gone, all(told), product.parked(phone.address)) == (True, True, before)


@pytest.mark.parametrize(("provider", "path"), HEARD, ids=[f"{provider}: {path.stem}" for provider, path in HEARD])
def test_every_payload_in_the_middle_of_a_report_is_answered(
    provider: Provider, path: Path, product_for: Callable[[Provider], Product]
) -> None:
    """While the place is asked for, a minute later: in the same breath it would be more of the story."""
    product = product_for(provider)
    phone = Phone(product, provider)
    body = of(path, phone)
    phone.reach("place")
    phone.wait(60.0)
    told = phone.brings(provider.request(body, product.settings.public_url))

    drafts = (phone.session.draft, *phone.session.shelf)
    assert (len(told) >= 1, any(draft and STORY in draft.story for draft in drafts)) == (True, True)


@pytest.fixture(params=PROVIDERS, ids=repr)
def phone(request: pytest.FixtureRequest, product_for: Callable[[Provider], Product]) -> Phone:
    """Return the phone of somebody who has never written, once for each provider."""
    return Phone(product_for(request.param), request.param)


def test_a_message_that_is_delivered_twice_counts_once(phone: Phone) -> None:
    """The first answer was lost on the way, which is why the provider brings it again."""
    told = phone.say("LAPOR jalan berlubang besar depan SD 2, motor sering jatuh", times=2)

    assert (len(told), phone.session.state) == (1, "place")
    assert phone.session.draft is not None
    assert phone.session.draft.story.count("jalan berlubang") == 1


def test_a_message_that_comes_again_later_gets_the_same_answer(phone: Phone) -> None:
    """Where the answer rides it rides again; elsewhere none is sent, for it has been."""
    provider, product = phone.provider, phone.product
    first = next(path for path in provider.files() if path.stem == provider.first)
    request = provider.request(of(first, phone), product.settings.public_url)
    told = phone.brings(request)
    before = phone.session

    again = phone.brings(request)

    assert (again, phone.session) == (told if provider.rides else [], before)


def test_a_confirmation_that_is_delivered_twice_files_one_report(phone: Phone) -> None:
    """One report, and one number told."""
    phone.reach("review", f"{STORY} {phone.mark}")

    told = phone.say("kirim", times=2)

    stories = [report.body for report in phone.product.backend.filed.values()]
    assert (sum(phone.mark in story for story in stories), sum("9165816" in text for text in told)) == (1, 1)
