"""The dialog as a picture: three lanes of states in the order of the table, and the ways between them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from conversations.states import Flow, State

WIDTH: Final = 1040
LANES: Final = {"other": 122, "report": 500, "after": 888}
"""The middles of the lanes, left to right."""

BOX: Final = (190, 34)
TOP: Final = 74
PITCH: Final = 58
"""From one box to the next in the fullest lane; the others are spread over the same height."""

BULGE: Final = (18, 8, 88)
"""How far a way leaves its lane: at least, more for each box that it passes, at most."""


@dataclass(frozen=True, slots=True)
class Box:
    """A state: its kind, and the middle of its box; `row` is its place in its lane."""

    name: str
    kind: str
    x: int
    y: int
    row: int


@dataclass(frozen=True, slots=True)
class Way:
    """A way from one state to another, by some exits, as an SVG path; `back` where it leads up again."""

    source: str
    target: str
    exits: tuple[str, ...]
    path: str
    back: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """All boxes and ways, and how large the picture is."""

    width: int
    height: int
    lanes: Mapping[str, int]
    boxes: tuple[Box, ...]
    ways: tuple[Way, ...]


def draw(flow: Flow, lane_of: Callable[[str], str]) -> Drawing:
    """Draw a flow; `lane_of` tells the lane of a state by its name, one of LANES."""
    lanes = {lane: [state for state in flow if lane_of(state.name) == lane] for lane in LANES}
    rows = max(map(len, lanes.values()))
    boxes = {box.name: box for lane, states in lanes.items() for box in _lane(LANES[lane], states, rows)}
    ways = (_way(boxes[source], boxes[target], exits) for source, target, exits in _ways(flow))
    return Drawing(WIDTH, TOP + rows * PITCH, LANES, tuple(boxes[state.name] for state in flow), tuple(ways))


def _lane(x: int, states: Sequence[State], rows: int) -> Iterator[Box]:
    pitch = PITCH * rows / max(len(states), 1)
    for row, state in enumerate(states):
        yield Box(state.name, type(state).__name__, x, round(TOP + pitch * row), row)


def _ways(flow: Flow) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for state in flow:
        found: dict[str, list[str]] = {}
        for exit_, target in state.exits():
            found.setdefault(target, []).append(exit_)
        yield from ((state.name, target, tuple(exits)) for target, exits in found.items())


def _way(source: Box, target: Box, exits: tuple[str, ...]) -> Way:
    back = source.x == target.x and target.row <= source.row
    if source.x != target.x:
        path = _across(source, target)
    elif target.row == source.row + 1:
        path = f"M{source.x} {source.y + BOX[1] // 2} L{target.x} {target.y - BOX[1] // 2 - 3}"
    else:
        path = _around(source, target, -1 if back else 1)
    return Way(source.name, target.name, exits, path, back)


def _across(source: Box, target: Box) -> str:
    """Leave the box at the side of the other lane and come in at the near side there."""
    side = 1 if target.x > source.x else -1
    start, end = source.x + side * BOX[0] // 2, target.x - side * (BOX[0] // 2 + 3)
    middle = (start + end) // 2
    return f"M{start} {source.y} C{middle} {source.y} {middle} {target.y} {end} {target.y}"


def _around(source: Box, target: Box, side: int) -> str:
    """Pass the boxes between two states of one lane, down on the right and up on the left."""
    least, more, most = BULGE
    edge = source.x + side * BOX[0] // 2
    away = edge + side * min(least + more * abs(target.row - source.row), most)
    start, end = source.y + side * 5, target.y - side * 5
    return f"M{edge} {start} C{away} {start} {away} {end} {edge + side * 3} {end}"
