"""What a gateway sent: fields of a query and of a form, or those of a JSON body by their paths."""

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, Self

from smsutil.codecs import GSM0338Codec

from bot.gateways.finding import at, text_at, tree_of
from bot.gateways.shape import Call, Hex
from webhooks import form
from webhooks.form import Form
from webhooks.route import Denied, Request

MOST: Final = 500  # messages in one call
_GSM: Final = GSM0338Codec()


@dataclass(frozen=True, slots=True)
class Posted:
    """One message or report of a call; `raw` is the whole body of one that is JSON."""

    fields: Form = field(repr=False)
    tree: object = field(default=None, repr=False)
    raw: bytes = field(default=b"", repr=False)

    @classmethod
    def read(cls, request: Request, call: Call) -> Self:
        """Read a request; raises Denied where it cannot be read."""
        body = request.read() if request.method == "POST" else b""
        if call.body == "form":
            return cls(form.read(request.query, body))
        return cls(form.read(request.query), tree_of(body), body)

    def first(self, name: str) -> str:
        """Return a field, empty where there is none; what the address holds comes before the body."""
        return (self.fields.first(name) or text_at(self.tree, name)) if name else ""

    def each(self, path: str) -> tuple["Posted", ...]:
        """Return the messages of a list at a path; without a path the only one there is.

        Raises Denied for more than MOST.
        """
        if not path:
            return (self,)
        found = at(self.tree, path)
        some = found if isinstance(found, list) else []
        if len(some) > MOST:
            raise Denied(413, "oversized")
        return tuple(Posted(self.fields, one, self.raw) for one in some)

    def text(self, name: str, coded: Hex | None) -> str:
        """Return the text of a message: from its bytes where they are told with their alphabet, else a field."""
        alphabet = coded.alphabets.get(self.first(coded.coding) or "0") if coded else None
        if coded is None or alphabet is None or not (digits := self.first(coded.field)):
            return self.first(name)
        try:
            data = bytes.fromhex(digits)
        except ValueError:
            return self.first(name)
        if alphabet == "gsm-7":
            text: str = _GSM.decode(data, "replace")[0]
            return text
        return data.decode(alphabet, "replace")

    def without(self, place: str, secrets: Iterable[str]) -> bytes:
        """Return what can be kept of a call that cannot be used: all but the secret at a place."""
        kept = self.raw or self.fields.without(place.removeprefix("field:"))
        for each in secrets:
            kept = kept.replace(each.encode(), b"")
        return kept


def secret_of(request: Request, posted: Posted, place: str) -> str:
    """Return what a caller shows as our secret, where the gateway's format says that it stands."""
    kind, _, name = place.partition(":")
    if kind == "field":
        return posted.first(name)
    if kind == "header":
        return request.headers.get(f"HTTP_{name.upper().replace('-', '_')}", "")
    scheme, _, shown = request.headers.get("HTTP_AUTHORIZATION", "").partition(" ")
    if scheme.casefold() != kind:
        return ""
    return shown.strip() if kind == "bearer" else _password(shown.strip())


def _password(shown: str) -> str:
    """Return the password of HTTP Basic."""
    try:
        return base64.b64decode(shown, validate=True).decode("utf-8", "replace").partition(":")[2]
    except (binascii.Error, ValueError):
        return ""
