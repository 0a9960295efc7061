"""Workers on a real Redis, with a backend and a phone of a few lines: what becomes of every task."""

import asyncio

import pytest
import redis

from bot import connecting, keys
from bot.cases.port import CaseEvent
from bot.errors import Blocked, Permanent, Rejected, Temporary, Uncertain
from bot.keys import partition_of
from bot.outbox import Counts, counts, first_due
from bot.tasks import Send
from conversations.bubble import Bubble
from conversations.effects import Attach, Rate, Reply
from conversations.events import CaseMoved
from tests.bot.office import PHONE, STORY, Office


@pytest.fixture
def office(client: "redis.Redis", redis_url: str) -> Office:
    return Office(client, redis_url)


def hello() -> Send:
    return Send(Bubble("halo"))


def test_a_report_is_filed_and_its_number_told(office: Office) -> None:
    office.says(*STORY)
    office.works(lambda: any("9165816" in text for text in office.phone.texts) and office.done())
    (report,) = office.backend.filed.values()
    assert report.body == "jalan berlubang besar depan SD 2"
    assert sum("9165816" in text for text in office.phone.texts) == 1
    assert office.dispatcher.store.owners.of("R1").all == (PHONE,)


def test_a_failure_for_now_is_tried_again_until_it_works(office: Office) -> None:
    office.phone.failures = [Temporary("down"), Temporary("down")]
    office.puts(hello())
    for attempt in (1, 2):
        office.works(lambda: office.phone.tried == attempt and office.later() == 1)  # noqa: B023
        office.time += 4
    office.works(lambda: office.phone.texts == ["halo"] and office.empty())
    assert office.tried() == []


def test_a_provider_that_asks_for_patience_gets_it(office: Office) -> None:
    office.phone.failures = [Temporary("slow down", after=100)]
    office.puts(hello())
    office.works(lambda: office.later() == 1)
    ((attempt, due, state),) = (known.split() for known in office.tried())
    assert (attempt, round(int(due) / 1000 - office.time), state) == ("1", 100, "pending")


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
    office.works(lambda: office.later() >= 1 and office.done())
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
    office.client.xadd(keys.outbox(office.partition), {"t": b"no task"})
    office.puts(hello())
    office.puts(hello())
    office.works(office.done)
    assert office.phone.texts == ["halo"]
    assert sorted(office.parked()) == ["cannot be read", "poison: ZeroDivisionError"]


def test_one_worker_keeps_the_order_of_a_citizens_messages(office: Office) -> None:
    for number in range(20):
        office.puts(Send(Bubble(str(number))))
    office.works(office.done)
    assert office.phone.texts == [str(number) for number in range(20)]


def test_a_case_event_that_comes_before_the_number_is_told_afterwards(office: Office) -> None:
    moved = CaseMoved("status_changed", "R1", "verified", 1)
    office.dispatcher.notify(CaseEvent("e1", moved))
    pending = keys.tries(partition_of(office.dispatcher.store.name("report:R1")))
    office.works(lambda: office.client.hlen(pending) == 1)
    office.says(*STORY)
    office.works(lambda: any("9165816" in text for text in office.phone.texts))
    office.time += 4
    office.dispatcher.notify(CaseEvent("e1", moved))
    office.works(lambda: any("diverifikasi" in text for text in office.phone.texts) and office.done())
    assert sum("diverifikasi" in text for text in office.phone.texts) == 1


def test_a_file_is_fetched_and_stored_and_the_dialog_told(office: Office) -> None:
    office.puts(Attach("key/1", "photo", "photo"))
    office.works(lambda: office.backend.files == ["image/jpeg"] and office.done())


def test_the_outbox_counts_what_waits_and_by_how_much_it_is_late(office: Office) -> None:
    async def counted(now_ms: int) -> Counts:
        client = connecting.asynchronous(office.url)
        found = await counts(client, now_ms)
        await client.aclose()
        return found

    office.puts(hello())
    ((id_, _),) = office.client.xrange(keys.outbox(office.partition))
    at = int(id_.split(b"-")[0])
    assert [asyncio.run(counted(at + late)) for late in (0, 90_000)] == [Counts(1, 0, 0), Counts(1, 0, 90_000)]


def test_a_partition_that_was_emptied_while_it_was_counted_is_not_late(office: Office) -> None:
    async def due() -> int:
        client = connecting.asynchronous(office.url)
        found = await first_due(client, office.partition, 1000)
        await client.aclose()
        return found

    assert asyncio.run(due()) == 1000


def test_a_chore_that_fails_does_not_end_the_work(office: Office) -> None:
    async def breaks() -> None:
        raise ZeroDivisionError

    office.chores = (breaks,)
    office.puts(hello())
    office.works(lambda: office.phone.texts == ["halo"] and office.empty())
    office.puts(hello())
    office.works(lambda: office.phone.texts == ["halo", "halo"])


def test_a_message_that_is_put_off_keeps_its_place_before_the_next(office: Office) -> None:
    office.phone.failures = [Temporary("slow down", after=5)]
    for text in ("satu", "dua"):
        office.puts(Send(Bubble(text)))
    office.works(lambda: office.later() == 1 and office.phone.tried == 1)
    office.time += 6
    office.works(office.empty)
    assert office.phone.texts == ["satu", "dua"]


def test_two_answers_to_the_agency_arrive_in_order_though_the_first_failed(office: Office) -> None:
    office.backend.failures = [Temporary("down")]
    for text in ("satu", "dua"):
        office.puts(Reply(text, "R1", text))
    office.works(lambda: office.later() == 1)
    office.time += 4
    office.works(office.empty)
    assert [reply.body for reply in office.backend.replies] == ["satu", "dua"]


def test_what_waits_is_tried_though_the_clock_was_set_back(office: Office) -> None:
    office.phone.failures = [Temporary("down", after=3600)]
    office.puts(hello())
    set_back = False

    def later() -> bool:
        nonlocal set_back
        if office.later() == 1 and not set_back:
            office.time -= 7200
            set_back = True
        return office.phone.texts == ["halo"]

    office.works(later)
    assert office.phone.tried == 2


def test_a_rating_that_comes_late_does_not_undo_a_later_one(office: Office) -> None:
    office.says(*STORY)
    office.works(lambda: any("9165816" in text for text in office.phone.texts) and office.done())
    office.dispatcher.notify(CaseEvent("e1", CaseMoved("status_changed", "R1", "closed", 1)))
    office.works(lambda: any("dinyatakan selesai" in text for text in office.phone.texts) and office.done())
    office.backend.failures = [Temporary("down")]
    office.says("SUDAH")
    office.works(office.done)
    office.says("5")
    office.time += 4
    office.works(office.empty)
    assert office.backend.rated == [Rate("R1", solved=True, stars=5)]


def test_a_report_that_was_erased_while_it_was_filed_is_told_and_forgotten(office: Office) -> None:
    office.says(*STORY, "hapus data", "hapus")
    office.works(lambda: any("9165816" in text for text in office.phone.texts) and office.done())
    document = office.dispatcher.store.load(PHONE).document
    assert document is not None
    assert (document.session.cases, office.dispatcher.store.owners.of("R1").all) == ((), ())
