"""What carries messages to phones, of the stranger's own: a Bot API, Twilio's REST API and a gateway's sendsms."""

import threading
import time
from base64 import b64decode, b64encode
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from tests.stranger.doubles import Answer, Asked, Double

PHOTO = b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAP//////////////////////////////////////////////////////////////////////////"
    "////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AN//Z"
)
"""A picture: JPEG, one grey point, nothing besides."""


def until(true: Callable[[], object], what: str, seconds: float = 10.0) -> None:
    """Wait until something is true, and complain about `what` if it takes too long."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, what
        time.sleep(0.01)


class Screens:
    """What stands on the phones, by address, each message with the time (monotonic seconds) it came."""

    def __init__(self) -> None:
        self._lines: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
        self._lock = threading.Lock()

    def show(self, address: str, text: str) -> None:
        """Put a message on a phone."""
        with self._lock:
            self._lines[address].append((time.monotonic(), text))

    def read(self, address: str) -> list[tuple[float, str]]:
        """Return all messages of a phone."""
        with self._lock:
            return list(self._lines[address])

    def all_sms(self) -> list[str]:
        """Return every SMS that any phone got."""
        with self._lock:
            phones = [lines for address, lines in self._lines.items() if address.startswith("sms:")]
            return [text for lines in phones for _, text in lines]


class BotApi(Double):
    """Telegram's Bot API, as far as a bot that sends texts and fetches files needs it."""

    def __init__(self, token: str, screens: Screens) -> None:
        super().__init__()
        self._token = token
        self._screens = screens

    def who(self, asked: Asked) -> str:
        chat = _parameters(asked).get("chat_id", "")
        return f"telegram:{chat}" if chat else ""

    def taps(self) -> list[str]:
        """Return the taps that were acknowledged."""
        asked = [each for each in list(self.asked) if each.path.endswith("/answerCallbackQuery")]
        return [str(_parameters(each)["callback_query_id"]) for each in asked]

    def take(self, asked: Asked) -> Answer:
        if asked.path == f"/file/bot{self._token}/photos/lubang.jpg":
            return Answer(200, PHOTO, {"Content-Type": "application/octet-stream"})
        match asked.path.removeprefix(f"/bot{self._token}/"):
            case "sendMessage":
                return self._send(_parameters(asked))
            case "getFile":
                file = {"file_id": "f", "file_unique_id": "u", "file_path": "photos/lubang.jpg"}
                return _yes(file | {"file_size": len(PHOTO)})
            case "answerCallbackQuery":
                return _yes(result=True)
            case "getMe":
                return _yes({"id": 1, "is_bot": True, "first_name": "LAPOR!", "username": "lapor_bot"})
            case _:
                return Answer(404, {"ok": False, "error_code": 404, "description": "Not Found"})

    def _send(self, given: dict[str, Any]) -> Answer:
        chat = int(given["chat_id"])
        self._screens.show(f"telegram:{chat}", given["text"])
        told = {"message_id": len(self.asked), "date": int(time.time()), "text": given["text"]}
        return _yes(told | {"chat": {"id": chat, "type": "private"}})


def flood(seconds: int) -> Answer:
    """Return what Telegram says to a bot that sends too fast."""
    said = f"Too Many Requests: retry after {seconds}"
    return Answer(
        429, {"ok": False, "error_code": 429, "description": said, "parameters": {"retry_after": seconds}}
    )


BLOCKED = Answer(403, {"ok": False, "error_code": 403, "description": "Forbidden: bot was blocked by the user"})
GATEWAY_TIMEOUT = Answer(504, {"ok": False, "error_code": 504, "description": "Gateway Timeout"})


def _parameters(asked: Asked) -> dict[str, Any]:
    return asked.json() if asked.headers.get("Content-Type") == "application/json" else dict(asked.fields)


def _yes(result: object) -> Answer:
    return Answer(200, {"ok": True, "result": result})


class TwilioApi(Double):
    """Twilio's REST API, as far as one that sends texts and fetches files needs it."""

    def __init__(self, sid: str, token: str, screens: Screens) -> None:
        super().__init__()
        self._basic = "Basic " + b64encode(f"{sid}:{token}".encode()).decode()
        self._root = f"/2010-04-01/Accounts/{sid}/Messages"
        self._screens = screens
        self._sent: list[dict[str, Any]] = []

    def photo(self) -> str:
        """Return the address of a picture that a citizen sent."""
        return f"{self.url}{self._root}/MM{'1' * 32}/Media/ME{'2' * 32}"

    def who(self, asked: Asked) -> str:
        to = asked.fields.get("To", "")
        return to if ":" in to or not to else f"sms:{to}"

    def take(self, asked: Asked) -> Answer:
        if asked.headers.get("Authorization") != self._basic:
            return Answer(401, {"code": 20003, "message": "Authenticate", "status": 401})
        match asked.method, asked.path.removeprefix(self._root):
            case "POST", ".json":
                return Answer(201, self._send(asked))
            case "GET", ".json":
                to = asked.fields.get("To")
                return Answer(200, {"messages": [each for each in self._sent[::-1] if each["to"] == to]})
            case "GET", path if path.count("/") == 3:
                return Answer(200, PHOTO, {"Content-Type": "image/jpeg"})
            case _:
                return Answer(404, {"code": 20404, "message": "not found", "status": 404})

    def _send(self, asked: Asked) -> dict[str, Any]:
        self._screens.show(self.who(asked), asked.fields["Body"])
        message = {
            "sid": f"SM{len(self._sent):032x}", "status": "queued", "body": asked.fields["Body"],
            "to": asked.fields["To"], "from": asked.fields["From"],
            "date_created": time.strftime("%a, %d %b %Y %H:%M:%S +0000", time.gmtime()),
        }  # fmt: skip
        self._sent.append(message)
        return message


class Gateway(Double):
    """A Kannel's sendsms."""

    def __init__(self, password: str, screens: Screens) -> None:
        super().__init__()
        self._password = password
        self._screens = screens

    def who(self, asked: Asked) -> str:
        return f"sms:{asked.fields.get('to', '')}"

    def take(self, asked: Asked) -> Answer:
        if asked.fields.get("password") != self._password:
            return Answer(403, b"Authorization failed for sendsms")
        self._screens.show(self.who(asked), asked.fields["text"])
        return Answer(202, b"0: Accepted for delivery", {"Content-Type": "text/plain"})
