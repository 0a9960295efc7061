"""Content templates at Twilio's twin: made, approved, filled and tapped, by the rules of Twilio and WhatsApp."""

import json
import time
from collections.abc import Mapping

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from bot.config import Settings
from bot.contents.api import ContentApi, Refused
from bot.contents.wanted import Wanted
from bot.demo.twins.app import Twins
from bot.demo.twins.screens import Entry
from bot.providers import Twilio as Account
from conversations.bubble import Button
from tests.bot.demo.stage import Echo, Hit

CITIZEN = "whatsapp:+6281234567890"
WHATSAPP = {"to": CITIZEN, "from_": "whatsapp:+628110001708"}
QUICK = {
    "twilio/quick-reply": {
        "body": "Laporan {{1}} selesai?",
        "actions": [{"type": "QUICK_REPLY", "title": "{{2}}", "id": "tap.{{1}}"}],
    }
}
LIST = {"twilio/list-picker": {"body": "{{1}}", "button": "Pilih", "items": [{"item": "{{2}}", "id": "row.{{1}}"}]}}


class Stand:
    """The twin that runs, the account at it, and the library's client."""

    def __init__(self, twins: Twins, account: Account) -> None:
        self.twin, self.account = twins.twilio, account
        self.client = Client(account.sid, account.token)
        self.client.api.base_url = account.api_url

    def made(self, types: Mapping[str, object], *, submitted: bool = False) -> str:
        """Make a content template and return its id."""
        api = ContentApi(self.account)
        try:
            sid = api.create(Wanted("lapor_x_1", "id", dict(types), {"1": "9165816", "2": "Ya"})).sid
            if submitted:
                api.submit(sid, "lapor_x_1")
        finally:
            api.close()
        return sid

    def send(self, sid: str, variables: object, **more: str) -> None:
        """Send a message by a content template."""
        self.client.messages.create(**WHATSAPP, content_sid=sid, content_variables=json.dumps(variables), **more)

    def inbox(self) -> tuple[Entry, ...]:
        """Return what the citizen was sent."""
        return self.twin.inbox(CITIZEN)

    def signed(self, url: str, hit: Hit) -> bool:
        """Tell whether a request is signed as Twilio signs."""
        signature = hit.headers["X-Twilio-Signature"]
        return bool(RequestValidator(self.account.token).validate(url, hit.form, signature))


@pytest.fixture
def stand(settings: Settings, twins: Twins) -> Stand:
    """Return the twin that runs."""
    assert settings.twilio is not None
    return Stand(twins, settings.twilio)


@pytest.mark.parametrize(
    ("types", "tapped", "opener"),
    [
        (QUICK, {"ButtonText": "Sudah", "ButtonPayload": "tap.1"}, ""),
        (LIST, {"ListTitle": "Sudah", "ListId": "row.1"}, "Pilih"),
    ],
    ids=["a quick reply", "a row of a list"],
)
def test_a_choice_comes_back_as_what_it_carries(
    types: Mapping[str, object], tapped: dict[str, str], opener: str, stand: Stand, echo: Echo
) -> None:
    """Signed, and with its label as the text."""
    stand.send(stand.made(types), {"1": "1", "2": "Sudah"})
    (entry,) = stand.inbox()
    ((button,),) = entry.buttons
    stand.twin.tap(entry.id, button.data)
    hit = echo.hit()
    told = (button.label, entry.opener, {name: hit.form[name] for name in tapped}, hit.form["Body"])
    assert (told, stand.signed(stand.twin.webhook, hit)) == (("Sudah", opener, tapped, "Sudah"), True)
    with pytest.raises(KeyError):
        stand.twin.tap(entry.id, "menu.1.report")


@pytest.mark.parametrize(
    "variables",
    [{"1": "satu\ndua"}, {"1": "satu\tdua"}, {"1": "satu     dua"}, {"1": ""}, {"1": 9165816}, ["9165816"]],
    ids=["a line break", "a tab", "a run of spaces", "nothing", "a number", "a list"],
)
def test_a_value_against_the_rules_is_refused(variables: object, stand: Stand) -> None:
    sid = stand.made(QUICK)
    with pytest.raises(TwilioRestException) as caught:
        stand.send(sid, variables)
    assert (caught.value.code, stand.inbox()) == (21656, ())


def test_a_template_that_is_not_there_is_refused(stand: Stand) -> None:
    with pytest.raises(TwilioRestException) as caught:
        stand.send(f"HX{'0' * 32}", {})
    assert (caught.value.code, stand.inbox()) == (21655, ())


def test_a_value_left_out_is_that_of_the_sample(stand: Stand) -> None:
    stand.send(stand.made(QUICK), {"2": "Belum"})
    (entry,) = stand.inbox()
    assert (entry.text, entry.buttons) == ("Laporan 9165816 selesai?", ((Button("Belum", "tap.9165816"),),))


@pytest.mark.parametrize(
    ("types", "reaches"),
    [((), False), ((QUICK, False), False), ((QUICK, True), True), ((LIST, False), False)],
    ids=["free words", "not approved", "approved", "a list"],
)
def test_a_day_after_the_last_message_only_approved_words_reach_the_phone(
    types: tuple[dict[str, object], bool] | tuple[()],
    reaches: bool,  # noqa: FBT001
    stand: Stand,
    echo: Echo,
) -> None:
    """Twilio takes the message all the same, and tells of it later (63016)."""
    stand.twin.say(CITIZEN, "halo")
    echo.hit()
    stand.twin.clock = lambda: time.time() + 86401.0
    report = stand.twin.webhook + "/status?outbox=7f"
    if types:
        stand.send(stand.made(types[0], submitted=types[1]), {"1": "1"}, status_callback=report)
    else:
        stand.client.messages.create(**WHATSAPP, body="Kabar", status_callback=report)
    if reaches:
        assert len(stand.inbox()) == 1
        return
    hit = echo.hit()
    told = {name: hit.form[name] for name in ("MessageStatus", "ErrorCode", "To")}
    assert (hit.args, told, stand.inbox(), stand.signed(report, hit)) == (
        {"outbox": "7f"},
        {"MessageStatus": "failed", "ErrorCode": "63016", "To": CITIZEN},
        (),
        True,
    )


def test_a_label_too_long_for_whatsapp_fails_later(stand: Stand) -> None:
    stand.send(stand.made(QUICK), {"1": "1", "2": "a" * 21})
    (message,) = stand.client.messages.list()
    assert (message.status, message.error_code, stand.inbox()) == ("failed", 63021, ())


def test_a_list_cannot_be_approved(stand: Stand) -> None:
    with pytest.raises(Refused, match="error 20001"):
        stand.made(LIST, submitted=True)
