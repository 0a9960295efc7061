"""Documents on a real Redis: what is committed, what is not, and what is kept."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import redis

from bot import keys, tasks
from bot.document import Document, Seen, mark_of, pack, unpack
from bot.keys import partition_of
from bot.store import Commit, Store, Stored
from bot.tasks import Acknowledge, Task
from conversations.bubble import Bubble
from conversations.session import Draft, Session

ADDRESS = "sms:+6281234567890"
PARTITION = partition_of(ADDRESS)
DRAFT = Draft("id", "BCDF-GHJK", story="jalan berlubang " * 20)
DOCUMENT = Document(Session(state="place", draft=DRAFT), (), "gateway")
TASK = Task("1", ADDRESS, "telegram", Acknowledge("7"), 0)


@pytest.fixture
def store(client: "redis.Redis") -> Store:
    return Store(client)


def test_a_stranger_has_no_document(store: Store) -> None:
    assert store.load(ADDRESS) == Stored(None)


def test_what_was_committed_is_loaded_with_the_next_version(store: Store) -> None:
    assert store.commit(ADDRESS, b"", Commit(DOCUMENT, 60))
    assert store.load(ADDRESS) == Stored(DOCUMENT, bytes([0, 0, 0, 0, 0, 0, 0, 1]))


def test_a_commit_on_an_old_version_changes_nothing(store: Store, client: "redis.Redis") -> None:
    store.commit(ADDRESS, b"", Commit(DOCUMENT, 60))
    assert not store.commit(ADDRESS, b"", Commit(Document(Session()), 60, (TASK,), 5))
    assert store.load(ADDRESS).document == DOCUMENT
    assert client.xlen(keys.outbox(PARTITION)) == 0
    assert client.zcard(keys.deadlines(PARTITION)) == 0


def test_a_commit_stores_tasks_and_deadline_with_the_document(store: Store, client: "redis.Redis") -> None:
    store.commit(ADDRESS, b"", Commit(DOCUMENT, 60, (TASK,), 5000))
    ((_, fields),) = client.xrange(keys.outbox(PARTITION))
    assert tasks.decode(fields[b"t"]) == TASK
    assert client.zrange(keys.deadlines(PARTITION), 0, -1, withscores=True) == [(ADDRESS.encode(), 5000.0)]


def test_a_deadline_is_kept_until_another_turn_moves_it_or_takes_it_away(
    store: Store, client: "redis.Redis"
) -> None:
    scores = []
    for due in (5000, None, 6000, 0):
        store.commit(ADDRESS, store.load(ADDRESS).version, Commit(DOCUMENT, 60, due=due))
        scores.append(client.zscore(keys.deadlines(PARTITION), ADDRESS))
    assert scores == [5000.0, 5000.0, 6000.0, None]


def test_documents_expire(store: Store, client: "redis.Redis") -> None:
    store.commit(ADDRESS, b"", Commit(DOCUMENT, 60))
    assert 0 < client.ttl(keys.document(ADDRESS)) <= 60


def test_a_commit_works_after_redis_forgot_its_scripts(store: Store, client: "redis.Redis") -> None:
    client.script_flush()
    assert store.commit(ADDRESS, b"", Commit(DOCUMENT, 60))


def test_of_twenty_commits_at_once_one_wins(store: Store) -> None:
    with ThreadPoolExecutor(20) as pool:
        won = list(pool.map(lambda _: store.commit(ADDRESS, b"", Commit(DOCUMENT, 60, (TASK,))), range(20)))
    assert sum(won) == 1


def test_all_keys_of_a_citizen_lie_in_one_slot_of_a_cluster() -> None:
    from redis.crc import key_slot  # noqa: PLC0415

    names = (keys.document(ADDRESS), keys.outbox(PARTITION), keys.deadlines(PARTITION), keys.later(PARTITION))
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


def test_who_filed_a_report_is_remembered_until_forgotten(store: Store) -> None:
    store.own("R1", ADDRESS)
    found = store.owner("R1")
    store.disown(["R1"])
    assert (found, store.owner("R1")) == (ADDRESS, None)
