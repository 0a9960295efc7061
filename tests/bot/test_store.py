"""Documents on a real Redis: what is committed, what is not, and what is kept."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import redis
from msgspec.structs import replace
from redis.crc import key_slot

from bot import keys
from bot.document import Document, Seen, mark_of, pack, unpack
from bot.errors import Misconfigured
from bot.keys import partition_of
from bot.owners import Offered
from bot.quota import Rate
from bot.store import Commit, Store, Stored
from bot.tasks import Acknowledge, Task
from bot.vault import Unopened, Vault
from conversations.bubble import Bubble
from conversations.session import Draft, Session
from tests.kept import dump, store_at, tasks_of, url_of

ADDRESS = "sms:+6281234567890"
DRAFT = Draft("id", "BCDF-GHJK", story="jalan berlubang " * 20)
DOCUMENT = Document(Session(state="place", draft=DRAFT), (), "gateway")
TASK = Task("1", ADDRESS, "telegram", Acknowledge("7"), 0)


@pytest.fixture
def store(client: "redis.Redis") -> Store:
    return store_at(url_of(client))


def test_a_stranger_has_no_document(store: Store) -> None:
    assert store.load(ADDRESS) == Stored(None)


def test_what_was_committed_is_loaded_with_the_next_version(store: Store) -> None:
    assert store.commit(ADDRESS, b"", Commit(DOCUMENT, 60)) == "stored"
    assert store.load(ADDRESS) == Stored(DOCUMENT, bytes([0, 0, 0, 0, 0, 0, 0, 1]))


def test_a_commit_on_an_old_version_changes_nothing(store: Store, client: "redis.Redis") -> None:
    store.commit(ADDRESS, b"", Commit(DOCUMENT, 60))
    assert store.commit(ADDRESS, b"", Commit(Document(Session()), 60, (TASK,))) == "overtaken"
    assert store.load(ADDRESS).document == DOCUMENT
    assert tasks_of(client, store, ADDRESS) == []


def test_a_commit_stores_tasks_with_the_document(store: Store, client: "redis.Redis") -> None:
    store.commit(ADDRESS, b"", Commit(DOCUMENT, 60, (TASK,)))
    assert tasks_of(client, store, ADDRESS) == [TASK]


def test_a_channel_that_brings_more_than_it_may_is_told_to_come_again(store: Store) -> None:
    few = Rate(apart=100.0, burst_ms=keys.PARTITIONS * 100 * 2)
    fates = [
        store.commit(ADDRESS, store.load(ADDRESS).version, Commit(DOCUMENT, 60, (TASK,)), few) for _ in range(4)
    ]
    assert fates == ["stored", "stored", "stored", "flooded"]


def test_documents_expire(store: Store, client: "redis.Redis") -> None:
    store.commit(ADDRESS, b"", Commit(DOCUMENT, 60))
    assert 0 < client.ttl(keys.document(store.name(ADDRESS))) <= 60


def test_a_commit_works_after_redis_forgot_its_scripts(store: Store, client: "redis.Redis") -> None:
    client.script_flush()
    assert store.commit(ADDRESS, b"", Commit(DOCUMENT, 60)) == "stored"


def test_of_twenty_commits_at_once_one_wins(store: Store) -> None:
    with ThreadPoolExecutor(20) as pool:
        won = list(pool.map(lambda _: store.commit(ADDRESS, b"", Commit(DOCUMENT, 60, (TASK,))), range(20)))
    assert won.count("stored") == 1


def test_all_keys_of_a_citizen_lie_in_one_slot_of_a_cluster(store: Store) -> None:
    name = store.name(ADDRESS)
    partition = partition_of(name)
    kinds = (keys.outbox, keys.tries, keys.parked, keys.lease)
    names = (
        keys.document(name), keys.quota(partition, "sms"), keys.pace(partition, name),
        *(kind(partition) for kind in kinds),
    )  # fmt: skip
    assert len({key_slot(name.encode()) for name in names}) == 1


@pytest.mark.parametrize("story", ["", "jalan " * 200], ids=["small", "large"])
def test_a_document_survives_packing(story: str) -> None:
    seen = Seen(mark_of("tg:1"), 1, (Bubble("Di mana lokasinya?"),))
    document = Document(Session(draft=Draft("id", "BCDF-GHJK", story)), (seen,), "telegram")
    assert unpack(pack(document)) == document


def test_the_last_answers_are_kept_in_full_and_ids_for_two_days() -> None:
    document = Document(Session())
    for hour in range(0, 60, 10):
        answer = (Bubble(f"jawaban {hour}"),)
        document = Document(Session(), document.remembering(f"id {hour}", hour * 3600, answer))
    answers = [document.answer_to(f"id {hour}") for hour in range(0, 60, 10)]
    texts = [None if answer is None else [bubble.text for bubble in answer] for answer in answers]
    assert texts == [None, [], [], [], ["jawaban 40"], ["jawaban 50"]]


@pytest.mark.parametrize(("provider", "days", "most"), [("twilio", 2, 50), ("meta", 8, 200)])
def test_ids_are_kept_for_as_long_as_the_provider_may_deliver_again(provider: str, days: int, most: int) -> None:
    taken, crowded = Document(Session(), provider=provider), Document(Session(), provider=provider)
    for day in range(10):
        taken = replace(taken, seen=taken.remembering(f"day {day}", day * 86400, ()))
    for number in range(300):
        crowded = replace(crowded, seen=crowded.remembering(f"id {number}", 0, ()))
    assert (len(taken.seen), len(crowded.seen)) == (days, most)
    assert len(pack(crowded)) - len(pack(replace(crowded, seen=()))) < 17 * most


OLD, NEW = bytes(32), bytes(range(32))


def test_nothing_in_redis_tells_who_a_citizen_is_or_what_they_wrote(store: Store, client: "redis.Redis") -> None:
    store.commit(ADDRESS, b"", Commit(DOCUMENT, 60, (Task("1", ADDRESS, "gateway", Acknowledge("rahasia"), 0),)))
    store.owners.own("R1", ADDRESS, 60)
    store.owners.follow("R2", ADDRESS, 60)
    store.owners.offer("12345678", Offered(ADDRESS, "key", "mark"), 60_000)
    held = dump(client)
    assert [word for word in (b"81234567890", b"berlubang", b"rahasia", b"BCDF", b"12345678") if word in held] == []


def test_what_an_older_key_sealed_is_opened_and_sealed_anew_under_the_newest(client: "redis.Redis") -> None:
    url = url_of(client)
    before, between, after = (store_at(url, Vault(keys)) for keys in ((OLD,), (NEW, OLD), (NEW,)))
    before.commit(ADDRESS, b"", Commit(DOCUMENT, 60))
    found = between.load(ADDRESS)
    between.commit(ADDRESS, found.version, Commit(DOCUMENT, 60))
    assert (found.document, after.load(ADDRESS).document) == (DOCUMENT, DOCUMENT)


def test_a_key_that_opens_nothing_is_named_at_the_start(client: "redis.Redis") -> None:
    store_at(url_of(client), Vault((OLD,))).unlock()
    with pytest.raises(Misconfigured, match="DATA_KEY does not open"):
        store_at(url_of(client), Vault((NEW,))).unlock()


def test_a_document_that_was_put_in_anothers_place_does_not_open(store: Store, client: "redis.Redis") -> None:
    store.commit(ADDRESS, b"", Commit(DOCUMENT, 60))
    other = "sms:+6280000000000"
    client.copy(keys.document(store.name(ADDRESS)), keys.document(store.name(other)))
    with pytest.raises(Unopened):
        store.load(other)


def test_a_redis_that_lost_its_data_names_citizens_as_before(store: Store, client: "redis.Redis") -> None:
    name = store.name(ADDRESS)
    client.flushdb()
    assert store_at(url_of(client)).name(ADDRESS) == name


def test_delivery_reports_in_any_order_never_take_anything_back(store: Store) -> None:
    seen = []
    for status in ("accepted", "delivered", "sent", "accepted", "failed", "read", "delivered"):
        store.keep_receipt("t1", status, "SM1")
        seen.append(store.receipt("t1"))
    assert seen == ["accepted", "delivered", "delivered", "delivered", "delivered", "read", "read"]


@pytest.mark.parametrize("first", ["link", "report"])
def test_a_report_by_the_providers_id_finds_its_message_in_any_order(first: str, store: Store) -> None:
    """The provider may be quicker than the worker that sent the message."""
    steps = [
        lambda: store.keep_link("gateway", "m-1", "t1"),
        lambda: store.keep_report("gateway", "m-1", "failed"),
    ]
    store.keep_receipt("t1", "accepted", "m-1")
    for step in steps if first == "link" else reversed(steps):
        step()
    store.keep_report("gateway", "m-1", "sent")
    assert (store.receipt("t1"), store.receipt("t2")) == ("failed", None)
