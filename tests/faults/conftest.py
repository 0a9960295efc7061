"""The faults of the short form are all played at once, each part in a town of its own."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.faults.parts import AWAY, SETTLE, TOURS, single, suffering, touring
from tests.faults.rows import Row

Rows = dict[str, Row]


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, "Future[Rows]"]]:
    """Start all parts, and yield what will come of each, by its name."""

    def play(part: Callable[[Path], Iterator[Row]], name: str) -> Rows:
        return {row.name: row for row in part(tmp_path_factory.mktemp(name))}

    with ThreadPoolExecutor(3) as pool:
        yield {
            "single": pool.submit(play, single, "single"),
            "outages": pool.submit(play, lambda folder: suffering(folder, AWAY, SETTLE, short=True), "outages"),
            "walks": pool.submit(play, lambda folder: touring(folder, TOURS, SETTLE, short=True), "walks"),
        }
