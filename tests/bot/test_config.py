"""The environment is read once, and every fault is named at once."""

import pytest

from bot import config, providers
from bot.errors import Misconfigured
from bot.variables import VARIABLES

TELEGRAM = {"TELEGRAM_BOT_TOKEN": "1:token", "TELEGRAM_WEBHOOK_SECRET": "hush"}
GATEWAY = {"SMS_GATEWAY_URL": "http://127.0.0.1:13013/cgi-bin/sendsms", "SMS_GATEWAY_SECRET": "hush"}


def test_an_empty_environment_has_sane_defaults_and_every_channel_off() -> None:
    settings = config.load({})
    seen = (
        settings.redis_url,
        settings.port,
        settings.default_locale,
        str(settings.timezone),
        settings.desk.tracking,
    )
    assert seen == ("redis://127.0.0.1:6379/0", 8000, "id", "Asia/Jakarta", "manual")
    assert (settings.telegram, settings.twilio, settings.gateway, settings.meta) == (None, None, None, None)


def test_a_channel_is_on_when_its_variables_are_set() -> None:
    settings = config.load({**TELEGRAM, "TELEGRAM_API_URL": "http://127.0.0.1:9/"})
    assert settings.telegram == providers.Telegram("1:token", "hush", "http://127.0.0.1:9")


def test_every_fault_is_named_with_what_the_variable_is_for() -> None:
    environ = {
        "PORT": "http", "TIMEZONE": "Jakarta", "LAPOR_API_URL": "lapor.go.id", "TELEGRAM_BOT_TOKEN": "1:token",
        "TWILIO_ACCOUNT_SID": "AC0", "TWILIO_AUTH_TOKEN": "t", "DESK_TRACKING": "perhaps",
    }  # fmt: skip
    with pytest.raises(Misconfigured) as faults:
        config.load(environ)
    lines = str(faults.value).splitlines()
    assert sorted(line.split()[0] for line in lines) == [
        "DESK_TRACKING", "LAPOR_API_URL", "PORT", "PUBLIC_URL", "TELEGRAM_WEBHOOK_SECRET", "TIMEZONE",
    ]  # fmt: skip
    assert "PORT must be a port number, 1 to 65535: the port of the web process" in lines


@pytest.mark.parametrize(("value", "hours"), [("", (21, 7)), ("22-6", (22, 6)), ("none", (0, 0))])
def test_quiet_hours_are_two_hours_or_none(value: str, hours: tuple[int, int]) -> None:
    assert config.load({"QUIET_HOURS": value}).quiet_hours == hours


@pytest.mark.parametrize("value", ["21", "21-24", "malam", "-7", "9-5-3", "21-\u0667"])
def test_what_are_no_hours_is_named(value: str) -> None:
    with pytest.raises(Misconfigured) as faults:
        config.load({"QUIET_HOURS": value})
    assert str(faults.value).startswith("QUIET_HOURS must be two hours such as 21-7, or none:")


def test_secrets_are_never_printed() -> None:
    values = {each.name: "s3cr3t-value" for each in VARIABLES if each.secret and each.name != "DATA_KEY"}
    settings = config.load({**values, "TWILIO_ACCOUNT_SID": "AC0", "PUBLIC_URL": "https://bot.example",
                            "META_PHONE_NUMBER_ID": "1708",
                            "SMS_GATEWAY_URL": "http://127.0.0.1:13013/sendsms"})  # fmt: skip
    assert "s3cr3t-value" not in repr(settings)


def test_networks_are_read_and_wrong_ones_named_once() -> None:
    settings = config.load({**GATEWAY, "SMS_GATEWAY_NETWORKS": "10.20.0.0/16, 127.0.0.1"})
    assert settings.gateway is not None
    assert [str(each) for each in settings.gateway.networks] == ["10.20.0.0/16", "127.0.0.1/32"]
    with pytest.raises(Misconfigured) as faults:
        config.load({**GATEWAY, "SMS_GATEWAY_NETWORKS": "10.20.0.1/16", "TRUSTED_PROXIES": "proxy"})
    assert sorted(line.split()[0] for line in str(faults.value).splitlines()) == [
        "SMS_GATEWAY_NETWORKS", "TRUSTED_PROXIES",
    ]  # fmt: skip


def test_an_address_with_a_password_in_it_is_refused_without_repeating_it() -> None:
    with pytest.raises(Misconfigured) as faults:
        config.load({"LAPOR_API_URL": "https://bot:s3cr3t@lapor.example"})
    assert str(faults.value).startswith("LAPOR_API_URL must hold no user name and no password:")
    assert "s3cr3t" not in str(faults.value)
