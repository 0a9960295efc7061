"""An SMS gateway, inbound: secret -> fields -> dispatcher -> the answer that the gateway's format says.

The words for the citizen never ride: they go by the gateway's own way of sending.
"""

from dataclasses import dataclass, field
from typing import Final, NoReturn

from bot import metrics
from bot.config import Settings
from bot.gateways.shape import Call, Fate, Format
from bot.inbound import Inbound
from bot.networks import Networks, caller, within
from conversations.events import Said
from webhooks.phone import e164
from webhooks.posted import Posted, secret_of
from webhooks.route import ID_LIMIT, Answer, Core, Denied, Request, Route, ignore, one_of

RECEIPTS: Final[dict[Fate, str]] = {
    "delivered": "delivered",
    "failed": "failed",
    "buffered": "accepted",
    "accepted": "accepted",
    "sent": "sent",
    "rejected": "failed",
}
"""What a delivery report says of the message."""
METHODS: Final = ("GET", "POST")
PROVIDER: Final = "gateway"


@dataclass(frozen=True, slots=True)
class Hook:
    """Takes the gateway's messages and delivery reports, which show one of `secrets`.

    They come from `networks`, any if there is none, maybe through `proxies` of ours.
    """

    secrets: tuple[str, ...] = field(repr=False)
    networks: Networks
    proxies: Networks
    core: Core
    format: Format

    def take(self, request: Request) -> Answer:
        """Verify, parse and pass on the messages of one call.

        A sender that is no phone number is acknowledged and left alone: answering an advert makes a loop.
        Raises Denied (403 for the network or the secret, 400 without sender or id) and Busy.
        """
        call = self.format.message
        for posted in self._verify("sms", request, call):
            sender, number = posted.first(call.sender), posted.first(call.id)
            if not sender or not number or len(number) > ID_LIMIT:
                self._refuse("sms", posted, call)
            phone = e164(sender)
            if phone is None:
                ignore("sms", "sender")
            else:
                event = Said(posted.text(call.text, call.hex))
                self.core.turn(Inbound(f"sms:{phone}", number, event, self.core.clock(), PROVIDER))
        return _answer(call)

    def note(self, request: Request) -> Answer:
        """Verify, count and pass on the delivery reports of one call.

        Raises Denied (403 for the network or the secret, 400 without an id) and Busy.
        """
        call = self.format.report
        for posted in self._verify("sms_status", request, call):
            ours = posted.first(call.id)
            theirs = "" if ours else posted.first(call.provider_id)
            if not 0 < len(ours or theirs) <= ID_LIMIT:
                self._refuse("sms_status", posted, call)
            fate = call.means.get(posted.first(call.status))
            metrics.RECEIPTS.labels(PROVIDER, fate or "other").inc()
            if fate and ours:
                self.core.receipt(ours, RECEIPTS[fate])
            elif fate:
                self.core.report(PROVIDER, theirs, RECEIPTS[fate])
        return _answer(call)

    def _refuse(self, route: str, posted: Posted, call: Call) -> NoReturn:
        self.core.unusable(route, "malformed", posted.without(call.secret, self.secrets))
        raise Denied(400, "malformed")

    def _verify(self, route: str, request: Request, call: Call) -> tuple[Posted, ...]:
        if self.networks and not within(caller(request.headers, self.proxies), self.networks):
            raise Denied(403, "network")
        posted = Posted.read(request, call)
        if not one_of(secret_of(request, posted, call.secret), self.secrets):
            raise Denied(403, "secret")
        some = posted.each(call.each)
        if not some:
            self._refuse(route, posted, call)
        return some


def routes(settings: Settings, core: Core) -> tuple[Route, ...]:
    """Return the routes of the gateway, none if the channel is off."""
    ours = settings.gateway
    if ours is None:
        return ()
    hook = Hook((ours.secret, *ours.old_secrets), ours.networks, settings.proxies, core, ours.format)
    return (
        Route("sms", "/webhooks/sms", hook.take, METHODS),
        Route("sms_status", "/webhooks/sms/status", hook.note, METHODS),
    )


def _answer(call: Call) -> Answer:
    return Answer(body=call.answer.encode(), type=call.answer_type)
