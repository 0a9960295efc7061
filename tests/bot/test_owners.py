"""Whose reports are and who follows them, on a real Redis; codes that count once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import redis

from bot import keys
from bot.owners import MOST_FOLLOWERS, Offered, Owners, Registry
from tests.kept import VAULT, store_at, url_of

FILED, PHONE, OTHER = "sms:+6281234567890", "telegram:12345", "whatsapp:+6281111111111"
OFFERED = Offered(FILED, "key", "mark")


@pytest.fixture
def registry(client: "redis.Redis") -> Registry:
    return store_at(url_of(client)).owners


def test_who_filed_a_report_and_who_follows_it_hear_of_it_until_they_leave(registry: Registry) -> None:
    registry.own("R1", FILED, 60)
    registry.follow("R1", PHONE, 60)
    both = registry.of("R1")
    registry.leave("R1", FILED)
    one = registry.of("R1")
    registry.leave("R1", PHONE)
    assert (both, one, registry.of("R1")) == (Owners((FILED,), (PHONE,)), Owners((), (PHONE,)), Owners())


def test_an_owner_as_it_was_written_before_is_still_read(registry: Registry, client: "redis.Redis") -> None:
    client.set(keys.owner("R1"), VAULT.seal(FILED.encode(), keys.owner("R1")))
    before = registry.of("R1")
    registry.follow("R1", PHONE, 60)
    assert (before, registry.of("R1")) == (Owners((FILED,)), Owners((FILED,), (PHONE,)))


def test_doing_it_again_changes_nothing(registry: Registry) -> None:
    for _ in range(2):
        registry.own("R1", FILED, 60)
        registry.follow("R1", PHONE, 60)
        registry.follow("R1", FILED, 60)
    assert registry.of("R1") == Owners((FILED,), (PHONE,))


def test_filing_again_after_a_crash_keeps_who_follows(registry: Registry) -> None:
    registry.follow("R1", PHONE, 60)
    registry.own("R1", FILED, 60)
    assert registry.of("R1") == Owners((FILED,), (PHONE,))


def test_only_so_many_may_follow(registry: Registry) -> None:
    joined = [registry.follow("R1", f"telegram:{number}", 60) for number in range(MOST_FOLLOWERS + 1)]
    registry.expel("R1")
    assert (joined, registry.of("R1")) == ([True] * MOST_FOLLOWERS + [False], Owners())


def test_phones_that_join_at_the_same_instant_all_hear_of_it(registry: Registry) -> None:
    with ThreadPoolExecutor(MOST_FOLLOWERS) as pool:
        addresses = [f"telegram:{number}" for number in range(MOST_FOLLOWERS)]
        list(pool.map(lambda address: registry.follow("R1", address, 60), addresses))
    assert sorted(registry.of("R1").followers) == addresses


def test_leaving_does_not_make_it_known_for_longer(registry: Registry, client: "redis.Redis") -> None:
    registry.own("R1", FILED, 60)
    registry.follow("R1", PHONE, 60)
    registry.leave("R1", PHONE)
    assert 0 < client.ttl(keys.owner("R1")) <= 60


def test_a_code_counts_once_and_for_the_same_phone_again(registry: Registry) -> None:
    registry.offer("12345678", OFFERED, 60_000)
    assert [registry.take("12345678", address) for address in (PHONE, OTHER, PHONE)] == [OFFERED, None, OFFERED]


def test_an_offer_made_again_after_a_crash_does_not_bring_a_used_code_back(registry: Registry) -> None:
    registry.offer("12345678", OFFERED, 60_000)
    registry.take("12345678", PHONE)
    registry.offer("12345678", OFFERED, 60_000)
    assert registry.take("12345678", OTHER) is None


def test_a_code_that_was_drawn_twice_counts_for_nobody(registry: Registry) -> None:
    registry.offer("12345678", OFFERED, 60_000)
    registry.offer("12345678", Offered(OTHER, "key", "another"), 60_000)
    assert registry.take("12345678", PHONE) is None


def test_a_code_is_gone_when_its_time_is_over(registry: Registry, client: "redis.Redis") -> None:
    registry.offer("12345678", OFFERED, 900_000)
    (key,) = client.keys("code:*")
    assert 890_000 < client.pttl(key) <= 900_000
    client.delete(key)
    assert registry.take("12345678", PHONE) is None
