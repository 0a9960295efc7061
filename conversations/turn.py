"""What a step is given besides the session and the event: time, words and numbers made outside."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeAlias

import msgspec

from conversations.channel import Channel
from conversations.effects import Effect
from conversations.knowledge import Knowledge
from conversations.script import Script
from conversations.service import USUAL, Service
from conversations.session import Draft, Session
from conversations.tongues import Polyglot
from conversations.workdays import ahead

Step: TypeAlias = tuple[Session, tuple[Effect, ...]]


class Turn(msgspec.Struct, frozen=True):
    """The circumstances of one step.

    `now` is aware and in the citizen's time zone. `fresh` is a new UUID and `provisional` a new provisional
    number, used if this step needs one: the dialog itself knows no chance. `scripts` are the languages
    that citizens may choose, by code; `polyglot` knows the words of all. `hint` is the language that a first
    message seems to be in, empty where that is not clear. `kept_days` is for how long data are kept,
    `service` what citizens can count on.
    """

    now: datetime
    channel: Channel
    scripts: Mapping[str, Script]
    locale: str
    knowledge: Knowledge
    polyglot: Polyglot
    fresh: str
    provisional: str
    hint: str = ""
    kept_days: int = 180
    service: Service = USUAL

    @property
    def today(self) -> date:
        """Return the day at the citizen's."""
        return self.now.date()

    def script(self, session: Session) -> Script:
        """Return the words of the citizen's language."""
        return self.scripts.get(session.locale) or self.scripts[self.locale]

    def new_draft(self) -> Draft:
        """Return an empty draft with its own submission id."""
        return Draft(id=self.fresh, provisional=self.provisional)

    def since(self, heard: int) -> float:
        """Return the seconds since the citizen was `heard` (unix seconds); endless if never."""
        return self.now.timestamp() - heard if heard else float("inf")

    def ahead(self, day: date, count: int) -> date:
        """Return the working day that is so many after a day; before it where `count` is negative."""
        return ahead(day, count, self.knowledge.holidays)

    def after(self, seconds: float) -> int:
        """Return the time `seconds` from now in unix milliseconds."""
        return int((self.now.timestamp() + seconds) * 1000)
