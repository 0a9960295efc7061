"""One citizen's place in the dialog: an immutable snapshot, small when stored.

The structs are stored as arrays: append fields with a default at the end, never move or remove one.
"""

from datetime import date
from typing import Literal, TypeAlias

import msgspec
from msgspec.structs import replace

from conversations.answers import Day
from conversations.effects import Place, Privacy
from conversations.events import Status

MOST_MEDIA = 5
MOST_TRIED = 15
"""Files taken for one report, those that failed included."""
MOST_CASES = 20

Told: TypeAlias = Literal["", "provisional", "tracking"]


class Medium(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True):
    """A file of the report: `attachment_id` once the backend has it, `failed` if it never will.

    `joined` says that it is part of the report as filed, or was sent after it. `voice` is speech, `slow` says that
    the citizen knows that it is still on its way.
    """

    key: str
    attachment_id: str = ""
    failed: bool = False
    joined: bool = False
    voice: bool = False
    slow: bool = False

    @property
    def pending(self) -> bool:
        """Tell whether the backend has not answered yet."""
        return not (self.attachment_id or self.failed)


class Draft(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True):
    """A report that is being made; `id` is its submission id, the key of every attempt to file it.

    `provisional` is the number the citizen gets while LAPOR! gives none. `evidence_asked` says that the citizen had
    the chance to add files, `album` is the last album taken, `handed_over` says that the report is in the outbox.
    `category` is a code of the backend's, `agency` what the citizen named, `region` the code of the agency's.
    `remarked` are the emergencies and other topics that the citizen was told about, `asked` the extra questions
    that were put. `pin` says that a shared point waits to be confirmed, `regions` are the codes of those that the
    place can mean, `vague` says that no officer could find it, `personal` what to do with numbers that give a
    person away. `whole` says that one message told all, so that who may see it was not asked. `aside` is when
    it was set aside in unix seconds. `report_id` stands here where the citizen had us forget the case.

    `taken` is when the last file came and `filed` when it was confirmed or got its number, whichever came last, in
    unix seconds. Of one that is `settled` only that is left which files need that come late. `captions` are
    what stood below those. `said` is what the citizen was told of its files. `answers` makes it an answer to the
    agency of `report_id`.
    """

    id: str
    provisional: str
    story: str = ""
    place: Place | None = None
    day: Day | None = None
    media: tuple[Medium, ...] = ()
    evidence_asked: bool = False
    privacy: Privacy = ""
    album: str = ""
    handed_over: bool = False
    category: str = ""
    agency: str = ""
    remarked: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    pin: bool = False
    regions: tuple[str, ...] = ()
    vague: bool = False
    region: str = ""
    personal: Literal["", "mask", "keep"] = ""
    whole: bool = False
    aside: int = 0
    report_id: str = ""
    taken: int = 0
    filed: int = 0
    settled: bool = False
    captions: str = ""
    said: tuple[str, ...] = ()
    answers: Literal["", "reply", "dispute"] = ""

    @property
    def pending(self) -> bool:
        """Tell whether a file is still on its way to the backend."""
        return any(medium.pending for medium in self.media)

    @property
    def full(self) -> bool:
        """Tell whether no file can be added; one that failed leaves its place to another."""
        kept = sum(not medium.failed for medium in self.media)
        return kept >= MOST_MEDIA or len(self.media) >= MOST_TRIED

    @property
    def spoken(self) -> bool:
        """Tell whether there is speech among its files."""
        return any(medium.voice and not medium.failed for medium in self.media)

    @property
    def attachments(self) -> tuple[str, ...]:
        """Return the ids of the files that the backend has."""
        return tuple(medium.attachment_id for medium in self.media if medium.attachment_id)


class News(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True):
    """What waits to be told of a report: since when (unix seconds), what sorts of news, and the messages."""

    at: int
    kinds: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()


