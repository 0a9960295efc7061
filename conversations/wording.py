"""What a text of the script can name: the values of placeholders, and the choices of a menu."""

from collections.abc import Iterable
from typing import Final

from conversations.acts import shown
from conversations.answers import affirms, denies, normal, ticket
from conversations.complaint import REPORT
from conversations.places import Region, read_place
from conversations.reading.category import OTHER, categories
from conversations.reading.personal import masked, personal
from conversations.script import Script
from conversations.session import Case, Draft, Session
from conversations.states import Choose, State
from conversations.turn import Turn
from conversations.upcoming import dated, next_of, step_of

PLACEHOLDERS: Final = (
    "story", "place", "day", "privacy", "files", "provisional",
    "number", "status", "agency", "message", "closes_on", "title",
    "category", "office", "personal", "held", "code", "attachment", "days", "options", "owed",
    "next", "by", "count", "reports",
)  # fmt: skip
SHOWN_CASES: Final = 4
MOMENT: Final = 10
"""Seconds that a file takes to the backend where nothing is wrong, and a little more."""

ASKED: Final = {"verdict": "verdict", "question": "reply"}
"""The states that ask the citizen for what comes next, and the text of it that fits the question."""

SHOWING: Final = frozenset({"story", "place", "pin", "region", "personal", "review", "edit", "recall"})
"""The states whose texts can name what the report says."""


def values_of(session: Session, turn: Turn) -> dict[str, str]:
    """Return a value for every placeholder that the present question can use."""
    values = {"held": session.held, "days": str(turn.kept_days)}
    if session.draft is not None and session.state in SHOWING:
        values |= draft_values(session.draft, session, turn)
    case = session.case(session.topic) or (session.cases[-1] if session.cases else None)
    if case is not None:
        values |= case_values(case, session, turn, ASKED.get(session.state, ""))
    if session.state == "code":
        values["code"] = f"{session.held[:4]} {session.held[4:]}"
    if session.state == "cases":
        cases = recent(session)
        values |= {case.key: label for case, label in zip(cases, labels_of(cases, session, turn), strict=True)}
    if session.state == "region" and session.draft:
        values |= {region.code: short(region.name) for region in regions_of(session.draft, turn)}
    if session.state == "language":
        values |= {code: each.name for code, each in turn.scripts.items()}
    return values


def draft_values(draft: Draft, session: Session, turn: Turn) -> dict[str, str]:
    """Return what a draft says, in words."""
    script = turn.script(session)
    nothing = script.text("notes", "nothing")
    place, day = draft.place, draft.day
    point = f"{place.latitude:.5f}, {place.longitude:.5f}" if place and place.latitude and place.longitude else ""
    return {
        "story": shown(draft) or nothing,
        "place": (place.text or point if place else "") or nothing,
        "day": (day.said if day else "") or nothing,
        "privacy": script.label("privacy", draft.privacy) if draft.privacy else nothing,
        "files": files_of(draft, script, turn),
        "category": script.label("category", draft.category) or nothing,
        "office": draft.agency or script.text("notes", "office"),
        "personal": ", ".join(masked(each, personal(each)) for each in personal_of(draft)),
        "provisional": draft.provisional,
    }


def files_of(draft: Draft, script: Script, turn: Turn) -> str:
    """Return how many files a report has; how many have been on their way for a while, or cannot be taken."""
    waited = turn.since(draft.taken) > MOMENT
    pending, failed = waited * sum(each.pending for each in draft.media), sum(each.failed for each in draft.media)
    counts = ((pending, script.text("notes", "on_the_way")), (failed, script.text("notes", "not_taken")))
    told = ", ".join(f"{count} {words}" for count, words in counts if count)
    return f"{len(draft.media) - failed} ({told})" if told else str(len(draft.media))


def short(region: str) -> str:
    """Return the name of a region as it fits in a menu: Kab. Sleman."""
    return region.replace("Kabupaten ", "Kab. ").replace("Administrasi ", "Adm. ")


def personal_of(draft: Draft) -> tuple[str, ...]:
    """Return the numbers in a story that give a person away."""
    return tuple(draft.story[span.start : span.end] for span in personal(draft.story))


def case_values(case: Case, session: Session, turn: Turn, step: str = "") -> dict[str, str]:
    """Return what is known of a confirmed report, in words; `step` names another text that says what comes next."""
    script = turn.script(session)
    nothing = script.text("notes", "nothing")
    return {
        "number": case.number,
        "provisional": case.provisional,
        "title": case.title,
        "status": script.text("status", case.status),
        "agency": case.agency or script.text("notes", "agency"),
        "message": sentence(case.message),
        "closes_on": dated(case.closes_on, turn, script) if case.closes_on else nothing,
        "next": next_of(case, turn, script, step),
    }


def labels_of(cases: Iterable[Case], session: Session, turn: Turn) -> tuple[str, ...]:
    """Return for each report its number and what is to be known of it in a word or two."""
    script, cases = turn.script(session), tuple(cases)
    asked = {"question": script.text("notes", "asks")}
    told = (asked.get(step_of(case)) or script.text("status", case.status) for case in cases)
    return tuple(f"{case.number} {label}" for case, label in zip(cases, told, strict=True))


