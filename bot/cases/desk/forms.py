"""Reading what an officer filled in."""

from collections.abc import Mapping
from datetime import date
from typing import Final, get_args

from bot.cases.desk.moves import Move
from conversations.events import Status

MESSAGE_LIMIT: Final = 2000
AGENCY_LIMIT: Final = 200
TRACKING_LENGTHS: Final = range(4, 13)  # seven digits today, eight one day

Fields = Mapping[str, str]


class Unclear(Exception):
    """The form cannot be carried out; `why` names the sentence that the page says."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def read_move(action: str, fields: Fields, today: date) -> Move:
    """Return the change that a form asks for; raises Unclear, and KeyError for a form that there is not."""
    return _READERS[action](fields, today)


def _number(fields: Fields, _today: date) -> Move:
    number = fields.get("tracking_id", "").strip().lstrip("#")
    if not (number.isascii() and number.isdecimal() and len(number) in TRACKING_LENGTHS):
        raise Unclear("number")
    return Move("tracking_id_assigned", tracking_id=number)


def _status(fields: Fields, today: date) -> Move:
    chosen = next((status for status in get_args(Status) if status == fields.get("status")), None)
    if chosen is None:
        raise Unclear("status")
    agency = _text(fields, "agency", AGENCY_LIMIT) or None
    message = _text(fields, "message", MESSAGE_LIMIT) or None
    return Move("status_changed", chosen, agency=agency, message=message, closes_on=_day(fields, today))


def _question(fields: Fields, _today: date) -> Move:
    return Move("agency_question", message=_message(fields))


def _message_only(fields: Fields, _today: date) -> Move:
    return Move("agency_message", message=_message(fields))


def _warning(fields: Fields, today: date) -> Move:
    closes_on = _day(fields, today)
    if closes_on is None:
        raise Unclear("day")
    return Move("closing_soon", message=_text(fields, "message", MESSAGE_LIMIT) or None, closes_on=closes_on)


_READERS: Final = {
    "nomor": _number,
    "status": _status,
    "pertanyaan": _question,
    "pesan": _message_only,
    "peringatan": _warning,
}


def _message(fields: Fields) -> str:
    message = _text(fields, "message", MESSAGE_LIMIT)
    if not message:
        raise Unclear("message")
    return message


def _text(fields: Fields, name: str, limit: int) -> str:
    lines = fields.get(name, "").splitlines()  # browsers end lines with CR LF
    text = "\n".join("".join(c if c.isprintable() else " " for c in line).rstrip() for line in lines).strip()
    if len(text) > limit:
        raise Unclear("long")
    return text


def _day(fields: Fields, today: date) -> date | None:
    given = fields.get("closes_on", "").strip()
    if not given:
        return None
    try:
        day = date.fromisoformat(given)
    except ValueError:
        raise Unclear("day") from None
    if day < today:
        raise Unclear("past")
    return day
