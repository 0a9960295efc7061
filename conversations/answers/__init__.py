"""Readers of open answers.

A reader is called with what the citizen wrote and today's date, and returns the answer or a Problem.
"""

from datetime import date
from typing import Protocol, TypeAlias

from conversations.answers.assent import affirms, denies, skips, unsure
from conversations.answers.code import Code
from conversations.answers.counting import Stars, number, stars
from conversations.answers.day import Day, DayReader, find_day
from conversations.answers.normal import expand, normal
from conversations.answers.place import PlaceReader
from conversations.answers.problem import Problem
from conversations.answers.story import MOST_STORY, Story, is_story
from conversations.answers.tickets import ticket

Answer: TypeAlias = str | int | Day


class Reader(Protocol):
    """Reads an answer; `problems` are the names of all that it can find wrong with one."""

    @property
    def problems(self) -> tuple[str, ...]:
        """Return the names of the problems, which are keys of retry texts."""

    def __call__(self, text: str, today: date, /) -> Answer | Problem:
        """Return the answer, or why it is none."""


__all__ = [
    "MOST_STORY",
    "Answer",
    "Code",
    "Day",
    "DayReader",
    "PlaceReader",
    "Problem",
    "Reader",
    "Stars",
    "Story",
    "affirms",
    "denies",
    "expand",
    "find_day",
    "is_story",
    "normal",
    "number",
    "skips",
    "stars",
    "ticket",
    "unsure",
]
