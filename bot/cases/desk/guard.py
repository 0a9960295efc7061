"""Who may do what on the desk: secrets, sessions, forged forms, guesses and frames."""

import hashlib
import hmac
import secrets
import threading
from typing import Final

from flask import Flask, Response, request, session
from flask.sessions import SecureCookieSessionInterface
from werkzeug.exceptions import Forbidden

from bot.config import Desk

GUESSES: Final = 5  # failed sign-ins from one address
WINDOW: Final = 60.0  # seconds in which they count
POLICY: Final = "default-src 'self'; script-src 'none'; object-src 'none'; base-uri 'none'; form-action 'self'"
NOBODY: Final = "'none'"
ADDRESSES: Final = 1000  # remembered at once


def same(given: str, expected: str) -> bool:
    """Compare secrets in a time that tells neither content nor length."""
    return hmac.compare_digest(_hash(given), _hash(expected))


def session_key(settings: Desk) -> bytes:
    """Derive the key that signs sessions; another password or token ends them all."""
    salt = _hash(f"lapor desk session {settings.token}")
    return hashlib.scrypt(settings.password.encode(), salt=salt, n=2**14, r=8, p=1, dklen=32)


def token() -> str:
    """Return this session's token against forged forms, made at its first use."""
    if "csrf" not in session:
        session["csrf"] = secrets.token_urlsafe(24)
    return str(session["csrf"])


def check_form() -> None:
    """Raise Forbidden for a form that this session was not given."""
    if not same(request.form.get("csrf", ""), token()):
        raise Forbidden


class Guesses:
    """Counts failed sign-ins by address; times are seconds of one clock."""

    def __init__(self) -> None:
        self._failed: dict[str, list[float]] = {}
        self._lock = threading.Lock()

    def allowed(self, address: str, now: float) -> bool:
        """Tell whether another guess is allowed."""
        return len(self._recent(address, now)) < GUESSES

    def failed(self, address: str, now: float) -> None:
        """Remember a wrong guess."""
        with self._lock:
            self._failed[address] = [*self._recent(address, now), now]
            while len(self._failed) > ADDRESSES:
                del self._failed[next(iter(self._failed))]

    def _recent(self, address: str, now: float) -> list[float]:
        return [at for at in self._failed.get(address, ()) if at > now - WINDOW]


class Sessions(SecureCookieSessionInterface):
    """Flask's signed cookies, kept to HTTPS where the desk is reached over HTTPS."""

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002 - the signature is Flask's
        """Tell whether the browser may send the cookie over HTTPS only."""
        return request.is_secure


def harden(framed_by: str, answer: Response) -> Response:
    """Tell the browser what the desk's pages never do; only the origin `framed_by` may frame them."""
    answer.headers["Content-Security-Policy"] = f"{POLICY}; frame-ancestors {framed_by or NOBODY}"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Referrer-Policy"] = "same-origin"
    answer.headers.setdefault("Cache-Control", "no-store")
    return answer


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode(errors="surrogatepass")).digest()
