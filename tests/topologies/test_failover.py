"""A master is killed, or frozen and woken, while commands run: bounded errors, then all goes on, nothing twice."""

from collections import Counter
from pathlib import Path

import redis

from bot import keys
from tests.stranger.carriers import until
from tests.topologies.sentinels import watched
from tests.topologies.servers import Server, Topology
from tests.topologies.writing import Writers
from tests.ways import asynchronous, line

KEY = keys.outbox(2)
"""Of the cluster's masters, the one with two replicas holds it."""

FEW = 5
"""Writes of some thousands; without `replicas` it was up to 349."""

LIMIT = 2 * 2 + 1.0
"""Seconds: a command that is not answered, after nodes were looked up of which one did not answer either."""


def killed(topology: Topology, master: Server) -> None:
    master.kill()
    replaced(topology, master)


def frozen(topology: Topology, master: Server) -> None:
    """Freeze a server until it has been replaced; woken, it still believes for a while that it is the master."""
    master.freeze()
    replaced(topology, master)
    master.wake()


def replaced(topology: Topology, lost: Server) -> None:
    until(lambda: topology.master(KEY) is not lost and topology.settled(), "nobody stands in")


def test_nothing_is_written_twice_and_next_to_nothing_lost_when_masters_are_lost(topology: Topology) -> None:
    """Sentinels may choose a replica that lacks the last writes, by offsets a second old: docs/redis.md."""
    with Writers(topology.url + "?replicas=1") as writers:
        for lose in (killed, frozen):
            writers.go_on()
            lose(topology, topology.master(KEY))
        writers.go_on()
    found = writers.found()
    told = Counter(found[each] for each in writers.done)
    assert (set(told) <= {0, 1}, told[0] <= FEW, max(found.values()), writers.slowest < LIMIT) == (
        True,
        True,
        1,
        True,
    )
    assert writers.errors <= {redis.ConnectionError, redis.TimeoutError}


def test_a_master_that_was_replaced_is_left_though_it_still_answers(tmp_path: Path) -> None:
    with watched(tmp_path) as pair, line(pair.url) as one, asynchronous(pair.url) as other:
        said = [one("SET", KEY, "before"), other("SET", KEY, "before")]
        old = pair.master(KEY)
        frozen(pair, old)
        said += [one("APPEND", KEY, ", after"), other("APPEND", KEY, ", after"), pair.master(KEY).do("GET", KEY)]
        believed = old.do("ROLE")[0]
    assert (said, believed) == ([b"OK", b"OK", 13, 20, b"before, after, after"], b"master")
