"""Whatever citizens, backend and clock do in whatever order, the three promises hold."""

import json
from datetime import datetime, timedelta

import msgspec
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from conversations import sms
from conversations.channel import CHANNELS
from conversations.complaint import COMPLAINT
from conversations.effects import Attach, Effect, File, Find, Follow, Reply, Say
from conversations.events import (
    Attached,
    CaseMoved,
    Delayed,
    Event,
    Filed,
    Followed,
    Heard,
    Lapsed,
    Left,
    Parted,
    Refused,
    Said,
    SentMedia,
    SharedNumber,
    SharedPlace,
    Standing,
    Tapped,
    Watched,
)
from conversations.flow import begin, step
from conversations.rendering import render
from conversations.shelf import MOST
from conversations.turn import Turn
from tests.stage import KNOWLEDGE, LANGUAGES, NOW, SCRIPTS

WORDS = sorted({word for words in SCRIPTS["id"].words.values() for word in words})
STORIES = (
    "LAPOR jalan berlubang besar depan SD 2, motor sering jatuh",
    "lampu jalan mati sudah seminggu, belum diproses dan tidak bisa dihubungi",
    "BALAS sudah kami kirim fotonya pak, mohon dicek lagi",
    "sampah menumpuk di pinggir kali “bau sekali” 😷",
)
ANSWERS = ("1", "2", "3", "4", "9", "Jl Kaliurang Sleman", "kemarin", "besok", "", "?", "anonim", "kirim", "ubah")


