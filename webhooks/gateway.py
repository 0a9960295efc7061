"""An SMS gateway (Kannel), inbound: secret -> fields -> dispatcher -> an empty answer.

Kannel sends what we answer on to the citizen, so the answer is empty and the words go by its sendsms.
"""

from dataclasses import dataclass, field
from typing import Final, NoReturn

from bot import metrics
from bot.config import Settings
from bot.inbound import Inbound
from bot.networks import Networks, caller, within
from conversations.events import Said
from webhooks import form
from webhooks.form import Form
from webhooks.phone import e164
from webhooks.route import ID_LIMIT, NOTHING, Answer, Core, Denied, Request, Route, ignore, one_of

STATUSES: Final = {"1": "delivered", "2": "failed", "4": "buffered", "8": "accepted", "16": "rejected"}
RECEIPTS: Final = {
    "delivered": "delivered",
    "failed": "failed",
    "buffered": "accepted",
    "accepted": "accepted",
    "rejected": "failed",
}
"""What a delivery report says of the message."""
METHODS: Final = ("GET", "POST")


@dataclass(frozen=True, slots=True)
class Hook:
    """Takes the gateway's messages and delivery reports, which carry one of `secrets` as a field.

    They come from `networks`, any if there is none, maybe through `proxies` of ours.
    """

    secrets: tuple[str, ...] = field(repr=False)
    networks: Networks
    proxies: Networks
    core: Core

    def take(self, request: Request) -> Answer:
        """Verify, parse and pass on one message.

        A sender that is no phone number is acknowledged and left alone: answering an advert makes a loop.
        Raises Denied (403 for the network or the secret, 400 without `from` or `id`) and Busy.
        """
        fields = self._verify(request)
        sender, number = fields.first("from"), fields.first("id")
        if not sender or not number or len(number) > ID_LIMIT:
            self._refuse("sms", fields)
        phone = e164(sender)
        if phone is None:
            ignore("sms", "sender")
        else:
            event = Said(fields.first("text"))
            self.core.turn(Inbound(f"sms:{phone}", number, event, self.core.clock(), "gateway"))
        return NOTHING

    def note(self, request: Request) -> Answer:
        """Verify, count and pass on one delivery report.

        Raises Denied (403 for the network or the secret, 400 without `id`) and Busy.
        """
        fields = self._verify(request)
        outbox_id = fields.first("id")
        if not outbox_id or len(outbox_id) > ID_LIMIT:
            self._refuse("sms_status", fields)
        status = STATUSES.get(fields.first("type"), "other")
        metrics.RECEIPTS.labels("gateway", status).inc()
        if status in RECEIPTS:
            self.core.receipt(outbox_id, RECEIPTS[status])
        return NOTHING

    def _refuse(self, route: str, fields: Form) -> NoReturn:
        self.core.unusable(route, "malformed", fields.without("secret"))
        raise Denied(400, "malformed")

    def _verify(self, request: Request) -> Form:
        if self.networks and not within(caller(request.headers, self.proxies), self.networks):
            raise Denied(403, "network")
        fields = form.read(request.query, request.read() if request.method == "POST" else b"")
        if not one_of(fields.first("secret"), self.secrets):
            raise Denied(403, "secret")
        return fields


def routes(settings: Settings, core: Core) -> tuple[Route, ...]:
    """Return the routes of the gateway, none if the channel is off."""
    if settings.gateway is None:
        return ()
    given = settings.gateway
    hook = Hook((given.secret, *given.old_secrets), given.networks, settings.proxies, core)
    return (
        Route("sms", "/webhooks/sms", hook.take, METHODS),
        Route("sms_status", "/webhooks/sms/status", hook.note, METHODS),
    )
