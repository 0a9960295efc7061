"""Counters for Prometheus; every label has a closed set of values, none of them from a citizen."""

import os
from typing import Final

from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Gauge, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from bot.health import Health
from conversations.complaint import COMPLAINT

TYPE: Final = CONTENT_TYPE_LATEST

TURNS: Final = Counter("lapor_turns", "Messages of citizens that were taken.", ("channel",))
ANSWERS: Final = Counter(
    "lapor_answers", "Answers given: ride in the webhook's response, or by the outbox.", ("channel", "way")
)
REJECTED: Final = Counter("lapor_rejected_requests", "Webhook requests not taken.", ("route", "reason"))
IGNORED: Final = Counter("lapor_ignored_messages", "Messages acknowledged but of no use to us.", ("route",))
CASE_EVENTS: Final = Counter("lapor_case_events", "Events of the case backend that were taken.", ("type",))
RECEIPTS: Final = Counter("lapor_receipts", "Delivery reports of the providers.", ("provider", "status"))
THROTTLED: Final = Counter("lapor_throttled", "Messages beyond a citizen's quota, left unanswered.", ("channel",))
STATES: Final = Counter("lapor_states", "Citizens who reached a state of the dialog.", ("state",))
DONE: Final = Counter("lapor_tasks", "Tasks of the outbox that were carried out.", ("action",))
RETRIES: Final = Counter("lapor_retries", "Tasks of the outbox put off after a failure.", ("action",))
PARKED: Final = Counter("lapor_parked", "Tasks and messages that were parked.", ("action",))
FILINGS: Final = Counter("lapor_filings", "Reports handed to the case backend.", ("outcome",))

# Looked up once: finding a counter by its labels costs more than counting.
_REACHED: Final = {state.name: STATES.labels(state.name) for state in COMPLAINT}


def count_move(before: str, after: str) -> None:
    """Count that a citizen reached a state of the dialog."""
    if after != before and after in _REACHED:
        _REACHED[after].inc()


def gauges(note: Health | None) -> bytes:
    """Return how the work stands, as the workers told last, in the text format of Prometheus."""
    registry = CollectorRegistry()
    for name, what, value in (
        ("lapor_workers", "Workers that are alive.", note.workers if note else 0),
        ("lapor_outbox_waiting", "Tasks in the outbox.", note.waiting if note else None),
        (
            "lapor_outbox_overdue_seconds",
            "By how much the most overdue task is late.",
            note.oldest if note else None,
        ),
        ("lapor_parked_tasks", "Tasks and messages that are parked.", note.parked if note else None),
        ("lapor_backend_up", "Whether the case backend took what it was last given.", _up(note)),
    ):
        if value is not None:
            Gauge(name, what, registry=registry).set(value)
    return generate_latest(registry)


def _up(note: Health | None) -> int | None:
    return None if note is None or note.backend == "unknown" else int(note.backend == "ok")


def exposition() -> bytes:
    """Return all counters in the text format of Prometheus.

    They are those of every process that writes to PROMETHEUS_MULTIPROC_DIR, where that is set.
    """
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)
