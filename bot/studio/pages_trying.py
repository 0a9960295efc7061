"""Trying words before they are published: a talk with the whole dialog, and recorded conversations."""

import re
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Final

from flask import Blueprint, abort, current_app, render_template, request

from bot.studio.page import edition, page, quick
from bot.studio.pages_words import broken
from bot.studio.sandbox import MOST_LINES, sandbox
from bot.studio.transcripts import names, run
from conversations import sms
from conversations.channel import CHANNELS
from conversations.transcript import Line

BUTTONS: Final = re.compile(r"(?:^|\n)((?:\[[^\[\]\n]+\] ?)+)$")
BUTTON: Final = re.compile(r"\[([^\[\]\n]+)\]")


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing on the screen: who said it, its text and the buttons below it; `cost` is what it takes by SMS."""

    who: str
    text: str
    buttons: tuple[str, ...] = ()
    cost: str = ""


def add(part: Blueprint) -> None:
    """Add these pages."""
    part.route("/<code>/coba", methods=["GET", "POST"])(talk)
    part.get("/<code>/percakapan")(transcripts)
    part.post("/<code>/percakapan/<int:place>")(play)


def talk(code: str) -> tuple[str, int]:
    """Talk to the dialog with the words of the draft; all that was said comes along with each request."""
    scripts = edition(code)
    if scripts is None:
        return broken(code)
    channel = request.form.get("channel", "sms")
    if channel not in CHANNELS:
        abort(HTTPStatus.BAD_REQUEST)
    lines = [] if "anew" in request.form else [line for line in request.form.getlist("line") if line.strip()]
    said = [turn_of(line, channel) for line in sandbox(scripts, channel, code, lines)]
    values = {"channel": channel, "lines": lines[:MOST_LINES], "said": said, "full": len(lines) >= MOST_LINES}
    if quick():
        return render_template("talk.html", code=code, **values), HTTPStatus.OK
    return page("sandbox.html", code, HTTPStatus.OK, **values)


def turn_of(line: Line, channel: str) -> Turn:
    """Return a line of a rehearsal as it stands on a screen."""
    if line.who != "bot>":
        return Turn(line.who, line.text)
    found = BUTTONS.search(line.text) if CHANNELS[channel].menu else None
    if found:
        return Turn(line.who, line.text[: found.start()], tuple(BUTTON.findall(found[1])))
    cost = f"{sms.septets(line.text)}/160, {sms.segments(line.text).count} SMS" if channel == "sms" else ""
    return Turn(line.who, line.text, cost=cost)


def transcripts(code: str) -> tuple[str, int]:
    """Show the recorded conversations, to be played with the draft."""
    return page("transcripts.html", code, recorded=_recorded())


def play(code: str, place: int) -> tuple[str, int]:
    """Play one recorded conversation; the answer asks for the next one by itself."""
    scripts = edition(code)
    known = names(_folder())
    if scripts is None or place >= len(known):
        abort(HTTPStatus.NOT_FOUND)
    result = run(_folder(), known[place], scripts)
    failed = request.form.get("failed", 0, type=int) + (not result.holds)
    further = place + 1 < len(known) and "all" in request.form
    about = _first_line(_folder() / result.name)
    values = {
        "place": place,
        "result": result,
        "about": about,
        "count": len(known),
        "failed": failed,
        "further": further,
    }
    if quick():
        return render_template("played.html", code=code, **values), HTTPStatus.OK
    return page("transcripts.html", code, HTTPStatus.OK, recorded=_recorded(), **values)


def _recorded() -> list[tuple[str, str]]:
    """Return the recorded conversations by name, each with its first line, which says what happens in it."""
    folder = _folder()
    return [(name, _first_line(folder / name)) for name in names(folder)]


def _first_line(path: Path) -> str:
    with path.open(encoding="utf-8", errors="replace") as file:
        return file.readline().lstrip("# ").strip()


def _folder() -> Path:
    folder: Path = current_app.config["TRANSCRIPTS"]
    return folder
