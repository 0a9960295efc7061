"""THE TABLE: every state and every exit of the dialog.

The name of a state is the name of its section in the locale files.
"""

from typing import Final

from conversations import acts, sharing
from conversations.answers import Code, DayReader, PlaceReader, Stars, Story
from conversations.reading.category import CATEGORIES
from conversations.states import Ask, Choose, End, Flow, Gather, Wait

# fmt: off
COMPLAINT: Final = Flow(
    Choose("menu",     {"report": "story", "resume": "story", "status": "cases", "language": "language"}),

    Gather("story",    read=Story(),         then="what"),
    Ask("what",        read=Story(least=3),  then="place",    optional=True),
    Ask("place",       read=PlaceReader(),   then="pin", request="place"),
    Choose("pin",      {"right": "region", "wrong": "place"}, yes="right", no="wrong"),
    Choose("region",   {"other": "day"}, each="day"),
    Ask("day",         read=DayReader(),     then="who",      optional=True),
    Ask("who",         read=Story(least=3),  then="evidence", optional=True),
    Gather("evidence", then="privacy"),
    Choose("privacy",  {"open": "personal", "anonymous": "personal", "secret": "personal", "both": "personal"}),
    Choose("personal", {"mask": "review", "keep": "review"}, yes="mask", no="keep"),
    Choose("review",   {"send": "filing", "edit": "edit", "aside": "aside"}, yes="send", no="edit"),
    Choose("edit",     {"story": "rewrite", "place": "place", "day": "day", "evidence": "evidence",
                        "privacy": "privacy", "category": "category", "agency": "agency", "keep": "review"}),
    Ask("rewrite",     read=Story(),         then="personal"),
    Choose("category", dict.fromkeys(CATEGORIES, "review")),
    Ask("agency",      read=Story(least=3),  then="review",   optional=True),
    Choose("recall",   {"resume": "story", "edit": "edit", "anew": "story"}, yes="resume", no="anew"),
    Choose("command",  {"obey": "menu", "story": "story"}, yes="obey", no="story"),
    End("aside",       does=acts.set_aside),

    Wait("filing",     {"filed": "filed", "queued": "queued", "refused": "review"}, does=acts.file),
    Wait("queued",     {"filed": "filed", "refused": "review"}),
    End("filed"),

    Choose("cases",    {"menu": "menu"}, each="case"),
    Choose("case",     {"reply": "reply", "unsolved": "dispute", "code": "code", "unshare": "unshared",
                        "unfollow": "unfollowed", "menu": "menu"}, does=acts.read),
    Choose("which",    {"answer": "replied", "new": "place"}, yes="answer", no="new"),
    Ask("question",    read=Story(least=2), then="replied"),
    Ask("reply",       read=Story(least=2), then="replied"),
    End("replied",     does=acts.reply),
    Choose("verdict",  {"solved": "stars", "unsolved": "dispute"}, yes="solved", no="unsolved"),
    Ask("stars",       read=Stars(),        then="rated", optional=True, does=acts.solved),
    End("rated",       does=acts.stars),
    Ask("dispute",     read=Story(least=2), then="disputed", does=acts.unsolved),
    End("disputed",    does=acts.dispute),

    End("code",        does=sharing.offer),
    Ask("follow",      read=Code(),         then="following", optional=True),
    Wait("following",  {"followed": "case", "refused": "follow"}, does=sharing.follow),
    Wait("finding",    {"one": "case", "several": "cases", "none": "unfound"}, does=sharing.find),
    End("unfound"),
    End("unfollowed",  does=sharing.unfollow),
    End("unshared",    does=sharing.unshare),

    Choose("language", {}, each="menu"),
    Choose("erase",    {"erase": "erased", "keep": "menu"}, yes="erase", no="keep"),
    End("erased",      does=acts.forget),
)
# fmt: on

REPORT: Final = frozenset(
    {"story", "what", "who", "place", "pin", "region", "day", "evidence", "privacy", "personal", "review"}
    | {"edit", "rewrite", "category", "agency", "recall", "command"}
)
"""The states in which a report is being written."""
