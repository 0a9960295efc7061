"""Workers on a real Redis, with a backend and a phone of a few lines: what becomes of every task."""

import asyncio
from collections.abc import Iterator

import pytest
import redis

from bot import keys, outbox
from bot.cases.port import CaseEvent
from bot.errors import Blocked, Permanent, Rejected, Temporary, Uncertain
from bot.keys import partition_of
from bot.outbox import Outbox
from bot.tasks import Send, Task
from conversations.bubble import Bubble
from conversations.effects import Attach, Rate
from conversations.events import CaseMoved
from tests.bot.office import PHONE, STORY, Office


@pytest.fixture
def office(client: "redis.Redis", redis_url: str) -> Iterator[Office]:
    return Office(client, redis_url)


def hello() -> Send:
    return Send(Bubble("halo"))


def test_a_report_is_filed_and_its_number_told(office: Office) -> None:
    office.says(*STORY)
    office.works(lambda: any("9165816" in text for text in office.phone.texts) and office.done())
    (report,) = office.backend.filed.values()
    assert report.body == "jalan berlubang besar depan SD 2"
    assert sum("9165816" in text for text in office.phone.texts) == 1
    assert office.dispatcher.store.owner("R1") == PHONE


def test_a_failure_for_now_is_tried_again_until_it_works(office: Office) -> None:
    office.phone.failures = [Temporary("down"), Temporary("down")]
    office.puts(hello())
    for attempt in (1, 2):
        office.works(lambda: office.phone.tried == attempt and office.count(keys.later) == 1)  # noqa: B023
        office.time += 4
    office.works(lambda: office.phone.texts == ["halo"] and office.done())
    assert office.count(keys.later) == 0


def test_a_provider_that_asks_for_patience_gets_it(office: Office) -> None:
    office.phone.failures = [Temporary("slow down", after=100)]
    office.puts(hello())
    office.works(lambda: office.count(keys.later) == 1)
    ((_, due),) = office.client.zrange(keys.later(partition_of(PHONE)), 0, -1, withscores=True)
    assert due / 1000 - office.time == pytest.approx(100, abs=1)


def test_a_backend_that_is_down_for_an_hour_gets_the_report_once_it_is_back(office: Office) -> None:
    office.backend.failures = [Temporary("down")] * 4
    office.says(*STORY)
    for hour in range(6):
        office.works(office.done)
        office.time += 3600 if hour else 3
    assert len(office.backend.filed) == 1
    numbers = [text for text in office.phone.texts if "nomor" in text]
    assert ["sementara" in text for text in numbers] == [True, False]


def test_a_report_whose_answer_was_lost_is_filed_again_under_its_key(office: Office) -> None:
    office.backend.failures = [Uncertain("cut off")]
    office.says(*STORY)
    office.works(lambda: office.count(keys.later) == 1 and office.done())
    office.time += 2
    office.works(lambda: any("9165816" in text for text in office.phone.texts) and office.done())
    assert len(office.backend.filed) == 1


def test_a_refused_report_comes_back_for_a_change(office: Office) -> None:
    office.backend.failures = [Rejected("wrong", ("body",))]
    office.says(*STORY)
    office.works(lambda: "Belum diterima" in office.phone.texts[-1] if office.phone.texts else False)
    document = office.dispatcher.store.load(PHONE).document
    assert document is not None
    assert document.session.draft is not None
    assert (document.session.state, document.session.draft.story) == ("review", "jalan berlubang besar depan SD 2")


def test_what_cannot_work_is_parked_with_its_reason(office: Office) -> None:
    office.phone.failures = [Permanent("no such number")]
    office.puts(hello())
    office.works(office.done)
    assert office.parked() == ["Permanent: no such number"]


def test_an_address_that_wants_no_messages_is_left_in_peace(office: Office) -> None:
    office.phone.failures = [Blocked("stopped")]
    office.puts(hello())
    office.works(office.done)
    assert (office.phone.tried, office.parked()) == (1, [])


def test_a_poison_task_is_parked_and_the_next_one_done(office: Office) -> None:
    office.phone.failures = [ZeroDivisionError("never said aloud")]
    office.client.xadd(keys.outbox(partition_of(PHONE)), {"t": b"no task"})
    office.puts(hello())
    office.puts(hello())
    office.works(office.done)
    assert office.phone.texts == ["halo"]
    assert office.parked() == ["cannot be read", "poison: ZeroDivisionError"]


