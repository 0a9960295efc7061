"""Answers that say why a request was refused (RFC 9457)."""

import re
from http import HTTPStatus
from typing import Final

import msgspec
from flask import Response

from bot.cases.desk.refusals import Conflict, Idle, Missing, Occupied, Refusal, TooLarge, Unreadable, Wrong
from bot.cases.wire import Fault, Problem

STATUSES: Final[dict[type[Refusal], HTTPStatus]] = {
    Missing: HTTPStatus.NOT_FOUND,
    Conflict: HTTPStatus.CONFLICT,
    Occupied: HTTPStatus.CONFLICT,
    Idle: HTTPStatus.CONFLICT,
    TooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Unreadable: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    Wrong: HTTPStatus.UNPROCESSABLE_ENTITY,
}

_MISSING = re.compile(r"Object missing required field `(\w+)`(?: - at `\$\.?([^`]*)`)?")
_PLACE = re.compile(r" - at `\$\.?([^`]*)`$")


def problem(status: int, faults: tuple[Fault, ...] = ()) -> Response:
    """Answer with a problem."""
    body = Problem(status, HTTPStatus(status).phrase, errors=faults)
    answer = Response(msgspec.json.encode(body), status, content_type="application/problem+json")
    if status == HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = "Bearer"
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        answer.headers["Retry-After"] = "1"
    return answer


def refused(refusal: Refusal) -> Response:
    """Answer for what the ledger refused."""
    return problem(STATUSES[type(refusal)], refusal.faults if isinstance(refusal, Wrong) else ())


def fault_of(error: Exception) -> Fault:
    """Say which field of a body could not be read; msgspec tells it in its message only."""
    text = str(error)
    if missing := _MISSING.search(text):
        return Fault(".".join(filter(None, (missing[2], missing[1]))), "required")
    if place := _PLACE.search(text):
        return Fault(place[1], "invalid", _PLACE.sub("", text))
    return Fault("", "unreadable")
