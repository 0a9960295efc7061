"""Keys, secrets and addresses are looked at, and never shown."""

import pytest

from bot.doctor.configuration import configuration
from bot.doctor.finding import Level
from tests.bot.doctor.environs import SECRET, WELL, found, levels


def test_all_is_well() -> None:
    seen = levels(found(configuration))
    assert seen == [("data_key", "ok"), ("public_url", "ok"), ("channels", "ok"), ("secrets", "ok")]


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"DATA_KEY": ""}, ("data_key", "warning")),
        ({"PUBLIC_URL": "http://lapor.example"}, ("public_url", "fault")),
        ({"PUBLIC_URL": "https://lapor.example/bot"}, ("public_url", "fault")),
        ({"LAPOR_API_TOKEN": "short"}, ("LAPOR_API_TOKEN", "fault")),
        ({"LAPOR_WEBHOOK_SECRET": f"{SECRET},short"}, ("LAPOR_WEBHOOK_SECRET", "fault")),
        ({"TELEGRAM_WEBHOOK_SECRET": "fifteen-letters"}, ("TELEGRAM_WEBHOOK_SECRET", "fault")),
        ({"TELEGRAM_WEBHOOK_SECRET": "sixteen letters!"}, ("TELEGRAM_WEBHOOK_SECRET", "fault")),
        ({"TELEGRAM_WEBHOOK_SECRET": "a" * 257}, ("TELEGRAM_WEBHOOK_SECRET", "fault")),
        ({"SMS_GATEWAY_SECRET": "1708"}, ("SMS_GATEWAY_SECRET", "fault")),
        ({"DESK_PASSWORD": "petugas"}, ("DESK_PASSWORD", "fault")),
        ({"STUDIO_PASSWORD": "kata"}, ("STUDIO_PASSWORD", "fault")),
    ],
)
def test_what_is_not_well_is_named(environ: dict[str, str], expected: tuple[str, Level]) -> None:
    assert [each for each in levels(found(configuration, **environ)) if each[1] != "ok"] == [expected]


@pytest.mark.parametrize(
    "environ",
    [
        {"PUBLIC_URL": "http://127.0.0.1:8000"},
        {"TELEGRAM_WEBHOOK_SECRET": "sixteen-letters_"},
        {"TELEGRAM_WEBHOOK_SECRET": f"{SECRET}, {SECRET}-old"},
        {"DESK_PASSWORD": ""},
        {"LAPOR_API_TOKEN": ""},
    ],
)
def test_what_is_well_is_not_complained_of(environ: dict[str, str]) -> None:
    assert {level for _, level in levels(found(configuration, **environ))} == {"ok"}


def test_a_bot_without_channels_and_address_is_told_what_to_set() -> None:
    seen = found(configuration, **dict.fromkeys(WELL, ""))
    assert [each for each in levels(seen) if each[1] != "ok"] == [
        ("data_key", "warning"), ("public_url", "warning"), ("channels", "warning"),
    ]  # fmt: skip
