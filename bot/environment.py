"""Reading variables of the environment, and gathering what is wrong with them."""

import zoneinfo
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from bot import agencies, networks, redis_url
from bot.gateways.reading import Misshapen, named
from bot.gateways.sense import uses
from bot.gateways.shape import Format
from bot.networks import Networks
from bot.variables import VARIABLES
from bot.vault import KEY_BYTES

HOURS: Final = 24


class Reader:
    """Reads variables and gathers what is wrong with them."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self._known = {variable.name: variable for variable in VARIABLES}
        self.faults: list[str] = []

    def text(self, name: str) -> str:
        """Return a value, or its default."""
        return self._environ.get(name, "").strip() or self._known[name].default

    def url(self, name: str) -> str:
        """Read an HTTP address; empty is allowed."""
        value = self.text(name).rstrip("/")
        if value and not value.startswith(("http://", "https://")):
            self.fault(name, "must start with http:// or https://")
        elif "@" in value.partition("://")[2].partition("/")[0]:
            self.fault(name, "must hold no user name and no password")
        return value

    def redis(self, name: str) -> str:
        """Read an address that bot.redis_url understands."""
        value = self.text(name)
        try:
            redis_url.read(value)
        except ValueError as error:
            self.fault(name, str(error))
        return value

    def port(self, name: str) -> int:
        """Read a TCP port."""
        value = self.text(name)
        if not (value.isdecimal() and 0 < int(value) < 65536):  # noqa: PLR2004 - the last TCP port
            self.fault(name, "must be a port number, 1 to 65535")
            return 0
        return int(value)

    def number(self, name: str, least: int = 0) -> int:
        """Read a whole number of at least `least`."""
        value = self.text(name)
        if not (value.isascii() and value.isdecimal() and int(value) >= least):
            self.fault(name, f"must be a whole number, {least} or more")
            return least
        return int(value)

    def hours(self, name: str) -> tuple[int, int]:
        """Read from which hour of the day to which; `none` is no hour at all."""
        value = self.text(name)
        if value == "none":
            return 0, 0
        first, _, last = value.partition("-")
        if not all(each.isascii() and each.isdecimal() and int(each) < HOURS for each in (first, last)):
            self.fault(name, "must be two hours such as 21-7, or none")
            return 0, 0
        return int(first), int(last)

    def keys(self, name: str) -> tuple[bytes, ...]:
        """Read keys of 32 bytes."""
        try:
            keys = tuple(urlsafe_b64decode(key.strip()) for key in self.text(name).split(",") if key.strip())
        except ValueError:
            keys = (b"",)
        if any(len(key) != KEY_BYTES for key in keys):
            self.fault(name, "must be urlsafe base64 of 32 bytes, several separated by commas")
            return ()
        return keys

    def secrets(self, name: str) -> tuple[str, ...]:
        """Read secrets separated by commas: the newest, and those that hold besides while it is changed."""
        found = tuple(part.strip() for part in self.text(name).split(",") if part.strip())
        if not found:
            self.fault(name, "holds no secret")
        return found or ("",)

    def zone(self, name: str) -> zoneinfo.ZoneInfo:
        """Read a time zone."""
        try:
            return zoneinfo.ZoneInfo(self.text(name))
        except (zoneinfo.ZoneInfoNotFoundError, ValueError):
            self.fault(name, "must be a time zone such as Asia/Jakarta")
            return zoneinfo.ZoneInfo("UTC")

    def choice(self, name: str, *words: str) -> str:
        """Read one of some words."""
        value = self.text(name)
        if value not in words:
            self.fault(name, f"must be {' or '.join(words)}")
        return value

    def networks(self, name: str) -> Networks:
        """Read networks separated by commas."""
        try:
            return networks.networks(self.text(name))
        except ValueError:
            self.fault(name, "must be networks separated by commas, such as 10.20.0.0/16, 127.0.0.1")
            return ()

    def format(self, name: str, token: str) -> Format:
        """Read the description of a gateway; one that puts a token into calls wants the variable `token` set."""
        try:
            found = named(self.text(name))
        except Misshapen as error:
            self.faults += [f"{name} {each}" for each in error.faults]
            return Format()
        if uses(found, "token") and not self.text(token):
            self.fault(token, "is missing")
        return found

    def agencies(self, name: str) -> Path:
        """Read the path of a list of agencies, the product's own if it is empty, and look at what it holds."""
        path = Path(self.text(name) or agencies.SHIPPED)
        try:
            agencies.load(path)
        except agencies.Unlisted as error:
            self.faults += [f"{name} {each}" for each in error.faults]
        return path

    def together(self, *names: str) -> bool:
        """Tell whether a channel is on: all of its variables are set; some but not all is a fault."""
        missing = [name for name in names if not self.text(name)]
        if missing and len(missing) < len(names):
            for name in missing:
                self.fault(name, "is missing")
        return not missing

    def fault(self, name: str, what: str) -> None:
        """Note what is wrong with a variable."""
        self.faults.append(f"{name} {what}: {self._known[name].purpose}")
