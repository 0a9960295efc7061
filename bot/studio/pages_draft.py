"""What becomes of a draft: looked through, published, thrown away, put on top of what somebody else published."""

from http import HTTPStatus

from flask import Blueprint, abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from bot.studio.page import SEE_OTHER, page, workshop
from bot.studio.pages_words import broken
from bot.studio.visits import plain_line, who
from bot.studio.workshop import Clash, NoLanguage, Unchanged
from conversations.checking import BrokenScripts, Finding

NOTE: int = 200  # characters


def add(part: Blueprint) -> None:
    """Add these pages."""
    part.get("/<code>/perubahan")(review)
    part.post("/<code>/terbitkan")(publish)
    part.post("/<code>/buang")(discard)
    part.post("/<code>/gabung")(merge)


def review(code: str) -> AnyResponse | tuple[str, int]:
    """Show what the draft changes, and what is wrong with it, before it is published."""
    return _review(code, HTTPStatus.OK)


def publish(code: str) -> AnyResponse | tuple[str, int]:
    """Publish the draft; where somebody was faster, show both and overwrite nothing."""
    note = plain_line(request.form.get("note", ""), NOTE)
    try:
        workshop().publish(code, who(), note)
    except NoLanguage:
        abort(HTTPStatus.NOT_FOUND)
    except Clash as clash:
        return _clash(code, clash)
    except BrokenScripts as error:
        return _review(code, HTTPStatus.UNPROCESSABLE_ENTITY, error.findings)
    except Unchanged:
        flash("same")
        return redirect(url_for("studio.words", code=code), SEE_OTHER)
    flash("published")
    return redirect(url_for("studio.history", code=code), SEE_OTHER)


def discard(code: str) -> AnyResponse:
    """Throw the draft away."""
    try:
        workshop().discard(code, who())
    except NoLanguage:
        abort(HTTPStatus.NOT_FOUND)
    flash("taken" if "taken" in request.form else "discarded")
    return redirect(url_for("studio.words", code=code), SEE_OTHER)


def merge(code: str) -> AnyResponse | tuple[str, int]:
    """Put the draft on top of what was published meanwhile."""
    try:
        workshop().rebase(code, who())
    except NoLanguage:
        abort(HTTPStatus.NOT_FOUND)
    except BrokenScripts:
        return broken(code)
    flash("merged")
    return redirect(url_for("studio.review", code=code), SEE_OTHER)


def _review(code: str, status: HTTPStatus, wrong: tuple[Finding, ...] = ()) -> AnyResponse | tuple[str, int]:
    kept = workshop()
    try:
        draft = kept.draft(code, who())
    except NoLanguage:
        abort(HTTPStatus.NOT_FOUND)
    if draft.behind:
        return _clash(code, kept.clash(code, who()))
    changes, lines = kept.diff(code, who()), kept.udiff(code, who())
    findings = wrong or kept.findings(code, who())
    return page("review.html", code, status, draft=draft, changes=changes, lines=lines, findings=findings)


def _clash(code: str, clash: Clash) -> tuple[str, int]:
    """Show what somebody published meanwhile beside what the draft changes."""
    mine = workshop().mine(code, who())
    theirs = {(each.section, each.name, each.channel) for each in clash.changes}
    both = {each for each in theirs if each in {(one.section, one.name, one.channel) for one in mine}}
    return page("clash.html", code, HTTPStatus.CONFLICT, clash=clash, mine=mine, both=both)
