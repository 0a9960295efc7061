"""`lapor-bot twilio templates` against Twilio's twin: what is missing is made, and how each stands is told."""

import json
import re
import shutil
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.contents import load
from bot.contents.api import base_of
from bot.contents.wanted import Wanted, wanted
from bot.demo.twins.twilio import TwilioTwin
from bot.providers import Twilio
from bot.scripts import read_folder
from bot.variables import LOCALES
from conversations.checking import load as read
from conversations.templates import GAPS, LIMIT

SCRIPTS = read(read_folder(LOCALES))


@pytest.fixture
def folder(account: Twilio, twin: TwilioTwin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with locale files, of an environment with that account at the twin."""
    twin.library.judge("approved")
    shutil.copytree(LOCALES, tmp_path / "locales")
    given = {
        "PUBLIC_URL": "https://lapor.example",
        "TWILIO_ACCOUNT_SID": account.sid,
        "TWILIO_AUTH_TOKEN": account.token,
        "TWILIO_API_URL": account.api_url,
        "TWILIO_TEMPLATES": str(tmp_path / "templates.toml"),
        "LOCALES_DIR": str(tmp_path / "locales"),
        "NO_PROXY": "127.0.0.1",
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    return tmp_path


def ran(capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, dict[str, str], list[str]]:
    """Run the command; return its status, the state of each kind in Indonesian, and how many were made."""
    status = main(["twilio", "templates", "--json", *options])
    told = json.loads(capsys.readouterr().out)["templates"]
    states = {each["name"].removeprefix("lapor_")[:-12]: each["state"] for each in told if "_id_" in each["name"]}
    return status, states, [each["words"] for each in told]


def change(folder: Path, old: str, new: str) -> None:
    path = folder / "locales" / "id.toml"
    source = path.read_text(encoding="utf-8")
    assert old in source
    path.write_text(source.replace(old, new, 1), encoding="utf-8")


def test_what_is_missing_is_made_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Menus need no approval; the ids stand in the file that the bot reads."""
    first, second, check = ran(capsys), ran(capsys), ran(capsys, "--check")
    contents = load(folder / "templates.toml")
    assert (first[0], set(first[2]), second[0], set(second[2]), check[0]) == (0, {"created"}, 0, {"same"}, 0)
    assert ({*contents.template}, {*contents.template["id"]}, "quick_3_2" in contents.menu) == (
        {"id", "en"},
        {*GAPS},
        True,
    )
    assert contents.template["id"]["closed"].gaps == ("number", "message", "next")


def test_a_check_makes_nothing_and_fails(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """So a release can be stopped before citizens miss their news."""
    first, second = ran(capsys, "--check"), ran(capsys, "--check")
    assert (first[0], set(first[1].values()), second, (folder / "templates.toml").exists()) == (
        1,
        {"missing"},
        first,
        False,
    )


@pytest.mark.parametrize(
    ("verdict", "told"),
    [
        ("received", ("waiting", 0, 1)),
        ("pending", ("waiting", 0, 1)),
        ("rejected", ("rejected", 1, 1)),
        ("paused", ("rejected", 1, 1)),
    ],
)
def test_only_what_is_approved_is_used(
    verdict: str, told: tuple[str, int, int], folder: Path, twin: TwilioTwin, capsys: pytest.CaptureFixture[str]
) -> None:
    """Waiting is no fault where they have just been made; menus work meanwhile."""
    twin.library.judge(verdict, "INVALID_FORMAT")
    first, check = ran(capsys), ran(capsys, "--check")
    contents = load(folder / "templates.toml")
    assert (*set(first[1].values()), first[0], check[0]) == told
    assert (contents.template, len(contents.menu)) == ({}, 18 + 27)
    twin.library.judge("approved")
    assert (ran(capsys)[0], len(load(folder / "templates.toml").template)) == (0, 2)


def test_changed_words_make_a_new_template_and_the_old_one_serves_until_it_is_approved(
    folder: Path, twin: TwilioTwin, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its values keep their places, though the new words name them in another order."""
    ran(capsys)
    before = load(folder / "templates.toml").template["id"]
    change(
        folder,
        'closed               = "Laporan Bapak/Ibu nomor {number} dinyatakan',
        'closed               = "Laporan {number} dinyatakan',
    )
    twin.library.verdict = "pending"
    status, states, words = ran(capsys)
    meanwhile = load(folder / "templates.toml").template["id"]
    twin.library.judge("approved")
    ran(capsys)
    after = load(folder / "templates.toml").template["id"]
    changed = {kind for kind in after if after[kind] != before[kind]}
    assert (status, states["closed"], words.count("changed"), meanwhile == before, changed) == (
        0,
        "waiting",
        1,
        True,
        {"closed"},
    )


def test_it_is_told_in_words_too(folder: Path, twin: TwilioTwin, capsys: pytest.CaptureFixture[str]) -> None:
    """With the reason that WhatsApp gives."""
    twin.library.judge("rejected", "INVALID_FORMAT")
    main(["twilio", "templates"])
    *rows, counts, where = capsys.readouterr().out.strip().splitlines()
    (closed,) = [row for row in rows if row.startswith("lapor_closed_id_")]
    assert closed.split()[2:] == ["created", "not", "approved", "(rejected", "INVALID_FORMAT)"]
    assert (counts, where.startswith(f"Their ids are in {folder}/templates.toml")) == (
        f"45 ready, {2 * len(GAPS)} not approved",
        True,
    )


def test_without_a_file_what_it_would_hold_is_printed(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TWILIO_TEMPLATES")
    main(["twilio", "templates"])
    assert "[template.id]\n" in capsys.readouterr().out
    assert not (folder / "templates.toml").exists()


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("TWILIO_AUTH_TOKEN", "wrong", "status 401, error 20003"),
        ("TWILIO_API_URL", "http://127.0.0.1:9", "ConnectError"),
    ],
    ids=["a wrong token", "nobody answers"],
)
@pytest.mark.usefixtures("folder")
def test_twilio_that_does_not_answer_is_told_without_a_secret(
    name: str, value: str, told: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    status = main(["twilio", "templates"])
    assert (status, capsys.readouterr().err) == (1, f"Twilio: {told}\n")


@pytest.mark.usefixtures("folder")
def test_without_an_account_the_command_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"):
        monkeypatch.setenv(name, "")
    assert (main(["twilio", "templates"]), "TWILIO_ACCOUNT_SID" in capsys.readouterr().err) == (1, True)


@pytest.mark.parametrize(
    ("api", "content"),
    [
        ("https://api.twilio.com", "https://content.twilio.com"),
        ("https://api.sydney.au1.twilio.com", "https://content.sydney.au1.twilio.com"),
        ("http://127.0.0.1:8003", "http://127.0.0.1:8003"),
    ],
)
def test_the_content_api_lies_beside_the_other_one(api: str, content: str) -> None:
    assert base_of(api) == content


@pytest.mark.parametrize("each", wanted(SCRIPTS), ids=lambda each: each.name)
def test_what_is_asked_of_twilio_keeps_its_rules(each: Wanted) -> None:
    """Names in small letters, every variable with a sample, numbered without a gap, lengths as they are allowed."""
    ((kind, parts),) = each.types.items()
    said = json.dumps(each.types)
    numbers = {*map(int, re.findall(r"\{\{(\d+)\}\}", said))}
    assert (numbers, {*each.samples}) == ({*range(1, len(numbers) + 1)}, {*map(str, numbers)})
    assert len(parts["body"]) <= LIMIT
    assert re.fullmatch("[a-z0-9_]{1,64}", each.name)
    if kind == "twilio/quick-reply":
        assert all(len(action["title"]) <= 20 for action in parts["actions"])
