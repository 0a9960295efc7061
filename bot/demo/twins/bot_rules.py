"""The rules of Telegram's Bot API that a bot can break.

Sources: https://core.telegram.org/bots/api for the rules; the descriptions of errors are those of its server
(tdlib/telegram-bot-api 10.0, tdlib/td), which writes their first letter small behind "Bad Request: ".
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, NoReturn, TypeAlias
from urllib.parse import urlsplit

import msgspec

from bot.demo.twins.bot_entities import Misread, plain
from conversations.bubble import Button

LONGEST: Final = 4096  # characters of a text, after its markup is read
LONGEST_BYTES: Final = 32768
LONGEST_DATA: Final = 64  # bytes of callback_data
LONGEST_NOTICE: Final = 200  # characters of an answer to a tap
MOST_BUTTONS: Final = 100
PORTS: Final = (80, 88, 443, 8443)
SECRET: Final = re.compile(r"[A-Za-z0-9_-]*")
LANGUAGE: Final = re.compile(r"(?:[a-z]{2})?")
LOCAL: Final = ("127.0.0.1", "localhost", "::1")

Parameters: TypeAlias = Mapping[str, Any]


class Refusal(Exception):
    """The Bot API refuses a call with this status and description; `after` (seconds) says when to come again."""

    def __init__(self, status: int, description: str, after: int = 0) -> None:
        super().__init__(description)
        self.status = status
        self.after = after


class Sent(msgspec.Struct, frozen=True):
    """What a sendMessage asks for: `request` is what the phone is asked for, and how the button is called.

    `clears` takes such a button away.
    """

    chat_id: int
    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    request: tuple[str, str] | None = None
    clears: bool = False


def bad(why: str) -> NoReturn:
    """Refuse a call for what is in it."""
    raise Refusal(400, f"Bad Request: {why}")


def decoded(parameters: Parameters, name: str, what: str) -> Any:  # noqa: ANN401 - any JSON
    """Return a parameter that comes as an object or, in a form, as its JSON; None where it is not there."""
    given = parameters.get(name)
    if given is None or given == "":
        return None
    try:
        return json.loads(given) if isinstance(given, str) else given
    except ValueError:
        bad(f"can't parse {what} JSON object")


def sent(parameters: Parameters) -> Sent:
    """Check the parameters of sendMessage.

    Raises Refusal.
    """
    text = _text(str(parameters.get("text", "")), str(parameters.get("parse_mode") or ""))
    markup = decoded(parameters, "reply_markup", "reply keyboard markup")
    chat_id = _chat(parameters)
    if markup is None:
        return Sent(chat_id, text)
    if not isinstance(markup, Mapping):
        bad("object expected as reply markup")
    if rows := _rows(markup, "keyboard"):
        return Sent(chat_id, text, request=_request(rows, private=chat_id > 0))
    buttons = tuple(tuple(_button(given) for given in row) for row in _rows(markup, "inline_keyboard"))
    if sum(map(len, buttons)) > MOST_BUTTONS:
        bad("reply markup is too long")
    return Sent(chat_id, text, buttons, clears=bool(markup.get("remove_keyboard")) and not buttons)


def _text(text: str, mode: str) -> str:
    if not text:
        bad("message text is empty")
    if len(text.encode("utf-8", "surrogatepass")) > LONGEST_BYTES:
        bad("text is too long")
    if mode.casefold() in {"markdown", "markdownv2"}:
        bad("this double reads no Markdown: citizens' words under it are the commonest failure of all bots")
    if mode and mode.casefold() != "html":
        bad("unsupported parse_mode")
    try:
        read = plain(text) if mode else text
    except Misread as error:
        bad(f"can't parse entities: {error}")
    read = read.strip()
    if not read:
        bad("message text is empty")
    if len(read) > LONGEST:
        bad("message is too long")
    return read


def _chat(parameters: Parameters) -> int:
    chat_id = str(parameters.get("chat_id", ""))
    if not chat_id:
        bad("chat_id is empty")
    if not chat_id.removeprefix("-").isdecimal():
        bad("chat not found")
    return int(chat_id)


def _rows(markup: Parameters, name: str) -> Sequence[Sequence[Any]]:
    given = markup.get(name) or ()
    if isinstance(given, str | Mapping):
        bad(f'field "{name}" must be of type Array')
    if not all(isinstance(row, list | tuple) for row in given):
        of = "" if name == "keyboard" else " of the InlineKeyboardMarkup"
        bad(f'field "{name}"{of} must be an Array of Arrays')
    rows: Sequence[Sequence[Any]] = given
    return rows


def _button(given: object) -> Button:
    """Read a button below a message: one that leads to a page carries its address for data."""
    if not isinstance(given, Mapping):
        bad("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    label, data, url = (str(given.get(name) or "") for name in ("text", "callback_data", "url"))
    if "text" not in given:
        bad("can't parse inline keyboard button: Can't find field \"text\"")
    if not label:
        bad("inline keyboard button text must be non-empty")
    if url:
        if urlsplit(url).scheme not in {"http", "https", "tg"}:
            bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
        return Button(label, url)
    if not data:
        bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(data.encode()) > LONGEST_DATA:
        bad("BUTTON_DATA_INVALID")
    return Button(label, data)


def _request(rows: Sequence[Sequence[Any]], *, private: bool) -> tuple[str, str] | None:
    """Return what a keyboard asks the phone for, and the label of that button."""
    found = None
    for given in (each for row in rows for each in row):
        asked = given if isinstance(given, Mapping) else {"text": given}
        label = asked.get("text")
        if not isinstance(label, str):
            bad("can't parse keyboard button: KeyboardButton must be a String or an Object")
        if not label:
            bad("keyboard button text must be non-empty")
        if asked.get("request_contact"):
            if not private:
                bad("phone number can be requested in private chats only")
            found = ("number", label)
        elif asked.get("request_location"):
            if not private:
                bad("location can be requested in private chats only")
            found = ("place", label)
    return found


def language(parameters: Parameters) -> str:
    """Return the code of a language, empty for all others.

    Raises Refusal.
    """
    code = str(parameters.get("language_code") or "")
    if not LANGUAGE.fullmatch(code):
        bad("invalid language code specified")
    return code


def webhook(parameters: Parameters) -> tuple[str, str]:
    """Return the address and the secret of setWebhook; no address takes the webhook away.

    Of addresses without TLS it takes those on this machine, as a Bot API server of one's own does. Raises Refusal.
    """
    url, secret = str(parameters.get("url") or ""), str(parameters.get("secret_token") or "")
    if not url:
        return "", ""
    parts = urlsplit(url)
    local = parts.hostname in LOCAL
    if not parts.hostname:
        bad("invalid webhook URL specified")
    if parts.scheme != "https" and not local:
        bad("bad webhook: An HTTPS URL must be provided for webhook")
    if not local and (parts.port or 443) not in PORTS:
        bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    if len(secret) > 256:  # noqa: PLR2004 - what the server counts
        bad("secret token is too long")
    if not SECRET.fullmatch(secret):
        bad("secret token contains unallowed characters")
    return url, secret


def integer(parameters: Parameters, name: str, usual: int, least: int, most: int) -> int:
    """Return a number within its bounds, as the server does for one that is beyond them."""
    try:
        return max(least, min(int(parameters.get(name) or usual), most))
    except (TypeError, ValueError):
        return usual


def notice(parameters: Parameters) -> None:
    """Check the text that answers a tap.

    Raises Refusal.
    """
    if len(str(parameters.get("text") or "")) > LONGEST_NOTICE:
        bad("MESSAGE_TOO_LONG")
