"""Forged, replayed, twisted and endless requests: refused, or read as plain text."""

import gzip
import io
import json
from urllib.parse import quote_plus

import pytest
from flask.testing import FlaskClient

from bot.config import load
from conversations.events import Said
from tests.webhooks.rest import ENVIRON, STAMP, Rest, core_of, payload, seal, signature, web_of
from webhooks.app import create_app
from webhooks.route import Request, one_of, same, several

RIGHT = {"X-Telegram-Bot-Api-Secret-Token": "telegram-secret"}
FORM = "application/x-www-form-urlencoded"
EVENT = payload("lapor/a-tracking-id.json")
SMS = payload("twilio/a-text-by-sms.form")
TEXTS = [
    "a\x00b",
    "\x1b[2J\x07\x08",
    "\u202egnalk\u202c \u2066x\u2069",
    "\ufeff\u200b\u00ad",
    "{story} {0.__class__} %s %n ${jndi:x}",
    "<script>alert(1)</script>'\"--;",
    "😀" * 2000,
    "\U000e0001\uffff\ufdd0",
]


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_any_characters_are_text(text: str, web: FlaskClient, rest: Rest) -> None:
    """On every channel the dialog hears what was written, and nothing of it is obeyed."""
    update = {"update_id": 1, "message": {"chat": {"id": 7, "type": "private"}, "text": text}}
    form = f"MessageSid=SM1&From=%2B6281234567890&Body={quote_plus(text)}".encode()
    signed = {"X-Twilio-Signature": signature("https://lapor.example/webhooks/twilio", form)}

    web.post("/webhooks/telegram", data=json.dumps(update), headers=RIGHT)
    web.post("/webhooks/twilio", data=form, headers=signed, content_type=FORM)
    web.get(f"/webhooks/sms?secret=gerbang+rahasia&from=081234567890&id=7&text={quote_plus(text)}")

    assert [inbound.event for inbound in rest.inbound] == [Said(text)] * 3


@pytest.mark.parametrize("written", ["%ED%A0%80", "%FF%FE", "%C0%AF", "%F5%80%80%80", "%", "%zz"])
def test_bytes_that_are_no_text_become_signs_for_something_unreadable(
    written: str, web: FlaskClient, rest: Rest
) -> None:
    """No half of a character reaches the dialog."""
    web.get(f"/webhooks/sms?secret=gerbang+rahasia&from=081234567890&id=7&text=a{written}")

    (inbound,) = rest.inbound
    assert isinstance(inbound.event, Said)
    assert inbound.event.text.encode().startswith(b"a")


@pytest.mark.parametrize("separator", [";", "&amp;", "&", "\n", "%26"])
def test_a_citizens_text_cannot_add_a_field(separator: str, web: FlaskClient, rest: Rest) -> None:
    """What is escaped in a text stays in it."""
    text = quote_plus(f"x{separator}from=089999999999")

    web.get(f"/webhooks/sms?text={text}&secret=gerbang+rahasia&from=081234567890&id=7")

    assert [inbound.address for inbound in rest.inbound] == ["sms:+6281234567890"]


def test_a_compressed_body_is_never_opened(web: FlaskClient, rest: Rest) -> None:
    """A bomb stays as small as it came."""
    bomb = gzip.compress(b" " * 10_000_000)

    response = web.post("/webhooks/telegram", data=bomb, headers=RIGHT | {"Content-Encoding": "gzip"})

    assert (response.status_code, rest.inbound) == (400, [])


def test_a_body_is_not_read_before_telegram_has_proved_itself(web: FlaskClient) -> None:
    """A stranger's body costs nothing, however long."""

    class Unread(io.BytesIO):
        def read(self, *_: object) -> bytes:
            raise AssertionError

    response = web.post(
        "/webhooks/telegram",
        headers={"X-Telegram-Bot-Api-Secret-Token": "wrong"},
        environ_overrides={"wsgi.input": Unread(), "CONTENT_LENGTH": str(1 << 40)},
    )

    assert (response.status_code, response.data) == (401, b"secret\n")


@pytest.mark.parametrize("length", [str(1 << 40), "-1", "many", "9" * 5000, ""])
def test_a_length_that_lies_is_not_believed(length: str, web: FlaskClient, rest: Rest) -> None:
    """The body is refused, or what there is of it."""
    response = web.post(
        "/webhooks/telegram",
        headers=RIGHT,
        environ_overrides={"wsgi.input": io.BytesIO(b"{"), "CONTENT_LENGTH": length},
    )

    assert (response.status_code in (400, 413), rest.inbound) == (True, [])


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "attacker.example"},
        {"X-Forwarded-Host": "attacker.example", "X-Forwarded-Proto": "http"},
        {"X-Original-Url": "/webhooks/lapor", "X-Http-Method-Override": "GET"},
    ],
    ids=("a host", "a forwarded host", "an overridden address"),
)
def test_the_signature_of_twilio_is_over_our_public_address_only(
    headers: dict[str, str], web: FlaskClient, rest: Rest
) -> None:
    """Behind a proxy the request says little of how it was sent, and a stranger says what a stranger likes."""
    right = {"X-Twilio-Signature": signature("https://lapor.example/webhooks/twilio", SMS)}
    forged = {"X-Twilio-Signature": signature("https://attacker.example/webhooks/twilio", SMS)}

    answers = [
        web.post("/webhooks/twilio", data=SMS, headers=signed | headers, content_type=FORM).status_code
        for signed in (right, forged)
    ]

    assert (answers, len(rest.inbound)) == ([200, 403], 1)


