"""Plays Telegram: the Bot API on one side, phones with Telegram on the other."""

import itertools
import mimetypes
import time
from collections import deque
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any, Final

import flask
import httpx

from bot.config import Telegram
from bot.demo.twins import bot_api
from bot.demo.twins.bot_api import Object, Parameters, Refusal
from bot.demo.twins.screens import Entry
from bot.demo.twins.twin import Twin, World

BOT: Final = {"id": 1708000001, "is_bot": True, "first_name": "LAPOR!", "username": "lapor_demo_bot"}
STALE: Final = "Bad Request: query is too old and response timeout expired or query ID is invalid"


class TelegramTwin(Twin):
    """Telegram with one bot; addresses are `telegram:<chat id>`."""

    def __init__(self, world: World, webhook: str, account: Telegram) -> None:
        super().__init__(world, webhook)
        self._token = account.token
        self._secret = account.secret
        self._allowed: list[str] = []
        self._update_ids = itertools.count(int(time.time()))
        self._open_taps: deque[str] = deque(maxlen=100)
        self._methods: dict[str, Callable[[Parameters], Any]] = {
            "getme": lambda _: BOT,
            "sendmessage": self._send_message,
            "answercallbackquery": self._answer_callback_query,
            "getfile": self._get_file,
            "getwebhookinfo": self._get_webhook_info,
            "setwebhook": self._set_webhook,
            "setmycommands": lambda _: True,
        }
        self.blueprint = flask.Blueprint("telegram", __name__)
        self.blueprint.add_url_rule("/bot<token>/<method>", view_func=self._call, methods=["GET", "POST"])
        self.blueprint.add_url_rule("/file/bot<token>/<path:path>", view_func=self._download)

    # The phone's side

    def request(self, entry: Entry) -> httpx.Request:
        """Return an update with the message that a phone sent."""
        message = bot_api.message(entry, self.world.files.get(entry.media))
        return self._update(next(self._update_ids), "message", message)

    def tap(self, entry_id: int, data: str) -> None:
        """Tap the button of a message that carries `data`.

        Raises KeyError where there is no such button.
        """
        entry = self.world.screens.get(entry_id)
        if entry is None or data not in {button.data for row in entry.buttons for button in row}:
            raise KeyError(data)
        self.world.screens.change(entry_id, tapped=data)
        update_id = next(self._update_ids)
        query: Object = {
            "id": str(update_id),
            "from": bot_api.person(bot_api.chat_of(entry)["id"]),
            "message": {**bot_api.said(entry), "from": BOT},
            "chat_instance": entry.address,
            "data": data,
        }
        self._open_taps.append(query["id"])
        # Taps have a queue of their own and can overtake a text.
        self.bring(entry, self._update(update_id, "callback_query", query), f"{entry.address} taps")

    def _update(self, update_id: int, kind: str, content: Object) -> httpx.Request:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self._secret}
        return httpx.Request("POST", self.webhook, json={"update_id": update_id, kind: content}, headers=headers)

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
            return {"ok": False, "error_code": refusal.status, "description": str(refusal)}, refusal.status

    def _method(self, token: str, name: str) -> Callable[[Parameters], Any]:
        if token != self._token:
            raise Refusal(401, "Unauthorized")
        if name.lower() not in self._methods:
            raise Refusal(404, "Not Found")
        return self._methods[name.lower()]

    def _send_message(self, parameters: Parameters) -> Object:
        sent = bot_api.sent(parameters)
        entry = self.world.screens.show(f"telegram:{sent.chat_id}", text=sent.text, buttons=sent.buttons)
        return {**bot_api.said(entry), "from": BOT}

    def _answer_callback_query(self, parameters: Parameters) -> bool:
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

    def _get_webhook_info(self, _: Parameters) -> Object:
        told: Object = {"url": self.webhook, "has_custom_certificate": False, "pending_update_count": 0}
        return {**told, "allowed_updates": self._allowed} if self._allowed else told

    def _set_webhook(self, parameters: Parameters) -> bool:
        self.webhook, self._secret = str(parameters.get("url", "")), str(parameters.get("secret_token", ""))
        if "allowed_updates" in parameters:  # otherwise those chosen before stay
            self._allowed = bot_api.updates(parameters)
        return True

    def _download(self, token: str, path: str) -> flask.Response:
        file = self.world.files.get(PurePosixPath(path).stem)
        if token != self._token or file is None:
            return flask.Response(status=404)
        return flask.Response(file.data, mimetype="application/octet-stream")


def _parameters() -> Parameters:
    """Read the parameters of a call, which come as JSON, as a form or in the address."""
    return flask.request.get_json() if flask.request.is_json else flask.request.values
