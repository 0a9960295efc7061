"""The bot's own processes: web, worker and case desk, told by their environment where Kannel is."""

import base64
import re
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import httpx

from bot.cases.desk.database import Database
from bot.cases.desk.docket import Card, Docket
from bot.cases.desk.moves import Move
from tests.kannel.programs import Program
from tests.kannel.sites import Site

ROOT = Path(__file__).parents[2]
OFFICE = "Dinas PU Sleman"


class Product:
    """The bot, with a case desk that gives tracking ids by itself; `environ` is different from Kannel's."""

    def __init__(self, site: Site, redis_url: str, **environ: str) -> None:
        given = variables(site, redis_url) | environ
        self._database = Database(given["DESK_DATABASE_URL"])
        self._docket = Docket(self._database)
        self.url = given["PUBLIC_URL"]
        self.web, self.worker, self.desk = (
            Program((sys.executable, "-m", "bot", name), site.folder / f"{name}.log", site.leash, ready, given)
            for name, ready in (
                ("serve", lambda: answers(f"{self.url}/readyz")),
                ("worker", lambda: True),
                ("desk", lambda: answers(f"{given['LAPOR_API_URL']}/masuk")),
            )
        )

    def start(self) -> None:
        """Start its processes, all at once."""
        for program in (self.desk, self.web, self.worker):
            program.launch()
        for program in (self.desk, self.web, self.worker):
            program.wait()

    def stop(self) -> None:
        """Stop its processes."""
        for program in (self.worker, self.web, self.desk):
            program.stop()
        self._database.close()

    def filed(self, number: str) -> Card:
        """Return the only report of a phone."""
        cards = self._docket.queue("", 1).cards
        (card,) = (each for each in cards if each.filed.reporter.address == f"sms:{number}")
        return card

    def verify(self, number: str) -> None:
        """Let an officer verify the report of a phone and pass it on to an agency."""
        card = self.filed(number)
        move = Move("status_changed", status="verified", agency=OFFICE)
        self._docket.act(card.state.report_id, move, f"form of {number}", datetime.now(UTC))

    def receipts(self, status: str) -> int:
        """Return how many delivery reports of a kind the web process has counted."""
        text = httpx.get(f"{self.url}/metrics", trust_env=False).text
        found = re.search(rf'lapor_receipts_total{{provider="gateway",status="{status}"}} (\d+)', text)
        return int(found[1]) if found else 0


def answers(url: str) -> bool:
    """Tell whether there is an answer."""
    with suppress(httpx.TransportError):
        return httpx.get(url, trust_env=False).status_code < 500
    return False


def variables(site: Site, redis_url: str) -> dict[str, str]:
    """Return the environment of the bot's processes."""
    ports, secrets = site.ports, site.secrets
    return {
        "PYTHONPATH": str(ROOT),
        "PYTHON_DOTENV_DISABLED": "1",
        "REDIS_URL": redis_url,
        "PORT": str(ports.web),
        "PUBLIC_URL": f"http://127.0.0.1:{ports.web}",
        "DATA_KEY": base64.urlsafe_b64encode(bytes(range(32))).decode(),
        "LAPOR_API_URL": f"http://127.0.0.1:{ports.desk}",
        "LAPOR_API_TOKEN": "token-of-the-desk",
        "LAPOR_WEBHOOK_SECRET": "secret-of-the-desk",
        "SMS_GATEWAY_URL": f"http://127.0.0.1:{ports.sendsms}/cgi-bin/sendsms",
        "SMS_GATEWAY_USERNAME": "lapor",
        "SMS_GATEWAY_PASSWORD": secrets.password,
        "SMS_GATEWAY_SECRET": secrets.gateway,
        "DESK_PORT": str(ports.desk),
        "DESK_DATABASE_URL": f"sqlite:///{site.folder}/desk.sqlite3",
        "DESK_EVENTS_URL": f"http://127.0.0.1:{ports.web}/webhooks/lapor",
        "DESK_TRACKING": "auto",
        "NEWS_WAIT": "0",
        "QUIET_HOURS": "none",
    }
