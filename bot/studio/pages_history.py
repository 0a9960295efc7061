"""What was published before: who changed what and when, and one click to have an earlier state again."""

from http import HTTPStatus

from flask import Blueprint, abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from bot.studio.differences import changes, unified
from bot.studio.history import NoRevision
from bot.studio.page import SEE_OTHER, page, workshop
from bot.studio.visits import who
from bot.studio.workshop import Clash, NoLanguage, Unchanged
from conversations.checking import BrokenScripts, Finding


def add(part: Blueprint) -> None:
    """Add these pages."""
    part.get("/<code>/riwayat")(history)
    part.get("/<code>/riwayat/<revision>")(earlier)
    part.post("/<code>/riwayat/<revision>")(restore)


def history(code: str) -> tuple[str, int]:
    """Show the published states of a language, newest first."""
    return _history(code, HTTPStatus.OK)


def earlier(code: str, revision: str) -> tuple[str, int]:
    """Show what would be different if an earlier state were published again."""
    kept = workshop()
    try:
        now, then = kept.published(code).text, kept.at(code, revision)
        found = next((each for each in kept.history(code) if each.id == revision), None)
    except (NoLanguage, NoRevision):
        abort(HTTPStatus.NOT_FOUND)
    lines = unified(now, then, f"{code}.toml")
    mark = kept.published(code).mark
    return page(
        "earlier.html", code, revision=revision, found=found, changes=changes(now, then), lines=lines, mark=mark
    )


def restore(code: str, revision: str) -> AnyResponse | tuple[str, int]:
    """Publish an earlier state again, unless somebody published since the page was shown."""
    try:
        workshop().restore(code, revision, who(), request.form.get("mark", ""))
    except (NoLanguage, NoRevision):
        abort(HTTPStatus.NOT_FOUND)
    except Clash:
        return _history(code, HTTPStatus.CONFLICT, clash=True)
    except BrokenScripts as error:
        return _history(code, HTTPStatus.UNPROCESSABLE_ENTITY, wrong=error.findings)
    except Unchanged:
        flash("same")
    else:
        flash("restored")
    return redirect(url_for("studio.history", code=code), SEE_OTHER)


def _history(
    code: str, status: HTTPStatus, *, clash: bool = False, wrong: tuple[Finding, ...] = ()
) -> tuple[str, int]:
    try:
        revisions, mark = workshop().history(code), workshop().published(code).mark
    except NoLanguage:
        abort(HTTPStatus.NOT_FOUND)
    return page("history.html", code, status, revisions=revisions, mark=mark, clash=clash, wrong=wrong)