def test_a_signature_for_one_route_opens_no_other(web: FlaskClient, rest: Rest) -> None:
    """A message cannot be played as a delivery report, nor the other way round."""
    signed = {"X-Twilio-Signature": signature("https://lapor.example/webhooks/twilio", SMS)}

    response = web.post("/webhooks/twilio/status?outbox=1", data=SMS, headers=signed, content_type=FORM)

    assert (response.status_code, rest.receipts) == (403, [])


@pytest.mark.parametrize(
    "twist",
    [
        lambda header: header.replace(f"t={STAMP}", f"t={STAMP + 1}"),
        lambda header: f"t={STAMP + 1},{header}".replace(f"t={STAMP},", ""),
        lambda header: f"{header},v1=00",
        lambda header: f"{header},t={STAMP + 9}",
        lambda header: header[:-1],
        lambda header: header.replace("v1=", "v0="),
    ],
    ids=("another time", "a time in front", "a second digest", "a second time", "cut", "another scheme"),
)
def test_a_twisted_signature_of_an_event_is_refused(twist: object, web: FlaskClient, rest: Rest) -> None:
    """The time is under the signature too."""
    assert callable(twist)
    header = twist(seal(EVENT)["X-Lapor-Signature"])

    response = web.post("/webhooks/lapor", data=EVENT, headers={"X-Lapor-Signature": header})

    assert (response.status_code, rest.events) == (401, [])


def test_while_a_secret_is_changed_the_new_and_the_old_one_hold(rest: Rest) -> None:
    """Providers are told the new one after we know it."""
    web = web_of(rest, TELEGRAM_WEBHOOK_SECRET="new-one, telegram-secret", LAPOR_WEBHOOK_SECRET="new,lapor-secret")
    update = payload("telegram/a-text.json")

    told = [
        web.post("/webhooks/telegram", data=update, headers={"X-Telegram-Bot-Api-Secret-Token": secret}).status_code
        for secret in ("new-one", "telegram-secret", "new-one, telegram-secret", ",", "")
    ]
    sealed = [
        web.post("/webhooks/lapor", data=EVENT, headers=seal(EVENT, secret=secret)).status_code
        for secret in (b"new", b"lapor-secret", b"new,lapor-secret", b"")
    ]

    assert (told, sealed) == ([200, 200, 401, 401, 401], [200, 200, 401, 401])


def test_a_secret_of_commas_opens_nothing(rest: Rest) -> None:
    """An empty list of secrets is no secret that an empty header would match."""
    web = web_of(rest, TELEGRAM_WEBHOOK_SECRET=",", LAPOR_WEBHOOK_SECRET=" , ")

    answers = [
        web.post("/webhooks/telegram", data=b"{}", headers={"X-Telegram-Bot-Api-Secret-Token": ""}).status_code,
        web.post("/webhooks/lapor", data=b"{}", headers=seal(b"{}", secret=b"")).status_code,
    ]

    assert answers == [401, 404]


@pytest.mark.parametrize("secret", ["rahasia", "rahasiá", "秘密", "r\udce9"])
def test_secrets_of_any_characters_are_compared(secret: str) -> None:
    """None of them raises an error, which would be an answer of its own kind."""
    given = (secret, "rahasia\udce9", "", secret + "x")

    assert [same(each, secret) for each in given[1:]] == [False] * 3
    assert one_of("rahasiá", several("lama, rahasiá"))


def test_no_part_of_the_web_process_prints_a_secret() -> None:
    """Not even where somebody prints a route or a request."""
    app = create_app(load(ENVIRON), core_of(Rest()))
    printed = repr(vars(app.wsgi_app)) + repr(
        Request("GET", b"secret=gerbang+rahasia", {"X": "telegram-secret"}, bytes)
    )

    secrets = ("telegram-secret", "twilio-token", "gerbang", "lapor-secret", "42:token")
    assert [secret for secret in secrets if secret in printed] == []
    assert "webhooks/sms" in printed


@pytest.mark.parametrize(
    "path",
    ["//webhooks/sms", "/webhooks/sms/", "/webhooks/./sms", "/webhooks/SMS", "/webhooks/sms%00"],
)
def test_no_other_spelling_of_an_address_leads_to_a_webhook_or_elsewhere(
    path: str, web: FlaskClient, rest: Rest
) -> None:
    """Nothing is redirected, least of all to a host that the caller names."""
    response = web.get(
        f"{path}?secret=gerbang+rahasia&from=081234567890&id=7&text=x", headers={"Host": "attacker.example"}
    )

    told = response.headers.get("Location", "") + response.text
    assert (rest.inbound, "attacker" in told, "gerbang" in told) == ([], False, False)
