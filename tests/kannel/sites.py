"""What all programs of the town must agree about."""

from dataclasses import dataclass, field
from pathlib import Path

from bot.demo.leash import Leash


@dataclass(frozen=True)
class Secrets:
    """Made-up ones, as awkward as an operator may choose them."""

    admin: str = "penjaga-1"
    operator: str = "sandi-op"
    password: str = "kata sandi & 100%"
    gateway: str = "kunci 50%/&+=dari=PANRB"


@dataclass(frozen=True)
class Ports:
    """Where everybody listens on the loopback interface."""

    admin: int
    smsbox: int
    sendsms: int
    phones: int
    operator: int
    relay: int
    web: int
    desk: int


@dataclass(frozen=True)
class Site:
    """Ports and secrets, the folder for all files, and the leash on all programs."""

    ports: Ports
    folder: Path
    leash: Leash
    secrets: Secrets = field(default_factory=Secrets)