@pytest.mark.parametrize(
    ("provider", "push", "tries"),
    [("telegram", False, 1), ("telegram", True, 2), ("gateway", True, 2), ("twilio", True, 1)],
    ids=["a question", "news", "news by SMS", "news that can be looked up"],
)
def test_in_doubt_only_news_is_repeated_and_once(office: Office, provider: str, push: bool, tries: int) -> None:  # noqa: FBT001
    office.phone.lists = provider == "twilio"
    office.phone.failures = [Uncertain("timed out"), Uncertain("timed out")]
    office.dispatcher.store.append(Task("t1", PHONE, provider, Send(Bubble("halo"), push), int(office.time * 1000)))
    office.works(office.done)
    office.time += 61
    office.works(office.done)
    assert office.phone.tried == tries


def test_an_sms_in_doubt_is_not_repeated_once_its_delivery_report_came(office: Office) -> None:
    office.phone.failures = [Uncertain("cut off")]
    send = Send(Bubble("halo"), push=True)
    office.dispatcher.store.append(Task("t1", PHONE, "gateway", send, int(office.time * 1000)))
    office.works(lambda: office.count(keys.later) == 1)
    office.dispatcher.store.keep_receipt("t1", "delivered")
    office.time += 61
    office.works(lambda: office.done() and office.count(keys.later) == 0)
    assert office.phone.tried == 1


def test_what_a_dead_worker_held_is_taken_over(office: Office) -> None:
    async def take_and_die() -> None:
        client = outbox.connect(office.url)
        dead = Outbox(client, "dead")
        await dead.prepare()
        assert await dead.read(10, 100)
        await client.connection_pool.disconnect()

    office.puts(hello())
    asyncio.run(take_and_die())
    office.works(lambda: office.phone.texts == ["halo"] and office.done(), dead_ms=1)


def test_two_workers_share_the_work_and_nothing_is_done_twice(office: Office) -> None:
    for number in range(50):
        office.puts(Send(Bubble(str(number))))
    office.works(office.done, workers=2)
    assert sorted(office.phone.texts, key=int) == [str(number) for number in range(50)]


def test_one_worker_keeps_the_order_of_a_citizens_messages(office: Office) -> None:
    for number in range(20):
        office.puts(Send(Bubble(str(number))))
    office.works(office.done)
    assert office.phone.texts == [str(number) for number in range(20)]


def test_a_case_event_that_comes_before_the_number_is_told_afterwards(office: Office) -> None:
    moved = CaseMoved("status_changed", "R1", "verified", 1)
    office.dispatcher.notify(CaseEvent("e1", moved))
    office.works(lambda: office.client.zcard(keys.later(partition_of("report:R1"))) == 1)
    office.says(*STORY)
    office.works(lambda: any("9165816" in text for text in office.phone.texts))
    office.time += 4
    office.dispatcher.notify(CaseEvent("e1", moved))
    office.works(lambda: any("diverifikasi" in text for text in office.phone.texts) and office.done())
    assert sum("diverifikasi" in text for text in office.phone.texts) == 1


def test_a_file_is_fetched_and_stored_and_the_dialog_told(office: Office) -> None:
    office.puts(Attach("key/1", "photo", "photo"))
    office.works(lambda: office.backend.files == ["photo"] and office.done())


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


def test_the_outbox_counts_what_waits(office: Office) -> None:
    async def counts() -> dict[str, int]:
        client = outbox.connect(office.url)
        found = await Outbox(client, "w").counts()
        await client.connection_pool.disconnect()
        return found

    office.puts(hello())
    assert asyncio.run(counts()) == {"waiting": 1, "later": 0, "parked": 0}


def test_a_rating_that_comes_late_does_not_undo_a_later_one(office: Office) -> None:
    office.says(*STORY)
    office.works(lambda: any("9165816" in text for text in office.phone.texts) and office.done())
    office.dispatcher.notify(CaseEvent("e1", CaseMoved("status_changed", "R1", "closed", 1)))
    office.works(lambda: any("dinyatakan selesai" in text for text in office.phone.texts) and office.done())
    office.backend.failures = [Temporary("down")]
    office.says("SUDAH")
    office.works(office.done)
    office.says("5")
    office.works(lambda: len(office.backend.rated) == 1)
    office.time += 4
    office.works(lambda: office.done() and office.count(keys.later) == 0)
    assert office.backend.rated == [Rate("R1", solved=True, stars=5)]


def test_a_report_that_was_erased_while_it_was_filed_is_told_and_forgotten(office: Office) -> None:
    office.says(*STORY, "hapus data", "hapus")
    office.works(lambda: any("9165816" in text for text in office.phone.texts) and office.done())
    document = office.dispatcher.store.load(PHONE).document
    assert document is not None
    assert (document.session.cases, office.dispatcher.store.owner("R1")) == ((), None)
