"""What the check asks of a locale file is what the dialog says, no less and no more."""

import ast
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path
from typing import get_args

import pytest
from made_locale import whole
from msgspec.structs import replace

import conversations
from bot.scripts import read_folder
from bot.variables import LOCALES
from conversations.answers import Day
from conversations.bubble import Bubble
from conversations.channel import SMS, TELEGRAM, WHATSAPP, Channel
from conversations.checking import load
from conversations.checking.menus import SOMETIMES
from conversations.checking.needs import NEEDS, NOTES, OF_CASES
from conversations.checking.reach import UNSHOWN
from conversations.commands import OBEY
from conversations.complaint import COMPLAINT, REPORT
from conversations.effects import Place, Say
from conversations.events import (
    Attached,
    CaseEventType,
    CaseMoved,
    Delayed,
    Event,
    Filed,
    Followed,
    Lapsed,
    Parted,
    Refused,
    ReplyRefused,
    Said,
    SentMedia,
    SharedNumber,
    SharedPlace,
    Standing,
    Status,
    Tapped,
    Unwatched,
    Watched,
    Why,
    Withheld,
)
from conversations.flow import step
from conversations.reading.danger import KINDS
from conversations.reading.elsewhere import TOPICS
from conversations.rehearsal import PROMPT
from conversations.rendering import render
from conversations.script import Script, Section, parse
from conversations.session import Case, Draft, Medium, News, Session
from conversations.sms import segments
from conversations.tongues import Polyglot
from conversations.turn import Turn
from conversations.wording import options_of
from tests.stage import KNOWLEDGE

ROOT = Path(conversations.__path__[0]).parent
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
FRESH = "00000000-0000-4000-8000-000000000001"
PAST = date(2020, 1, 6)
STORY = "Jalan berlubang besar di depan SD 2, motor sering jatuh"
LONG = "jalan berlubang " * 520
SAID = (
    "", "?!", "jl", "di sini", "besok", "4", STORY, LONG, f"katareport {STORY}", "katastatus 1234567",
    "katareply Baik", "katastatus 9165816", "Pilih send", "KAB. NGANJUK", "m" * 9000,
    *(f"kata{each} terjadi di kampung kami" for each in (*KINDS, *TOPICS)),
    "katacrime katapast di kampung kami",
)  # fmt: skip
MEDIA = tuple(Medium(f"draft/{number}") for number in range(5))
POOR = Draft("draft", "BCDF-GHJK", media=(Medium("draft/1", voice=True),))
HALF = Draft("draft", "BCDF-GHJK", STORY)
RICH = Draft("draft", "BCDF-GHJK", STORY, Place("Sleman"), Day("lusa"), MEDIA, evidence_asked=True, privacy="open")
VAGUE = replace(HALF, place=Place("Sleman"), vague=True, whole=True)
DRAFTS = (None, POOR, HALF, VAGUE, RICH)
CASES = (
    Case("sent", "BCDF-GHJK", "Jalan berlubang"),
    Case("known", "BCDF-GHJK", "Jalan", "r1", "9165816", "closed", "tracking", question=True, verdict=True),
)
SETTLED = tuple(replace(case, report_id="r2", told="tracking") for case in CASES)
SHARED = (
    Case("r3", "", "", "r3", "9165818", "verified", "tracking", following=True),
    Case("known", "BCDF-GHJK", "Jalan", "r1", "9165816", "closed", "tracking", followers=tuple("abcde")),
)
"""A report of another phone, and one that enough others follow."""
STANDING = Standing("r4", "9165819", "verified", 1)
MISSED = {POOR: 0, HALF: 1}
"""Of how many reports news was held back, by the draft beside them; of all where another is."""
SHELF = (HALF,)
JUST = int(NOW.timestamp())
SENDING = (
    Draft("sent", "BCDF-GHJK", STORY, media=(Medium("sent/1"),), album="early", handed_over=True, filed=JUST),
    Draft("answer", "", media=MEDIA, album="full", handed_over=True, report_id="r1", filed=JUST, answers="reply"),
    Draft(
        "known",
        "",
        media=(Medium("known/1"),),
        album="known",
        handed_over=True,
        report_id="r1",
        filed=JUST,
        settled=True,
    ),
)
ERASED = tuple(replace(draft, story="", filed=0) for draft in SENDING[:1])
WHOLE = parse(whole())
WITH_NOTE = {"say_first": 2, "remark": 2, "note": 1, "phrase": 0}
"""The functions that are given a note, and which of their arguments it is."""


class Heard(dict[str, str]):
    """The texts of a section, which note down what was looked up."""

    def __init__(self, section: str, texts: Mapping[str, str], heard: set[tuple[str, str]]) -> None:
        super().__init__(texts)
        self._section, self._heard = section, heard

    def get(self, name: str, _default: object = None) -> str | None:  # type: ignore[override]
        if name in self:
            self._heard.add((self._section, name))
        return super().get(name)


