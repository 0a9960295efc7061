"""Files under faults, on real processes: each is stored once and told once, whatever fails, and no report waits."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.faults.people import Reporter
from tests.faults.rules import Trouble, at, says, then
from tests.faults.town import DATABASE, Town, town
from tests.stranger.carriers import until

STORED = (b"POST /v1/attachments",)
DOWN = says(503)
UNKNOWN = says(415, {"status": 415, "title": "no such kind"})


@pytest.fixture
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Yield a town with one worker."""
    with town(tmp_path_factory.mktemp("evidence")) as here:
        yield here


def photo(town: Town, citizen: Reporter, album: str = "") -> None:
    """Send a picture, and show what rides in the response."""
    message = citizen.citizen.fresh()
    sizes = [{"file_id": f"photo-{message}", "width": 90, "height": 90}]
    group = {"media_group_id": album} if album else {}
    citizen.citizen.show(town.hooks.telegram(citizen.citizen.update(message, photo=sizes, **group)))


def rows(town: Town, query: str) -> list[tuple[str, ...]]:
    """Read from the desk's file."""
    with closing(sqlite3.connect(f"file:{town.folder / DATABASE}?mode=ro", uri=True, timeout=10)) as desk:
        return list(desk.execute(query))


def named(town: Town) -> list[str]:
    """Return the files that the report and its replies name, in order."""
    told = rows(town, "SELECT content FROM reports") + rows(town, "SELECT content FROM replies ORDER BY number")
    return [each for (content,) in told for each in json.loads(content)["attachments"]]


@pytest.mark.timeout(120)
def test_files_that_fail_are_stored_once_and_told_once(here: Town) -> None:
    """The file server fails three times, the backend refuses one, the worker dies between storing and telling."""
    fetching = here.befall("telegram", Trouble(at("before", b"GET /file/bot"), DOWN, DOWN, DOWN))
    refusing = here.befall("desk", Trouble(at("before", *STORED, b"/2\r\n"), UNKNOWN))
    dying = here.befall("desk", Trouble(at("after", *STORED, b"/3\r\n"), then(here.worker.program.again)))
    citizen = here.reporter("telegram", 60.0)
    citizen.prepare()

    for _ in range(3):
        photo(here, citizen, "album")
    citizen.say("kirim")

    until(lambda: len(named(here)) == 2, "the files never came", 60)
    until(citizen.told, "the number was never told", 60)
    photo(here, citizen, "album")
    until(lambda: len(named(here)) == 3, "the late picture never came", 30)
    stored = [each for (each,) in rows(here, "SELECT attachment_id FROM attachments")]
    assert [trouble.left for trouble in (fetching, refusing, dying)] == [[], [], []]
    assert (sorted(named(here)), here.worker.program.starts) == (sorted(stored), 2)
    seen = Counter(text.partition(" ")[0] for text in citizen.screen if text.startswith(("Lampiran ", "Kiriman ")))
    refused = [text for text in citizen.screen if text.startswith("Lampiran ke-2 bukan foto")]
    assert (seen, len(refused), here.counts(citizen).filed, len(citizen.told())) == (
        Counter({"Lampiran": 1, "Kiriman": 1}),
        1,
        1,
        1,
    )


@pytest.mark.timeout(120)
def test_a_file_that_is_stuck_holds_no_report_up(here: Town) -> None:
    """The backend takes no files for now; the number is there within seconds, and the file follows the report."""
    stuck = here.befall("desk", Trouble(at("before", *STORED), *[DOWN] * 4))
    citizen = here.reporter("telegram", 60.0)
    citizen.prepare()

    photo(here, citizen)
    citizen.say("kirim")

    until(citizen.told, "the report waited for its file", 10)
    left = len(stuck.left)
    until(lambda: len(named(here)) == 1, "the file never came", 60)
    assert (left > 0, stuck.left, [text for text in citizen.screen if "Lampiran ke-" in text]) == (True, [], [])
