"""The case API over HTTP: lapor-case-api.yaml."""

import uuid
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final, TypeVar

import msgspec
from flask import Blueprint, Response, current_app, request

from bot.cases.desk.catalog import agencies, categories
from bot.cases.desk.files import SIZE_LIMIT
from bot.cases.desk.ledger import Ledger, Taken
from bot.cases.desk.problems import fault_of, problem
from bot.cases.desk.refusals import Missing, Unreadable, Wrong
from bot.cases.port import Report
from bot.cases.wire import EventPage, Fault, NewReply, NewReport, Rating, Stored
from bot.guard import same

Form = TypeVar("Form")

KEY_LIMIT: Final = 200
MULTIPART_OVERHEAD: Final = 16_384

api = Blueprint("api", __name__, url_prefix="/v1")


@api.before_request
def authorize() -> Response | None:
    """Let nobody in without the token; without a token nobody at all."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    expected = current_app.config["API_TOKEN"]
    if expected and scheme.lower() == "bearer" and same(token, expected):
        return None
    return problem(HTTPStatus.UNAUTHORIZED)


@api.post("/reports")
def file_report() -> Response:
    """File a report."""
    key = _submission_id(request.headers.get("Idempotency-Key", ""))
    if key is None:
        raise Wrong(Fault("Idempotency-Key", "invalid"))
    taken = _ledger().file(key, _read(NewReport), datetime.now(UTC))
    return _answer(taken, HTTPStatus.CREATED if taken.answer.tracking_id else HTTPStatus.ACCEPTED)


@api.get("/reports/by-key/<key>")
def report_by_key(key: str) -> Response:
    """Tell what became of an attempt to file."""
    submission_id = _submission_id(key)
    if submission_id is None:
        raise Missing
    return _json(_ledger().by_key(submission_id))


@api.get("/reports/<name>")
def report(name: str) -> Response:
    """Tell a report by its report id or tracking id."""
    return _json(_ledger().find(name))


@api.post("/reports/<name>/replies")
def reply(name: str) -> Response:
    """Take the citizen's answer to the agency."""
    key = _key()
    return _answer(_ledger().reply(name, key, _read(NewReply), datetime.now(UTC)), HTTPStatus.CREATED)


@api.put("/reports/<name>/rating")
def rate(name: str) -> Response:
    """Record whether it was solved."""
    _ledger().rate(name, _read(Rating), datetime.now(UTC))
    return Response(status=HTTPStatus.NO_CONTENT)


@api.post("/attachments")
def attach() -> Response:
    """Store a file."""
    request.max_content_length = SIZE_LIMIT + MULTIPART_OVERHEAD
    key = _key()
    if request.mimetype != "multipart/form-data":
        raise Unreadable
    file = request.files.get("file")
    if file is None:
        raise Wrong(Fault("file", "required"))
    return _answer(_ledger().attach(key, file.read(), datetime.now(UTC)), HTTPStatus.CREATED)


@api.get("/events")
def events() -> Response:
    """List events after a cursor."""
    try:
        limit = int(request.args.get("limit", "100"))
    except ValueError:
        raise Wrong(Fault("limit", "invalid")) from None
    found, cursor = _ledger().events(request.args.get("after", ""), limit)
    return _json(EventPage(tuple(found), cursor))


@api.get("/categories")
def list_categories() -> Response:
    """List the categories."""
    return _json(categories())


@api.get("/agencies")
def list_agencies() -> Response:
    """List the agencies, best match first."""
    return _json(agencies(request.args.get("query", ""), request.args.get("region_code", "")))


def _ledger() -> Ledger:
    ledger: Ledger = current_app.extensions["ledger"]
    return ledger


def _read(form: type[Form]) -> Form:
    if not request.is_json:
        raise Unreadable
    try:
        return msgspec.json.decode(request.get_data(), type=form)
    except (ValueError, RecursionError) as error:
        raise Wrong(fault_of(error)) from None


def _key() -> str:
    key = request.headers.get("Idempotency-Key", "")
    if not (key.isascii() and key.isprintable() and 0 < len(key) <= KEY_LIMIT):
        raise Wrong(Fault("Idempotency-Key", "invalid"))
    return key


def _submission_id(text: str) -> str | None:
    try:
        return str(uuid.UUID(text))
    except ValueError:
        return None


def _answer(taken: Taken[Report] | Taken[Stored], status: HTTPStatus) -> Response:
    answer = _json(taken.answer, HTTPStatus.OK if taken.again else status)
    if taken.again:
        answer.headers["Idempotency-Replayed"] = "true"
    return answer


def _json(value: object, status: HTTPStatus = HTTPStatus.OK) -> Response:
    return Response(msgspec.json.encode(value), status, content_type="application/json")
