"""Plays Telegram: the Bot API on one side, phones with Telegram on the other."""

import itertools
import mimetypes
import time
from collections import deque
from collections.abc import Callable
from functools import partial
from pathlib import PurePosixPath
from typing import Any, Final

import flask
import httpx

from bot.demo.twins import bot_api, bot_rules
from bot.demo.twins.bot_api import BOT, Object
from bot.demo.twins.bot_flood import Flood
from bot.demo.twins.bot_profile import Profile
from bot.demo.twins.bot_queue import Queue
from bot.demo.twins.bot_rules import Parameters, Refusal
from bot.demo.twins.screens import Entry
from bot.demo.twins.twin import Twin, World
from bot.providers import Telegram

STALE: Final = "Bad Request: query is too old and response timeout expired or query ID is invalid"
HOOKED: Final = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


class TelegramTwin(Twin):
    """Telegram with one bot; addresses are `telegram:<chat id>`.

    Where no webhook is set, updates wait to be fetched.
    """

    def __init__(self, world: World, webhook: str, account: Telegram) -> None:
        super().__init__(world, webhook)
        self.flood = Flood()
        self.profile = Profile()
        self.queue = Queue()
        self.blocked: set[int] = set()
        self._token = account.token
        self.secret = account.secret.partition(",")[0].strip()
        self._allowed: list[str] = []
        self._connections = 40
        self._update_ids = itertools.count(int(time.time()))
        self._open_taps: deque[str] = deque(maxlen=100)
        self._methods = self._all_methods()
        self.blueprint = flask.Blueprint("telegram", __name__)
        self.blueprint.add_url_rule("/bot<token>/<method>", view_func=self._call, methods=["GET", "POST"])
        self.blueprint.add_url_rule("/file/bot<token>/<path:path>", view_func=self._download)

    def _all_methods(self) -> dict[str, Callable[[Parameters], Any]]:
        profile = self.profile
        return {
            "getme": lambda _: BOT,
            "sendmessage": self._send_message,
            "answercallbackquery": self._answer_callback_query,
            "getfile": self._get_file,
            "getwebhookinfo": self.webhook_info,
            "setwebhook": self._set_webhook,
            "deletewebhook": lambda given: self._set_webhook({**given, "url": ""}),
            "getupdates": self._get_updates,
            "setmycommands": profile.set_commands,
            "getmycommands": profile.get_commands,
            "deletemycommands": profile.delete_commands,
            "setmydescription": partial(profile.set_text, "description"),
            "getmydescription": partial(profile.get_text, "description"),
            "setmyshortdescription": partial(profile.set_text, "short_description"),
            "getmyshortdescription": partial(profile.get_text, "short_description"),
        }

    # The phone's side

    def request(self, entry: Entry) -> httpx.Request:
        """Return an update with the message that a phone sent."""
        message = bot_api.message(entry, self.world.files.get(entry.media))
        return self._request(self._update("message", message))

    def tap(self, entry_id: int, data: str) -> None:
        """Tap the button of a message that carries `data`.

        Raises KeyError where there is no such button.
        """
        entry = self.world.screens.get(entry_id)
        if entry is None or data not in {button.data for row in entry.buttons for button in row}:
            raise KeyError(data)
        self.world.screens.change(entry_id, tapped=data)
        update = self._update("callback_query", {})
        query: Object = {
            "id": str(update["update_id"]),
            "from": bot_api.person(bot_api.chat_of(entry)["id"]),
            "message": {**bot_api.said(entry), "from": BOT},
            "chat_instance": entry.address,
            "data": data,
        }
        self._open_taps.append(query["id"])
        # Taps have a queue of their own and can overtake a text.
        self._bring(entry, {**update, "callback_query": query}, f"{entry.address} taps")

    def introduce(self, address: str, number: str, owner: int = 0) -> None:
        """Share a contact from the phone at `address`: its own, or that of the account `owner`."""
        self._send(address, contact=(number, owner or int(address.partition(":")[2])))

    def block(self, address: str, *, blocked: bool = True) -> None:
        """Block the bot on the phone at `address`, or let it in again."""
        number = int(address.partition(":")[2])
        (self.blocked.add if blocked else self.blocked.discard)(number)
        self._change(number, *(("member", "kicked") if blocked else ("kicked", "member")))

    def invite(self, number: int) -> None:
        """Add the bot to the group of this number, which is below zero."""
        self._change(number, "left", "member")

    def _change(self, number: int, before: str, after: str) -> None:
        """Bring what the bot has become in a chat; nothing of it stands on a screen."""
        entry = Entry(id=0, seq=0, address=f"telegram:{number}", at=int(time.time()), mine=True)
        change = bot_api.member(bot_api.chat(number), before, after, entry.at)
        self._bring(entry, self._update("my_chat_member", change))

    def _send(self, address: str, **parts: Any) -> None:  # noqa: ANN401 - the fields of Entry
        entry = self.world.screens.show(address, mine=True, state="sending", **parts)
        message = bot_api.message(entry, self.world.files.get(entry.media))
        self._bring(entry, self._update("message", message))

    def _bring(self, entry: Entry, update: Object, lane: str = "") -> None:
        """Bring an update that is wanted to the webhook, or let it wait to be fetched."""
        if self._allowed and not set(self._allowed) & update.keys():
            self.world.screens.change(entry.id, state="delivered")
        elif self.webhook:
            self.bring(entry, self._request(update), lane)
        else:
            self.queue.add(update, lambda: self.world.screens.change(entry.id, state="delivered"))

    def _update(self, kind: str, content: Object) -> Object:
        return {"update_id": next(self._update_ids), kind: content}

    def _request(self, update: Object) -> httpx.Request:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.secret} if self.secret else {}
        return httpx.Request("POST", self.webhook, json=update, headers=headers)

    def take(self, entry: Entry, response: httpx.Response) -> None:  # noqa: ARG002 - it names its chat itself
        """Carry out the method call in the response, if there is one; its result is told to nobody."""
        try:
            call = response.json()
            self._methods[str(call["method"]).lower()](call)
        except (ValueError, KeyError, TypeError, Refusal):
            return

    # The bot's side

    def _call(self, token: str, method: str) -> tuple[Object, int]:
        try:
            return {"ok": True, "result": self._method(token, method)(_parameters())}, 200
        except Refusal as refusal:
            told: Object = {"ok": False, "error_code": refusal.status, "description": str(refusal)}
            return told | ({"parameters": {"retry_after": refusal.after}} if refusal.after else {}), refusal.status

    def _method(self, token: str, name: str) -> Callable[[Parameters], Any]:
        if token != self._token:
            raise Refusal(401, "Unauthorized")
        if name.lower() not in self._methods:
            raise Refusal(404, "Not Found")
        return self._methods[name.lower()]

    def _send_message(self, parameters: Parameters) -> Object:
        sent = bot_rules.sent(parameters)
        if sent.chat_id in self.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        self.flood.count(sent.chat_id)
        entry = self.world.screens.show(
            f"telegram:{sent.chat_id}",
            text=sent.text,
            buttons=sent.buttons,
            request=sent.request,
            clears=sent.clears,
        )
        return {**bot_api.said(entry), "from": BOT}

    def _answer_callback_query(self, parameters: Parameters) -> bool:
        bot_rules.notice(parameters)
        tap = str(parameters.get("callback_query_id", ""))
        if tap not in self._open_taps:
            raise Refusal(400, STALE)
        self._open_taps.remove(tap)
        return True

    def _get_file(self, parameters: Parameters) -> Object:
        name = str(parameters.get("file_id", ""))
        file = self.world.files.get(name)
        if file is None:
            raise Refusal(400, "Bad Request: invalid file_id")
        return {
            **bot_api.about(name, file),
            "file_path": f"files/{name}{mimetypes.guess_extension(file.type) or ''}",
        }

    def webhook_info(self, _: Parameters) -> Object:
        """Return how the webhook stands."""
        waiting = len(self.queue)
        told: Object = {"url": self.webhook, "has_custom_certificate": False, "pending_update_count": waiting}
        told |= {"max_connections": self._connections} if self.webhook else {}
        return told | ({"allowed_updates": self._allowed} if self._allowed else {})

    def _set_webhook(self, parameters: Parameters) -> bool:
        self.webhook, self.secret = bot_rules.webhook(parameters)
        self._connections = bot_rules.integer(parameters, "max_connections", 40, 1, 100)
        self._choose(parameters)
        if str(parameters.get("drop_pending_updates")).lower() in {"true", "1"}:
            self.queue.clear()
        self.queue.end()
        return True

    def _get_updates(self, parameters: Parameters) -> list[Object]:
        if self.webhook:
            raise Refusal(409, HOOKED)
        self._choose(parameters)
        return self.queue.take(parameters)

    def _choose(self, parameters: Parameters) -> None:
        """Take the kinds of updates that are wanted; where none are named, those chosen before stay."""
        chosen = bot_rules.decoded(parameters, "allowed_updates", "allowed updates")
        if isinstance(chosen, list):
            self._allowed = [str(each).lower() for each in chosen]

    def _download(self, token: str, path: str) -> flask.Response:
        file = self.world.files.get(PurePosixPath(path).stem)
        if token != self._token or file is None:
            return flask.Response(status=404)
        return flask.Response(file.data, mimetype="application/octet-stream")


def _parameters() -> Parameters:
    """Read the parameters of a call, which come as JSON, as a form or in the address."""
    return flask.request.get_json() if flask.request.is_json else flask.request.values
