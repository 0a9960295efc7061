"""The desk as a Flask application."""

import secrets
from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import Final
from zoneinfo import ZoneInfo

import structlog
from flask import Flask, Response, render_template, request
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from bot.cases.desk.api import api
from bot.cases.desk.catalog import category_name
from bot.cases.desk.database import Database
from bot.cases.desk.docket import Docket
from bot.cases.desk.ledger import Ledger
from bot.cases.desk.pages import pages
from bot.cases.desk.problems import STATUSES, problem, refused
from bot.cases.desk.refusals import Refusal
from bot.cases.desk.visits import SIGNED_IN, Visits
from bot.config import Desk
from bot.guard import Guesses, Sessions, harden, session_key, token
from bot.networks import Unproxied
from bot.tracing import where

BODY_LIMIT: Final = 262_144  # bytes; 8000 characters take up to 96,000 when all are escaped
JAKARTA: Final = ZoneInfo("Asia/Jakarta")

log = structlog.get_logger()


def create_desk(settings: Desk, framed_by: str = "", timezone: ZoneInfo = JAKARTA) -> Flask:
    """Build the desk: the case API under /v1 and the officer's pages.

    `framed_by` is an origin such as http://127.0.0.1:8000 whose pages may show the desk in a frame. Times on
    the pages are those of `timezone`. Raises sqlalchemy.exc.OperationalError when the database cannot be opened.
    """
    app = Flask(__name__)
    _configure(app, settings)
    database = Database(settings.database_url)
    app.extensions["database"] = database
    app.extensions["ledger"] = Ledger(database, auto=settings.tracking == "auto")
    app.extensions["docket"] = Docket(database)
    app.extensions["guesses"] = Guesses()
    app.extensions["visits"] = Visits(database)
    app.register_blueprint(api)
    app.register_blueprint(pages)
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(HTTPException, _failed)
    app.register_error_handler(OperationalError, _unavailable)
    app.register_error_handler(Exception, _broken)
    app.wsgi_app = Unproxied(app.wsgi_app, settings.proxies)  # type: ignore[method-assign]
    app.after_request(partial(harden, framed_by))
    app.add_template_filter(partial(_local, timezone), "local")
    app.add_template_filter(category_name)
    app.jinja_env.globals.update(csrf=token)
    return app


def _configure(app: Flask, settings: Desk) -> None:
    purpose = f"lapor desk session {settings.token}"
    app.secret_key = session_key(purpose, settings.password) if settings.password else secrets.token_bytes()
    app.session_interface = Sessions()
    app.config.update(
        API_TOKEN=settings.token,
        PASSWORD=settings.password,
        MAX_CONTENT_LENGTH=BODY_LIMIT,
        PERMANENT_SESSION_LIFETIME=SIGNED_IN,
        SESSION_COOKIE_NAME="desk",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
    )


def _local(timezone: ZoneInfo, at: datetime) -> datetime:
    return at.astimezone(timezone)


def _refused(refusal: Refusal) -> Response:
    return refused(refusal) if _for_program() else _error_page(STATUSES[type(refusal)])


def _failed(error: HTTPException) -> Response:
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    answer = problem(status) if _for_program() else _error_page(status)
    answer.headers.extend((name, value) for name, value in error.get_headers() if name in ("Allow", "Retry-After"))
    return answer


def _unavailable(_error: OperationalError) -> Response:
    status = HTTPStatus.SERVICE_UNAVAILABLE
    return problem(status) if _for_program() else _error_page(status)


def _broken(error: Exception) -> Response:
    # Flask would log the words of the error and the address, which are the citizen's or lead to the report.
    log.error("desk failed", error=type(error).__name__, where=where(error))
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return problem(status) if _for_program() else _error_page(status)


def _error_page(status: int) -> Response:
    return Response(render_template("error.html", status=status), status)


def _for_program() -> bool:
    return request.path.startswith("/v1/")
