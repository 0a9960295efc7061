"""What the dialog does on its way into a state: the effects that the table names."""

from msgspec.structs import replace

from conversations import shelf
from conversations.answers import MOST_STORY
from conversations.effects import Effect, File, Forget, Rate, Remind, Reply
from conversations.reading.personal import masked, personal
from conversations.session import Case, Draft, Session
from conversations.turn import Step, Turn

WAIT_FOR_FILES = 2.0
WAIT_FOR_NUMBER = 3.0
TITLE = 80


def file(session: Session, turn: Turn) -> Step:
    """Confirm the draft: from here on it is filed exactly once, under its submission id.

    Files still on their way to the backend get two seconds to join the report.
    """
    if session.draft is None:
        return session, ()
    draft = replace(session.draft, filed=int(turn.now.timestamp()))
    region = draft.place.region_code if draft.place else ""
    case = Case(draft.id, draft.provisional, title_of(shown(draft)), region=region, since=turn.today)
    session = replace(session.with_case(case), draft=None, sending=(*session.sending, draft))
    if draft.pending:
        return remind(session, turn, WAIT_FOR_FILES)
    return hand_over(session, draft, turn, WAIT_FOR_NUMBER)


def hand_over(session: Session, draft: Draft, turn: Turn, seconds: float) -> Step:
    """Hand a confirmed report to the outbox and wait that long for its number; an answer to an agency has none."""
    media = tuple(replace(medium, joined=bool(medium.attachment_id)) for medium in draft.media)
    sent = replace(draft, handed_over=True, media=media)
    sending = tuple(sent if each.id == draft.id else each for each in session.sending)
    session = replace(session, sending=sending)
    if sent.answers:
        return session, (reply_of(sent),)
    session, effects = remind(session, turn, seconds)
    return session, (report_of(session, sent, turn), *effects)


def remind(session: Session, turn: Turn, seconds: float) -> Step:
    """Set the deadline."""
    due = turn.after(seconds)
    return replace(session, due=due), (Remind(due),)


def report_of(session: Session, draft: Draft, turn: Turn) -> File:
    """Return the report that a draft makes."""
    place, day = draft.place, draft.day
    body = shown(draft)
    return File(
        key=draft.id,
        body=body,
        title=title_of(body),
        place=place,
        occurred_on=day.on if day else None,
        anonymous=draft.privacy in {"anonymous", "both"},
        secret=draft.privacy in {"secret", "both"},
        language=turn.script(session).code,
        attachments=draft.attachments,
        reported_at=turn.now,
        category=draft.category,
        agency=draft.agency,
    )


def reply_of(letter: Draft) -> Reply:
    """Return the answer to an agency that goes with files."""
    disputes = letter.answers == "dispute"
    return Reply(letter.id, letter.report_id, letter.story, disputes, letter.attachments)


def shown(draft: Draft) -> str:
    """Return the story, numbers that give a person away masked unless the citizen wants them seen."""
    if draft.personal == "keep":
        return draft.story
    return masked(draft.story, personal(draft.story))


def title_of(story: str) -> str:
    """Return the beginning of a story, cut between two words, at most 80 characters."""
    line = " ".join(story.split())
    return line if len(line) <= TITLE else line[: TITLE - 2].rpartition(" ")[0] + " …"


def set_aside(session: Session, turn: Turn) -> Step:
    """Keep the draft for later."""
    return shelf.put(session, turn), ()


def reply(session: Session, turn: Turn) -> Step:
    """Pass on what was typed for the agency."""
    return _answer(session, turn, disputes=False)


def dispute(session: Session, turn: Turn) -> Step:
    """Tell the agency that its case is not closed for the citizen."""
    return _answer(session, turn, disputes=True)


def _answer(session: Session, turn: Turn, *, disputes: bool) -> Step:
    case = session.case(session.topic)
    if case is None:
        return session, ()
    letter = session.letter
    if letter is None or letter.report_id != case.report_id:
        letter = Draft(turn.fresh, "", report_id=case.report_id)
    above, words = letter.captions, session.held
    letter = replace(
        letter,
        story=above if above and above.endswith(words) else f"{above}\n{words}".strip()[-MOST_STORY:],
        captions="",
        answers="dispute" if disputes and case.status == "closed" else "reply",
        filed=int(turn.now.timestamp()),
    )
    settled = replace(
        case, question=False, verdict=False, answered=True, closes_on=None, since=turn.today, marks=()
    )
    session = replace(session.with_case(settled), held="", letter=None)
    return _posted(session, letter, turn) if letter.media else (session, (reply_of(letter),))


def _posted(session: Session, letter: Draft, turn: Turn) -> Step:
    """Send an answer with its files; those still on their way get two seconds to join it."""
    session = replace(session, sending=(*session.sending, letter))
    if letter.pending:
        return remind(session, turn, WAIT_FOR_FILES)
    return hand_over(session, letter, turn, WAIT_FOR_NUMBER)


def solved(session: Session, _turn: Turn) -> Step:
    """Record that the citizen calls it solved; stars only if they are given."""
    return _rate(session, solved=True)


def unsolved(session: Session, _turn: Turn) -> Step:
    """Record that the citizen does not call it solved."""
    return _rate(session, solved=False)


def stars(session: Session, _turn: Turn) -> Step:
    """Record the stars that the citizen gave."""
    return _rate(session, solved=True, given=int(session.held))


def _rate(session: Session, *, solved: bool, given: int | None = None) -> Step:
    case = session.case(session.topic)
    if case is None:
        return session, ()
    effects: tuple[Effect, ...] = (Rate(case.report_id, solved, given),)
    rated = replace(case, verdict=not solved, solved=solved, stars=given or 0)
    return replace(session.with_case(rated), held=""), effects


def read(session: Session, _turn: Turn) -> Step:
    """Note that the citizen sees what is new about a report."""
    case = session.case(session.topic)
    return (session.with_case(replace(case, missed=False)) if case else session), ()


def forget(session: Session, turn: Turn) -> Step:
    """Erase all that is kept of the citizen but the chosen language, and that no news is wanted.

    Confirmed reports go on their way first; of those still on it, ids are kept until they arrive.
    """
    reports = tuple(case.report_id for case in session.cases if case.report_id)
    effects: tuple[Effect, ...] = ()
    for draft in session.sending:
        if not draft.handed_over:
            session, handed = hand_over(session, draft, turn, WAIT_FOR_NUMBER)
            effects = (*effects, *(each for each in handed if isinstance(each, File | Reply)))
    sending = tuple(_traceless(draft, session) for draft in session.sending if draft.pending or not draft.settled)
    forgotten = Session(
        locale=session.locale, sending=sending, informed=session.informed, muted=session.muted,
        guesses=session.guesses,
    )  # fmt: skip
    return forgotten, (*effects, Forget(reports, tuple(draft.id for draft in sending)), Remind(0))


def _traceless(draft: Draft, session: Session) -> Draft:
    """Return what must be known of a report on its way that the citizen had us forget."""
    case = session.case(draft.id)
    report_id = case.report_id if case else draft.report_id
    return Draft(draft.id, "", media=draft.media, handed_over=True, report_id=report_id)
