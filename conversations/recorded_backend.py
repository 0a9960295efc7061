"""The case backend of a recorded conversation: what was sent to it, and what its lines bring back."""

from collections.abc import Iterable
from datetime import date
from typing import Final, get_args

from conversations.effects import Attach, Effect, File, Find, Follow, Remind, Reply, Say
from conversations.events import (
    Attached,
    CaseMoved,
    Delayed,
    Event,
    Filed,
    Followed,
    Parted,
    Refused,
    ReplyRefused,
    Standing,
    Status,
    Watched,
    Why,
)
from conversations.session import Case
from conversations.showing import described
from conversations.transcript import Line, TranscriptError, fields

MOVES: Final = {
    "status": "status_changed", "message": "agency_message", "question": "agency_question",
    "closing": "closing_soon", "tracking": "tracking_id_assigned",
}  # fmt: skip


class Backend:
    """Takes what goes out and says what comes back; ids and numbers are counted, not drawn."""

    def __init__(self) -> None:
        self._filing: list[str] = []
        self._attaching: list[str] = []
        self._replies: list[Reply] = []
        self._seeking: list[str] = []
        self._sequence = 0

    def take(self, effect: Effect) -> Iterable[Line]:
        """Take what goes out and return its line; what is only said has none."""
        match effect:
            case Say() | Remind():
                return
            case File(key=key):
                self._filing.append(key)
            case Attach(key=key):
                self._attaching.append(key)
            case Reply():
                self._replies.append(effect)
            case Follow(key=key) | Find(key=key):
                self._seeking.append(key)
        yield Line("lapor<", described(effect))

    def outcome(self, text: str, case: Case | None) -> Event:
        """Return what a line means to the citizen whose latest report is `case`.

        Raises TranscriptError.
        """
        word, _, rest = text.partition(" ")
        match word:
            case "filed" | "accepted":
                key = _oldest(self._filing, text)
                return Filed(key, f"R-{key[-4:]}", rest or None)
            case "refused":
                return Refused(_oldest(self._filing, text))
            case "attached" | "unattached":
                return self._stored(word, rest, text)
            case "delayed" if self._attaching:
                return Delayed(self._attaching[0])
            case "unanswered" if self._replies:
                reply = self._replies[-1]
                return ReplyRefused(reply.report_id, reply.body, reply.attachments)
            case _ if word in MOVES:
                return self._moved(word, rest, case)
        return self._shared(word, rest, case.report_id if case else "R-0")

    def _shared(self, word: str, rest: str, report_id: str) -> Event:
        match word:
            case "follows":
                return Followed(_oldest(self._seeking, word), "code", standings(rest))
            case "finds":
                return Followed(_oldest(self._seeking, word), "number", standings(rest))
            case "watched":
                return Watched((report_id,), "another")
            case "parted":
                return Parted(report_id)
        raise TranscriptError(f"lapor> {word} {rest}".rstrip())

    def _stored(self, word: str, rest: str, text: str) -> Attached:
        key = _oldest(self._attaching, text)
        why: Why = next((each for each in get_args(Why) if each == rest), "")
        return Attached(key, f"A-{key[-1]}" if word == "attached" else "", why)

    def _moved(self, word: str, rest: str, case: Case | None) -> CaseMoved:
        given = fields(rest)
        self._sequence = int(given.get("sequence", self._sequence + 1))
        status = next((name for name in get_args(Status) if name in rest.split()), None)
        return CaseMoved(
            type=MOVES[word],  # type: ignore[arg-type]
            report_id=given.get("report_id", case.report_id if case else "R-0"),
            status=status or (case.status if case else "submitted"),
            sequence=self._sequence,
            tracking_id=given.get("id"),
            agency=given.get("agency"),
            message=given.get("text"),
            closes_on=date.fromisoformat(given["closes_on"]) if "closes_on" in given else None,
        )


def standings(text: str) -> tuple[Standing, ...]:
    """Read reports such as `9165816 verified; 9165817 closed`; none where nothing is written."""
    return tuple(_standing(each) for each in map(str.strip, text.split(";")) if each)


def _standing(text: str) -> Standing:
    number, _, rest = text.partition(" ")
    given, words = fields(rest), rest.split()
    status: Status = next((name for name in get_args(Status) if name in words), "submitted")
    return Standing(f"R-{number}", number, status, 0, given.get("agency", ""), given.get("text", ""))


def _oldest(keys: list[str], text: str) -> str:
    if not keys:
        raise TranscriptError(f"lapor> {text}: nothing was sent that this could answer")
    return keys.pop(0)
