"""The order of what a worker has in hand."""

from msgspec.structs import replace

from bot.lanes import Lanes
from bot.outbox import Entry
from bot.tasks import Action, Send, Task, Wake
from conversations.bubble import Bubble
from conversations.effects import Reply


def entry(number: int, action: Action, due: int = 0, address: str = "sms:+6281234567890") -> Entry:
    return Entry(3, f"{number}-0".encode(), Task(str(number), address, "gateway", action, due), b"", due)


def hello(number: int, due: int = 0) -> Entry:
    return entry(number, Send(Bubble("halo")), due)


def ready(lanes: Lanes, now: int = 0) -> list[str]:
    return [each.task.id for each in lanes.ready(now) if each.task]


def test_of_one_phone_only_the_first_message_is_ready_and_then_the_next() -> None:
    lanes, first, second = Lanes(), hello(1), hello(2)
    for each in (first, second):
        lanes.add(each)
    seen = [ready(lanes), ready(lanes)]
    lanes.finish(first)
    assert [*seen, ready(lanes)] == [["1"], [], ["2"]]


def test_different_phones_and_different_kinds_do_not_wait_for_each_other() -> None:
    lanes = Lanes()
    for each in (
        hello(1),
        entry(2, Send(Bubble("halo")), address="telegram:7"),
        entry(3, Wake(0)),
        entry(4, Wake(0)),
    ):
        lanes.add(each)
    assert ready(lanes) == ["1", "2", "3", "4"]


def test_answers_about_one_report_keep_their_order() -> None:
    lanes = Lanes()
    for number, report in enumerate(("R1", "R1", "R2"), 1):
        lanes.add(entry(number, Reply(str(number), report, "jawaban")))
    assert ready(lanes) == ["1", "3"]


def test_what_is_due_later_waits_and_holds_up_its_lane() -> None:
    lanes, first = Lanes(), hello(1)
    for each in (first, hello(2)):
        lanes.add(each)
    lanes.ready(0)
    lanes.put_off(replace(first, due=500))
    assert [ready(lanes, now) for now in (0, 499, 500)] == [[], [], ["1"]]


def test_a_message_in_doubt_lets_the_next_go_first() -> None:
    lanes, first = Lanes(), hello(1)
    for each in (first, hello(2)):
        lanes.add(each)
    lanes.ready(0)
    lanes.put_off(replace(first, due=500, state="uncertain"))
    assert [ready(lanes, now) for now in (0, 500)] == [["2"], ["1"]]


def test_an_entry_that_is_held_is_not_taken_in_twice() -> None:
    lanes, first = Lanes(), hello(1)
    lanes.add(first)
    lanes.ready(0)
    lanes.add(first)
    lanes.finish(first)
    assert (ready(lanes), len(lanes)) == ([], 0)


def test_dropping_lets_go_of_all_but_what_runs() -> None:
    lanes, first, second, third = Lanes(), hello(1), hello(2), hello(3)
    for each in (first, second, third):
        lanes.add(each)
    lanes.ready(0)
    lanes.drop([first, second])
    lanes.finish(first)
    assert (ready(lanes), [each.id for each in lanes.held(3)]) == (["3"], [b"3-0"])


def test_a_dropped_head_makes_room_for_the_next() -> None:
    lanes, first, second = Lanes(), hello(1, due=900), hello(2)
    for each in (first, second):
        lanes.add(each)
    lanes.drop([first])
    assert ready(lanes) == ["2"]


def test_where_the_clock_was_set_back_nothing_waits_for_the_old_time() -> None:
    lanes = Lanes()
    lanes.add(hello(1, due=3_600_000))
    before = ready(lanes, 0)
    lanes.hurry(0)
    assert (before, ready(lanes, 0)) == ([], ["1"])
