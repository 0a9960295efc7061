"""What the demo's processes find around them."""

import base64
import socket
import stat
from dataclasses import fields
from pathlib import Path

import pytest

from bot import config, demo
from bot.demo.surroundings import MADE_UP, Ports, claimed, credentials, variables
from bot.redis_server import free_port
from bot.variables import VARIABLES


def test_secrets_are_made_once_kept_and_shown_to_nobody(tmp_path: Path) -> None:
    """What is stored under a key must be readable at the next start."""
    first, again = credentials(tmp_path / "env"), credentials(tmp_path / "env")
    mode = stat.S_IMODE((tmp_path / "env").stat().st_mode)
    assert (first, mode, len(set(first.values()))) == (again, 0o600, len(MADE_UP))


def test_a_secret_that_is_missing_is_made_and_the_others_stay(tmp_path: Path) -> None:
    """A folder of an earlier version goes on to work."""
    (tmp_path / "env").write_text("DATA_KEY=known\n")
    made = credentials(tmp_path / "env")
    assert (made["DATA_KEY"], set(made)) == ("known", set(MADE_UP))


def test_the_data_key_has_32_bytes(tmp_path: Path) -> None:
    """It is a key for AES-256."""
    key = credentials(tmp_path / "env")["DATA_KEY"]
    assert len(base64.urlsafe_b64decode(key)) == 32


def environment(tmp_path: Path, **chosen: str) -> dict[str, str]:
    """Return the environment of the demo's processes, where the user set some variables."""
    return variables(
        Ports(8000, 8101, 8102), "redis://127.0.0.1:7000/0", tmp_path, credentials(tmp_path / "env"), chosen
    )


def test_the_environment_is_complete(tmp_path: Path) -> None:
    """Every variable is set but those that the user may choose, and every channel is on."""
    given = environment(tmp_path)
    numbers = {each.name.upper() for each in fields(config.Limits)}
    optional = {"LOCALES_DIR", "DEFAULT_LOCALE", "TIMEZONE", "SMS_SHORTCODE", "REDIS_VOLATILE", "TRANSCRIPTS_DIR"}
    optional |= {*numbers, "AGENCIES_FILE"}
    settings = config.load(given)
    assert {variable.name for variable in VARIABLES} - optional <= set(given)
    assert None not in (settings.telegram, settings.twilio, settings.gateway)
    assert (settings.public_url, settings.lapor.api_url) == ("http://127.0.0.1:8000", "http://127.0.0.1:8101")


def test_what_the_user_chose_wins_but_never_the_real_providers(tmp_path: Path) -> None:
    """A real token in the environment is not used, so the demo cannot write to real people."""
    given = environment(
        tmp_path,
        LOCALES_DIR="/srv/words",
        DESK_PASSWORD="mine",
        TELEGRAM_BOT_TOKEN="1:real",
        TWILIO_API_URL="https://x",
    )
    assert (given["LOCALES_DIR"], given["DESK_PASSWORD"]) == ("/srv/words", "mine")
    assert ("real" in given["TELEGRAM_BOT_TOKEN"], given["TWILIO_API_URL"]) == (False, "http://127.0.0.1:8102")


@pytest.mark.parametrize("chosen", ["", "twilio", "meta"])
def test_the_phone_with_whatsapp_is_at_meta_where_the_user_says_so(chosen: str, tmp_path: Path) -> None:
    """A real token of Meta's is not used either way."""
    given = environment(tmp_path, LAPOR_DEMO_WHATSAPP=chosen, META_ACCESS_TOKEN="real", META_API_URL="https://x")
    meta = config.load(given).meta
    assert (meta and (meta.api_url, meta.token == "real")) == (
        ("http://127.0.0.1:8102/v25.0", False) if chosen == "meta" else None
    )


def test_the_ports_are_all_different() -> None:
    """The page has the one that was asked for."""
    port = free_port()
    ports = Ports.find({"PORT": str(port)})
    assert (ports.web, len({ports.web, ports.desk, ports.twins})) == (port, 3)


def told(tmp_path: Path, capsys: pytest.CaptureFixture[str], port: str) -> tuple[int, str]:
    """Run the demo and return its status and what it says is wrong."""
    status = demo.run(tmp_path / "data", {"PORT": port})
    return status, capsys.readouterr().err


def test_where_the_port_is_taken_it_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is started."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        sentence = (
            f"Port {port} cannot be used: Address already in use. Choose another one: PORT={port + 10} make run\n"
        )
        assert told(tmp_path, capsys, str(port)) == (1, sentence)
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("port", ["web", "0", "65536"])
def test_a_port_that_is_none_is_refused(port: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The sentence names the variable."""
    assert told(tmp_path, capsys, port) == (1, "PORT must be a port number, 1 to 65535.\n")


def test_two_demos_cannot_share_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two servers on one append-only file would ruin it."""
    with claimed(tmp_path / "data"):
        status, said = told(tmp_path, capsys, str(free_port()))
    sentence = f"A demo runs in {tmp_path / 'data'} already, or is just ending; stop it first.\n"
    assert (status, said) == (1, sentence)


def test_a_redis_that_is_away_is_said_in_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No traceback, no secret."""
    url = f"redis://:hidden@127.0.0.1:{free_port()}/0"
    status = demo.run(tmp_path, {"PORT": str(free_port()), "REDIS_URL": url})
    said = "The Redis named by REDIS_URL does not answer; start it or unset REDIS_URL.\n"
    assert (status, capsys.readouterr().err) == (1, said)
