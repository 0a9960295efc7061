"""HAPUS DATA: what a citizen wrote is gone from Redis, and what they confirmed is filed all the same."""

import pytest
import redis

from bot import keys
from bot.errors import Permanent, Temporary
from bot.tasks import Send, Task
from bot.vault import Vault
from conversations.bubble import Bubble
from tests.bot.office import PHONE, STORY, Office
from tests.kept import dump, store_at

HOUR = 3600
WORDS = (b"81234567890", b"berlubang", b"Kaliurang", b"tersumbat", b"9165816")


@pytest.fixture
def office(client: "redis.Redis", redis_url: str) -> Office:
    """Return an office whose data are not sealed, so that what is left can be read."""
    return Office(client, redis_url, Vault())


def settle(office: Office) -> None:
    """Let everything be done that is due within the next seconds."""
    office.works(office.done)
    office.time += 4
    office.works(office.empty)


def left(office: Office) -> dict[str, bool]:
    """Return which words are found in Redis, in the citizen's document too, which is packed."""
    held = dump(office.client) + repr(office.dispatcher.store.load(PHONE).document).encode()
    return {word.decode(): True for word in WORDS if word in held}


def test_a_citizen_who_wants_everything_gone_leaves_no_word_behind(office: Office) -> None:
    office.says(*STORY)
    settle(office)
    office.says("LAPOR saluran air tersumbat sampah sejak kemarin", "BATAL")
    settle(office)
    before = left(office)
    office.says("HAPUS DATA", "1")
    settle(office)
    document = keys.document(office.dispatcher.store.name(PHONE))
    assert sorted(before) == ["81234567890", "9165816", "berlubang", "tersumbat"]
    assert (left(office), 0 < office.client.ttl(document) <= HOUR) == ({}, True)


def test_what_waits_and_what_is_parked_goes_too(office: Office) -> None:
    office.phone.failures = [Permanent("no such number"), Temporary("down", after=600)]
    office.puts(Send(Bubble("saluran tersumbat")))
    office.works(lambda: office.parked() == ["Permanent: no such number"])
    office.puts(Send(Bubble("jalan berlubang")))
    office.works(lambda: office.phone.tried == 2)
    office.says("HAPUS DATA", "1")
    settle(office)
    assert (office.parked(), left(office), len(office.phone.texts)) == ([], {}, 1)


def test_a_report_that_was_confirmed_is_filed_though_the_backend_is_down(office: Office) -> None:
    office.backend.failures = [Temporary("down")]
    office.says(*STORY, "HAPUS DATA", "1")
    settle(office)
    assert (len(office.backend.filed), office.dispatcher.store.owners.of("R1").all, left(office)) == (1, (), {})


def test_what_belongs_to_others_stays(office: Office) -> None:
    others = Task("t9", "sms:+6289999999999", "gateway", Send(Bubble("milik orang lain")), int(office.time * 1000))
    store_at(office.url, Vault()).park(others, "Permanent: no such number")
    office.says("HAPUS DATA", "1")
    settle(office)
    assert b"milik orang lain" in dump(office.client)
