"""Two phones and one report, through dispatcher and worker on a real Redis: what each is told and what not."""

import re
from datetime import datetime

import pytest
import redis
from msgspec import structs

from bot import keys
from bot.cases.port import CaseEvent
from bot.errors import Temporary
from bot.inbound import Inbound
from bot.owners import Owners
from bot.sharing import Sharer
from bot.store import opened
from bot.tasks import Task, Wake
from conversations.effects import Follow, Offer
from conversations.events import CaseMoved, Event, Said, SharedNumber
from conversations.session import Case
from tests.bot.office import PHONE, STORY, Office
from tests.kept import dump, tasks_of
from tests.stage import NOW

CHAT = "telegram:12345"
WHATSAPP = PHONE.replace("sms", "whatsapp")
MOVED = CaseMoved("status_changed", "R1", "in_progress", 1, agency="Dinas PU", message="Besok ditambal")


class Town(Office):
    """An office with a second phone, and a report that was filed from the first."""

    def __init__(self, client: "redis.Redis", url: str) -> None:
        super().__init__(client, url)
        self.count = 0
        self.says(*STORY)
        self.settles()

    def settles(self) -> None:
        """Let a worker work until only deadlines wait; the clock moves on where something was put off."""
        self.works(lambda: not self.due())
        if any(not isinstance(task.action, Wake) for task, _ in self.queued()):
            self.time += 2
            self.works(lambda: not self.due())

    def due(self) -> list[Task]:
        return [task for task, due in self.queued() if due <= self.time * 1000]

    def queued(self) -> list[tuple[Task, int]]:
        """Return what waits in all partitions, and when each is to be tried (unix milliseconds)."""
        found = []
        for partition in range(keys.PARTITIONS):
            tried = self.client.hgetall(keys.tries(partition))
            for id_, fields in self.client.xrange(keys.outbox(partition)):
                task = opened(self.vault, fields[b"t"], partition)
                found.append((task, int(tried[id_].split()[1]) if id_ in tried else task.born))
        return found

    def hears(self, address: str, event: Event) -> str:
        """Let an address do something; return the answer, whether it rides or is sent."""
        self.count += 1
        before = len(self.phone.texts)
        provider = {"sms": "gateway", "whatsapp": "twilio"}.get(address.partition(":")[0], "telegram")
        now = datetime.fromtimestamp(self.time, NOW.tzinfo)
        inbound = Inbound(address, f"m{self.count}", event, now, provider=provider)
        self.dispatcher.receive(inbound)
        self.settles()
        return "\n".join(self.phone.texts[before:])

    def writes(self, address: str, text: str) -> str:
        return self.hears(address, Said(text))

    def moves(self, moved: CaseMoved) -> list[str]:
        """Let something happen to the report; return what is told when the minute of gathering is over."""
        before = len(self.phone.texts)
        self.dispatcher.notify(CaseEvent(f"e{moved.sequence}", moved))
        self.settles()
        self.time += 90
        self.settles()
        return self.phone.texts[before:]

    def waiting(self, address: str) -> list[Task]:
        return tasks_of(self.client, self.dispatcher.store, address)

    def code(self) -> str:
        found = re.search(r"IKUTI (\d{4} \d{4})", self.writes(PHONE, "KODE"))
        assert found is not None
        return found[1]

    def cases(self, address: str) -> tuple[Case, ...]:
        document = self.dispatcher.store.load(address).document
        return document.session.cases if document else ()

    @property
    def owners(self) -> Owners:
        return self.dispatcher.store.owners.of("R1")


@pytest.fixture
def town(client: "redis.Redis", redis_url: str) -> Town:
    return Town(client, redis_url)


def test_a_second_phone_follows_a_report_by_its_code_and_both_hear_its_news(town: Town) -> None:
    code = town.code()
    told = town.writes(CHAT, f"IKUTI {code}")
    news = town.moves(MOVED)
    assert (
        "Laporan 9165816 Bapak/Ibu ikuti" in told,
        "diikuti juga dari HP" in told,
        len(news),
        all("Besok ditambal" in text for text in news),
        town.owners,
    ) == (True, True, 2, True, Owners((PHONE,), (CHAT,)))


def test_nothing_of_who_filed_it_is_told_to_the_second_phone(town: Town) -> None:
    town.writes(CHAT, f"IKUTI {town.code()}")
    status = town.writes(CHAT, "STATUS")
    (case,) = town.cases(CHAT)
    known = repr(case)
    assert [word for word in ("berlubang", "Kaliurang", "81234567890") if word in known + status] == []


def test_a_code_counts_once_and_wrong_used_and_old_ones_are_answered_alike(town: Town) -> None:
    code = town.code()
    town.writes(CHAT, f"IKUTI {code}")
    used = town.writes("telegram:2", f"IKUTI {code}")
    wrong = town.writes("telegram:3", "IKUTI 0000 0000")
    old = town.code()
    for key in town.client.keys("code:*"):
        town.client.delete(key)
    late = town.writes("telegram:4", f"IKUTI {old}")
    assert ("salah, sudah dipakai" in used, used == wrong == late, len(town.owners.followers)) == (True, True, 1)


def test_a_new_code_takes_the_place_of_the_one_before(town: Town) -> None:
    first, second = town.code(), town.code()
    refused = town.writes(CHAT, f"IKUTI {first}")
    assert ("salah" in refused, "ikuti" in town.writes(CHAT, f"IKUTI {second}")) == (True, True)


def test_pressing_twice_follows_once_and_is_told_the_same(town: Town) -> None:
    code = town.code()
    first = town.writes(CHAT, f"IKUTI {code}")
    again = town.writes(CHAT, f"IKUTI {code}")
    assert (again in first, len(town.cases(CHAT)), "juga dari HP" in again) == (True, 1, False)


