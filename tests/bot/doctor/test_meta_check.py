"""Meta is asked for our number, and for where what is written to it goes."""

import json

import pytest

from bot.approvals.wanted import wanted
from bot.doctor.meta import meta
from tests.bot.channels.provider import SILENCE, Provider, Reply
from tests.bot.doctor.environs import HOST, SECRET, found, levels
from tests.stage import SCRIPTS

RIGHT = {
    "display_phone_number": "+62 811-0000-1708",
    "verified_name": "LAPOR!",
    "quality_rating": "GREEN",
    "webhook_configuration": {"application": f"{HOST}/webhooks/meta"},
}
APPS = Reply(200, b'{"data": [{"whatsapp_business_api_data": {"id": "1"}}]}')
NEEDED = wanted(SCRIPTS)
TEMPLATES = "/v25.0/2708/message_templates"
ON = {
    "META_ACCESS_TOKEN": SECRET,
    "META_APP_SECRET": SECRET,
    "META_VERIFY_TOKEN": SECRET,
    "META_PHONE_NUMBER_ID": "1708",
}


def number(**changed: object) -> Reply:
    """Answer with our number."""
    return Reply(200, json.dumps({**RIGHT, **changed}).encode())


def test_all_is_well(provider: Provider) -> None:
    """Asked with the token, and nothing is sent."""
    provider.script(number())

    seen = found(meta, **ON, META_API_URL=f"{provider.url}/v25.0")

    assert levels(seen) == [("meta", "ok"), ("meta_webhook", "ok"), ("meta_account", "warning")]
    assert [(each.method, each.path, each.headers["Authorization"]) for each in provider.asked] == [
        ("GET", "/v25.0/1708", f"Bearer {SECRET}")
    ]


@pytest.mark.parametrize(
    ("reply", "seen"),
    [
        (Reply(401, b"{}"), [("meta", "fault")]),
        (Reply(400, b'{"error": {"code": 100}}'), [("meta", "fault")]),
        (Reply(503, b"<html>"), [("meta", "fault")]),
        (SILENCE, [("meta", "fault")]),
        (number(quality_rating="RED"), [("meta", "warning"), ("meta_webhook", "ok")]),
        (number(webhook_configuration={}), [("meta", "ok"), ("meta_webhook", "fault")]),
        (
            number(webhook_configuration={"application": "https://other.example/webhooks/meta"}),
            [("meta", "ok"), ("meta_webhook", "fault")],
        ),
        (
            number(
                webhook_configuration={**RIGHT, "phone_number": f"{HOST}/webhooks/meta", "application": "https://x"}
            ),
            [("meta", "ok"), ("meta_webhook", "ok")],
        ),
    ],
    ids=(
        "the token is wrong",
        "the number is another's",
        "down",
        "silent",
        "many block it",
        "no webhook",
        "another's webhook",
        "a webhook of the number's own",
    ),
)
def test_what_is_wrong_is_found(reply: Reply, seen: list[tuple[str, str]], provider: Provider) -> None:
    """Each with what to do, and never with the token."""
    provider.script(reply)

    findings = found(meta, **ON, META_API_URL=f"{provider.url}/v25.0")

    assert [each for each in levels(findings) if each[0] != "meta_account"] == seen
    assert all(each.mend for each in findings if each.level != "ok")
    assert SECRET not in repr(findings)


@pytest.mark.parametrize(
    ("reply", "level"),
    [(APPS, "ok"), (Reply(200, b'{"data": []}'), "fault"), (Reply(403, b"{}"), "warning")],
    ids=("told", "nobody is told", "the token may not look"),
)
def test_an_account_that_tells_nobody_is_found(reply: Reply, level: str, provider: Provider) -> None:
    """Without a subscription no message comes, though the webhook is registered."""
    provider.by_path = {"/v25.0/1708": number(), "/v25.0/2708/subscribed_apps": reply, TEMPLATES: Reply(403)}

    seen = found(meta, **ON, META_API_URL=f"{provider.url}/v25.0", META_BUSINESS_ACCOUNT_ID="2708")

    assert levels(seen)[-1] == ("meta_account", level)


@pytest.mark.parametrize(
    ("approved", "told"),
    [
        (len(NEEDED), ("ok", f"{len(NEEDED)} templates are approved")),
        (len(NEEDED) - 2, ("warning", f"of {len(NEEDED)} templates 2 missing")),
    ],
)
def test_templates_that_are_missing_are_told(approved: int, told: tuple[str, str], provider: Provider) -> None:
    """Until they are approved, news later than a day waits for the citizen."""
    data = [each.definition() | {"status": "APPROVED"} for each in NEEDED[:approved]]
    listed = Reply(200, json.dumps({"data": data}).encode())
    provider.by_path = {"/v25.0/1708": number(), "/v25.0/2708/subscribed_apps": APPS, TEMPLATES: listed}

    seen = found(meta, **ON, META_API_URL=f"{provider.url}/v25.0", META_BUSINESS_ACCOUNT_ID="2708")[-1]

    assert (seen.check, seen.level, seen.found) == ("meta_templates", *told)


def test_without_its_variables_it_is_off() -> None:
    """Nothing is asked."""
    assert levels(found(meta)) == [("meta", "ok")]
