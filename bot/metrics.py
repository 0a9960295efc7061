"""Counters for Prometheus; every label has a closed set of values, none of them from a citizen."""

import os
from typing import Final

from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

TYPE: Final = CONTENT_TYPE_LATEST

TURNS: Final = Counter("lapor_turns", "Messages of citizens that were taken.", ("channel",))
ANSWERS: Final = Counter(
    "lapor_answers", "Answers given: ride in the webhook's response, or by the outbox.", ("channel", "way")
)
REJECTED: Final = Counter("lapor_rejected_requests", "Webhook requests not taken.", ("route", "reason"))
IGNORED: Final = Counter("lapor_ignored_messages", "Messages acknowledged but of no use to us.", ("route",))
CASE_EVENTS: Final = Counter("lapor_case_events", "Events of the case backend that were taken.", ("type",))
RECEIPTS: Final = Counter("lapor_receipts", "Delivery reports of the providers.", ("provider", "status"))


def exposition() -> bytes:
    """Return all counters in the text format of Prometheus.

    They are those of every process that writes to PROMETHEUS_MULTIPROC_DIR, where that is set.
    """
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)
