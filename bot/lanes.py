"""The order of tasks in hand: of each lane only the first is carried out, and one put off holds up its lane."""

import heapq
from collections import deque
from collections.abc import Iterable
from itertools import count
from typing import TypeAlias

from bot.outbox import Entry
from bot.tasks import Notify, Reword, Send
from conversations.effects import Find, Follow, Rate, Reply, Unfollow

Lane: TypeAlias = tuple[str, str]
Place: TypeAlias = tuple[int, bytes]


def lane_of(entry: Entry) -> Lane:
    """Return what a task must keep its place in: messages to a phone, its wishes, answers about a report, its news.

    Everything else has a lane of its own, for it waits for nothing and nothing waits for it. So has a message in
    doubt: whether it has come is found out later, and those behind it need not wait for that.
    """
    if entry.task is not None and entry.state != "uncertain":
        match entry.task.action:
            case Send() | Reword():
                return "phone", entry.task.address
            case Reply(report_id=report) | Rate(report_id=report):
                return "case", report
            case Follow() | Find() | Unfollow():
                return "follow", entry.task.address
            case Notify(event=event):
                return "news", event.moved.report_id
    return "alone", f"{entry.partition}/{entry.id.decode()}"


class Lanes:
    """The entries that a worker holds; times are unix milliseconds."""

    def __init__(self) -> None:
        self._lanes: dict[Lane, deque[Entry]] = {}
        self._places: dict[Place, Lane] = {}
        self._running: set[Place] = set()
        self._waiting: list[tuple[int, int, Entry]] = []
        self._number = count()

    def __len__(self) -> int:
        return len(self._places)

    def add(self, entry: Entry) -> None:
        """Take an entry in behind those of its lane; one that is held already changes nothing."""
        if entry.place in self._places:
            return
        self._enter(entry, lane_of(entry))

    def ready(self, now: int) -> list[Entry]:
        """Return the entries to carry out now; from here on they are running."""
        found = []
        while self._waiting and self._waiting[0][0] <= now:
            _, _, entry = heapq.heappop(self._waiting)
            if self._first(entry):
                self._running.add(entry.place)
                found.append(entry)
        return found

    def next_due(self) -> int | None:
        """Return when the next entry is due, None where none waits."""
        return self._waiting[0][0] if self._waiting else None

    def finish(self, entry: Entry) -> None:
        """Let go of an entry; the one behind it is next."""
        self._running.discard(entry.place)
        lane = self._places.pop(entry.place, None)
        if lane is None:
            return
        entries = self._lanes[lane]
        if entries[0].place == entry.place:
            entries.popleft()
            if entries:
                self._await(entries[0])
        if not entries:
            del self._lanes[lane]

    def put_off(self, entry: Entry) -> None:
        """Keep an entry until it is due: at the head of its lane, or, in doubt, in a lane of its own."""
        lane = self._places.get(entry.place)
        if lane is None:
            self._running.discard(entry.place)
        elif lane_of(entry) != lane:
            self.finish(entry)
            self._enter(entry, lane_of(entry))
        else:
            self._running.discard(entry.place)
            self._lanes[lane][0] = entry
            self._await(entry)

    def drop(self, entries: Iterable[Entry]) -> None:
        """Let go of entries that do not run, wherever they stand in their lanes."""
        for entry in entries:
            lane = self._places.get(entry.place)
            if lane is None or entry.place in self._running:
                continue
            if self._lanes[lane][0].place == entry.place:
                self.finish(entry)
            else:
                self._lanes[lane] = deque(each for each in self._lanes[lane] if each.place != entry.place)
                del self._places[entry.place]

    def held(self, partition: int) -> list[Entry]:
        """Return the entries of a partition, in no order."""
        return [entry for lane in self._lanes.values() for entry in lane if entry.partition == partition]

    def hurry(self, now: int) -> None:
        """Make everything that waits due now: the clock was set back."""
        self._waiting = [(min(due, now), number, entry) for due, number, entry in self._waiting]
        heapq.heapify(self._waiting)

    def _enter(self, entry: Entry, lane: Lane) -> None:
        self._places[entry.place] = lane
        entries = self._lanes.setdefault(lane, deque())
        entries.append(entry)
        if len(entries) == 1:
            self._await(entry)

    def _await(self, entry: Entry) -> None:
        heapq.heappush(self._waiting, (entry.due, next(self._number), entry))

    def _first(self, entry: Entry) -> bool:
        lane = self._places.get(entry.place)
        return lane is not None and entry.place not in self._running and self._lanes[lane][0] is entry
