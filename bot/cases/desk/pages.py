"""The officer's pages: sign in, see the queue, work on a report."""

import secrets
import time
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final, get_args
from uuid import UUID

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from werkzeug.wrappers import Response as AnyResponse

from bot.cases.desk.catalog import agencies
from bot.cases.desk.docket import Docket
from bot.cases.desk.forms import Unclear, read_move
from bot.cases.desk.refusals import Idle, Occupied
from bot.cases.desk.visits import Visits
from bot.guard import Guesses, check_form, same
from conversations.events import Status

NONCE_LIMIT: Final = 64

pages = Blueprint("pages", __name__)


@pages.before_request
def admit() -> AnyResponse | None:
    """Let only officers in; without a password there are no pages."""
    if not current_app.config["PASSWORD"]:
        abort(HTTPStatus.NOT_FOUND)
    if request.method == "POST":
        check_form()
    if not _signed_in() and request.endpoint != "pages.sign_in":
        session.pop("officer", None)
        return redirect(url_for("pages.sign_in"))
    return None


@pages.route("/masuk", methods=["GET", "POST"])
def sign_in() -> AnyResponse | tuple[str, int]:
    """Sign an officer in."""
    if request.method == "GET":
        return _page("sign_in.html", HTTPStatus.OK)
    guesses: Guesses = current_app.extensions["guesses"]
    who, now = request.remote_addr or "", time.monotonic()
    if not guesses.allowed(who, now):
        return _page("sign_in.html", HTTPStatus.TOO_MANY_REQUESTS, why="often")
    if not same(request.form.get("password", ""), current_app.config["PASSWORD"]):
        return _page("sign_in.html", HTTPStatus.UNAUTHORIZED, why="password")
    guesses.right(who)
    _visits().end(str(session.get("officer", "")))
    session.clear()  # what was in the browser before, a stranger may have put there
    session["officer"] = _visits().begin(datetime.now(UTC))
    session.permanent = True
    return redirect(url_for("pages.queue"), HTTPStatus.SEE_OTHER)


@pages.post("/keluar")
def sign_out() -> AnyResponse:
    """Sign the officer out, in every browser that has a copy of the cookie."""
    _visits().end(str(session.get("officer", "")))
    session.clear()
    return redirect(url_for("pages.sign_in"), HTTPStatus.SEE_OTHER)


@pages.get("/")
def home() -> AnyResponse:
    """Lead to the queue."""
    return redirect(url_for("pages.queue"))


@pages.get("/laporan")
def queue() -> tuple[str, int]:
    """Show the reports, newest first."""
    status = request.args.get("status", "")
    if status and status not in get_args(Status):
        abort(HTTPStatus.NOT_FOUND)
    page = request.args.get("halaman", 1, type=int)
    return _page("queue.html", HTTPStatus.OK, queue=_docket().queue(status, page), status=status)


@pages.get("/laporan/<uuid:report_id>")
def report(report_id: UUID) -> tuple[str, int]:
    """Show a report and what can be done with it."""
    return _report(report_id, HTTPStatus.OK)


@pages.post("/laporan/<uuid:report_id>/<action>")
def act(report_id: UUID, action: str) -> AnyResponse | tuple[str, int]:
    """Carry out what an officer filled in."""
    now = datetime.now(UTC)
    try:
        move = read_move(action, request.form, now.date())
        _docket().act(str(report_id), move, _nonce(), now)
    except KeyError:
        abort(HTTPStatus.NOT_FOUND)
    except Unclear as error:
        return _report(report_id, HTTPStatus.UNPROCESSABLE_ENTITY, error.why, action)
    except Occupied:
        return _report(report_id, HTTPStatus.CONFLICT, "occupied", action)
    except Idle:
        return _report(report_id, HTTPStatus.CONFLICT, "idle", action)
    flash(action)
    return redirect(url_for("pages.report", report_id=report_id), HTTPStatus.SEE_OTHER)


@pages.get("/lampiran/<uuid:attachment_id>")
def attachment(attachment_id: UUID) -> Response:
    """Hand out a file to save, never to show: it is a stranger's."""
    file, data = _docket().content(str(attachment_id))
    answer = Response(data, content_type=file.type)
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    answer.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return answer


def _docket() -> Docket:
    docket: Docket = current_app.extensions["docket"]
    return docket


def _visits() -> Visits:
    visits: Visits = current_app.extensions["visits"]
    return visits


def _signed_in() -> bool:
    ticket = str(session.get("officer", ""))
    return bool(ticket) and _visits().lasts(ticket, datetime.now(UTC))


def _report(report_id: UUID, status: HTTPStatus, why: str = "", action: str = "") -> tuple[str, int]:
    dossier = _docket().dossier(str(report_id))
    return _page("report.html", status, dossier=dossier, agencies=agencies(""), why=why, action=action)


def _nonce() -> str:
    nonce = request.form.get("nonce", "")
    if not (nonce.isascii() and nonce.isprintable() and 0 < len(nonce) <= NONCE_LIMIT):
        abort(HTTPStatus.BAD_REQUEST)
    return nonce


def _page(template: str, code: HTTPStatus, /, **values: object) -> tuple[str, int]:
    return render_template(template, nonce=secrets.token_urlsafe, **values), code
