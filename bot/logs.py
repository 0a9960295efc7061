"""Structured logs: one JSON object a line on standard error, never a text or a number of a citizen's."""

import logging
import sys

import structlog


def configure() -> None:
    """Set logging up for a process of ours."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    # httpx and the Telegram library log addresses, which hold secrets and numbers.
    for name in ("httpx", "httpcore", "telegram", "twilio", "urllib3"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
