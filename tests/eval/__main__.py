"""How well the dialog understands what citizens write.

    make eval
    python -m tests.eval --wrong

Every case is played through the dialog itself. The cases of the first column may be tuned on, the held-out ones
not: `--wrong` shows how the former failed, `--held-out` how the latter did.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence

from tests.eval.cases import Case, load
from tests.eval.figures import FIGURES, Figure
from tests.eval.judging import Judged, judge
from tests.eval.playing import cost, play

MOST_MEDIAN = 1000.0


def run(cases: Iterable[Case]) -> tuple[Judged, ...]:
    """Play and judge cases."""
    return tuple(judge(case, play(case)) for case in cases)


def table(judged: Sequence[Judged]) -> Iterable[str]:
    """Yield the rows of the table."""
    tuned = [each for each in judged if not each.case.held_out]
    held = [each for each in judged if each.case.held_out]
    yield f"{'':<34}{f'{len(tuned)} cases':>12}{f'{len(held)} held out':>14}   target"
    for figure in FIGURES:
        late = "" if figure.kept(tuned) and figure.kept(held) else "  not kept"
        figures = f"{shown(figure, tuned):>12}{shown(figure, held):>14}"
        yield f"{figure.name:<34}{figures}   {figure.target}{late}".rstrip()


def shown(figure: Figure, judged: Sequence[Judged]) -> str:
    """Return a figure as the table shows it."""
    value = figure.value(judged)
    if value is None:
        return "-"
    return f"{value:.1f} %" if figure.unit else f"{value:g}"


def failures(judged: Iterable[Judged]) -> Iterable[str]:
    """Yield how each case failed: what was expected, what came, and the text."""
    for each in judged:
        failed = [f"{name}: {mark}" for name, mark in each.marks.items() if mark.verdict != "right"]
        if each.case.complete and not each.fully:
            failed.append(f"not read fully: {len(each.played.asked)} questions, {' '.join(each.played.asked)}")
        if failed:
            yield f"{each.case.file}: {' '.join(each.case.text.split())[:200]}"
            yield from (f"    {line}" for line in failed)


def numbers(judged: Iterable[Judged]) -> str:
    """Return how many cases measure each thing."""
    counted = Counter(name for each in judged for name in each.marks)
    return ", ".join(f"{name} {number}" for name, number in counted.items())


def main() -> int:
    """Print the table; return 1 where a target is not kept."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval")
    parser.add_argument("--wrong", action="store_true", help="show how the cases to tune on failed")
    parser.add_argument("--held-out", action="store_true", help="show how the held-out cases failed")
    wanted = parser.parse_args()
    cases = load()
    judged = run(cases)
    if wanted.wrong or wanted.held_out:
        print("\n".join(failures(each for each in judged if each.case.held_out == wanted.held_out)))
    median, slow = cost(case for case in cases if case.filed)
    print("\n".join(table(judged)))
    took = f"{median:>9.0f} us{slow:>11.0f} us"
    print(f"{'CPU of a first message':<34}{took}   <= {MOST_MEDIAN:g} us (median; 1 % exceed)")
    print(f"Cases: {numbers(judged)}.")
    return 0 if median <= MOST_MEDIAN and all(figure.kept(judged) for figure in FIGURES) else 1


if __name__ == "__main__":
    sys.exit(main())
