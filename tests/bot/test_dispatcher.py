"""Turns on a real Redis: once per message, in order, with the answer where it belongs."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest
import redis

from bot import keys, tasks
from bot.dispatcher import Dispatcher
from bot.document import Document, mark_of
from bot.errors import Busy
from bot.ids import provisional_number
from bot.inbound import Inbound
from bot.parking import Parking
from bot.quota import Bounds, Rate
from bot.store import Commit
from bot.tasks import Acknowledge, Receive, Send
from conversations.channel import WHATSAPP, WHATSAPP_MENU, Channel
from conversations.events import Event, Said, Tapped
from conversations.session import Session
from tests.kept import VAULT, line_at, store_at, tasks_of, url_of
from tests.stage import KNOWLEDGE, LANGUAGES, NOW

TELEGRAM = "telegram:12345"
SMS = "sms:+6281234567890"


def telegram(message_id: str, event: Event, tap: str = "") -> Inbound:
    return Inbound(TELEGRAM, message_id, event, NOW, provider="telegram", rides=1, tap=tap)


def replace_hint(inbound: Inbound, hint: str) -> Inbound:
    return msgspec.structs.replace(inbound, hint=hint)


def sms(message_id: str, text: str) -> Inbound:
    return Inbound(SMS, message_id, Said(text), NOW, provider="gateway")


@pytest.fixture
def dispatcher(client: "redis.Redis") -> Dispatcher:
    return Dispatcher(store_at(url_of(client)), LANGUAGES, "id", KNOWLEDGE)


@pytest.fixture
def outbox(dispatcher: Dispatcher, client: "redis.Redis") -> Callable[[str], list[tasks.Task]]:
    return lambda address: tasks_of(client, dispatcher.store, address)


def test_an_answer_that_rides_is_not_sent_as_well(
    dispatcher: Dispatcher, outbox: Callable[[str], list[tasks.Task]]
) -> None:
    answer = dispatcher.receive(telegram("1", Said("LAPOR jalan berlubang besar")))
    assert len(answer) == 1
    assert outbox(TELEGRAM) == []


def test_an_answer_that_cannot_ride_is_sent_by_the_provider_that_brought_the_message(
    dispatcher: Dispatcher, outbox: Callable[[str], list[tasks.Task]]
) -> None:
    assert dispatcher.receive(sms("1", "LAPOR jalan berlubang besar")) == ()
    (task,) = outbox(SMS)
    assert (task.provider, type(task.action), task.attempt) == ("gateway", Send, 0)


@pytest.mark.parametrize(
    ("phone", "shown"),
    [(WHATSAPP, (1, [])), (WHATSAPP_MENU, (0, [3]))],
    ids=["numbers ride", "buttons do not"],
)
def test_a_response_of_words_alone_carries_no_buttons(
    phone: Channel, shown: object, dispatcher: Dispatcher, outbox: Callable[[str], list[tasks.Task]]
) -> None:
    """Twilio's own answer to a request (TwiML) knows none; a message with a menu goes by its API."""
    whatsapp = Inbound("whatsapp:+6281234567890", "1", Said("halo"), NOW, "twilio", rides=10, words=True)
    answer = replace(dispatcher, phones={"whatsapp": phone}).receive(whatsapp)
    sent = [task.action for task in outbox(whatsapp.address)]
    assert (len(answer), [len(each.bubble.buttons) for each in sent if isinstance(each, Send)]) == shown


def test_the_same_message_gets_the_same_answer_and_has_no_second_effect(
    dispatcher: Dispatcher, outbox: Callable[[str], list[tasks.Task]]
) -> None:
    first = dispatcher.receive(telegram("1", Said("LAPOR jalan berlubang besar")))
    second = dispatcher.receive(telegram("1", Said("LAPOR jalan berlubang besar")))
    assert first == second
    for _ in range(2):
        dispatcher.receive(sms("1", "LAPOR jalan berlubang besar"))
    assert len(outbox(SMS)) == 1


def test_a_tap_is_acknowledged_by_the_worker(
    dispatcher: Dispatcher, outbox: Callable[[str], list[tasks.Task]]
) -> None:
    dispatcher.receive(telegram("1", Said("halo")))
    dispatcher.receive(telegram("2", Tapped("menu.1.report"), tap="77"))
    assert [task.action for task in outbox(TELEGRAM)] == [Acknowledge("77")]


def test_twenty_messages_at_once_are_all_taken(dispatcher: Dispatcher) -> None:
    dispatcher.receive(sms("start", "LAPOR"))
    texts = [f"lubang {number}" for number in range(20)]
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda text: dispatcher.receive(sms(text, text)), texts))
    document = dispatcher.store.load(SMS).document
    assert document is not None
    assert {seen.mark for seen in document.seen} == {mark_of(text) for text in ("start", *texts)}


