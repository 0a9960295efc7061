"""The studio as a Flask application: administrators change what the bot says, and see it before citizens do."""

import time
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from http import HTTPStatus
from typing import Final
from zoneinfo import ZoneInfo

import structlog
from flask import Blueprint, Flask, Response, redirect, render_template, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.sansio.response import Response as AnyResponse

from bot.config import Settings
from bot.guard import Guesses, Sessions, check_form, harden, session_key, token
from bot.networks import Unproxied
from bot.studio import (
    funnel_page,
    pages_diagram,
    pages_draft,
    pages_edit,
    pages_history,
    pages_trying,
    pages_words,
    visits,
)
from bot.studio.funnel_page import Read
from bot.studio.words import WORDS, called
from bot.studio.workshop import Workshop
from bot.tracing import where

PATH: Final = "/studio"
BODY_LIMIT: Final = 1_048_576  # bytes; a whole locale file in a form is 60,000
PAGES: Final = (pages_words, pages_edit, pages_draft, pages_history, pages_trying, pages_diagram)
TABS: Final = (
    ("studio.words", "Kartu"),
    ("studio.diagram", "Diagram"),
    ("studio.talk", "Coba bicara"),
    ("studio.transcripts", "Percakapan"),
    ("studio.history", "Riwayat"),
)
OPEN: Final = frozenset({"studio.sign_in"})

log = structlog.get_logger()


def create_studio(
    settings: Settings,
    live: Callable[[], str] = lambda: "ok",
    read: Read | None = None,
    clock: Callable[[], float] = time.time,
) -> Flask:
    """Build the studio for the locale files of the settings.

    `live` tells whether the files as they are saved are in use, `ok` or why not; `read` returns the numbers of the
    funnel from one day to another, both included; without it there is no page of the funnel.
    `clock` returns unix seconds.
    """
    app = Flask(__name__, static_url_path=f"{PATH}/static")
    _configure(app, settings)
    app.config["CLOCK"] = clock
    now = partial(datetime.now, settings.timezone)
    workshop = Workshop(settings.locales_dir, settings.default_locale, clock=now)
    app.extensions.update(workshop=workshop, guesses=Guesses())
    part = _pages()
    if read:
        funnel_page.register(part, read, partial(_today, settings.timezone), partial(_names, workshop))
    app.register_blueprint(part)
    for kind, answer in ((HTTPException, _failed), (OSError, _unwritable), (Exception, _broken)):
        app.register_error_handler(kind, answer)
    app.after_request(partial(harden, "", scripts="'self'"))
    app.wsgi_app = Unproxied(app.wsgi_app, settings.proxies)  # type: ignore[method-assign]
    app.add_template_filter(partial(_local, settings.timezone), "local")
    app.jinja_env.globals.update(
        csrf=token, who=visits.who, words=WORDS, called=called, tabs=TABS, live=live, has_funnel=read is not None
    )
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.secret_key = session_key("lapor studio session", settings.studio.password)
    app.session_interface = Sessions()
    app.config.update(
        PASSWORD=settings.studio.password,
        TRANSCRIPTS=settings.studio.transcripts,
        MAX_CONTENT_LENGTH=BODY_LIMIT,
        MAX_FORM_MEMORY_SIZE=BODY_LIMIT,
        PERMANENT_SESSION_LIFETIME=visits.SIGNED_IN,
        SESSION_COOKIE_NAME="studio",
        SESSION_COOKIE_PATH=PATH,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
    )


def _pages() -> Blueprint:
    part = Blueprint("studio", __name__, url_prefix=PATH)
    part.before_request(_admit)
    part.route("/masuk", methods=["GET", "POST"])(visits.sign_in)
    part.post("/keluar")(visits.sign_out)
    for pages in PAGES:
        pages.add(part)
    return part


def _admit() -> AnyResponse | None:
    """Let only administrators in; a forged form nobody."""
    if not visits.who() and request.endpoint not in OPEN:
        return _shown_the_door()
    if request.method == "POST":
        check_form()
    return None


def _shown_the_door() -> AnyResponse:
    """Lead to the sign-in; htmx would put the answer to a redirect into a piece of the page."""
    door = url_for("studio.sign_in")
    if "HX-Request" in request.headers:
        return Response(status=HTTPStatus.NO_CONTENT, headers={"HX-Redirect": door})
    return redirect(door)


def _today(timezone: ZoneInfo) -> date:
    return datetime.now(timezone).date()


def _names(workshop: Workshop) -> dict[str, str]:
    return {each.code: each.name for each in workshop.languages()}


def _local(timezone: ZoneInfo, at: datetime) -> datetime:
    return at.astimezone(timezone)


def _failed(error: HTTPException) -> AnyResponse | tuple[str, int]:
    if error.response is not None:
        return error.response
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    return render_template("error.html", status=status), status


def _unwritable(error: OSError) -> tuple[str, int]:
    """Say that drafts or files cannot be written, or are being written by another process."""
    log.error("studio_not_written", error=type(error).__name__, file=str(error.filename or ""))
    status = HTTPStatus.SERVICE_UNAVAILABLE
    return render_template("error.html", status=status, why="unwritable"), status


def _broken(error: Exception) -> tuple[str, int]:
    log.error("studio_failed", error=type(error).__name__, where=where(error))
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return render_template("error.html", status=status), status
