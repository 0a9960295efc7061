"""A real Kannel on the loopback interface, configured by docs/kannel.conf."""

import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import quote

import httpx

from tests.kannel.phones import Network
from tests.kannel.programs import Program, until
from tests.kannel.sites import Site

CONFIGURATION = Path(__file__).parents[2] / "docs" / "kannel.conf"
PROGRAMS = ("bearerbox", "smsbox", "fakesmsc")
PLACES = "/usr/sbin:/usr/lib/kannel/test"
LOCAL = "+62812"
"""How the numbers of fakesmsc's phones begin; those of all others are the SMPP operator's."""

PHONES = """

group = smsc
smsc = fake
smsc-id = phones
our-host = 127.0.0.1
port = {port}
connect-allow-ip = 127.0.0.1
allowed-prefix = "{local}"
preferred-prefix = "{local}"
"""


def find() -> dict[str, str]:
    """Return the paths of Kannel's programs, by name; those that are not installed are left out."""
    found = {name: shutil.which(name) or shutil.which(name, path=PLACES) for name in PROGRAMS}
    return {name: path for name, path in found.items() if path}


def configuration(site: Site) -> str:
    """Return docs/kannel.conf as it is to be used here, with a second network beside the operator's."""
    text = CONFIGURATION.read_text(encoding="utf-8")
    for old, new in changes(site).items():
        assert old in text, f"docs/kannel.conf no longer says {old}"
        text = text.replace(old, new)
    assert "CHANGE-" not in text
    return text + PHONES.format(port=site.ports.phones, local=LOCAL)


def changes(site: Site) -> dict[str, str]:
    """Return what is different here: ports, folders, secrets, and times that a test would have to sit out."""
    ports, secrets = site.ports, site.secrets
    return {
        "admin-port = 13000": f"admin-port = {ports.admin}",
        "smsbox-port = 13001": f"smsbox-port = {ports.smsbox}",
        "bearerbox-port = 13001": f"bearerbox-port = {ports.smsbox}",
        "sendsms-port = 13013": f"sendsms-port = {ports.sendsms}",
        "http://127.0.0.1:8000/": f"http://127.0.0.1:{ports.relay}/",
        "CHANGE-OPERATOR-HOST": "127.0.0.1",
        "port = 2775": f"port = {ports.operator}",
        "CHANGE-OPERATOR-USER": "lapor",
        "CHANGE-OPERATOR-PASSWORD": secrets.operator,
        "CHANGE-ADMIN-PASSWORD": secrets.admin,
        "CHANGE-SMS-GATEWAY-PASSWORD": secrets.password,
        "CHANGE-SMS-GATEWAY-SECRET": quote(secrets.gateway, safe="").replace("%", "%%"),
        "/var/spool/kannel": str(site.folder),
        "/var/log/kannel": str(site.folder),
        "mo-timeout = 60": "mo-timeout = 1",
        "http-queue-delay = 5": "http-queue-delay = 1",
    }


class Kannel:
    """Kannel's two programs, and the phones of its network."""

    def __init__(self, programs: Mapping[str, str], site: Site) -> None:
        self._site = site
        self._path = site.folder / "kannel.conf"
        self._path.write_text(configuration(site), encoding="utf-8")
        for name in ("store", "dlr"):
            (site.folder / name).mkdir()
        self.network = Network(programs["fakesmsc"], site)
        self.bearerbox = self._program(programs["bearerbox"], lambda: self._online("operator"))
        self.smsbox = self._program(programs["smsbox"], lambda: "smsbox:" in self.status())

    def start(self) -> None:
        """Start both programs; the second when all who get SMS are there."""
        self.bearerbox.start()
        self.network.start()
        until(lambda: self._online("phones"), "fakesmsc does not connect")
        self.smsbox.start()

    def cut(self) -> None:
        """End all of it as a power cut would."""
        self.smsbox.kill()
        self.bearerbox.kill()
        self.network.stop()

    def status(self) -> str:
        """Return what bearerbox says of itself; nothing while it does not answer."""
        url = f"http://127.0.0.1:{self._site.ports.admin}/status.txt"
        try:
            return httpx.get(url, params={"password": self._site.secrets.admin}, trust_env=False).text
        except httpx.TransportError:
            return ""

    def received(self) -> int:
        """Return how many SMS bearerbox has taken from the phones since it started."""
        found = re.search(r"phones.*rcvd: sms (\d+)", self.status())
        return int(found[1]) if found else 0

    def logs(self) -> str:
        """Return all that Kannel wrote into its logs."""
        return "".join(path.read_text(errors="replace") for path in sorted(self._site.folder.glob("*box.log")))

    def _online(self, smsc: str) -> bool:
        return re.search(rf"{smsc}.*\(online", self.status()) is not None

    def _program(self, path: str, ready: Callable[[], object]) -> Program:
        log = self._site.folder / f"{Path(path).name}.out"
        return Program((path, "-v", "4", "--", str(self._path)), log, self._site.leash, ready)