def test_the_owner_ends_it_and_the_second_phone_hears_that_and_no_more(town: Town) -> None:
    code = town.code()
    town.writes(CHAT, f"IKUTI {code}")
    ended = town.writes(PHONE, "AKHIRI")
    news = town.moves(MOVED)
    assert ("tidak lagi dapat diikuti" in ended, len(news), town.cases(CHAT)) == (True, 1, ())
    assert "salah" in town.writes(CHAT, f"IKUTI {code}")


def test_the_second_phone_ends_it_and_the_owner_may_give_another_code(town: Town) -> None:
    town.writes(CHAT, f"IKUTI {town.code()}")
    town.writes(CHAT, "BERHENTI IKUTI")
    (case,) = town.cases(PHONE)
    assert (town.owners, case.followers, len(town.moves(MOVED))) == (Owners((PHONE,)), (), 1)


@pytest.mark.parametrize(
    ("who", "left"), [(CHAT, Owners((PHONE,))), (PHONE, Owners((), (CHAT,)))], ids=["second phone", "owner"]
)
def test_erasing_takes_only_what_is_ones_own(town: Town, who: str, left: Owners) -> None:
    town.writes(CHAT, f"IKUTI {town.code()}")
    town.writes(who, "HAPUS DATA")
    town.writes(who, "hapus")
    assert (town.owners, len(town.moves(MOVED))) == (left, 1)


def test_nobody_answers_the_agency_who_only_follows(town: Town) -> None:
    town.writes(CHAT, f"IKUTI {town.code()}")
    town.moves(structs.replace(MOVED, type="agency_question"))
    town.writes(CHAT, "BALAS 9165816 di depan sekolah")
    town.writes(PHONE, "BALAS di depan pasar")
    assert [reply.body for reply in town.backend.replies] == ["di depan pasar"]


def test_a_number_that_telegram_proved_finds_what_was_filed_with_it(town: Town) -> None:
    told = town.hears(CHAT, SharedNumber("+6281234567890"))
    nothing = town.hears("telegram:2", SharedNumber("+6289999999999"))
    assert (
        "Laporan 9165816 Bapak/Ibu ikuti" in told,
        "Belum ada laporan dari nomor" in nothing,
        town.owners,
    ) == (True, True, Owners((PHONE,), (CHAT,)))


def test_whatsapp_of_the_same_number_finds_the_report_by_status_alone(town: Town) -> None:
    told, others = town.writes(WHATSAPP, "STATUS"), town.writes("whatsapp:+6289999999999", "STATUS")
    assert ("9165816" in told, "9165816" in others, town.owners) == (True, False, Owners((PHONE,), (WHATSAPP,)))


def test_a_phone_that_shows_no_number_is_answered_too(town: Town) -> None:
    assert "Belum ada laporan" in town.writes("whatsapp:ID.4566", "STATUS")


def test_a_wish_that_is_carried_out_again_after_a_crash_has_the_same_end(town: Town) -> None:
    code = town.code().replace(" ", "")
    town.dispatcher.receive(Inbound(CHAT, "m", Said(f"IKUTI {code}"), NOW, provider="telegram"))
    sharer = Sharer(town.dispatcher, lambda: NOW)
    (task,) = [task for task in town.waiting(CHAT) if isinstance(task.action, Follow)]
    assert isinstance(task.action, Follow)
    sharer.carry(task, task.action)
    sharer.carry(task, task.action)
    town.settles()
    said = [text for text in town.phone.texts if "9165816 Bapak/Ibu ikuti" in text]
    told = [text for text in town.phone.texts if "diikuti juga" in text]
    assert (len(said), len(told), town.owners) == (1, 1, Owners((PHONE,), (CHAT,)))


def test_a_code_whose_offer_is_still_on_its_way_is_looked_for_once_more(town: Town) -> None:
    sharer = Sharer(town.dispatcher, lambda: NOW)
    follow = Follow("wish", "12345678")
    task = Task("t", CHAT, "telegram", follow, 0)
    with pytest.raises(Temporary):
        sharer.carry(task, follow)
    (case,) = town.cases(PHONE)
    due = int(NOW.timestamp() * 1000) + 60_000
    sharer.carry(structs.replace(task, address=PHONE), Offer("12345678", case.key, case.offer, due))
    sharer.carry(structs.replace(task, attempt=1), follow)
    assert town.owners == Owners((PHONE,), (CHAT,))


def test_what_was_found_after_all_was_erased_is_let_go_again(town: Town) -> None:
    code = town.code()
    town.dispatcher.receive(Inbound(CHAT, "m1", Said(f"IKUTI {code}"), NOW, provider="telegram"))
    (task,) = [task for task in town.waiting(CHAT) if isinstance(task.action, Follow)]
    town.settles()
    town.writes(CHAT, "HAPUS DATA")
    town.writes(CHAT, "hapus")
    assert isinstance(task.action, Follow)
    Sharer(town.dispatcher, lambda: NOW).carry(structs.replace(task, id="another"), task.action)
    town.settles()
    assert (town.cases(CHAT), town.owners) == ((), Owners((PHONE,)))


def test_neither_code_nor_numbers_lie_open_in_redis(town: Town) -> None:
    code = town.code()
    town.writes(CHAT, f"IKUTI {code}")
    held = dump(town.client)
    assert [word for word in (code.replace(" ", ""), code, "81234567890") if word.encode() in held] == []


def test_news_that_is_delivered_again_is_told_to_each_phone_once(town: Town) -> None:
    town.writes(CHAT, f"IKUTI {town.code()}")
    assert (len(town.moves(MOVED)), town.moves(MOVED)) == (2, [])
