"""Who may do what on pages that ask for a password: secrets, sessions, forged forms, guesses and frames."""

import hashlib
import hmac
import secrets
import threading
from collections import deque
from ipaddress import IPv6Address, ip_network
from typing import Final

from flask import Flask, Response, request, session
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from werkzeug.exceptions import Forbidden

from bot.networks import address

GUESSES: Final = 5  # sign-ins with a wrong password from one network
ALL_GUESSES: Final = 20  # and from all networks together where nobody ever signed in
WINDOW: Final = 60.0  # seconds in which they count
TRUSTED: Final = 1000  # networks remembered because somebody signed in there
PREFIX: Final = 64  # bits of IPv6 that a network of one customer has in common
POLICY: Final = "default-src 'self'; script-src {scripts}; object-src 'none'; base-uri 'none'; form-action 'self'"
NOBODY: Final = "'none'"
A_YEAR: Final = 31_536_000  # seconds


def same(given: str, expected: str) -> bool:
    """Compare secrets in a time that tells neither content nor length."""
    return hmac.compare_digest(_hash(given), _hash(expected))


def session_key(purpose: str, password: str) -> bytes:
    """Derive the key that signs sessions; another password, or another purpose, ends them all."""
    return hashlib.scrypt(password.encode(), salt=_hash(purpose), n=2**14, r=8, p=1, dklen=32)


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
    """Holds up who guesses the password; times are seconds of one clock.

    All networks together are held up too, but for those where somebody signed in before: guessing from many places
    keeps nobody out of the usual one.
    """

    def __init__(self) -> None:
        self._recent: deque[tuple[float, str]] = deque()
        self._trusted: dict[str, None] = {}
        self._lock = threading.Lock()

    def allowed(self, who: str, now: float) -> bool:
        """Tell whether a guess may be made, and count it before anyone knows whether it is right."""
        network = _network(who)
        with self._lock:
            while self._recent and self._recent[0][0] <= now - WINDOW:
                self._recent.popleft()
            allowed = self._room(network)
            if allowed:
                self._recent.append((now, network))
        return allowed

    def right(self, who: str) -> None:
        """Forget the guesses of a network that knew the password, and trust it."""
        network = _network(who)
        with self._lock:
            self._recent = deque(guess for guess in self._recent if guess[1] != network)
            self._trusted[network] = None
            while len(self._trusted) > TRUSTED:
                del self._trusted[next(iter(self._trusted))]

    def _room(self, network: str) -> bool:
        if sum(guess[1] == network for guess in self._recent) >= GUESSES:
            return False
        return network in self._trusted or len(self._recent) < ALL_GUESSES


class Sessions(SecureCookieSessionInterface):
    """Flask's signed cookies, kept to HTTPS where the pages are reached over HTTPS.

    They are sent when they change, not with every answer: one that was under way at the sign-out brings none back.
    """

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002 - the signature is Flask's
        """Tell whether the browser may send the cookie over HTTPS only."""
        return request.is_secure

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:  # noqa: ARG002 - the signature is Flask's
        """Tell whether the answer carries the cookie."""
        return session.modified


def harden(framed_by: str, answer: Response, scripts: str = NOBODY) -> Response:
    """Tell the browser what the pages never do; only the origin `framed_by` may frame them.

    `scripts` is where scripts may come from.
    """
    policy = f"{POLICY.format(scripts=scripts)}; frame-ancestors {framed_by or NOBODY}"
    answer.headers.setdefault("Content-Security-Policy", policy)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Referrer-Policy"] = "same-origin"
    answer.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    answer.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    answer.headers.setdefault("Cache-Control", "no-store")
    if request.is_secure:
        answer.headers["Strict-Transport-Security"] = f"max-age={A_YEAR}"
    return answer


def _network(text: str) -> str:
    """Return what stands for all addresses of one customer."""
    found = address(text)
    if isinstance(found, IPv6Address):
        return str(ip_network((found.packed[: PREFIX // 8].ljust(16, b"\0"), PREFIX)))
    return str(found)


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode(errors="surrogatepass")).digest()
