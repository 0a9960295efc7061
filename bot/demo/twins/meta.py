"""Plays Meta: its Cloud API on one side, phones with WhatsApp on the other."""

import hashlib
import hmac
import json
from typing import Final
from urllib.parse import urlsplit

import flask
import httpx
import msgspec

from bot.demo.twins import meta_api, meta_shapes
from bot.demo.twins.meta_api import Object, Refusal, Sent, Template
from bot.demo.twins.screens import Entry
from bot.demo.twins.twin import Twin, World
from bot.providers import Meta

WINDOW: Final = 86400.0
"""For so many seconds after a citizen's message, free words reach the phone."""
NUMBER: Final = "628110001708"


class MetaTwin(Twin):
    """Meta with one number; addresses are `whatsapp:+62…` and, for who shows a user name, `whatsapp:ID.…`.

    `templates` are those handed in, by name and language; a new one stands as `fate` says.
    """

    def __init__(self, world: World, webhook: str, account: Meta) -> None:
        super().__init__(world, webhook)
        self._account = account
        self.clock = world.screens.clock
        self._heard: dict[str, float] = {}
        self.templates: dict[tuple[str, str], Template] = {}
        self.fate = "APPROVED"
        path = urlsplit(account.api_url).path
        self.blueprint = flask.Blueprint("meta", __name__)
        self.blueprint.before_request(self._authorize)
        self.blueprint.register_error_handler(Refusal, _refused)
        self.blueprint.post(f"{path}/{account.phone}/messages")(self._create)
        self.blueprint.get(f"{path}/{account.phone}")(self._number)
        self.blueprint.get(f"{path}/{account.account}/subscribed_apps")(_apps)
        self.blueprint.get(f"{path}/{account.account}/message_templates")(self._templates)
        self.blueprint.post(f"{path}/{account.account}/message_templates")(self._hand_in)
        self.blueprint.get(f"{path}/<string(minlength=30):number>")(self._file)
        self.blueprint.get("/whatsapp_business/attachments/")(self._download)

    # The phone's side

    def request(self, entry: Entry) -> httpx.Request:
        """Return a notification with the message that a phone sent."""
        return self._brought(entry.address, meta_shapes.message(entry, self.world.files.get(entry.media)))

    def tap(self, entry_id: int, data: str) -> None:
        """Tap the choice of a message that carries `data`.

        Raises KeyError where there is no such choice.
        """
        entry = self.world.screens.get(entry_id)
        choices = {button.data: button.label for row in entry.buttons for button in row} if entry else {}
        if entry is None or data not in choices:
            raise KeyError(data)
        self.world.screens.change(entry_id, tapped=data)
        kind = "list_reply" if entry.opener else "button_reply"
        told = {"type": kind, kind: {"id": data, "title": choices[data]}}
        self.bring(entry, self._brought(entry.address, {"type": "interactive", "interactive": told}))

    def close_window(self, address: str) -> None:
        """Let WhatsApp's window of a phone be closed, whatever the bot believes."""
        self._heard[address] = self.clock() - 2 * WINDOW

    def _brought(self, address: str, content: Object) -> httpx.Request:
        """Return a notification with one message; it opens the window."""
        self._heard[address] = self.clock()
        named, contact = meta_shapes.sender(address)
        stamp = {"id": meta_shapes.wamid(), "timestamp": str(int(self.clock()))}
        return self._notification({"contacts": [contact], "messages": [{**named, **stamp, **content}]})

    def _notification(self, content: Object) -> httpx.Request:
        """Return a request to the webhook, signed over its bytes."""
        metadata = {"display_phone_number": NUMBER, "phone_number_id": self._account.phone}
        value = {"messaging_product": "whatsapp", "metadata": metadata, **content}
        entry = {"id": self._account.account or "0", "changes": [{"field": "messages", "value": value}]}
        body = json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()
        digest = hmac.new(self._account.secret.encode(), body, hashlib.sha256).hexdigest()
        headers = {"Content-Type": "application/json", "X-Hub-Signature-256": f"sha256={digest}"}
        return httpx.Request("POST", self.webhook, content=body, headers=headers)

    def take(self, entry: Entry, response: httpx.Response) -> None:
        """Do nothing: Meta reads no answer."""

    # The bot's side

    def _authorize(self) -> None:
        if flask.request.headers.get("Authorization") != f"Bearer {self._account.token}":
            raise Refusal(401, 190, "Invalid OAuth access token - Cannot parse access token")

    def _create(self) -> Object:
        given = flask.request.get_json(silent=True)
        what = meta_api.sent(given if isinstance(given, dict) else {}, self.templates)
        own, address = meta_shapes.wamid(), what.address
        if what.free and self._closed(address):
            self._report(what, own, "failed", meta_api.CLOSED)
        else:
            rows = tuple((each,) for each in what.buttons)
            parts = {"buttons": rows, "opener": what.opener, "request": what.request}
            self.world.screens.show(address, text=what.text, **parts)
            self._report(what, own, "sent")
            self._report(what, own, "delivered")
        contact = {"input": address.removeprefix("whatsapp:"), "wa_id": address.removeprefix("whatsapp:+")}
        told = {"messaging_product": "whatsapp", "contacts": [contact]}
        return {**told, "messages": [{"id": own, "message_status": "accepted"}]}

    def _closed(self, address: str) -> bool:
        """Tell whether a phone wrote too long ago; of one that was never heard nothing is known."""
        return self.clock() - self._heard.get(address, self.clock()) > WINDOW

    def _report(self, what: Sent, own: str, state: str, code: int = 0) -> None:
        told = meta_shapes.status(what, own, self.clock(), state, code)
        request = self._notification({"statuses": [told]})
        self.world.courier.carry(f"{what.address} reports", request, lambda _: None)

    def _number(self) -> Object:
        """Tell of our number, and where what is written to it goes."""
        return {
            "id": self._account.phone,
            "display_phone_number": f"+{NUMBER}",
            "verified_name": "LAPOR!",
            "quality_rating": "GREEN",
            "webhook_configuration": {"application": self.webhook},
        }

    def _templates(self) -> Object:
        """List the templates, a page at a time."""
        asked = flask.request.args
        first, limit = int(asked.get("after", "0")), int(asked.get("limit", "25"))
        found = [each.listed(*key) for key, each in sorted(self.templates.items())]
        more = {"next": flask.request.url} if len(found) > first + limit else {}
        return {"data": found[first : first + limit], "paging": {"cursors": {"after": str(first + limit)}, **more}}

    def _hand_in(self) -> Object:
        given = flask.request.get_json(silent=True)
        key, template = meta_api.handed_in(given if isinstance(given, dict) else {})
        if key in self.templates:
            raise Refusal(400, 100, "Invalid parameter: there is already content in this language")
        self.templates[key] = msgspec.structs.replace(template, status=self.fate)
        return {"id": str(len(self.templates)), "status": self.fate, "category": "UTILITY"}

    def _file(self, number: str) -> Object:
        """Tell where a file lies."""
        file = self.world.files.get(meta_shapes.media_name(number)) if number.isdecimal() else None
        if file is None:
            raise Refusal(400, 100, "Unsupported get request.")
        url = f"{flask.request.host_url}whatsapp_business/attachments/?mid={number}"
        about = {
            "mime_type": file.type,
            "file_size": len(file.data),
            "sha256": hashlib.sha256(file.data).hexdigest(),
        }
        return {"messaging_product": "whatsapp", "id": number, "url": url, **about}

    def _download(self) -> flask.Response:
        number = flask.request.args.get("mid", "")
        file = self.world.files.get(meta_shapes.media_name(number)) if number.isdecimal() else None
        return flask.Response(file.data, mimetype=file.type) if file else flask.Response(status=404)


def _apps() -> Object:
    """Tell who is told of what happens at the account."""
    return {"data": [{"whatsapp_business_api_data": {"id": "1", "name": "LAPOR!", "link": ""}}]}


def _refused(refusal: Refusal) -> tuple[Object, int]:
    error = {"message": str(refusal), "type": "OAuthException", "code": refusal.code, "fbtrace_id": "A"}
    return {"error": error}, refusal.status
