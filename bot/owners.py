"""Whose reports are: who filed each and who follows it, and the codes that let another phone follow one."""

from collections.abc import Callable
from typing import Final

import msgspec

from bot import keys
from bot.errors import Busy
from bot.line import Line
from bot.lua import Script
from bot.vault import Vault

MOST_FOLLOWERS: Final = 5
FOLLOWS: Final = "~"
"""Stands before the address of a phone that only follows."""
TRIES: Final = 20
KEPT_SECONDS: Final = 86400
"""For so long it is known whose a code is by now, so that the same wish made again has the same end."""

SWAP: Final = Script("""
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
if ARGV[2] == '' then redis.call('DEL', KEYS[1])
elseif ARGV[3] == '0' then redis.call('SET', KEYS[1], ARGV[2], 'KEEPTTL')
else redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3]) end
return 1
""")

OFFER: Final = Script("""
local mark = redis.call('HGET', KEYS[1], 'mark')
if not mark then
  redis.call('HSET', KEYS[1], 'mark', ARGV[1], 'offer', ARGV[2])
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
elseif mark ~= ARGV[1] then
  redis.call('HSET', KEYS[1], 'by', '')
end
return 1
""")
"""Two offers that came to one code: neither of them counts."""

TAKE: Final = Script("""
local offer = redis.call('HGET', KEYS[1], 'offer')
local by = redis.call('HGET', KEYS[1], 'by')
if not offer or (by and by ~= ARGV[1]) then return false end
if not by then
  redis.call('HSET', KEYS[1], 'by', ARGV[1])
  redis.call('EXPIRE', KEYS[1], ARGV[2])
end
return offer
""")


class Owners(msgspec.Struct, frozen=True):
    """The addresses that hear of a report: of who filed it, and of who follows it."""

    own: tuple[str, ...] = ()
    followers: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Return every address, those of who filed it first."""
        return (*self.own, *self.followers)


class Offered(msgspec.Struct, frozen=True, array_like=True):
    """What a code stands for: a report of somebody's, and the mark of the offer."""

    address: str
    key: str
    mark: str


class Registry:
    """Keeps owners and codes in Redis, sealed; `name` gives what stands for an address.

    Every method raises redis.RedisError where Redis does not answer, and is harmless to repeat.
    """

    def __init__(self, line: Line, vault: Vault, name: Callable[[str], str]) -> None:
        self._line, self._vault, self._name = line, vault, name

    def of(self, report_id: str) -> Owners:
        """Return who hears of a report."""
        return self._read(report_id)[0]

    def own(self, report_id: str, address: str, seconds: int) -> None:
        """Remember for so many seconds who filed a report."""
        self._change(report_id, lambda now: Owners((*_without(now.own, address), address), now.followers), seconds)

    def follow(self, report_id: str, address: str, seconds: int) -> bool:
        """Let an address hear of a report, for so many seconds; False where enough do already."""

        def joined(now: Owners) -> Owners:
            if address in now.all or len(now.followers) >= MOST_FOLLOWERS:
                return now
            return Owners(now.own, (*now.followers, address))

        after = self._change(report_id, joined, seconds)
        return address in after.all

    def leave(self, report_id: str, address: str) -> None:
        """Let an address hear of a report no longer."""
        self._change(report_id, lambda now: Owners(_without(now.own, address), _without(now.followers, address)))

    def expel(self, report_id: str) -> None:
        """Let nobody but who filed a report hear of it."""
        self._change(report_id, lambda now: Owners(now.own))

    def offer(self, code: str, offered: Offered, ms: int) -> None:
        """Let a code stand for a report for so many milliseconds."""
        key = self._code(code)
        OFFER.call(self._line, (key,), offered.mark, self._vault.seal(msgspec.msgpack.encode(offered), key), ms)

    def take(self, code: str, address: str) -> Offered | None:
        """Return what a code stands for, to the one address that takes it first; None to any other."""
        key = self._code(code)
        found: bytes | None = TAKE.call(self._line, (key,), self._name(address), KEPT_SECONDS)
        return msgspec.msgpack.decode(self._vault.open(found, key), type=Offered) if found else None

    def _code(self, code: str) -> str:
        return keys.code(self._name(f"code:{code}"))

    def _read(self, report_id: str) -> tuple[Owners, bytes]:
        key = keys.owner(report_id)
        found: bytes | None = self._line.do("GET", key)
        if not found:
            return Owners(), b""
        lines = self._vault.open(found, key).decode().split("\n")
        own = tuple(line for line in lines if not line.startswith(FOLLOWS))
        return Owners(own, tuple(line[1:] for line in lines if line.startswith(FOLLOWS))), found

    def _change(self, report_id: str, change: Callable[[Owners], Owners], seconds: int = 0) -> Owners:
        """Change who hears of a report, whoever else does meanwhile; return it as it is then.

        Raises Busy where others were faster again and again.
        """
        key = keys.owner(report_id)
        for _ in range(TRIES):
            now, raw = self._read(report_id)
            after = change(now)
            lines = (*after.own, *(f"{FOLLOWS}{each}" for each in after.followers))
            sealed = self._vault.seal("\n".join(lines).encode(), key) if lines else b""
            if SWAP.call(self._line, (key,), raw, sealed, seconds):
                return after
        raise Busy("too many at once")


def _without(addresses: tuple[str, ...], address: str) -> tuple[str, ...]:
    return tuple(each for each in addresses if each != address)
