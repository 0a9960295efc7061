"""Play every fault at length, then chaos, and print what was promised and what was counted."""

import argparse
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bot import logs
from tests.faults.chaos import Chaos
from tests.faults.counts import GOOD
from tests.faults.parts import AWAY, DOUBT, SETTLE, TOURS, single, suffering, talking, touring
from tests.faults.rows import HEAD, Row

Part = Callable[[Path], Iterator[Row]]


def parts(*, quick: bool) -> list[Part]:
    """Return the parts that can be played beside each other."""
    settle = SETTLE if quick else DOUBT
    walks: list[Part] = [lambda folder, tour=tour: touring(folder, [tour], settle, short=quick) for tour in TOURS]
    return [
        lambda folder: single(folder, settle),
        lambda folder: suffering(folder, AWAY if quick else 20.0, settle, short=quick),
        *walks,
        lambda folder: talking(folder, 15 if quick else 300),
    ]


def main() -> int:
    """Play it all; return 1 where anything is not as promised."""
    options = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    options.add_argument("--quick", action="store_true", help="a few steps of each walk, and 60 citizens")
    options.add_argument("--only-chaos", action="store_true", help="nothing but the citizens and the kills")
    given = options.parse_args()
    logs.configure()  # to standard error: the table stands alone
    with tempfile.TemporaryDirectory(prefix="lapor-faults-") as folder:
        rows = [] if given.only_chaos else _play(Path(folder), parts(quick=given.quick))
        chaos = Chaos(60, 30.0) if given.quick else Chaos(1000, 300.0)
        rows.append(_told(chaos.run(_new(Path(folder), "chaos"))))
    print(HEAD, *rows, sep="\n")
    return int(not all(row.good for row in rows))


def _play(folder: Path, played: list[Part]) -> list[Row]:
    """Play parts, two at a time."""
    with ThreadPoolExecutor(2) as pool:
        done = [pool.submit(_all, part, _new(folder, str(number))) for number, part in enumerate(played)]
        return [row for each in done for row in each.result()]


def _all(part: Part, folder: Path) -> list[Row]:
    """Play a part to its end; one that breaks off is a row that is not as promised, and the others go on."""
    rows: list[Row] = []
    try:
        rows.extend(_told(row) for row in part(folder))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told
        traceback.print_exc()
        rows.append(_told(Row(f"a part broke off: {type(error).__name__}", 0, GOOD, GOOD, 0)))
    return rows


def _told(row: Row) -> Row:
    print(
        "as promised:" if row.good else "NOT AS PROMISED:",
        row,
        *row.broken,
        sep="\n  ",
        file=sys.stderr,
        flush=True,
    )
    return row


def _new(folder: Path, name: str) -> Path:
    made = folder / name
    made.mkdir()
    return made


if __name__ == "__main__":
    sys.exit(main())
