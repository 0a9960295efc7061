"""A master is killed, or frozen and woken, while commands run: bounded errors, then all goes on, nothing twice."""

from collections import Counter

import redis

from bot import keys
from tests.stranger.carriers import until
from tests.topologies.servers import Server, Topology
from tests.topologies.writing import Writers

KEY = keys.outbox(2)
"""Of the cluster's masters, the one with two replicas holds it."""

LIMIT = 2 * 2 + 1.0
"""Seconds: a command that is not answered, after nodes were looked up of which one did not answer either."""


def killed(_topology: Topology, master: Server) -> None:
    master.kill()


def frozen(topology: Topology, master: Server) -> None:
    """Freeze a server until it has been replaced; woken, it still believes for a while that it is the master."""
    master.freeze()
    until(lambda: topology.master(KEY) is not master, "nobody stands in")
    master.wake()


def test_nothing_is_written_twice_or_lost_when_masters_are_lost(topology: Topology) -> None:
    with Writers(topology.url + "?replicas=1") as writers:
        for lose in (frozen, killed):
            writers.go_on()
            master = topology.master(KEY)
            lose(topology, master)
            until(lambda lost=master: topology.master(KEY) is not lost and topology.settled(), "nobody stands in")
        writers.go_on()
    found = writers.found()
    told = Counter(found[each] for each in writers.done)
    assert (told, max(found.values()), writers.slowest < LIMIT) == ({1: len(writers.done)}, 1, True)
    assert writers.errors == {redis.ConnectionError, redis.TimeoutError}
