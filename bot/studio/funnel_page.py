"""The studio's page of the funnel: where citizens stop, in numbers and in bars."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from http import HTTPStatus
from typing import Final, TypeAlias

import redis
from flask import Blueprint, abort, render_template, request

from bot.funnel import Counts, Row
from bot.studio.words import called
from conversations.channel import CHANNELS

SPANS: Final[Mapping[str, tuple[int, int]]] = {
    "hari-ini": (0, 0),
    "kemarin": (1, 1),
    "7-hari": (6, 0),
    "30-hari": (29, 0),
}
"""How many days ago a span begins and ends."""

USUAL: Final = "7-hari"

WIDE: Final = 1000
"""The width of the longest bar, in units of the drawing."""

SEEN: Final = 4
"""The width that a bar has at least, so that it can be seen."""

Read: TypeAlias = Callable[[date, date], Counts]


@dataclass(frozen=True, slots=True)
class Bar:
    """A state's numbers, and how wide each is drawn; `arrived` are those who need not go on."""

    row: Row
    arrived: int
    onward: int
    left: int
    failed: int


@dataclass(frozen=True, slots=True)
class Page:
    """Shows the funnel; `read` returns the numbers of the days between two, both included.

    `today` returns the day at the citizens', `names` what the languages call themselves, by code; the cards of the
    first are shown where none is chosen.
    """

    read: Read
    today: Callable[[], date]
    names: Callable[[], Mapping[str, str]]

    def show(self) -> tuple[str, HTTPStatus]:
        """Show what was asked for; while Redis does not answer, that there are no numbers."""
        span, channel, locale = (request.args.get(name, "") for name in ("waktu", "saluran", "bahasa"))
        span = span or USUAL
        if span not in SPANS or channel not in {"", *CHANNELS}:
            abort(HTTPStatus.NOT_FOUND)
        first, last = (self.today() - timedelta(days=days) for days in SPANS[span])
        names = self.names()
        code = locale if locale in names else next(iter(names))
        draw = partial(_drawn, first=first, last=last, span=span, channel=channel, locale=locale, card=code)
        try:
            counts = self.read(first, last)
        except redis.RedisError:
            return draw((), names), HTTPStatus.SERVICE_UNAVAILABLE
        languages = {**names, **{each: each for each in counts.languages if each not in names}}
        if locale not in {"", *languages}:
            abort(HTTPStatus.NOT_FOUND)
        return draw(counts.rows(channel, locale), languages), HTTPStatus.OK


def register(
    blueprint: Blueprint, read: Read, today: Callable[[], date], names: Callable[[], Mapping[str, str]]
) -> None:
    """Add the page to the studio, at /corong as `funnel`; what is given is what `Page` takes."""
    blueprint.add_url_rule("/corong", "funnel", Page(read, today, names).show)


def bars(rows: Sequence[Row]) -> tuple[Bar, ...]:
    """Return the bars of the states where anything happened, the longest of them WIDE."""
    shown = [row for row in rows if row.reached or row.failed]
    most = max((max(row.reached, row.failed) for row in shown), default=0)
    return tuple(Bar(row, *(_wide(number, most) for number in _parts(row))) for row in shown)


def _parts(row: Row) -> tuple[int, int, int, int]:
    if row.left is None:
        return row.reached, 0, 0, row.failed
    return 0, row.reached - row.left, row.left, row.failed


def _wide(number: int, most: int) -> int:
    return max(SEEN, round(number * WIDE / most)) if number else 0


def worst(rows: Sequence[Row]) -> tuple[Row | None, Row | None]:
    """Return the states where most citizens stopped, and where most were not understood; None where none were."""
    stopped = max(rows, key=lambda row: row.left or 0, default=None)
    failed = max(rows, key=lambda row: row.failed, default=None)
    return (
        stopped if stopped and stopped.left else None,
        failed if failed and failed.failed else None,
    )


def _drawn(rows: tuple[Row, ...], languages: Mapping[str, str], **chosen: object) -> str:
    drawn, (stopped, failed) = bars(rows), worst(rows)
    return render_template(
        "funnel.html",
        rows=rows, bars=drawn, stopped=stopped, failed=failed, spans=tuple(SPANS), channels=tuple(CHANNELS),
        languages=languages, called=called, wide=WIDE, **chosen,
    )  # fmt: skip
