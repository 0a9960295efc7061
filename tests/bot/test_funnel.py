"""The funnel on a real Redis: what is counted, when it is written, and that it is of nobody in particular."""

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest
import redis

from bot import connecting, keys
from bot.dispatcher import Dispatcher
from bot.funnel import EVERY, PAUSE, Counts, Fate, Funnel, read
from bot.inbound import Inbound
from bot.redis_server import free_port
from conversations.channel import CHANNELS
from conversations.complaint import COMPLAINT
from conversations.events import Event, Filed, Said
from conversations.flow import begin
from conversations.turn import Turn
from tests.bot.test_web_process import post, served
from tests.kept import store_at
from tests.stage import ADDRESSES, KNOWLEDGE, LANGUAGES, NOW, PROVIDERS, SCRIPTS

TODAY = NOW.date()
REPORTED = ("LAPOR jalan berlubang besar", "Jl Kaliurang km 5 Depok Sleman", "kemarin", "1", "1")


class Office:
    """A dispatcher that counts, and citizens who write to it; `time` is the funnel's clock in seconds."""

    def __init__(self, url: str) -> None:
        self.time = 1000.0
        self.url = url
        self.funnel = Funnel(connecting.line(url), lambda: self.time)
        self.dispatcher = Dispatcher(store_at(url), LANGUAGES, "id", KNOWLEDGE, funnel=self.funnel)
        self._messages = 0

    def hears(self, *texts: str, channel: str = "sms", at: datetime = NOW) -> None:
        for text in texts:
            self._take(Said(text), channel, at, PROVIDERS[channel])

    def learns(self, event: Event, channel: str = "sms") -> None:
        self._take(event, channel, NOW, "")

    def _take(self, event: Event, channel: str, at: datetime, provider: str) -> None:
        self._messages += 1
        self.dispatcher.receive(Inbound(ADDRESSES[channel], f"m{self._messages}", event, at, provider=provider))

    def turn(self) -> Turn:
        return self.dispatcher._turn(Inbound(ADDRESSES["sms"], "0", Said("halo"), NOW))  # noqa: SLF001 - as it is made

    def found(self, first: date = TODAY, last: date = TODAY) -> Counts:
        self.funnel.flush()
        return read(connecting.line(self.url), first, last)

    def draft(self) -> str:
        document = self.dispatcher.store.load(ADDRESSES["sms"]).document
        assert document is not None
        return document.session.sending[0].id


@pytest.fixture
def office(client: "redis.Redis", redis_url: str) -> Office:
    assert client.dbsize() == 0
    return Office(redis_url)


def some(counts: Counts, channel: str = "", locale: str = "") -> dict[str, tuple[int, int, int, int | None]]:
    """Return reached, onward, failed and left by state, where anything happened."""
    rows = counts.rows(channel, locale)
    return {
        row.state: (row.reached, row.onward, row.failed, row.left)
        for row in rows
        if row.reached or row.onward or row.failed
    }


def test_a_report_is_counted_from_its_first_message_to_its_number(office: Office) -> None:
    office.hears(*REPORTED)
    office.learns(Filed(office.draft(), "R1", "9165816", "submitted"))
    assert some(office.found()) == {
        "place": (1, 1, 0, 0),
        "day": (1, 1, 0, 0),
        "privacy": (1, 1, 0, 0),
        "review": (1, 1, 0, 0),
        "filing": (1, 1, 0, None),
        "filed": (1, 0, 0, None),
    }


def test_who_writes_no_more_was_lost_at_the_last_question(office: Office) -> None:
    office.hears(*REPORTED[:2])
    assert some(office.found()) == {"place": (1, 1, 0, 0), "day": (1, 0, 0, 1)}


def test_an_answer_that_is_not_understood_is_counted_where_it_was_given(office: Office) -> None:
    office.hears(*REPORTED[:3], "hmm apa ya", "entah", "1")
    assert some(office.found())["privacy"] == (1, 1, 2, 0)


def test_a_newcomer_who_greets_has_reached_the_menu(office: Office) -> None:
    office.hears("halo")
    assert some(office.found()) == {"menu": (1, 0, 0, None)}


@pytest.mark.parametrize("word", ["BATAL", "MENU", "STATUS", "BAHASA"])
def test_who_turns_away_from_a_report_has_not_gone_on(office: Office, word: str) -> None:
    office.hears(*REPORTED[:2], word)
    assert some(office.found())["day"] == (1, 0, 0, 1)


def test_who_comes_back_to_a_report_and_goes_on_is_not_lost(office: Office) -> None:
    office.hears(*REPORTED[:2], "MENU", "LANJUT", "kemarin")
    assert some(office.found())["day"] == (1, 1, 0, 0)


