"""A case backend of the stranger's own: it speaks lapor-case-api.yaml, and holds the bot to it."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import jsonschema_rs
import yaml

from tests.stranger.doubles import CUT, Answer, Asked, Double, Trouble

DOCUMENT = yaml.safe_load((Path(__file__).parents[2] / "docs" / "lapor-case-api.yaml").read_text())
PATHS = DOCUMENT["paths"]


def schema(part: dict[str, Any]) -> jsonschema_rs.Validator:
    """Return what holds a body to a schema of the document."""
    return jsonschema_rs.validator_for({**part, "components": DOCUMENT["components"]}, validate_formats=True)


def _posted(path: str, method: str = "post") -> jsonschema_rs.Validator:
    return schema(PATHS[path][method]["requestBody"]["content"]["application/json"]["schema"])


REPORT = _posted("/v1/reports")
REPLY = _posted("/v1/reports/{id}/replies")
RATING = _posted("/v1/reports/{id}/rating", "put")

Body = dict[str, Any]


@dataclass(frozen=True)
class Told:
    """What a citizen told the agency through the bot: a reply or a rating of a report, with its key."""

    report_id: str
    key: str
    body: Body


class Office(Double):
    """Takes reports, each once per Idempotency-Key; `undecided` addresses get their tracking id later.

    `breaches` are the requests that the document does not allow.
    """

    def __init__(self, token: str) -> None:
        super().__init__()
        self._token = token
        self._numbers = count(9_170_001)
        self.bodies: dict[str, Body] = {}
        self.reports: dict[str, Body] = {}
        self.files: dict[str, bytes] = {}
        self.replies: dict[str, Told] = {}
        self.ratings: list[Told] = []
        self.undecided: set[str] = set()
        self.breaches: list[str] = []
        self.events: list[Body] = []
        self._events = count(1)

    def who(self, asked: Asked) -> str:
        return str(asked.json()["reporter"]["address"]) if asked.path == "/v1/reports" else ""

    def filed(self, address: str) -> list[Body]:
        """Return the reports of a citizen, as they were filed."""
        with self.lock:
            return [body for body in self.bodies.values() if body["reporter"]["address"] == address]

    def report(self, address: str) -> Body:
        """Return the only report of a citizen, as the office knows it."""
        (key,) = (key for key, body in self.bodies.items() if body["reporter"]["address"] == address)
        return self.reports[key]

    def keys(self, address: str) -> list[str]:
        """Return the keys of a citizen's attempts to file, in order."""
        asked = [each for each in list(self.asked) if each.path == "/v1/reports" and self.who(each) == address]
        return [each.headers["Idempotency-Key"] for each in asked]

    def event(self, address: str, kind: str, sequence: int = 1, **more: object) -> Body:
        """Return an event of a citizen's only report, not yet sent to anybody."""
        report = self.report(address)
        known = {"report_id": report["report_id"], "tracking_id": report["tracking_id"], "status": "submitted"}
        head = {"event_id": f"E-{next(self._events)}", "type": kind, "sequence": sequence}
        return {**known, **head, "occurred_at": datetime.now(UTC).isoformat(), **more}

    def told(self, report_id: str) -> list[Told]:
        """Return what was replied to a report."""
        with self.lock:
            return [each for each in self.replies.values() if each.report_id == report_id]

    def rated(self, report_id: str) -> list[Body]:
        """Return the ratings of a report."""
        with self.lock:
            return [each.body for each in self.ratings if each.report_id == report_id]

    def take(self, asked: Asked) -> Answer:
        if asked.headers.get("Authorization") != f"Bearer {self._token}":
            return _problem(401)
        match asked.method, asked.path.strip("/").split("/"):
            case "POST", ["v1", "reports"]:
                return self._file(asked)
            case "GET", ["v1", "reports", "by-key", key]:
                return Answer(200, self.reports[key]) if key in self.reports else _problem(404)
            case "POST", ["v1", "reports", report_id, "replies"]:
                return self._reply(asked, report_id)
            case "PUT", ["v1", "reports", report_id, "rating"]:
                return self._rate(asked, report_id)
            case "POST", ["v1", "attachments"]:
                return self._store(asked)
            case "GET", ["v1", "events"]:
                return Answer(200, self._page(int(asked.fields["after"] or "0")))
            case _:
                return self._breach(asked, "no such path")

    def _file(self, asked: Asked) -> Answer:
        key, body = str(UUID(asked.headers["Idempotency-Key"])), asked.json()
        if not REPORT.is_valid(body):
            return self._breach(asked, "no NewReport")
        if key in self.bodies:
            same = self.bodies[key] == body
            return Answer(200, self.reports[key], {"Idempotency-Replayed": "true"}) if same else _problem(409)
        number = str(next(self._numbers))
        late = body["reporter"]["address"] in self.undecided
        self.bodies[key] = body
        self.reports[key] = {
            "report_id": f"R-{number}",
            "tracking_id": None if late else number,
            "status": "submitted",
            "updated_at": datetime.now(UTC).isoformat(),
        }
        return Answer(202 if late else 201, self.reports[key])

    def _reply(self, asked: Asked, report_id: str) -> Answer:
        key = asked.headers["Idempotency-Key"]
        if not REPLY.is_valid(asked.json()):
            return self._breach(asked, "no reply")
        again = key in self.replies
        self.replies.setdefault(key, Told(report_id, key, asked.json()))
        return Answer(200 if again else 201, self._by_id(report_id))

    def _rate(self, asked: Asked, report_id: str) -> Answer:
        if not RATING.is_valid(asked.json()):
            return self._breach(asked, "no rating")
        self.ratings.append(Told(report_id, "", asked.json()))
        return Answer(204)

    def _store(self, asked: Asked) -> Answer:
        again = asked.headers["Idempotency-Key"] in self.files
        self.files[asked.headers["Idempotency-Key"]] = asked.body
        return Answer(200 if again else 201, {"attachment_id": f"A/{asked.headers['Idempotency-Key']}"})

    def _page(self, after: int) -> Body:
        return {"events": self.events[after:], "next": str(len(self.events))}

    def _by_id(self, report_id: str) -> Body:
        return next(each for each in self.reports.values() if each["report_id"] == report_id)

    def _breach(self, asked: Asked, what: str) -> Answer:
        self.breaches.append(f"{what}: {asked.method} {asked.path} {asked.body.decode(errors='replace')}")
        return _problem(400)


def _problem(status: int, *fields: str) -> Answer:
    errors = [{"field": field, "code": "invalid"} for field in fields]
    problem = {"type": "about:blank", "title": "no", "status": status, "errors": errors}
    return Answer(status, problem, {"Content-Type": "application/problem+json"})


REFUSAL = Trouble(_problem(422, "place.text"))
FAILURE = Trouble(_problem(500))
UNAVAILABLE = Trouble(_problem(503))
LOST = Trouble(CUT, takes=True)
LATE = Trouble(takes=True, seconds=5.0)


def together(number: int, act: Callable[[], None]) -> Trouble:
    """Take reports, and when so many are taken let `act` run before any connection is closed unanswered."""
    barrier = threading.Barrier(number, action=act)
    return Trouble(CUT, takes=True, then=barrier.wait)