def test_every_note_that_the_code_names_is_asked_for_and_no_other() -> None:
    """Read from the source: a note added or dropped there must be added or dropped in the check."""
    folders = ("conversations", "bot", "webhooks")
    paths = [path for folder in folders for path in (ROOT / folder).rglob("*.py") if "checking" not in path.parts]
    assert {note for path in paths for note in _notes(ast.parse(path.read_text(encoding="utf-8")))} == set(NOTES)


@pytest.fixture(scope="module")
def played() -> tuple[list[Say], set[tuple[str, str]]]:
    """Return what the dialog says, whatever happens in whatever state, and the texts it looked up for that."""
    heard: set[tuple[str, str]] = set()
    script = _listening(WHOLE, heard)
    return [say for says, _ in (*_play(TELEGRAM, script), *_looked_up(script)) for say in says], heard


def test_the_dialog_says_every_text_that_is_asked_for_and_no_other(
    played: tuple[list[Say], set[tuple[str, str]]],
) -> None:
    """Around the dialog more are said; another language is offered where a hint comes with the turn.

    A list that must be opened is WhatsApp's. Templates are said instead of what the dialog says, where the
    channel's window is closed. The names of days and months are looked up in the tests of what comes next, each on
    its day. Telegram shows commands and profile itself.
    """
    apart = {"template", "dates", "commands", "profile"}
    wanted = {(name, text) for name, needs in NEEDS.items() for text in needs.texts if name not in apart}
    around = ("choose", "group_only", "moved", "offer", "private_chat", "too_many", "trouble")
    elsewhere = {("notes", each) for each in around}
    heard = {each for each in played[1] if each[0] not in apart}
    assert (heard - wanted, wanted - heard) == (set(), elsewhere)


def test_every_placeholder_that_may_stand_in_a_text_has_a_value_whenever_it_is_said(
    played: tuple[list[Say], set[tuple[str, str]]],
) -> None:
    """What the check lets through never reaches a citizen in braces."""
    usable = {name: needs.values - {"options"} for name, needs in NEEDS.items()}
    assert {(say.section, say.text) for say in played[0] if not usable[say.section] <= say.values.keys()} == set()


def test_the_check_knows_which_choices_a_menu_does_not_always_show() -> None:
    """By them it tells buttons from lists, and finds the words of choices that nobody is ever shown."""
    turn = Turn(
        NOW, WHATSAPP, {"id": WHOLE}, "id", KNOWLEDGE, Polyglot([WHOLE]), FRESH, "BCDF-GHJK", service=PROMPT
    )
    shown: dict[str, list[set[str]]] = {}
    for session in _sessions(turn):
        for topic in ("", *(case.key for case in session.cases)):
            menu = options_of(replace(session, topic=topic), COMPLAINT[session.state], turn)
            shown.setdefault(session.state, []).append(set(menu))
    named = {(state, option) for state, menus in shown.items() for option in NEEDS[state].options}
    ever = {(state, option) for state, option in named if any(option in menu for menu in shown[state])}
    always = {(state, option) for state, option in named if all(option in menu for menu in shown[state])}
    assert (named - ever, ever - always) == (UNSHOWN, SOMETIMES)


@pytest.mark.parametrize("code", ["id", "en"])
def test_whatever_is_said_by_sms_in_a_shipped_language_is_one_segment(code: str) -> None:
    """Neither a long story nor a long message of an agency makes a second one."""
    script = load(read_folder(LOCALES))[code]
    texts = {bubble.text for _, bubbles in _play(SMS, script) for bubble in bubbles}
    assert {text for text in texts if segments(text).encoding != "GSM-7" or segments(text).count > 1} == set()


def _play(channel: Channel, script: Script) -> Iterator[tuple[list[Say], tuple[Bubble, ...]]]:
    turn = Turn(
        NOW, channel, {"id": script}, "id", KNOWLEDGE, Polyglot([script]), FRESH, "BCDF-GHJK", service=PROMPT
    )
    for session in _sessions(turn):
        for event in _events(session):
            after, effects = step(session, event, turn)
            says = [each for each in effects if isinstance(each, Say)]
            yield says, render(says, script, channel, after.state, after.nonce)


def _looked_up(script: Script) -> Iterator[tuple[list[Say], tuple[Bubble, ...]]]:
    """Tell of two reports at once; ask for a case in each of its steps, today and so late that its day is past."""
    turn = Turn(
        NOW, TELEGRAM, {"id": script}, "id", KNOWLEDGE, Polyglot([script]), FRESH, "BCDF-GHJK", service=PROMPT
    )
    both = tuple(replace(case, news=News(1, ("status_changed",))) for case in CASES)
    after, effects = step(Session(cases=both, informed=True), Lapsed(1), replace(turn, channel=WHATSAPP))
    says = [each for each in effects if isinstance(each, Say)]
    yield says, render(says, script, WHATSAPP, after.state, after.nonce)
    for status, since, solved in product(get_args(Status), (NOW.date(), PAST), (False, True)):
        case = replace(CASES[1], status=status, since=since, solved=solved, question=False)
        _, effects = step(Session(cases=(case,), informed=True), Said("katastatus"), turn)
        yield [each for each in effects if isinstance(each, Say)], ()


