"""The names of keys in Redis.

A citizen is named by a keyed hash of the address (`bot.vault`), never by the address. All keys of a citizen, and
the outbox partition that the citizen's effects go to, share one hash tag: they lie in one slot of a Redis Cluster.
"""

from datetime import date
from typing import Final
from zlib import crc32

PARTITIONS: Final = 64
UNREAD: Final = PARTITIONS
"""Stands for a partition where requests that cannot be read are parked: nobody knows whose they are."""


def partition_of(name: str) -> int:
    """Return the outbox partition of a citizen's name."""
    return crc32(name.encode()) % PARTITIONS


def tag(partition: int) -> str:
    """Return the hash tag of a partition."""
    return f"{{p{partition:02d}}}"


def document(name: str) -> str:
    """Return the key of a citizen's document (string)."""
    return f"{tag(partition_of(name))}:c:{name}"


def sent(name: str) -> str:
    """Return the key of messages to a citizen that may have to be said in other words (hash by outbox id)."""
    return f"{tag(partition_of(name))}:sent:{name}"


def spoken_to(name: str) -> str:
    """Return the key that is there while a group has been told that reports are taken elsewhere (string)."""
    return f"{tag(partition_of(name))}:g:{name}"


def outbox(partition: int) -> str:
    """Return the key of a partition's tasks (stream)."""
    return f"{tag(partition)}:outbox"


def tries(partition: int) -> str:
    """Return the key of what is known of tasks that were tried (hash by entry id)."""
    return f"{tag(partition)}:tries"


def parked(partition: int) -> str:
    """Return the key of a partition's tasks that cannot work (stream)."""
    return f"{tag(partition)}:parked"


def lease(partition: int) -> str:
    """Return the key that says which worker a partition belongs to (string)."""
    return f"{tag(partition)}:lease"


def quota(partition: int, channel: str) -> str:
    """Return the key of a partition's share of what a channel may bring (string)."""
    return f"{tag(partition)}:quota:{channel}"


def pace(partition: int, outlet: str) -> str:
    """Return the key that is there while a chat must not be written to again (string)."""
    return f"{tag(partition)}:pace:{outlet}"


def rate(provider: str) -> str:
    """Return the key of what all workers together have sent by a provider (string)."""
    return f"rate:{provider}"


def owner(report_id: str) -> str:
    """Return the key that says whose report it is, and who follows it (string)."""
    return f"owner:{report_id}"


def code(name: str) -> str:
    """Return the key of what a code lets follow (hash), by what stands for the code."""
    return f"code:{name}"


def funnel(day: date) -> str:
    """Return the key of what happened at the states of the dialog on a day (hash of numbers)."""
    return f"funnel:{day}"


def receipt(outbox_id: str) -> str:
    """Return the key that says what became of a message of the outbox (string)."""
    return f"receipt:{outbox_id}"


def link(provider: str, provider_id: str) -> str:
    """Return the key that says which message of the outbox a provider means by its own id (string)."""
    return f"link:{provider}:{provider_id}"


NAMES: Final = "names"
"""The sealed key of the hashes that stand for addresses (string)."""
WORKERS: Final = "workers"
"""The workers that are alive (sorted set by unix milliseconds until which that holds)."""
TELLING: Final = "telling"
"""There while a worker has just told how the work stands (string)."""
FETCHING: Final = "telegram:fetching"
"""There while updates of Telegram are fetched (string)."""
BOT_NAME: Final = "telegram:name"
"""The bot's user name at Telegram (string)."""
CURSOR: Final = "events:cursor"
POLLING: Final = "events:polling"
