"""Several workers on one outbox: what is in doubt, what is whose, and what is done once."""

import asyncio

import pytest
import redis

from bot import connecting, keys
from bot.errors import Uncertain
from bot.outbox import Lost, Outbox
from bot.tasks import Send
from conversations.bubble import Bubble
from tests.bot.office import Office
from tests.kept import VAULT


@pytest.fixture
def office(client: "redis.Redis", redis_url: str) -> Office:
    return Office(client, redis_url)


def hello() -> Send:
    return Send(Bubble("halo"))


@pytest.mark.parametrize(
    ("provider", "push", "tries"),
    [
        ("telegram", False, 1),
        ("telegram", True, 2),
        ("gateway", False, 2),
        ("gateway", True, 2),
        ("meta", False, 2),
        ("meta", True, 2),
        ("twilio", True, 1),
    ],
    ids=[
        "a question",
        "news",
        "a question by SMS",
        "news by SMS",
        "a question by Meta",
        "news by Meta",
        "news that can be looked up",
    ],
)
def test_in_doubt_is_repeated_once_what_nobody_would_ask_for_again(
    office: Office,
    provider: str,
    push: bool,  # noqa: FBT001
    tries: int,
) -> None:
    office.phone.lists = provider == "twilio"
    office.phone.failures = [Uncertain("timed out"), Uncertain("timed out")]
    office.puts(Send(Bubble("halo"), push), provider)
    office.works(office.done)
    office.time += 61
    office.works(office.done)
    assert office.phone.tried == tries


def test_an_sms_in_doubt_is_not_repeated_once_its_delivery_report_came(office: Office) -> None:
    office.phone.failures = [Uncertain("cut off")]
    office.puts(Send(Bubble("halo"), push=True))
    office.works(lambda: office.later() == 1)
    office.dispatcher.store.keep_receipt("t1", "delivered")
    office.time += 61
    office.works(office.empty)
    assert office.phone.tried == 1


@pytest.mark.parametrize(("push", "tries"), [(False, 0), (True, 1)], ids=["a question", "news"])
def test_what_a_worker_was_sending_when_it_died_is_in_doubt(office: Office, push: bool, tries: int) -> None:  # noqa: FBT001
    office.puts(Send(Bubble("halo"), push), "telegram")
    office.dies_sending()
    office.works(lambda: office.done() and office.client.exists(keys.lease(office.partition)) == 1)
    office.time += 2
    office.works(office.empty)
    assert office.phone.tried == tries


def test_what_a_dead_worker_had_not_begun_is_done_by_another(office: Office) -> None:
    office.puts(hello())
    office.client.set(keys.lease(office.partition), "dead", px=500)
    office.works(lambda: office.phone.texts == ["halo"] and office.empty())


def test_a_worker_that_stops_leaves_its_partitions_to_others_at_once(office: Office) -> None:
    office.puts(hello())
    office.works(lambda: office.phone.texts == ["halo"] and office.empty())
    assert (office.client.keys("*:lease"), office.client.exists(keys.WORKERS)) == ([], 0)


@pytest.mark.parametrize("done", [False, True], ids=["is in doubt", "is done"])
def test_what_another_worker_has_sent_meanwhile_is_not_begun_again(office: Office, done: bool) -> None:  # noqa: FBT001
    """A worker is frozen before it begins, another one sends, and the first one wakes and gets its lease back."""

    async def play() -> None:
        client = connecting.asynchronous(office.url)
        frozen, awake = Outbox(client, "frozen", VAULT), Outbox(client, "awake", VAULT)
        office.client.set(keys.lease(office.partition), "frozen")
        (entry,) = await frozen.read(office.partition, b"0", 100, {})
        office.client.set(keys.lease(office.partition), "awake")
        begun, _ = await awake.begin(entry, "chat", 0)
        if done:
            await awake.done(begun)
        office.client.set(keys.lease(office.partition), "frozen")
        with pytest.raises(Lost):
            await frozen.begin(entry, "chat", 0)
        await client.aclose()

    office.puts(hello())
    asyncio.run(play())


def test_a_worker_whose_partition_is_anothers_by_now_sends_nothing(office: Office) -> None:
    def taken() -> bool:
        office.client.set(keys.lease(office.partition), "another")
        if not office.client.xlen(keys.outbox(office.partition)):
            office.puts(hello())
        return office.client.xlen(keys.outbox(office.partition)) == 1 and next(asked) > 20

    asked = iter(range(1000))
    office.works(taken)
    assert (office.phone.tried, office.tried()) == (0, [])


def test_two_workers_share_the_work_and_nothing_is_done_twice(office: Office) -> None:
    for number in range(50):
        office.puts(Send(Bubble(str(number))))
    office.works(office.done, workers=2)
    assert sorted(office.phone.texts, key=int) == [str(number) for number in range(50)]


def test_workers_start_anew_where_redis_lost_its_data(office: Office) -> None:
    lost = False

    def empty_once() -> bool:
        nonlocal lost
        if not lost and office.phone.texts == ["halo"]:
            office.client.flushdb()
            office.puts(hello())
            lost = True
        return office.phone.texts == ["halo", "halo"]

    office.puts(hello())
    office.works(empty_once)


def test_a_message_in_doubt_does_not_hold_up_the_next(office: Office) -> None:
    office.phone.failures = [Uncertain("cut off")]
    office.puts(Send(Bubble("satu"), push=True))
    office.puts(Send(Bubble("dua")))
    office.works(lambda: office.later() == 1 and office.phone.texts[-1] == "dua")
    assert [known.split()[2] for known in office.tried()] == ["uncertain"]