class Dialog(RuleBasedStateMachine):
    """A citizen, a backend and a clock."""

    @initialize(channel=st.sampled_from(sorted(CHANNELS)))
    def start(self, channel: str) -> None:
        self.channel = CHANNELS[channel]
        self.session = begin()
        self.now, self.count = NOW, 0
        self.unanswered: list[str] = []
        self.files: list[str] = []
        self.wishes: list[Follow | Find] = []
        self.filed: dict[str, str] = {}
        self.sequences: dict[str, int] = {}
        self.buttons: list[str] = ["menu.1.report", "nonsense", ""]
        self.told: list[str] = []
        self.passed_on: set[str] = set()

    def take(self, event: Event) -> tuple[Effect, ...]:
        self.count += 1
        fresh = f"00000000-0000-4000-8000-{self.count:012d}"
        turn = Turn(
            self.now, self.channel, SCRIPTS, "id", KNOWLEDGE, LANGUAGES.polyglot(), fresh, f"BCDF-{self.count:04d}"
        )
        before = self.session
        self.session, effects = step(self.session, event, turn)
        assert (before, step(before, event, turn)) == (before, (self.session, effects)), "a step is pure"
        says = [effect for effect in effects if isinstance(effect, Say)]
        script = turn.script(self.session)
        bubbles = render(says, script, self.channel, self.session.state, self.session.nonce) if says else ()
        for bubble in bubbles:
            self.check(bubble.text)
            self.buttons += [button.data for button in bubble.buttons]
        heard = isinstance(event, Heard)
        assert heard or not before.left or not says, "who left is left in peace"
        assert not before.informed or self.session.informed, "first contact is once"
        news = isinstance(event, CaseMoved) and {say.section for say in says} - {"filed"}
        assert not (before.muted and news), "who wants no news gets none"
        for effect in effects:
            self.carry(effect)
        return effects

    def check(self, text: str) -> None:
        assert text.strip()
        if self.channel.name == "sms":
            assert sms.septets(text) <= 160, text
            assert sms.unicode_characters(text) == (), text
        assert len(text) <= 4096

    def carry(self, effect: Effect) -> None:
        match effect:
            case File(key=key):
                assert key not in self.filed, "a report is handed over once"
                self.filed[key] = effect.body
                self.unanswered.append(key)
            case Attach(key=key):
                self.files.append(key)
            case Follow() | Find():
                assert self.session.due, "who waits for an answer has a deadline"
                self.wishes.append(effect)
            case Reply(body=body, attachments=ids):
                assert not effect.report_id.startswith("F"), "who only follows a report answers nobody"
                assert body.strip(), "an answer says something"
                assert not self.passed_on & set(ids), "a file is passed on once"
                self.passed_on |= set(ids)
                self.told.append(body)

    def heard(self, event: Event) -> None:
        self.now += timedelta(seconds=20)
        tapped = self.session.tapped
        state = self.session.state
        effects = self.take(event)
        if isinstance(event, Tapped) and event.data == tapped:
            return  # a double tap is harmless
        sent = state == "review" and self.session.state == "filing"
        album = isinstance(event, SentMedia) and event.group
        looks = self.session.state in {"following", "finding"}  # the answer follows, or the deadline
        assert sent or album or looks or any(isinstance(effect, Say) for effect in effects), (event, state)

    @rule(text=st.one_of(st.sampled_from(WORDS + list(ANSWERS)), st.text(max_size=20)))
    def writes(self, text: str) -> None:
        self.heard(Said(text))

    @rule(text=st.sampled_from(STORIES))
    def tells(self, text: str) -> None:
        full = self.session.draft is not None and len(self.session.draft.story) + len(text) >= 8000
        full = full or len(self.session.shelf) >= MOST
        self.heard(Said(text))
        kept = msgspec.json.encode((self.session, self.filed, self.told)).decode()
        words = text.removeprefix("LAPOR ").removeprefix("BALAS ")
        assert json.dumps(words, ensure_ascii=False)[1:-1] in kept or full, "nothing typed is lost"

    @rule()
    def tells_too_much(self) -> None:
        self.heard(Said("sangat panjang sekali " * 360))
        drafts = [draft for draft in (self.session.draft, *self.session.shelf) if draft]
        assert all(len(draft.story) <= 8000 for draft in drafts)

    @rule(choice=st.integers(0, 200))
    def taps(self, choice: int) -> None:
        self.heard(Tapped(self.buttons[-1 - choice % len(self.buttons)]))

    @rule(
        kind=st.sampled_from(("photo", "voice", "sticker", "contact")),
        group=st.sampled_from(("", "", "g1")),
        caption=st.sampled_from(("", "", "dari utara", "Selokan mampet dan bau sekali")),
    )
    def sends(self, kind: str, group: str, caption: str) -> None:
        self.heard(SentMedia(kind, f"ref{self.count}", caption=caption, group=group))  # type: ignore[arg-type]

    @rule(kind=st.sampled_from(("photo", "voice")))
    def sends_at_once(self, kind: str) -> None:
        self.now += timedelta(seconds=1)
        self.take(SentMedia(kind, f"ref{self.count}"))  # type: ignore[arg-type]

    @rule(name=st.sampled_from(("", "Balai Desa")))
    def shares(self, name: str) -> None:
        self.heard(SharedPlace(-7.75, 110.38, name))

    @rule(tracking=st.booleans(), refused=st.booleans())
    def answers(self, tracking: bool, refused: bool) -> None:  # noqa: FBT001
        if self.unanswered:
            key = self.unanswered.pop(0)
            number = f"91{int(key[-6:]):05d}" if tracking else None
            self.take(Refused(key) if refused else Filed(key, f"R{key[-6:]}", number))

    @rule(good=st.booleans())
    def stores(self, good: bool) -> None:  # noqa: FBT001
        if self.files:
            self.take(Delayed(self.files[0]))
            self.take(Attached(self.files.pop(0), f"A{self.count}" if good else ""))

    @rule(
        type_=st.sampled_from(("status_changed", "agency_message", "agency_question", "closing_soon")),
        status=st.sampled_from(("verified", "in_progress", "answered_by_reporter", "archived", "closed")),
        message=st.sampled_from((None, "Mohon foto yang lebih jelas", "pesan " * 200)),
        ahead=st.integers(1, 3),
    )
    def moves(self, type_: str, status: str, message: str | None, ahead: int) -> None:
        reports = [case.report_id for case in self.session.cases if case.report_id]
        if reports:
            report_id = reports[-1]
            self.sequences[report_id] = sequence = self.sequences.get(report_id, 0) + ahead
            self.take(CaseMoved(type_, report_id, status, sequence, agency="Dinas PU", message=message))  # type: ignore[arg-type]
            assert self.take(CaseMoved(type_, report_id, status, sequence, message=message)) == ()  # type: ignore[arg-type]

    @rule(count=st.integers(0, 2))
    def finds(self, count: int) -> None:
        if self.wishes:
            wish = self.wishes.pop(0)
            some = tuple(Standing(f"F{number}", f"95{number:05d}", "verified", 1) for number in range(count))
            self.take(Followed(wish.key, "code" if isinstance(wish, Follow) else "number", some))
            assert self.take(Followed(wish.key, "code")) == (), "what was answered is not answered again"

    @rule(by=st.sampled_from("ab"), number=st.integers(0, 1))
    def is_watched(self, by: str, number: int) -> None:
        reports = tuple(case.report_id for case in self.session.cases if case.report_id)
        self.take(Watched(reports, by))
        assert self.take(Watched(reports, by)) == (), "of each phone it is told once"
        self.take(Parted(f"F{number}"))
        assert self.session.report(f"F{number}") is None

    @rule(digits=st.sampled_from(("IKUTI 12345678", "1234 5678", "KODE 9100001", "12345678")))
    def tries_a_code(self, digits: str) -> None:
        self.heard(Said(digits))

    @rule()
    def proves_a_number(self) -> None:
        self.heard(SharedNumber("+6281234567890"))

    @rule()
    def leaves(self) -> None:
        assert self.take(Left()) == ()

    @rule(seconds=st.sampled_from((1, 3, 3600)))
    def waits(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)
        due = self.session.due
        if due and due <= self.now.timestamp() * 1000:
            self.take(Lapsed(due))
            assert self.take(Lapsed(due + 1)) == (), "another deadline is none of ours"

    @rule()
    def sleeps(self) -> None:
        if self.session.wakes:
            self.now = max(self.now, datetime.fromtimestamp(self.session.wakes / 1000, self.now.tzinfo))
            self.take(Lapsed(self.session.wakes))

    @invariant()
    def tells_all_news_some_time(self) -> None:
        waits = any(case.news for case in self.session.cases)
        assert not waits or self.session.wakes or self.session.left

    @invariant()
    def stands_in_the_table(self) -> None:
        assert self.session.state in COMPLAINT

    @invariant()
    def owes_no_number_for_ever(self) -> None:
        owed = [case for case in self.session.cases if not case.told]
        assert not owed or self.session.due or self.session.left, owed

    @invariant()
    def keeps_every_draft_set_aside(self) -> None:
        assert len(self.session.shelf) <= MOST + len(self.filed)


Dialog.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None, derandomize=True)
TestDialog = Dialog.TestCase
