"""Who is signed in to the studio: a cookie that is signed, names the administrator and ends by itself."""

import time
from http import HTTPStatus
from typing import Final

from flask import current_app, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from bot.guard import Guesses, same

SIGNED_IN: Final = 36_000  # seconds
NAME: Final = 40  # characters


def who() -> str:
    """Return the name of the administrator, empty where nobody is signed in or the visit is over."""
    began = session.get("began")
    if not isinstance(began, int) or not 0 <= _now() - began < SIGNED_IN:
        return ""
    return str(session.get("who", ""))


def sign_in() -> AnyResponse | tuple[str, int]:
    """Sign an administrator in by a name of their own and the password of the studio."""
    if request.method == "GET":
        return _form(HTTPStatus.OK)
    guesses: Guesses = current_app.extensions["guesses"]
    address, now = request.remote_addr or "", time.monotonic()
    name = plain_line(request.form.get("name", ""), NAME)
    if not name:
        return _form(HTTPStatus.UNPROCESSABLE_ENTITY, "name")
    if not guesses.allowed(address, now):
        return _form(HTTPStatus.TOO_MANY_REQUESTS, "often")
    if not same(request.form.get("password", ""), current_app.config["PASSWORD"]):
        return _form(HTTPStatus.UNAUTHORIZED, "password")
    guesses.right(address)
    session.clear()  # what was in the browser before, a stranger may have put there
    session.update(who=name, began=_now())
    session.permanent = True
    return redirect(url_for("studio.languages"), HTTPStatus.SEE_OTHER)


def sign_out() -> AnyResponse:
    """Sign the administrator out in this browser."""
    session.clear()
    return redirect(url_for("studio.sign_in"), HTTPStatus.SEE_OTHER)


def plain_line(text: str, most: int) -> str:
    """Return a text as it is kept in one line: printable, of single spaces, of at most so many characters."""
    printable = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(printable.split())[:most].rstrip()


def _now() -> int:
    return int(current_app.config["CLOCK"]())


def _form(status: HTTPStatus, why: str = "") -> tuple[str, int]:
    return render_template("sign_in.html", why=why, name=request.form.get("name", "")), status