def test_numbers_are_kept_apart_by_channel_and_language(office: Office) -> None:
    office.hears("halo")
    office.hears("halo", channel="telegram")
    office.hears("BAHASA", "English", "MENU", channel="whatsapp")
    counts = office.found()
    assert (counts.languages, some(counts)["menu"]) == (("en", "id"), (3, 0, 0, None))
    assert [some(counts, channel)["menu"][0] for channel in ("sms", "whatsapp", "telegram")] == [1, 1, 1]
    assert some(counts, "whatsapp", "id") == {"language": (1, 0, 0, None)}


def test_numbers_belong_to_the_day_of_the_citizens(office: Office) -> None:
    late = NOW.replace(hour=23, minute=59)
    office.hears("halo", at=late)
    office.hears("halo", channel="telegram", at=late + timedelta(minutes=2))
    tomorrow = TODAY + timedelta(days=1)
    days = ((TODAY, TODAY), (tomorrow, tomorrow), (TODAY - timedelta(days=5), tomorrow))
    assert [some(office.found(*each))["menu"][0] for each in days] == [1, 1, 2]


def test_counts_are_written_by_the_first_turn_after_five_seconds(office: Office, client: "redis.Redis") -> None:
    office.hears("halo")
    before = client.exists(keys.funnel(TODAY))
    office.time += EVERY
    office.hears("halo", channel="telegram")
    after = client.hgetall(keys.funnel(TODAY))
    kept = timedelta(seconds=client.ttl(keys.funnel(TODAY)) + 1).days
    assert (before, after, kept) == (0, {b"sms id menu reached": b"1", b"telegram id menu reached": b"1"}, 400)


def test_a_turn_stays_at_two_commands(office: Office, client: "redis.Redis") -> None:
    office.hears("halo")
    before = client.info("commandstats")
    office.hears(*REPORTED)
    after = client.info("commandstats")
    calls = {name: after[name]["calls"] - before.get(name, {"calls": 0})["calls"] for name in after}
    assert {name: calls[name] for name in ("cmdstat_get", "cmdstat_evalsha")} == {
        "cmdstat_get": len(REPORTED),
        "cmdstat_evalsha": len(REPORTED),
    }
    assert "cmdstat_hincrby" not in calls or calls["cmdstat_hincrby"] == 0


def test_processes_add_to_the_same_numbers(office: Office) -> None:
    other = Office(office.url)
    office.hears("halo")
    other.hears("halo", channel="telegram")
    other.funnel.flush()
    assert some(office.found())["menu"] == (2, 0, 0, None)


def test_what_redis_does_not_take_is_kept_and_no_turn_suffers(office: Office, client: "redis.Redis") -> None:
    client.set(keys.funnel(TODAY), "in the way")
    office.time += EVERY
    office.hears("halo")
    client.delete(keys.funnel(TODAY))
    office.time += PAUSE - 1
    office.hears("halo", channel="telegram")
    paused = client.exists(keys.funnel(TODAY))
    office.time += 1
    office.hears("halo", channel="whatsapp")
    assert (paused, client.hlen(keys.funnel(TODAY))) == (0, 3)


def test_turns_at_the_same_time_are_all_counted(office: Office) -> None:
    turn = office.turn()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: office.funnel.count(turn, None, begin()), range(2000)))
    assert some(office.found()) == {"menu": (2000, 0, 0, None)}


def test_only_closed_sets_of_words_are_kept(office: Office, client: "redis.Redis") -> None:
    """Whole conversations with numbers, names and places leave nothing but what the product itself names."""
    for channel in CHANNELS:
        office.hears(*REPORTED, "Nama Warga", "0812-3456-7890", "STATUS", channel=channel)
    office.funnel.flush()
    kept = {key: client.hgetall(key) for key in client.scan_iter("*funnel*")}
    fields = [field.decode().split(" ") for held in kept.values() for field in held]
    words = [set(column) for column in zip(*fields, strict=True)]
    closed: list[set[str]] = [set(CHANNELS), set(SCRIPTS), {state.name for state in COMPLAINT}, set(get_args(Fate))]
    assert list(kept) == [f"funnel:{TODAY}".encode()]
    assert (len(fields) > 20, [column - known for column, known in zip(words, closed, strict=True)]) == (
        True,
        [set()] * 4,
    )
    assert all(number.isdigit() for held in kept.values() for number in held.values())


@pytest.mark.usefixtures("client")
@pytest.mark.parametrize(
    "command",
    [["-m", "bot", "serve"], ["-m", "gunicorn", "--bind=127.0.0.1:{port}", "webhooks.wsgi:app"]],
    ids=["granian", "gunicorn"],
)
def test_a_web_process_that_ends_leaves_no_count_behind(command: list[str], redis_url: str, tmp_path: Path) -> None:
    port = free_port()
    arguments = [sys.executable, *(part.format(port=port) for part in command)]
    with served(arguments, port, redis_url, tmp_path) as process:
        post(port)
        process.terminate()
        assert process.wait(20) == 0
    today = datetime.now(UTC).date()
    counts = read(connecting.line(redis_url), today - timedelta(days=1), today + timedelta(days=1))
    assert some(counts) == {"place": (1, 0, 0, 1)}
