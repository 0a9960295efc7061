"""Following a report from a second phone: what is asked for, and what comes of it."""

from typing import Final

from msgspec.structs import replace

from conversations import cases
from conversations.answers import Code, Problem
from conversations.effects import Say, Unfollow
from conversations.events import Followed, Parted, SharedNumber, Standing, Unwatched, Watched
from conversations.moves import IDLE, ask, beside, enter, miss, remark
from conversations.session import Case, Session
from conversations.turn import Step, Turn
from conversations.wording import case_values

MOST_FOLLOWERS: Final = 5
"""So many other phones may follow a report."""

MOST_GUESSES: Final = 5
GUESS_SECONDS: Final = 3600
"""So many codes may be tried by one phone in so long."""


def begin_code(session: Session, turn: Turn) -> Step:
    """Give a code for the report that is spoken of, or the only one."""
    own = [case for case in session.cases if not case.following]
    if not own:
        return remark(session, turn, "own_only" if session.cases else "no_cases")
    topic = session.case(session.topic) if session.state == "case" else None
    if topic is None and len(own) > 1:
        return _shared("which", own[-1], session, turn)
    return give_code(session, topic or own[0], turn)


def code_for(session: Session, number: str, turn: Turn) -> Step:
    """Give a code for the report of this number; one that is wrong or another's is answered alike."""
    case = cases.numbered(session, number)
    return remark(session, turn, "not_yours") if case is None else give_code(session, case, turn)


def give_code(session: Session, case: Case, turn: Turn) -> Step:
    """Give a code where the report has a number, is the citizen's own, and few enough follow it."""
    session = replace(session, topic=case.key)
    if case.following:
        return remark(session, turn, "own_only")
    if not case.tracking_id:
        return remark(session, turn, "code_later")
    if len(case.followers) >= MOST_FOLLOWERS:
        return _shared("enough", case, session, turn)
    return enter(session, "code", turn)


def _shared(text: str, case: Case, session: Session, turn: Turn) -> Step:
    return beside(session, Say("sharing", text, case_values(case, session, turn)), turn)


def redeem(session: Session, text: str, turn: Turn) -> Step:
    """Take a code behind the word IKUTI."""
    code = Code()(text, turn.today)
    if isinstance(code, Problem):
        return miss(replace(session, state="follow", misses=0), turn, code.name)
    return try_code(session, code, turn)


def try_code(session: Session, code: str, turn: Turn) -> Step:
    """Ask which report a code stands for, unless too many were tried of late."""
    now = turn.now.timestamp()
    guesses = tuple(at for at in session.guesses if 0 <= now - at < GUESS_SECONDS)
    if len(guesses) < MOST_GUESSES:
        return enter(replace(session, held=code, guesses=guesses), "following", turn)
    if session.state == "follow":
        session = replace(session, state=IDLE, misses=0)
    return remark(session, turn, "guessed")


def begin_find(session: Session, turn: Turn) -> Step:
    """Look for reports made with the citizen's number; where the channel tells none, ask the phone for it."""
    if turn.channel.numbered:
        return enter(replace(session, held=""), "finding", turn)
    return remark(session, turn, "share", request="number")


def shared(session: Session, event: SharedNumber, turn: Turn) -> Step:
    """Look for reports made with the number that the phone proved to be its own."""
    return enter(replace(session, held=event.phone), "finding", turn)


def unshare_all(session: Session, turn: Turn) -> Step:
    """Let no other phone follow any of the citizen's reports."""
    return enter(replace(session, topic=""), "unshared", turn)


def unfollow(session: Session, turn: Turn) -> Step:
    """Follow no longer the report that is spoken of, or the only one; of several, show them."""
    followed = [case for case in session.cases if case.following]
    spoken = [case for case in followed if session.state == "case" and case.key == session.topic]
    if len(spoken or followed) == 1:
        return enter(replace(session, topic=(spoken or followed)[0].key), "unfollowed", turn)
    return cases.list_cases(session, turn)


def followed(session: Session, event: Followed, turn: Turn) -> Step:
    """Take what came of a code or a number; reports that were found after all was erased are let go again."""
    if event.key not in session.seeking:
        ids = tuple(each.report_id for each in event.reports)
        return session, (Unfollow(ids),) if ids else ()
    session = replace(session, seeking=tuple(key for key in session.seeking if key != event.key))
    found = [session.report(each.report_id) or _case(each) for each in event.reports]
    for case in found:
        session = session.with_case(case)
    waits = session.state == ("following" if event.by == "code" else "finding")
    if not waits:
        return session, tuple(_later(found, event, session, turn))
    if len(found) > 1:
        return enter(replace(session, topic=""), "cases", turn)
    if found:
        return enter(replace(session, topic=found[0].key), "case", turn)
    if event.by == "number":
        return enter(session, "unfound", turn)
    return ask(replace(session, state="follow", misses=0), turn, "refused")


def _case(standing: Standing) -> Case:
    """Return a report as who follows it knows it: no word of the story, and nothing to answer."""
    return Case(
        standing.report_id, "", "", standing.report_id, standing.tracking_id, standing.status, "tracking",
        standing.sequence, (), standing.agency, standing.message, standing.closes_on, following=True,
    )  # fmt: skip


def _later(found: list[Case], event: Followed, session: Session, turn: Turn) -> list[Say]:
    """Say what came of it to a citizen who went on to something else meanwhile."""
    if not found:
        return [Say("follow", "refused", push=True)] if event.by == "code" else [Say("unfound", push=True)]
    values = case_values(found[-1], session, turn)
    return [Say("sharing", "joined", values | {"number": ", ".join(each.number for each in found)}, push=True)]


def watched(session: Session, event: Watched, turn: Turn) -> Step:
    """Tell the citizen, once for each phone, that another one follows a report: a stolen code must be noticed."""
    known = (session.report(report_id) for report_id in event.report_ids)
    fresh = [case for case in known if case and not case.following and event.by not in case.followers]
    if not fresh:
        return session, ()
    for case in fresh:
        session = session.with_case(replace(case, followers=(*case.followers, event.by)))
    values = case_values(fresh[-1], session, turn)
    numbers = ", ".join(case.number for case in fresh)
    return session, (Say("sharing", "watched", values | {"number": numbers}, push=True),)


def unwatched(session: Session, event: Unwatched) -> Step:
    """Note that a phone follows a report no longer."""
    for case in (session.report(report_id) for report_id in event.report_ids):
        if case is not None and event.by in case.followers:
            others = tuple(each for each in case.followers if each != event.by)
            session = session.with_case(replace(case, followers=others))
    return session, ()


def parted(session: Session, event: Parted, turn: Turn) -> Step:
    """Follow a report no longer, for who made it ended that."""
    case = session.report(event.report_id)
    if case is None or not case.following:
        return session, ()
    said = Say("sharing", "parted", case_values(case, session, turn), push=True)
    session = replace(session, cases=tuple(each for each in session.cases if each is not case))
    if session.topic == case.key:
        session = replace(session, state=IDLE if session.state == "case" else session.state, topic="", shown=())
    return session, () if session.muted else (said,)
