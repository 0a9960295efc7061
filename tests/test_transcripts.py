"""Every recorded conversation is replayed, against the dialog itself and through the stored one on a real Redis."""

import difflib
from pathlib import Path

import pytest
import redis

from conversations import transcript
from conversations.channel import PHONES
from conversations.rehearsal import Rehearsal, service_of
from tests.stage import KNOWLEDGE, LANGUAGES, NOW, Stage

FOLDER = Path(__file__).parent / "transcripts"
FILES = sorted(FOLDER.glob("*/*.chat"))


def names(path: Path) -> str:
    return str(path.relative_to(FOLDER))


@pytest.mark.parametrize("path", FILES, ids=names)
def test_the_dialog_says_what_the_transcript_says(path: Path, request: pytest.FixtureRequest) -> None:
    source = path.read_text(encoding="utf-8")
    recorded = transcript.parse(source)
    channel = PHONES[recorded.of("channel", "sms")]
    rehearsal = Rehearsal(
        channel, LANGUAGES, recorded.of("locale", path.parent.name), KNOWLEDGE, NOW, service_of(recorded)
    )
    replayed = str(transcript.replay(recorded, rehearsal.answer))
    if request.config.getoption("--update-transcripts"):
        path.write_text(replayed, encoding="utf-8")
        return
    assert replayed == source, "".join(difflib.unified_diff(source.splitlines(True), replayed.splitlines(True)))


@pytest.mark.parametrize("path", FILES, ids=names)
def test_the_stored_dialog_says_the_same(path: Path, client: "redis.Redis") -> None:
    source = path.read_text(encoding="utf-8")
    recorded = transcript.parse(source)
    stage = Stage(
        client, recorded.of("channel", "sms"), recorded.of("locale", path.parent.name), service_of(recorded)
    )
    replayed = str(transcript.replay(recorded, stage.answer))
    assert replayed == source, "".join(difflib.unified_diff(source.splitlines(True), replayed.splitlines(True)))
