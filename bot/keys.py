"""The names of keys in Redis.

All keys of a citizen, and the outbox partition that the citizen's effects go to, share one hash tag: they lie
in one slot of a Redis Cluster.
"""

from typing import Final
from zlib import crc32

PARTITIONS: Final = 64


def partition_of(address: str) -> int:
    """Return the outbox partition of an address."""
    return crc32(address.encode()) % PARTITIONS


def document(address: str) -> str:
    """Return the key of a citizen's document (string)."""
    return f"{_tag(partition_of(address))}:c:{address}"


def outbox(partition: int) -> str:
    """Return the key of a partition's tasks (stream)."""
    return f"{_tag(partition)}:outbox"


def deadlines(partition: int) -> str:
    """Return the key of a partition's deadlines (sorted set of addresses by unix milliseconds)."""
    return f"{_tag(partition)}:deadlines"


def later(partition: int) -> str:
    """Return the key of a partition's tasks to try again (sorted set of tasks by unix milliseconds)."""
    return f"{_tag(partition)}:later"


def parked(partition: int) -> str:
    """Return the key of a partition's tasks that cannot work (stream)."""
    return f"{_tag(partition)}:parked"


def owner(report_id: str) -> str:
    """Return the key that says whose report it is (string)."""
    return f"owner:{report_id}"


def receipt(outbox_id: str) -> str:
    """Return the key that says what became of a message of the outbox (string)."""
    return f"receipt:{outbox_id}"


CURSOR: Final = "events:cursor"
POLLING: Final = "events:polling"


def _tag(partition: int) -> str:
    return f"{{p{partition:02d}}}"
