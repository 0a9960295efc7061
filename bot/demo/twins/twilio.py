"""Plays Twilio: its REST API on one side, phones with WhatsApp or SMS on the other."""

from collections import deque
from datetime import UTC, datetime
from typing import Final
from xml.etree import ElementTree as ET

import flask
import httpx
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

from bot.demo.twins import twilio_account, twilio_api
from bot.demo.twins.screens import Entry
from bot.demo.twins.twilio_api import WHATSAPP, Refusal, Resource, Sent
from bot.demo.twins.twilio_content import Library, Shown
from bot.demo.twins.twin import CITIZEN, Twin, World
from bot.providers import Twilio

WINDOW: Final = 86400.0
"""For so many seconds after a citizen's message, free words reach a phone with WhatsApp."""
CLOSED: Final = 63016
UNFIT: Final = 63021
ACCOUNTS: Final = "/2010-04-01/Accounts"
KEPT: Final = 500  # messages that can be listed


class TwilioTwin(Twin):
    """Twilio with one account; addresses are `sms:+62…` and `whatsapp:+62…`."""

    def __init__(self, world: World, webhook: str, account: Twilio) -> None:
        super().__init__(world, webhook)
        self._account = account
        self.clock = world.screens.clock
        self._heard: dict[str, float] = {}
        self.library = Library(account.sid, account.api_url)
        self._path = f"{ACCOUNTS}/{account.sid}"
        self._sign = RequestValidator(account.token).compute_signature
        self._sent: deque[Resource] = deque(maxlen=KEPT)
        self.blueprint = flask.Blueprint("twilio", __name__)
        self.blueprint.before_request(self._authorize)
        self.blueprint.register_error_handler(Refusal, _refused)
        self.library.routes(self.blueprint)
        self.blueprint.get(f"{self._path}.json")(self._tell)
        self.blueprint.get(f"{self._path}/IncomingPhoneNumbers.json")(self._numbers)
        self.blueprint.post(f"{self._path}/Messages.json")(self._create)
        self.blueprint.get(f"{self._path}/Messages.json")(self._list)
        self.blueprint.get(f"{self._path}/Messages/<sid>.json")(self._fetch)
        self.blueprint.get(f"{self._path}/Messages/<sid>/Media/<name>")(self._download)

    # The phone's side

    def request(self, entry: Entry) -> httpx.Request:
        """Return a form with the message that a phone sent, signed over the webhook's address."""
        return self._brought(entry.address, {"Body": entry.text, **self._content(entry)})

    def tap(self, entry_id: int, data: str) -> None:
        """Tap the choice of a message that carries `data`.

        Raises KeyError where there is no such choice.
        """
        entry = self.world.screens.get(entry_id)
        choices = {button.data: button.label for row in entry.buttons for button in row} if entry else {}
        if entry is None or data not in choices:
            raise KeyError(data)
        self.world.screens.change(entry_id, tapped=data)
        names = ("ListTitle", "ListId") if entry.opener else ("ButtonText", "ButtonPayload")
        told = dict(zip(names, (choices[data], data), strict=True))
        self.bring(entry, self._brought(entry.address, {"Body": choices[data], **told}))

    def close_window(self, address: str) -> None:
        """Let WhatsApp's window of a phone be closed, whatever the bot believes."""
        self._heard[address] = self.clock() - 2 * WINDOW

    def _brought(self, address: str, content: dict[str, str]) -> httpx.Request:
        """Return a form with one message; it opens WhatsApp's window."""
        self._heard[address] = self.clock()
        return self._signed(self.webhook, {**self._envelope(address), **content})

    def _signed(self, url: str, form: dict[str, str]) -> httpx.Request:
        return httpx.Request("POST", url, data=form, headers={"X-Twilio-Signature": self._sign(url, form)})

    def _envelope(self, address: str) -> dict[str, str]:
        """Return the fields that every inbound message has."""
        sid, (channel, _, number) = twilio_api.sid("SM"), address.partition(":")
        fields = {
            "MessageSid": sid,
            "SmsMessageSid": sid,
            "SmsSid": sid,
            "AccountSid": self._account.sid,
            "ApiVersion": "2010-04-01",
            "SmsStatus": "received",
            "NumMedia": "0",
            "NumSegments": "1",
        }
        if channel == "sms":
            return {**fields, "From": number, "To": self._account.sms_from}
        whatsapp = {"From": address, "To": WHATSAPP + self._account.whatsapp_from}
        return {**fields, **whatsapp, "ProfileName": CITIZEN, "WaId": number.removeprefix("+")}

    def _content(self, entry: Entry) -> dict[str, str]:
        """Return the fields that tell of a place or a file."""
        if entry.place:
            return dict(zip(("Latitude", "Longitude"), map(str, entry.place), strict=True))
        if file := self.world.files.get(entry.media):
            path = f"{self._path}/Messages/{twilio_api.sid('MM')}/Media/{entry.media}"
            url = f"{self._account.api_url}{path}"
            return {"NumMedia": "1", "MediaUrl0": url, "MediaContentType0": file.type}
        return {}

    def take(self, entry: Entry, response: httpx.Response) -> None:
        """Show the messages of the TwiML in the response."""
        try:
            twiml = ET.fromstring(response.text)  # noqa: S314 - our own bot's, and expat bounds entities
        except ET.ParseError:
            return
        for message in twiml.iter("Message"):
            if text := "".join(message.itertext()).strip():
                self.world.screens.show(entry.address, text=text)

    # The bot's side

    def _authorize(self) -> None:
        given = flask.request.authorization
        if given is None or (given.username, given.password) != (self._account.sid, self._account.token):
            raise Refusal(401, 20003, "Authenticate")

    def _tell(self) -> Resource:
        return twilio_account.account(self._account.sid)

    def _numbers(self) -> Resource:
        """List the account's numbers; `PhoneNumber` narrows it."""
        asked = flask.request.args
        twilio_api.known(asked, twilio_account.NUMBERS)
        own = twilio_account.number(self._account.sid, self._account.sms_from, self.webhook)
        found = [own] if asked.get("PhoneNumber", "") in own["phone_number"] else []
        return twilio_account.page("incoming_phone_numbers", found, flask.request.path, asked)

    def _create(self) -> tuple[Resource, int]:
        sent = twilio_api.sent(flask.request.form)
        shown = self.library.shown(sent.content, sent.text) if sent.content else Shown(sent.text)
        made = twilio_api.resource(self._account.sid, sent, shown.text, datetime.fromtimestamp(self.clock(), UTC))
        self._sent.append(made)
        if code := self._late(sent, shown):
            self._fail(sent, made, code)
        else:
            rows = tuple((button,) for button in shown.buttons)
            self.world.screens.show(sent.address, text=shown.text, buttons=rows, opener=shown.opener)
        return made, 201

    def _late(self, sent: Sent, shown: Shown) -> int:
        """Return the error that WhatsApp tells Twilio later, 0 where it takes the message."""
        if not sent.address.startswith(WHATSAPP):
            return 0
        closed = self.clock() - self._heard.get(sent.address, self.clock()) > WINDOW
        if closed and not self.library.approved(sent.content):
            return CLOSED
        return 0 if shown.fits or not sent.content else UNFIT

    def _fail(self, sent: Sent, made: Resource, code: int) -> None:
        """Tell the bot, where it wants to know, that a message failed."""
        told = {"status": "failed", "error_code": code}
        if not sent.callback:
            made |= told
            return
        form = {
            "MessageSid": made["sid"],
            "SmsSid": made["sid"],
            "MessageStatus": "failed",
            "SmsStatus": "failed",
            "ErrorCode": str(code),
            "AccountSid": self._account.sid,
            "ApiVersion": "2010-04-01",
            "From": sent.sender,
            "To": sent.to,
        }
        later = self._signed(sent.callback, form)
        self.world.courier.carry(f"{sent.address} reports", later, lambda _: made.update(told))

    def _list(self) -> Resource:
        """List the messages sent, newest first; `To` and `From` narrow it."""
        asked = flask.request.args
        twilio_api.known(asked, twilio_api.LIST)
        wanted = {name.lower(): asked[name] for name in ("To", "From") if name in asked}
        found = [sent for sent in self._sent if wanted.items() <= sent.items()]
        return twilio_account.page("messages", found[::-1], flask.request.path, asked)

    def _fetch(self, sid: str) -> Resource:
        return next((sent for sent in self._sent if sent["sid"] == sid), None) or twilio_api.missing()

    def _download(self, sid: str, name: str) -> flask.Response:  # noqa: ARG002 - the name is enough
        file = self.world.files.get(name) or twilio_api.missing()
        return flask.Response(file.data, mimetype=file.type)


def _refused(refusal: Refusal) -> tuple[Resource, int]:
    body = {"code": refusal.code, "message": str(refusal), "status": refusal.status}
    return {**body, "more_info": f"https://www.twilio.com/docs/errors/{refusal.code}"}, refusal.status
