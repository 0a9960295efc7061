"""Commands find their node in a cluster and under sentinels, and slots on the move are followed."""

import threading

import pytest
from redis.crc import key_slot
from redis.exceptions import NoScriptError

from tests.topologies.cluster import Cluster
from tests.topologies.sentinels import Watched
from tests.topologies.servers import Server
from tests.ways import WAYS, Do, Way

SCRIPT = "return redis.call('INCRBY', KEYS[1], ARGV[1])"
SHA = "8cd00688c05c46bde4a2e60658ef20a2e5c0b248"
TAG = "{p05}"


def commanded(do: Do) -> list[object]:
    """Say something of everything that the product says, to a key of each partition."""
    scripts = [scripted(do, f"{{p{number:02d}}}:n") for number in range(64)]
    return [
        do("PING"), sorted(set(scripts)), do("SET", "owner:1", "a"), do("GET", "owner:1"), do("DEL", "owner:1"),
        do("XADD", f"{TAG}:s", "1-0", "f", "v"),
        do("XREAD", "COUNT", 9, "BLOCK", 9, "STREAMS", f"{TAG}:s", "0"),
        do("XREAD", "BLOCK", 9, "STREAMS", f"{TAG}:s", "$"),
        do("HSET", f"{TAG}:h", "a", "b"), do("HGETALL", f"{TAG}:h"), do("DEL", f"{TAG}:s", f"{TAG}:h"),
    ]  # fmt: skip


def scripted(do: Do, key: str) -> object:
    """Run the script as the product does: by its digest, in full where the node does not have it yet."""
    do("DEL", key)
    try:
        return do("EVALSHA", SHA, 1, key, 5)
    except NoScriptError:
        return do("EVAL", SCRIPT, 1, key, 5)


@pytest.mark.parametrize("way", WAYS)
def test_replies_are_the_same_in_every_topology(nodes: Cluster, pair: Watched, redis_url: str, way: Way) -> None:
    said = []
    for url in (redis_url, pair.url, nodes.url):
        with way(url) as do:
            said.append(commanded(do))
    assert said == [
        [
            b"PONG", [5], b"OK", b"a", 1, b"1-0", [[TAG.encode() + b":s", [[b"1-0", [b"f", b"v"]]]]], None, 1,
            [b"a", b"b"], 2,
        ]
    ] * 3  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_a_slot_is_followed_while_it_moves_and_after(nodes: Cluster, way: Way) -> None:
    old, new = f"{TAG}:old", f"{TAG}:new"
    both = ("EVAL", "return redis.call('MGET', KEYS[1], KEYS[2])", 2, old, new)
    with way(nodes.url) as do, way(nodes.url) as unaware:
        do("DEL", old, new)
        said = [do("SET", old, "1"), unaware("GET", old)]
        source, target = moving(nodes, TAG)
        said.append(do("SET", new, "2"))  # ASK: what is no longer here is there
        later = threading.Timer(0.06, moved, (nodes, source, target, old))
        later.start()
        said.append(do(*both))  # TRYAGAIN: one is here, one is there
        later.join()
        said += [unaware("GET", old), do("GET", new)]  # MOVED
    assert (said, nodes.master(TAG)) == ([b"OK", b"1", b"OK", [b"1", b"2"], b"1", b"2"], target)


def moving(nodes: Cluster, key: str) -> tuple[Server, Server]:
    """Begin to move the slot of a key to another master."""
    slot, source = key_slot(key.encode()), nodes.master(key)
    target = next(each for each in nodes.servers if each is not source and each.do("ROLE")[0] == b"master")
    target.do("CLUSTER", "SETSLOT", slot, "IMPORTING", name(source))
    source.do("CLUSTER", "SETSLOT", slot, "MIGRATING", name(target))
    return source, target


def moved(nodes: Cluster, source: Server, target: Server, *keys: str) -> None:
    """Move the keys that are left, and tell everybody."""
    source.do("MIGRATE", "127.0.0.1", target.port, "", 0, 1000, "KEYS", *keys)
    masters = [each for each in nodes.servers if each.do("ROLE")[0] == b"master"]
    for each in sorted(masters, key=lambda each: each is not target):
        each.do("CLUSTER", "SETSLOT", key_slot(keys[0].encode()), "NODE", name(target))


def name(server: Server) -> str:
    said: bytes = server.do("CLUSTER", "MYID")
    return said.decode()
