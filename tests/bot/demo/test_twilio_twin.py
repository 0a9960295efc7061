"""Twilio's twin keeps the rules of the Messages resource and brings messages as Twilio does."""

import flask
import httpx
import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from bot.config import Settings
from bot.demo.twins.app import Twins
from bot.demo.twins.files import File
from bot.providers import Twilio as Account
from tests.bot.demo.stage import Echo, settled, texts

CITIZEN = "whatsapp:+6281234567890"


@pytest.fixture
def account(settings: Settings) -> Account:
    """Return the account."""
    assert settings.twilio is not None
    return settings.twilio


@pytest.fixture
def client(account: Account) -> Client:
    """Return the library's client."""
    client = Client(account.sid, account.token)
    client.api.base_url = account.api_url
    return client


SMS = {"to": "+6281234567890", "from_": "+628110001708"}
WHATSAPP = {"to": CITIZEN, "from_": "whatsapp:+628110001708"}


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({**SMS, "body": ""}, 21602),
        ({**SMS, "body": "x" * 1601}, 21617),
        ({"to": "+6281234567890", "body": "halo"}, 21603),
        ({**SMS, "to": "", "body": "halo"}, 21604),
        ({**SMS, "to": "0812", "body": "halo"}, 21211),
        ({**WHATSAPP, "from_": "+628110001708", "body": "halo"}, 21910),
    ],
)
def test_a_message_against_the_rules_is_refused(
    message: dict[str, str], code: int, twins: Twins, client: Client
) -> None:
    """The library reads the refusal as Twilio's, and nothing reaches a phone."""
    with pytest.raises(TwilioRestException) as caught:
        client.messages.create(**message)
    assert (caught.value.status, caught.value.code, twins.twilio.inbox(CITIZEN)) == (400, code, ())


@pytest.mark.parametrize(
    ("message", "address", "shown"),
    [
        ({**SMS, "body": "Halo"}, "sms:+6281234567890", "Halo"),
        ({**WHATSAPP, "body": "Halo"}, CITIZEN, "Halo"),
        ({**WHATSAPP, "to": "whatsapp:ID.4566778899", "body": "Halo"}, "whatsapp:ID.4566778899", "Halo"),
    ],
)
def test_the_library_sends_a_message_and_finds_it_again(
    message: dict[str, str], address: str, shown: str, twins: Twins, client: Client
) -> None:
    """It stands on the phone once, and can be listed and fetched."""
    sent = client.messages.create(**message)
    client.messages.create(to="+6289999999999", from_="+628110001708", body="lain")
    listed = client.messages.list(to=message["to"])
    again = client.messages(sent.sid).fetch()
    assert [entry.text for entry in twins.twilio.inbox(address)] == [shown]
    assert ([one.sid for one in listed], again.body, again.status) == ([sent.sid], shown, "queued")


def test_nobody_gets_in_without_the_token(twins: Twins, account: Account) -> None:
    """Every address of the account wants basic auth."""
    url = f"{account.api_url}/2010-04-01/Accounts/{account.sid}/Messages.json"
    attempts = [None, (account.sid, "wrong"), ("AC0", account.token)]
    codes = [httpx.get(url, auth=attempt, trust_env=False).json()["code"] for attempt in attempts]
    assert (codes, twins.twilio.inbox(CITIZEN)) == ([20003, 20003, 20003], ())


def test_a_message_that_was_never_sent_is_not_found(twins: Twins, client: Client) -> None:
    """A wrong sid leads nowhere."""
    with pytest.raises(TwilioRestException) as caught:
        client.messages("SM0").fetch()
    assert (caught.value.code, twins.twilio.inbox(CITIZEN)) == (20404, ())


ENVELOPE = {"ApiVersion": "2010-04-01", "SmsStatus": "received", "NumSegments": "1"}


@pytest.mark.parametrize(
    ("address", "parties"),
    [
        ("sms:+6281234567890", {"From": "+6281234567890", "To": "+628110001708"}),
        (
            CITIZEN,
            {"From": CITIZEN, "To": "whatsapp:+628110001708", "ProfileName": "Warga", "WaId": "6281234567890"},
        ),
    ],
)
def test_a_text_is_brought_signed(
    address: str, parties: dict[str, str], twins: Twins, account: Account, echo: Echo
) -> None:
    """Twilio's own check accepts it, over PUBLIC_URL."""
    twins.twilio.say(address, "jalan rusak")
    hit = echo.hit()
    sids = {"MessageSid", "SmsMessageSid", "SmsSid"}
    signature = hit.headers["X-Twilio-Signature"]
    assert RequestValidator(account.token).validate(twins.twilio.webhook, hit.form, signature)
    assert {name: value for name, value in hit.form.items() if name not in sids} == {
        **ENVELOPE,
        **parties,
        "AccountSid": account.sid,
        "NumMedia": "0",
        "Body": "jalan rusak",
    }
    assert len({hit.form[name] for name in sids}) == 1


def test_a_photo_is_brought_as_an_address_that_wants_the_token(twins: Twins, account: Account, echo: Echo) -> None:
    """The address is one of our own account and gives the bytes with their type."""
    twins.twilio.send(CITIZEN, File(b"picture", "image/jpeg"), "lubangnya")
    form = echo.hit().form
    url = form["MediaUrl0"]
    with httpx.Client(trust_env=False) as client:
        refused, given = client.get(url), client.get(url, auth=(account.sid, account.token))
    told = form["Body"], form["NumMedia"], form["MediaContentType0"]
    assert (told, refused.status_code, given.content, given.headers["Content-Type"]) == (
        ("lubangnya", "1", "image/jpeg"),
        401,
        b"picture",
        "image/jpeg",
    )


def test_a_point_is_brought_in_degrees(twins: Twins, echo: Echo) -> None:
    """Latitude and Longitude come beside an empty body."""
    twins.twilio.share(CITIZEN, -7.75, 110.38)
    form = echo.hit().form
    assert (form["Body"], form["Latitude"], form["Longitude"]) == ("", "-7.75", "110.38")


@pytest.mark.parametrize(
    ("twiml", "shown"),
    [
        ("<Response><Message>Di mana &amp; kapan?</Message></Response>", ["Di mana & kapan?"]),
        ("<Response><Message><Body>Satu</Body></Message><Message>Dua</Message></Response>", ["Satu", "Dua"]),
    ],
)
def test_the_messages_in_the_response_stand_on_the_phone(
    twiml: str, shown: list[str], twins: Twins, echo: Echo
) -> None:
    """An answer that rides in the response needs no call."""
    echo.answers.append(flask.Response(twiml, mimetype="text/xml"))
    twins.twilio.say(CITIZEN, "LAPOR")
    assert texts(twins.twilio, CITIZEN, len(shown)) == shown


@pytest.mark.parametrize("body", ["", "<Response/>", "no markup"])
def test_a_response_without_a_message_shows_nothing(body: str, twins: Twins, echo: Echo) -> None:
    """An empty or broken response leaves the phone as it was."""
    echo.answers.append(flask.Response(body, mimetype="text/xml"))
    twins.twilio.say(CITIZEN, "LAPOR")
    assert (settled(twins.twilio, CITIZEN).state, twins.twilio.inbox(CITIZEN)) == ("delivered", ())


def test_a_message_sent_twice_keeps_its_sid(twins: Twins, echo: Echo) -> None:
    """It is the same request, signature and all."""
    twins.twilio.say(CITIZEN, "LAPOR", times=2)
    first, second = echo.hit(), echo.hit()
    assert (first.form, first.headers["X-Twilio-Signature"]) == (second.form, second.headers["X-Twilio-Signature"])
