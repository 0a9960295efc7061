"""Personal data at rest: sealed under DATA_KEY, and the keyed hashes that stand for addresses.

What is sealed begins with `s` and four bytes that tell the key, then the nonce; what is not, with `p`.
"""

import os
from base64 import urlsafe_b64encode
from collections.abc import Callable
from hashlib import blake2b
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES: Final = 32
NAME_BYTES: Final = 12
NONCE_BYTES: Final = 12  # what AES-GCM is specified for; by chance alone, good for 2**32 messages under one key

SEALED: Final = b"s"
PLAIN: Final = b"p"
HEAD: Final = 5
BODY: Final = HEAD + NONCE_BYTES


class Unopened(Exception):
    """None of the keys opens this, or it is not what it says."""


class Vault:
    """Seals under the newest of `keys` (32 bytes each), opens what any sealed; without keys nothing is sealed."""

    def __init__(self, keys: tuple[bytes, ...] = ()) -> None:
        self._ciphers = {_mark(key): AESGCM(key) for key in keys}
        self._newest = next(iter(self._ciphers), b"")
        self._oldest = keys[-1] if keys else b""

    @property
    def locked(self) -> bool:
        """Tell whether there is a key to seal with."""
        return bool(self._newest)

    def seal(self, data: bytes, context: str) -> bytes:
        """Return data sealed; it opens only in the same context, the name of the place where it is kept."""
        if not self._newest:
            return PLAIN + data
        nonce = os.urandom(NONCE_BYTES)
        sealed = self._ciphers[self._newest].encrypt(nonce, data, context.encode())
        return SEALED + self._newest + nonce + sealed

    def open(self, data: bytes, context: str) -> bytes:
        """Return what was sealed.

        Raises Unopened.
        """
        if data[:1] == PLAIN:
            return data[1:]
        cipher = self._ciphers.get(data[1:HEAD]) if data[:1] == SEALED else None
        if cipher is None:
            raise Unopened("sealed under a key that DATA_KEY does not hold")
        try:
            return cipher.decrypt(data[HEAD:BODY], data[BODY:], context.encode())
        except (InvalidTag, ValueError):
            raise Unopened("not what was sealed") from None

    def aged(self, data: bytes) -> bool:
        """Tell whether data is sealed otherwise than it would be now."""
        return data[:HEAD] != (SEALED + self._newest if self._newest else PLAIN)

    def new_name_key(self) -> bytes:
        """Return a key of names where none is kept yet.

        Of one DATA_KEY it is always the same: a Redis that lost its data gets it back from any process.
        """
        if not self._oldest:
            return os.urandom(KEY_BYTES)
        return blake2b(self._oldest, digest_size=KEY_BYTES, person=b"lapor-bot names").digest()


class Names:
    """Names of citizens: hashes of addresses under a key that outlives DATA_KEY; `fetch` gets it, once.

    The key is kept in Redis, sealed, so that names stay the same when DATA_KEY changes.
    """

    def __init__(self, fetch: Callable[[], bytes]) -> None:
        self._fetch = fetch
        self._key = b""
        self._last: tuple[str | None, str] = (None, "")

    def of(self, address: str) -> str:
        """Return the name of an address: 16 characters that only who has the key can tell from chance."""
        last = self._last  # a turn asks twice
        if last[0] == address:
            return last[1]
        key = self._key or self._fetched()
        name = urlsafe_b64encode(blake2b(address.encode(), digest_size=NAME_BYTES, key=key).digest()).decode()
        self._last = (address, name)
        return name

    def _fetched(self) -> bytes:
        self._key = self._fetch()
        return self._key


def _mark(key: bytes) -> bytes:
    return blake2b(key, digest_size=HEAD - 1, person=b"lapor-bot key id").digest()
