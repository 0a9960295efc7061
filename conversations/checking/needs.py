"""What the dialog can ask of a script, worked out from the table: texts, options, and the values texts can name."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, get_args

from conversations.channel import CHANNELS
from conversations.complaint import COMPLAINT
from conversations.events import CaseEventType, Status, Why
from conversations.reading.category import CATEGORIES
from conversations.reading.danger import KINDS, LIMITS
from conversations.reading.elsewhere import EXCEPT, TOPICS
from conversations.states import Ask, Choose, End, Gather, State, Wait
from conversations.templates import CHOICES, GAPS
from conversations.upcoming import MONTHS, STEPS, WEEKDAYS
from conversations.wording import SHOWING

NOTES: Final = (
    "added", "agency", "asks", "choose", "code_later", "contact", "edited", "full", "group_only", "guessed",
    "help", "in_files", "late_files", "left", "moved", "muted", "no_cases", "no_draft", "not_taken",
    "not_yours", "nothing", "offer", "office", "on_the_way", "own_only", "private_chat", "refused_erased",
    "refused_later", "resumed", "share", "share_number", "share_place", "shelf_full", "spoken", "stale",
    "taken", "too_long", "too_many", "trouble", "type_please", "unreadable", "voice", "welcome",
)  # fmt: skip
"""The remarks that the dialog makes by name."""

FALLBACKS: Final = ("retry.empty", "retry.stuck", "retry.unknown")
"""What `[notes]` says for states that ask nothing of their own."""

STATUSES: Final[tuple[str, ...]] = get_args(Status)
NEWS: Final = (
    *STATUSES,
    "reopened",
    *sorted(set(get_args(CaseEventType)) - {"tracking_id_assigned", "status_changed"}),
    "followed",
    "followed_closing",
    "followed_question",
)

TEMPLATE_VALUES: Final = frozenset(name for names in GAPS.values() for name in names)
TEMPLATE_OPTIONS: Final = tuple(option for options in CHOICES.values() for option in options)

COMMANDS: Final = ("lapor", "status", "bantuan", "bahasa")
"""The commands that Telegram's menu offers, in every language; their texts say what they do."""

PROFILE: Final = {"about": 120, "description": 512, **dict.fromkeys(COMMANDS, 256)}
"""How many characters Telegram takes of what it shows of the bot and its commands (Bot API: setMyCommands,
setMyShortDescription, setMyDescription)."""

DRAFT: Final = frozenset(
    {"story", "place", "day", "privacy", "files", "provisional", "category", "office", "personal"}
)
CASE: Final = frozenset({"number", "provisional", "title", "status", "agency", "message", "closes_on", "next"})
OF_CASES: Final = frozenset(
    {"filing", "queued", "filed", "cases", "case", "which", "reply", "replied", "verdict", "stars", "rated"}
    | {"dispute", "disputed", "news", "question"}
)
"""The sections that speak of a confirmed report."""

MORE: Final = {
    "menu": ("first", "help"),
    "story": ("addressed", "retry.unknown", "voice"),
    "place": ("more", "retry.needed"),
    "review": ("refused", "whole"),
    "queued": ("ask",),
    "replied": ("about", "lost", "refused"),
    "cases": ("resumed",),
    "case": ("resumed", "followed"),
    "follow": ("refused",),
    "filed": ("again", "erased", "muted"),
    "reply": ("enclosed",),
    "dispute": ("enclosed",),
}
"""The texts of states that their kind does not tell."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What one section holds: the texts and options asked for, and on which channels it is seen.

    `values` are the placeholders that have a value there. `spare` are texts it may have besides. `lists` are the
    lists of words that are listened for.
    """

    texts: tuple[str, ...]
    options: tuple[str, ...] = ()
    values: frozenset[str] = frozenset()
    channels: tuple[str, ...] = tuple(CHANNELS)
    spare: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()

    def keys(self) -> frozenset[str]:
        """Return every key that the section may have, dots between its parts."""
        texts = {*self.texts, *self.spare}
        special = {f"{channel}.{text}" for channel in CHANNELS for text in texts}
        options = {f"options.{option}" for option in self.options}
        return frozenset(texts | special | options | {f"words.{each}" for each in self.lists})


def texts_of(state: State) -> Iterator[str]:
    """Yield the texts that a state can say."""
    match state:
        case Wait():
            yield "again"
        case End():
            yield "ask"
        case Ask(read=read) | Gather(read=read) if read is not None:
            yield from ("ask", *(f"retry.{name}" for name in sorted({"empty", "stuck", *read.problems})))
        case _:
            yield from ("ask", "retry.empty", "retry.stuck", "retry.unknown")
    yield from MORE.get(state.name, ())


def needs_of(state: State) -> Needs:
    """Return what the section of a state holds."""
    options = tuple(state.options) if isinstance(state, Choose) else ()
    values = {"options"} if isinstance(state, Choose) else set()
    values |= DRAFT if state.name in SHOWING else CASE if state.name in OF_CASES else set()
    values |= (
        {"code"}
        if state.name == "code"
        else {"held"}
        if state.name == "command"
        else {"days"}
        if state.name == "menu"
        else set()
    )
    channels = tuple(name for name, channel in CHANNELS.items() if channel.media or state.name != "evidence")
    return Needs(tuple(texts_of(state)), options, frozenset(values), channels)


_STATES: Final = {state.name: needs_of(state) for state in COMPLAINT}
_RETRIES: Final = {text for needs in _STATES.values() for text in needs.texts if text.startswith("retry.")}

NEEDS: Final = {
    "category": Needs((), CATEGORIES),
    **_STATES,
    "emergency": Needs(KINDS, lists=(*KINDS, *LIMITS)),
    "elsewhere": Needs(TOPICS, lists=(*TOPICS, EXCEPT)),
    "sharing": Needs(("which", "enough", "joined", "watched", "parted"), values=CASE),
    "attachment": Needs(
        ("refused", "slow", *sorted(filter(None, get_args(Why)))), values=frozenset({"attachment"})
    ),
    "late": Needs(("joined", "early", "full", "files"), values=CASE | {"files"}),
    "news": Needs(NEWS, values=CASE),
    "several": Needs(("ask", "list"), values=frozenset({"count", "reports"})),
    "template": Needs(tuple(GAPS), TEMPLATE_OPTIONS, TEMPLATE_VALUES, channels=()),
    "owed": Needs(("ask",), values=frozenset({"owed"}), channels=("whatsapp",)),
    "status": Needs(STATUSES, channels=()),
    "next": Needs(STEPS, values=frozenset({"by"})),
    "dates": Needs((*WEEKDAYS, *MONTHS), channels=()),
    "first_contact": Needs(("line",), values=frozenset({"days"})),
    "notes": Needs((*NOTES, *FALLBACKS), spare=tuple(sorted(_RETRIES))),
    "commands": Needs(COMMANDS, channels=()),
    "profile": Needs(("about", "description"), channels=()),
    "frequent": Needs((), channels=(), lists=("own",)),
}
"""What every section of a locale file holds, by its name; `[locale]` and `[words]` are told apart from these."""
