"""A bubble becomes a call of Kannel's sendsms."""

import logging
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.channels.gateway import GatewaySender
from bot.errors import Temporary
from bot.providers import Gateway
from conversations.bubble import Bubble
from tests.bot.channels.provider import SILENCE, Provider, Reply, outcome

ACCEPTED = Reply(202, b"0: Accepted for delivery")
PUBLIC = "https://lapor.example"


def sender(url: str, public_url: str = PUBLIC) -> GatewaySender:
    """Make a sender that soon loses patience."""
    settings = Gateway(f"{url}/cgi-bin/sendsms", "bot", "kata sandi", "100% gerbang", "1708")
    return GatewaySender(settings, public_url, patience=0.3)


def send(url: str, text: str = "Halo", public_url: str = PUBLIC) -> object:
    """Send a text and tell what came of it."""
    gateway = sender(url, public_url)
    return outcome(gateway, lambda: gateway.send("sms:+6281234567890", Bubble(text), "ob-1"))


def test_a_text_goes_out_under_the_short_code_with_its_report_asked_for(provider: Provider) -> None:
    """Kannel fills in %d; what else is percent-encoded in the report's address stands with two percent signs."""
    provider.script(ACCEPTED)

    told = send(provider.url, "Nomor 9165816. Terima kasih & salam")

    assert told == ""
    assert [(asked.method, asked.path, asked.fields) for asked in provider.asked] == [
        (
            "GET",
            "/cgi-bin/sendsms",
            {
                "username": "bot",
                "password": "kata sandi",
                "from": "1708",
                "to": "+6281234567890",
                "text": "Nomor 9165816. Terima kasih & salam",
                "charset": "UTF-8",
                "dlr-mask": "19",
                "dlr-url": f"{PUBLIC}/webhooks/sms/status?secret=100%%25%%20gerbang&id=ob-1&type=%d",
            },
        )
    ]


def test_the_report_comes_back_to_our_own_route(provider: Provider) -> None:
    """As Kannel fills in the address, our route finds the secret, the id and the kind."""
    provider.script(ACCEPTED)
    send(provider.url)

    filled = provider.asked[0].fields["dlr-url"].replace("%%", "\0").replace("%d", "1").replace("\0", "%")

    assert parse_qs(urlsplit(filled).query) == {"secret": ["100% gerbang"], "id": ["ob-1"], "type": ["1"]}


def test_without_a_public_address_no_report_is_asked_for(provider: Provider) -> None:
    """There is nowhere to send it."""
    provider.script(ACCEPTED)

    send(provider.url, public_url="")

    assert sorted(provider.asked[0].fields) == ["charset", "from", "password", "text", "to", "username"]


@pytest.mark.parametrize(("text", "coding"), [("harga 5€ é", None), ("selesai 👍", "2")])
def test_only_a_text_outside_the_sms_alphabet_goes_out_as_unicode(
    text: str, coding: str | None, provider: Provider
) -> None:
    """It would arrive with question marks otherwise; all else stays in the cheaper alphabet."""
    provider.script(ACCEPTED)

    send(provider.url, text)

    assert (provider.asked[0].fields["text"], provider.asked[0].fields.get("coding")) == (text, coding)


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (Reply(200, b"Sent."), ""),
        (Reply(202, b"3: Queued for later delivery"), ""),
        (Reply(403, b"Authorization failed for sendsms"), "Temporary"),
        (Reply(404, b"Unknown request."), "Temporary"),
        (Reply(429), "Temporary"),
        (Reply(503, b"Temporal failure, try again later."), "Temporary"),
        (Reply(400, b"Missing receiver number, rejected"), "Permanent"),
        (SILENCE, "Uncertain"),
    ],
    ids=(
        "sent",
        "queued",
        "the operator's password is wrong",
        "the operator's address is wrong",
        "too many messages",
        "the gateway has lost its network",
        "no number",
        "taken, but the answer is lost",
    ),
)
def test_an_answer_is_told_for_what_it_is(reply: Reply, told: str, provider: Provider) -> None:
    """Whether to try again, to give up, or to wait for the report."""
    provider.script(reply)

    assert (send(provider.url), len(provider.asked)) == (told, 1)


def test_a_text_that_never_left_is_tried_again() -> None:
    """Nobody listens at that port."""
    assert send("http://127.0.0.1:9") == "Temporary"


@pytest.mark.parametrize("reply", [ACCEPTED, SILENCE, Reply(403)])
def test_neither_secrets_nor_words_are_told_to_anyone(
    reply: Reply, provider: Provider, caplog: pytest.LogCaptureFixture
) -> None:
    """They stand in the address, which the library would log."""
    caplog.set_level(logging.DEBUG)
    provider.script(reply)

    send(provider.url, "Rumah warga")

    assert [word for word in ("sandi", "gerbang", "Rumah", "81234567890") if word in caplog.text] == []


def test_the_reason_of_a_failure_tells_no_address(provider: Provider) -> None:
    """It names who refused and how."""
    provider.script(Reply(403))
    gateway = sender(provider.url)

    async def act() -> str:
        try:
            return await gateway.send("sms:+6281234567890", Bubble("Halo"), "ob-1")
        except Temporary as failure:
            return str(failure)

    assert outcome(gateway, act) == "gateway answered 403"


def test_a_gateway_has_neither_files_nor_taps() -> None:
    """Asking for a file never helps; a tap needs no answer."""
    gateway = sender("http://127.0.0.1:9")

    assert outcome(gateway, lambda: gateway.fetch("ref")) == "Permanent"
    assert outcome(gateway, lambda: gateway.acknowledge("tap")) is None
