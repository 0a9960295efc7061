"""First contact: who we are, why and for how long data are kept, how to erase them (UU PDP 27/2022)."""

from msgspec.structs import replace

from conversations.effects import Effect, Say
from conversations.rendering import fits
from conversations.session import Session
from conversations.turn import Step, Turn


def inform(session: Session, effects: tuple[Effect, ...], turn: Turn) -> Step:
    """Add the line of first contact to an answer, before its question; where it has no room, it stays owed.

    The menu says it in its own words. It does not come between a citizen and a second try to be understood.
    """
    says = [each for each in effects if isinstance(each, Say)]
    if not says or says[-1].section == "erased" or session.misses > 1:
        return session, effects
    last, told = says[-1], replace(session, informed=True)
    if (last.section, last.text) == ("menu", "ask"):
        return told, _instead(effects, last, replace(last, text="first"))
    line = Say("first_contact", "line", {"days": str(turn.kept_days)})
    if not fits(line, says, turn.script(session), turn.channel):
        return session, effects
    both = (last, line) if last.section == "notes" else (line, last)
    return told, _instead(effects, last, *both)


def _instead(effects: tuple[Effect, ...], last: Say, *says: Say) -> tuple[Effect, ...]:
    place = max(index for index, each in enumerate(effects) if each is last)
    return (*effects[:place], *says, *effects[place + 1 :])