def test_a_story_in_two_messages_at_once_is_kept_whole(dispatcher: Dispatcher) -> None:
    dispatcher.receive(sms("start", "LAPOR"))
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda text: dispatcher.receive(sms(text, text)), ("pohon", "roboh")))
    document = dispatcher.store.load(SMS).document
    assert document is not None
    assert document.session.draft is not None
    assert sorted(document.session.draft.story.split("\n")) == ["pohon", "roboh"]


def test_without_redis_the_channel_is_asked_to_deliver_again() -> None:
    dispatcher = Dispatcher(store_at("redis://127.0.0.1:1/0"), LANGUAGES, "id", KNOWLEDGE)
    with pytest.raises(Busy):
        dispatcher.receive(sms("1", "halo"))


def test_drafts_are_kept_for_a_month_and_reports_for_longer(dispatcher: Dispatcher, client: "redis.Redis") -> None:
    for text in ("LAPOR jalan berlubang besar", "Jl Kaliurang Sleman", "kemarin", "1"):
        dispatcher.receive(sms(text, text))
    draft = client.ttl(keys.document(dispatcher.store.name(SMS)))
    dispatcher.receive(sms("send", "kirim"))
    report = client.ttl(keys.document(dispatcher.store.name(SMS)))
    assert (timedelta(seconds=draft + 1).days, timedelta(seconds=report + 1).days) == (30, 180)


def test_provisional_numbers_are_short_and_hold_no_digit() -> None:
    numbers = {provisional_number() for _ in range(200)}
    assert len(numbers) == 200
    assert all(re.fullmatch(r"[B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4}", number) for number in numbers)


@pytest.mark.parametrize(
    ("event", "spoken", "offered"),
    [
        (Said("start", command=True), "en", True),
        (Said("start", command=True), "", False),
        (Said("start", command=True), "nl", False),
        (Said("Lampu jalan mati sejak kemarin, tolong diperbaiki"), "en", False),
    ],
    ids=["a phone in English", "a phone in the usual language", "in one that we have not", "but writes Indonesian"],
)
def test_a_phone_in_another_language_is_offered_it_where_nothing_was_written(
    dispatcher: Dispatcher,
    event: Event,
    spoken: str,
    offered: bool,  # noqa: FBT001
) -> None:
    """On Telegram the first message is START."""
    (answer,) = dispatcher.receive(replace_hint(telegram("1", event), spoken))
    assert ("English or another language" in answer.text) == offered


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("there is a big hole in the road near the school and people fall", True),
        ("ada lubang besar di jalan dekat sekolah, banyak orang jatuh", False),
        ("LAPOR", False),
    ],
)
def test_another_language_is_offered_once_to_who_seems_to_write_it(
    dispatcher: Dispatcher,
    text: str,
    offered: bool,  # noqa: FBT001
) -> None:
    first, second = (dispatcher.receive(telegram(number, Said(text))) for number in ("1", "2"))
    offers = [any("BAHASA" in bubble.text for bubble in answer) for answer in (first, second)]
    assert offers == [offered, False]


def test_who_writes_far_more_than_a_person_can_is_told_once_and_then_left_alone(
    dispatcher: Dispatcher, outbox: Callable[[str], list[tasks.Task]]
) -> None:
    few = replace(dispatcher, bounds=Bounds(citizen=Rate.each_minute(3)))
    for number in range(6):
        few.receive(sms(f"m{number}", "halo"))
    texts = [task.action.bubble.text for task in outbox(SMS) if isinstance(task.action, Send)]
    later = Inbound(SMS, "later", Said("halo"), NOW + timedelta(minutes=1), provider="gateway")
    few.receive(later)
    assert ["terlalu cepat" in text.casefold() for text in texts] == [False, False, False, True]
    assert len(outbox(SMS)) == 5


def test_a_message_that_the_dialog_stumbles_over_is_parked_and_answered(
    dispatcher: Dispatcher, client: "redis.Redis"
) -> None:
    broken = Session(state="review", shown=("send",), cases=(None,), topic="x")  # type: ignore[arg-type]
    dispatcher.store.commit(TELEGRAM, b"", Commit(Document(broken), 60))
    answer = dispatcher.receive(telegram("1", Said("jalan berlubang")))
    parking = Parking(line_at(url_of(client)), VAULT)
    (parked,) = parking.all()
    assert (len(answer), parked.action, parked.reason.startswith("poison: ")) == (1, "Receive", True)
    assert parking.retry(parked.id)
    (task,) = tasks_of(client, dispatcher.store, TELEGRAM)
    assert task.action == Receive("1", Said("jalan berlubang"), NOW)
