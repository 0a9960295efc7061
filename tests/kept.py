"""What stands in Redis, opened: the tests seal with a key of their own."""

from base64 import urlsafe_b64encode

import redis

from bot import connecting, keys, tasks
from bot.keys import partition_of
from bot.line import Line
from bot.store import Store, opened
from bot.vault import Vault

KEY = bytes(range(32))
DATA_KEY = urlsafe_b64encode(KEY).decode()
VAULT = Vault((KEY,))


OPEN: list[Line] = []


def line_at(url: str) -> Line:
    """Return a line to the Redis at `url`, which is closed when the test ends."""
    OPEN.append(connecting.line(url))
    return OPEN[-1]


def store_at(url: str, vault: Vault = VAULT) -> Store:
    """Return a store on the Redis at `url`."""
    return Store(line_at(url), vault)


def url_of(client: "redis.Redis") -> str:
    """Return the address of a client's Redis."""
    place = client.get_connection_kwargs()
    return f"redis://{place['host']}:{place['port']}/0"


def tasks_of(client: "redis.Redis", store: Store, address: str) -> list[tasks.Task]:
    """Return the tasks of an address's partition, oldest first."""
    partition = partition_of(store.name(address))
    return [opened(VAULT, fields[b"t"], partition) for _, fields in client.xrange(keys.outbox(partition))]


def emptied(client: "redis.Redis", store: Store, address: str) -> list[tasks.Task]:
    """Take the tasks of an address's partition out, and return them."""
    found = tasks_of(client, store, address)
    stream = keys.outbox(partition_of(store.name(address)))
    for id_, _ in client.xrange(stream):
        client.xdel(stream, id_)
    return found


READ = {
    b"string": ("GET",),
    b"stream": ("XRANGE", "-", "+"),
    b"hash": ("HGETALL",),
    b"zset": ("ZRANGE", "0", "-1"),
}


def dump(client: "redis.Redis") -> bytes:
    """Return all that a Redis holds, names and values, as they stand there."""
    held = []
    for name in sorted(client.keys()):
        command, *rest = READ[client.type(name)]
        held.append(name + repr(client.execute_command(command, name, *rest)).encode())
    return b"\n".join(held)
