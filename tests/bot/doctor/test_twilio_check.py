"""Twilio is asked for the account and for the number that SMS come to."""

import json
import subprocess

import pytest

from bot.doctor.finding import Level
from bot.doctor.twilio import AGAIN, Number, setting, sms_webhook, twilio
from bot.redis_server import free_port
from tests.bot.channels.provider import Provider, Reply
from tests.bot.doctor.environs import HOST, SECRET, WELL, found, levels

URL = f"{HOST}/webhooks/twilio{AGAIN}"
RIGHT = {"sid": "PN1", "sms_url": URL, "sms_method": "POST", "sms_fallback_url": URL, "sms_fallback_method": "POST"}


def answered(*numbers: dict[str, str], status: str = "active") -> Reply:
    return Reply(200, json.dumps({"status": status, "incoming_phone_numbers": numbers}).encode())


def test_an_account_whose_number_comes_to_us_is_well(provider: Provider) -> None:
    provider.script(answered(RIGHT))
    seen = levels(found(twilio, TWILIO_API_URL=provider.url))
    base = f"/2010-04-01/Accounts/{WELL['TWILIO_ACCOUNT_SID']}"
    assert seen == [("twilio", "ok"), ("twilio_sms", "ok")]
    assert sorted((each.path, each.fields.get("PhoneNumber")) for each in provider.asked) == [
        (f"{base}.json", None),
        (f"{base}/IncomingPhoneNumbers.json", "+62811170800"),
    ]


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (Reply(401, b"{}"), [("twilio", "fault")]),
        (Reply(404, b"{}"), [("twilio", "fault")]),
        (Reply(503, b"<html>"), [("twilio", "fault")]),
        (answered(RIGHT, status="suspended"), [("twilio", "fault"), ("twilio_sms", "ok")]),
        (answered(), [("twilio", "ok"), ("twilio_sms", "warning")]),
    ],
)
def test_an_account_that_does_not_work_is_told_and_no_secret_is(
    reply: Reply, expected: list[tuple[str, Level]], provider: Provider
) -> None:
    provider.script(reply)
    seen = found(twilio, TWILIO_API_URL=provider.url)
    assert (levels(seen), SECRET in str(seen)) == (expected, False)


def test_twilio_out_of_reach_is_told() -> None:
    url = f"http://127.0.0.1:{free_port()}"
    (seen,) = found(twilio, TWILIO_API_URL=url)
    assert (seen.level, seen.found) == ("fault", f"{url} does not answer: ConnectError")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, [("twilio_sms", "ok")]),
        ({"sms_url": URL.removesuffix(AGAIN)}, [("twilio_sms", "warning")]),
        ({"sms_url": f"https://user:{SECRET}@demo.twilio.com/welcome"}, [("twilio_sms", "fault")]),
        ({"sms_url": None}, [("twilio_sms", "fault")]),
        ({"sms_method": "GET"}, [("twilio_sms", "fault")]),
        ({"sms_fallback_url": ""}, [("twilio_fallback", "warning")]),
        ({"sms_fallback_method": "GET"}, [("twilio_fallback", "warning")]),
        ({"sms_application_sid": "AP1"}, [("twilio_sms", "warning")]),
    ],
)
def test_a_number_is_compared_with_what_it_should_be(
    changes: dict[str, str], expected: list[tuple[str, Level]]
) -> None:
    seen = sms_webhook(Number(**{**RIGHT, **changes}), HOST)
    assert (levels(seen), SECRET in str(seen)) == (expected, False)


def test_a_sender_that_is_a_name_is_one_way_and_one_of_whatsapp_is_looked_at_by_hand(provider: Provider) -> None:
    provider.script(answered())
    seen = found(twilio, TWILIO_API_URL=provider.url, TWILIO_SMS_FROM="LAPOR", TWILIO_WHATSAPP_FROM="+62811170800")
    assert (levels(seen)[1:], URL in seen[2].mend) == (
        [("twilio_sms", "ok"), ("twilio_whatsapp", "warning")],
        True,
    )


def test_the_command_that_is_told_mends_it(provider: Provider) -> None:
    """The shell puts the secrets in."""
    provider.script(Reply())
    environ = {
        "PATH": "/usr/bin:/bin", "TWILIO_API_URL": provider.url, "TWILIO_ACCOUNT_SID": "AC1",
        "TWILIO_AUTH_TOKEN": SECRET, "NO_PROXY": "127.0.0.1",
    }  # fmt: skip
    subprocess.run(["sh", "-c", setting("PN1", URL)], env=environ, check=True, capture_output=True)
    (asked,) = provider.asked
    assert (asked.path, asked.fields) == (
        "/2010-04-01/Accounts/AC1/IncomingPhoneNumbers/PN1.json",
        {"SmsUrl": URL, "SmsMethod": "POST", "SmsFallbackUrl": URL, "SmsFallbackMethod": "POST"},
    )


def test_an_account_that_is_off_is_said_to_be_off() -> None:
    assert levels(found(twilio, TWILIO_ACCOUNT_SID="", TWILIO_AUTH_TOKEN="")) == [("twilio", "ok")]
