"""Citizens who blocked us, or want no news: nothing is said to the ones, no news told to the others; it waits."""

from msgspec.structs import replace

from conversations.effects import Effect, Say
from conversations.filing import tell_number, tell_provisional
from conversations.moves import ask, enter, note, remark
from conversations.session import Session
from conversations.turn import Step, Turn


def unsaid(before: Session, session: Session, effects: tuple[Effect, ...]) -> Step:
    """Leave out what would be said; its numbers stay owed, and a menu that nobody saw has no numbers."""
    told = {case.key: case.told for case in before.cases}
    return replace(
        session,
        cases=tuple(replace(case, told=told.get(case.key, "")) for case in session.cases),
        shown=session.shown if session.state == before.state else (),
    ), tuple(each for each in effects if not isinstance(each, Say))


def returned(session: Session, turn: Turn) -> Step:
    """Take back a citizen who left: the numbers that came meanwhile are told first."""
    session = replace(session, left=False)
    effects: tuple[Effect, ...] = ()
    for case in session.cases:
        session, told = tell_number(session, case, case.tracking_id, turn)
        effects = (*effects, *told)
    session, provisional = tell_provisional(session, turn)
    return session, (*effects, *provisional)


def mute(session: Session, turn: Turn) -> Step:
    """Tell no more news of reports, until the citizen asks for it; all else is answered as before."""
    return replace(session, muted=True), note(session, "left", turn)


def unmute(session: Session, turn: Turn) -> Step:
    """Tell news again, beginning with how the reports stand of which some was held back."""
    session = replace(session, muted=False)
    missed = [case for case in session.cases if case.missed]
    if not missed:
        return remark(session, turn, "resumed")
    one = missed[0].key if len(missed) == 1 else ""
    session, _ = enter(replace(session, topic=one), "case" if one else "cases", turn)
    session, effects = ask(session, turn, "resumed")
    return replace(session, cases=tuple(replace(case, missed=False) for case in session.cases)), effects
