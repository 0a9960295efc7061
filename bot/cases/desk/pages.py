"""The officer's pages: sign in, see the queue, work on a report."""

import secrets
import time
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final

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
from bot.cases.desk.guard import Guesses, check_form, same
from bot.cases.desk.refusals import Idle, Occupied

NONCE_LIMIT: Final = 64

pages = Blueprint("pages", __name__)


@pages.before_request
def admit() -> AnyResponse | None:
    """Let only officers in; without a password there are no pages."""
    if not current_app.config["PASSWORD"]:
        abort(HTTPStatus.NOT_FOUND)
    if request.method == "POST":
        check_form()
    if not session.get("officer") and request.endpoint != "pages.sign_in":
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
        guesses.failed(who, now)
        return _page("sign_in.html", HTTPStatus.UNAUTHORIZED, why="password")
    session.clear()
    session["officer"] = session.permanent = True
    return redirect(url_for("pages.queue"), HTTPStatus.SEE_OTHER)


@pages.post("/keluar")
def sign_out() -> AnyResponse:
    """Sign the officer out."""
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
    page = request.args.get("halaman", 1, type=int)
    return _page("queue.html", HTTPStatus.OK, queue=_docket().queue(status, page), status=status)


@pages.get("/laporan/<report_id>")
def report(report_id: str) -> tuple[str, int]:
    """Show a report and what can be done with it."""
    return _report(report_id, HTTPStatus.OK)


@pages.post("/laporan/<report_id>/<action>")
def act(report_id: str, action: str) -> AnyResponse | tuple[str, int]:
    """Carry out what an officer filled in."""
    now = datetime.now(UTC)
    try:
        move = read_move(action, request.form, now.date())
        _docket().act(report_id, move, _nonce(), now)
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


@pages.get("/lampiran/<attachment_id>")
def attachment(attachment_id: str) -> Response:
    """Hand out a file to save, never to show: it is a stranger's."""
    file, data = _docket().content(attachment_id)
    answer = Response(data, content_type=file.type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return answer


def _docket() -> Docket:
    docket: Docket = current_app.extensions["docket"]
    return docket


def _report(report_id: str, status: HTTPStatus, why: str = "", action: str = "") -> tuple[str, int]:
    dossier = _docket().dossier(report_id)
    return _page("report.html", status, dossier=dossier, agencies=agencies(""), why=why, action=action)


def _nonce() -> str:
    nonce = request.form.get("nonce", "")
    if not (nonce.isascii() and nonce.isprintable() and 0 < len(nonce) <= NONCE_LIMIT):
        abort(HTTPStatus.BAD_REQUEST)
    return nonce


def _page(template: str, code: HTTPStatus, /, **values: object) -> tuple[str, int]:
    return render_template(template, nonce=secrets.token_urlsafe, **values), code