def _notes(tree: ast.AST) -> Iterator[str]:
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        given = [each.value if isinstance(each, ast.Constant) else None for each in call.args]
        at = 1 if given[:1] == ["notes"] else WITH_NOTE.get(name, len(given))
        yield from (each for each in given[at : at + 1] if isinstance(each, str))


def _listening(script: Script, heard: set[tuple[str, str]]) -> Script:
    sections = {
        name: Section(Heard(name, section.texts, heard), section.options, {}, section.words)
        for name, section in script.sections.items()
    }
    return Script(script.code, script.name, script.words, sections)


def _sessions(turn: Turn) -> Iterator[Session]:
    """Yield every state with much, little and nothing behind it."""
    for state, draft, cases, misses in product(COMPLAINT, DRAFTS, (CASES, SETTLED, SHARED, ()), (0, 2)):
        if (state.name in REPORT and draft is None) or (state.name in OF_CASES and not cases):
            continue
        if cases is SHARED and (misses or draft not in {None, RICH}):
            continue
        owed = ("Kabar.",) if misses else ()
        topic = cases[-1].key if cases and state.name in {"reply", "dispute"} else ""
        session = Session(
            state.name,
            misses=misses,
            draft=draft,
            cases=cases,
            topic=topic,
            due=1,
            informed=bool(cases),
            owed=owed,
            letter=Draft("letter", "", media=MEDIA[:1], report_id=cases[-1].report_id) if topic else None,
            seeking=("wish",),
            guesses=(int(NOW.timestamp()),) * 5 if draft is RICH else (),
        )
        shown = options_of(session, state, turn) or ("send",)
        shelf = SHELF * 10 if cases is CASES else SHELF[: len(cases)]
        sending = ERASED if cases is SETTLED else SENDING[: 3 * len(cases)]
        session = replace(session, shown=shown, shelf=shelf, sending=sending)
        yield _muted(session) if cases is SETTLED else replace(session, muted=draft is VAGUE)


def _muted(session: Session) -> Session:
    """Return the session of a citizen who wants no news."""
    many = MISSED.get(session.draft, len(session.cases)) if session.draft else 0
    cases = tuple(replace(case, missed=place < many) for place, case in enumerate(session.cases))
    return replace(session, cases=cases, muted=True)


def _events(session: Session) -> Iterator[Event]:
    """Yield all that may happen to a session."""
    yield from (Said(text) for text in SAID)
    if session.misses:
        return
    yield from (Said(f"kata{name}") for name in OBEY)
    yield from (Said(str(number)) for number, _ in enumerate(session.shown, 1))
    yield from (
        SentMedia(kind, "ref", group=group)
        for kind, group in (
            *(("photo", group) for group in ("", "early", "full", "known")),
            *((kind, "") for kind in ("voice", "sticker", "contact", "edited")),
            ("video", "a"),
        )
    )
    yield from (Tapped("menu.9.report"), Withheld("Kabar."), SharedPlace(-7.7, 110.4), Lapsed(1))
    yield from (Tapped(f"template.9165816.{each}") for each in ("solved", "unsolved", "show", "other"))
    yield from (Said(f"kata{each}") for each in ("follow 12345678", "code 9165816", "code BCDF-GHJK"))
    yield from (Followed("wish", by, found) for by, found in product(("code", "number"), ((), (STANDING,))))
    yield from (Watched(("r1",), "z"), Unwatched(("r1",), "a"), Parted("r3"), SharedNumber("+6281234567890"))
    if session.cases is SHARED and session.state == "menu":
        yield from (replace(each, report_id="r3") for each in _moves((date(2026, 12, 1),)))
        yield from (Said("katacode 9165818"), Said("katastatus 9165818"))
    yield from (ReplyRefused("r1", each) for each in (STORY, WHOLE.text("notes", "late_files")))
    yield from (Filed("sent", "r2"), Filed("sent", "r2", "9165817"), Refused("sent"))
    yield from (Attached("sent/1", why=why) for why in get_args(Why))
    yield from (Delayed("sent/1"), Attached("sent/1", "a1"), Attached("draft/1", "a1"))
    if session.draft is HALF or (session.draft is None and session.cases in {CASES, ()}):
        yield from _moves((date(2026, 12, 1), PAST))


def _moves(days: tuple[date, ...]) -> Iterator[CaseMoved]:
    """Yield all that an agency may tell."""
    for kind, status, message in product(get_args(CaseEventType), get_args(Status), ("", LONG)):
        for closes_on in days:
            yield CaseMoved(kind, "r1", status, 1, "91658161", LONG[:60], message, closes_on)
