"""The gateway is asked without a receiver, so that nothing is sent."""

import pytest

from bot.doctor.finding import Level
from bot.doctor.gateway import gateway, said
from bot.redis_server import free_port
from tests.bot.channels.provider import Provider, Reply
from tests.bot.doctor.environs import SECRET, found, levels


def test_kannel_looks_at_the_name_and_refuses_for_want_of_a_receiver(provider: Provider) -> None:
    provider.script(Reply(400, b"Wrong sendsms args, rejected"))
    seen = levels(found(gateway, SMS_GATEWAY_URL=f"{provider.url}/cgi-bin/sendsms"))
    assert seen == [("gateway", "ok")]
    assert [(each.path, each.fields) for each in provider.asked] == [
        ("/cgi-bin/sendsms", {"username": "lapor", "password": SECRET})
    ]


@pytest.mark.parametrize(
    ("url", "status", "level", "word"),
    [
        ("http://127.0.0.1:13013/cgi-bin/sendsms", 400, "ok", ""),
        ("https://sms.example/send", 202, "ok", ""),
        ("http://127.0.0.1:13013/cgi-bin/sendsms", 403, "fault", "SMS_GATEWAY_USERNAME"),
        ("http://127.0.0.1:13013/", 404, "fault", "SMS_GATEWAY_URL"),
        ("http://127.0.0.1:13013/cgi-bin/sendsms", 502, "warning", "log"),
        ("http://10.0.0.7:13013/cgi-bin/sendsms", 400, "warning", "https"),
    ],
)
def test_what_it_answers_is_told_with_what_to_mend(url: str, status: int, level: Level, word: str) -> None:
    seen = said(url, status)
    assert (seen.check, seen.level, word in seen.mend) == ("gateway", level, True)


def test_a_gateway_that_is_away_is_a_fault_and_no_secret_is_told() -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}/cgi-bin/sendsms?key={SECRET}"
    (seen,) = found(gateway, SMS_GATEWAY_URL=url)
    assert seen.found == f"http://127.0.0.1:{port}/cgi-bin/sendsms does not answer: ConnectError"


def test_a_gateway_that_is_off_is_said_to_be_off() -> None:
    assert levels(found(gateway, SMS_GATEWAY_URL="", SMS_GATEWAY_SECRET="")) == [("gateway", "ok")]
