"""Meta's Graph API: how it is called, and what its errors mean."""

from collections.abc import Mapping
from typing import Any, TypeAlias, TypeVar

import httpx
import msgspec

from bot.channels import meta_codes as codes
from bot.channels.http import PATIENCE, connect, failure, refusal
from bot.errors import Blocked, Closed, Failure, Temporary, Uncertain
from bot.providers import Meta

Object: TypeAlias = dict[str, Any]
Read = TypeVar("Read")


class Fault(msgspec.Struct, frozen=True):
    """What is wrong, by number; its words can tell numbers and tokens and are not read."""

    code: int = -1


class Refused(msgspec.Struct, frozen=True):
    """The body of an answer that says no."""

    error: Fault = Fault()


class Graph:
    """Calls the Graph API with our token; waits `patience` seconds for an answer."""

    def __init__(self, settings: Meta, patience: float = PATIENCE) -> None:
        self._api_url = settings.api_url
        self._headers = {"Authorization": f"Bearer {settings.token}"}
        self._http = connect(patience)

    async def get(self, path: str, shape: type[Read], params: Mapping[str, str] | None = None) -> Read:
        """Read an object; raises Temporary, Permanent, Blocked, Closed or Uncertain."""
        return await self._call("GET", path, shape, params=params or {})

    async def post(self, path: str, shape: type[Read], body: Object) -> Read:
        """Make an object; raises Temporary, Permanent, Blocked, Closed or Uncertain."""
        return await self._call("POST", path, shape, json=body)

    async def close(self) -> None:
        """Let go of connections."""
        await self._http.aclose()

    async def _call(self, method: str, path: str, shape: type[Read], **given: Any) -> Read:  # noqa: ANN401 - httpx's
        try:
            url = f"{self._api_url}/{path}"
            answer = await self._http.request(method, url, headers=self._headers, **given)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise failure(error) from None
        if not answer.is_success:
            raise meaning(answer.status_code, _code(answer.content))
        try:
            return msgspec.json.decode(answer.content, type=shape)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):  # a yes that cannot be read
            raise Uncertain("unreadable answer") from None


def meaning(status: int, code: int) -> Failure:
    """Return what a refusal means, by its HTTP status and Meta's code, -1 where it told none."""
    reason = f"Meta answered {status}, error {code}"
    if code in codes.GONE:
        return Blocked(reason)
    if code in codes.CLOSED:
        return Closed(reason)
    if code in codes.THROTTLED | codes.TROUBLED | codes.OPERATORS:
        return Temporary(reason)
    return type(refusal("Meta", status))(reason)


def _code(body: bytes) -> int:
    try:
        return msgspec.json.decode(body, type=Refused).error.code
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return -1