class Case(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True):
    """A confirmed report: what the citizen was told of it and what the backend last said.

    `sequence` is the highest event taken and `gaps` the lower ones still missing. `told` is the number the
    citizen knows. `question` is open while the agency waits for an answer, `verdict` while it is not known
    whether the citizen calls it solved; `answered` says that the citizen wrote and the backend has not said
    so yet. `solved` and `stars` are what the citizen said last. `missed` says that there was news which the citizen
    did not want to be told. `region` is the code of where it happened, `since` the day on which the present step
    began. `following` marks a report of another phone: its news is told here, and no more than that. `followers`
    are the phones that follow it, by names that tell nothing; `offer` marks the code that lets one more. `news`
    waits to be told, `marks` stand for the messages that were, `warned` is the closing that the citizen knows of.
    """

    key: str
    provisional: str
    title: str = ""
    report_id: str = ""
    tracking_id: str = ""
    status: Status = "submitted"
    told: Told = ""
    sequence: int = 0
    gaps: tuple[int, ...] = ()
    agency: str = ""
    message: str = ""
    closes_on: date | None = None
    question: bool = False
    verdict: bool = False
    answered: bool = False
    solved: bool = False
    stars: int = 0
    missed: bool = False
    region: str = ""
    since: date | None = None
    following: bool = False
    followers: tuple[str, ...] = ()
    offer: str = ""
    news: News | None = None
    marks: tuple[bytes, ...] = ()
    warned: date | None = None

    @property
    def number(self) -> str:
        """Return the number that the citizen knows the report by."""
        return self.tracking_id or self.provisional


class Session(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True):
    """All that the dialog remembers of one citizen.

    `shown` are the names of the choices in the order last shown, so that a number means what the citizen saw;
    `nonce` marks that menu on buttons, and `tapped` is the button taken last. `trail` leads back. `sending`
    are confirmed reports the backend has not answered for; `shelf` drafts set aside, latest last. `topic` is
    the key of the case spoken of, `held` what was typed about it. `due` is the deadline in unix milliseconds,
    `heard` when the citizen was last heard in unix seconds. `left` says that the citizen cannot be told anything,
    until writing again; `informed` that the citizen was told who we are, and why and for how long data are kept.
    `muted` says that the citizen wants no news of reports, until asking for it again. `wakes` is the deadline of
    news, in unix milliseconds.
    `owed` are texts that could not be sent, for the channel's window was closed.
    `letter` holds the files for an answer to the agency that is not written yet. `seeking` are the wishes to
    follow a report that are not answered yet, `guesses` when codes were tried in unix seconds.
    """

    state: str = "menu"
    locale: str = ""
    nonce: int = 0
    shown: tuple[str, ...] = ()
    tapped: str = ""
    trail: tuple[str, ...] = ()
    misses: int = 0
    draft: Draft | None = None
    shelf: tuple[Draft, ...] = ()
    sending: tuple[Draft, ...] = ()
    cases: tuple[Case, ...] = ()
    topic: str = ""
    held: str = ""
    due: int = 0
    heard: int = 0
    left: bool = False
    informed: bool = False
    muted: bool = False
    owed: tuple[str, ...] = ()
    letter: Draft | None = None
    seeking: tuple[str, ...] = ()
    guesses: tuple[int, ...] = ()
    wakes: int = 0

    def case(self, key: str) -> Case | None:
        """Return the case with this submission id."""
        return next((case for case in self.cases if case.key == key), None)

    def report(self, report_id: str) -> Case | None:
        """Return the case that the backend knows as `report_id`."""
        return next((case for case in self.cases if case.report_id == report_id), None)

    def with_case(self, case: Case) -> "Session":
        """Return the session with this case put in the place of its older self, or added."""
        others = tuple(case if known.key == case.key else known for known in self.cases)
        if case not in others:
            others = (*others, case)[-MOST_CASES:]
        return replace(self, cases=others)

    def with_draft(self, **changes: object) -> "Session":
        """Return the session with fields of its draft changed."""
        assert self.draft is not None  # noqa: S101 - asked for only where a draft is being made
        return replace(self, draft=replace(self.draft, **changes))