def list_of(cases: tuple[Case, ...], session: Session, turn: Turn) -> dict[str, str]:
    """Return how many reports there are, and each with what is to be known of it."""
    return {"count": str(len(cases)), "reports": ", ".join(labels_of(cases, session, turn))}


def sentence(text: str) -> str:
    """Return a text with a full stop, where it does not end in a mark."""
    return f"{text}." if text and text[-1].isalnum() else text


def options_of(session: Session, state: State, turn: Turn) -> tuple[str, ...]:
    """Return the names of the choices that a state offers now, in the order of the locale file."""
    if not isinstance(state, Choose):
        return ()
    if state.name == "cases":
        return tuple(case.key for case in recent(session))
    if state.name == "language":
        return tuple(turn.scripts)
    if state.name == "region" and session.draft:
        return (*(region.code for region in regions_of(session.draft, turn)), "other")
    if state.name == "category" and session.draft:
        return _categories(session.draft, turn.script(session), turn)
    written = turn.script(session).sections[state.name].options
    return tuple(name for name in written if name in state.options and _offered(session, state.name, name, turn))


def _categories(draft: Draft, script: Script, turn: Turn) -> tuple[str, ...]:
    """Return all categories; where a menu has no room for them, those that the story suggests come first."""
    every, menu = tuple(script.sections["category"].options), turn.channel.menu
    if turn.channel.media and (menu is None or menu.most >= len(every)):
        return every
    suggested = categories(draft.story, script.phrases("category"))
    if menu is None:
        return (*suggested, OTHER)
    likely = dict.fromkeys((*suggested, *(each for each in every if each != OTHER)))
    return (*tuple(likely)[: menu.most - 1], OTHER)


def meant(session: Session, state: Choose, text: str, turn: Turn) -> str | None:
    """Return which of the choices last shown a text means; a report also by its number, a language by its name."""
    script = turn.script(session)
    if state.name == "cases":
        number = ticket(text)
        named = next((case.key for case in recent(session) if number and number == case.number), None)
    elif state.name == "region" and session.draft:
        named = region_meant(text, session.draft, turn)
    elif state.name == "category":
        named = script.named("category", text)  # also one that the menu had no room for
    else:
        said = normal(text)
        languages = turn.scripts.items() if state.name == "language" else ()
        named = next((code for code, each in languages if said in {code, normal(each.name)}), None)
    said_so = state.yes if affirms(text) else state.no if denies(text) else ""
    if state.name in REPORT and script.command(text) == "cancel":
        said_so = ""  # BATAL keeps the report, it does not answer the question
    own = named or script.choice(state.name, text, session.shown) or (said_so if said_so in session.shown else None)
    return own if own or script.command(text) else turn.polyglot.choice(state.name, text, session.shown)


def region_meant(text: str, draft: Draft, turn: Turn) -> str | None:
    """Return which region of those that a place can mean is named: by name, by kind, or by yes to the only one."""
    places = turn.knowledge.places
    offered = regions_of(draft, turn)
    region = read_place(text, places).region
    if region in offered:
        return region.code
    kind = "kabupaten" if normal(text) == "kab" else normal(text)
    of_kind = [each.code for each in offered if each.name.casefold().split()[0] == kind]
    if affirms(text) and len(offered) == 1:
        return offered[0].code
    return of_kind[0] if len(of_kind) == 1 else None


def regions_of(draft: Draft, turn: Turn) -> tuple[Region, ...]:
    """Return the regions that a place can mean; one that the tables no longer have is left out."""
    known = turn.knowledge.places.regions
    return tuple(known[code] for code in draft.regions if code in known)


def recent(session: Session) -> tuple[Case, ...]:
    """Return as many of the citizen's reports as a short menu holds: those with missed news, then the newest."""
    newest = session.cases[::-1]
    first = [case for case in newest if case.missed]
    return (*first, *(case for case in newest if not case.missed))[:SHOWN_CASES]


def offered(case: Case, option: str) -> bool:
    """Tell whether a choice about a report makes sense; who only follows it has nothing to answer."""
    match option:
        case "reply":
            return bool(case.report_id) and not case.following
        case "unsolved":
            return case.status == "closed" and not case.following
        case "code":
            return bool(case.tracking_id) and not case.following
        case "unshare":
            return bool(case.followers)
        case "unfollow":
            return case.following
        case _:
            return True


def _offered(session: Session, state: str, option: str, turn: Turn) -> bool:
    case = session.case(session.topic)
    match state, option:
        case "menu", "resume":
            return session.draft is not None
        case "edit", "evidence":
            return turn.channel.media
        case "case", "code" | "unshare" if not turn.channel.media:
            return False  # by SMS there is hardly room for the news; the words KODE and AKHIRI do it
        case "case", _ if case is not None:
            return offered(case, option)
        case _:
            return True
