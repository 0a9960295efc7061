"""A report by WhatsApp at Meta, with real processes: webhook, Redis, worker, desk, and Meta's twin."""

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.bot.demo.test_demo import running

PHONE = "/demo/phones/whatsapp"
SAMPLE = Path(__file__).parents[3] / "bot" / "demo" / "static" / "lubang.jpg"
HEADERS = {"X-Lapor-Demo": "1"}
FILED = re.compile(r"nomor (\d{7})")
PLACE = "Jl Kaliurang km 5, Caturtunggal, Depok, Sleman"


class Screen:
    """The phone with WhatsApp, by way of the demo's page."""

    def __init__(self, http: httpx.Client) -> None:
        self.http = http

    def entries(self) -> list[dict[str, Any]]:
        """Return what the bot has sent to the phone, in the order in which it came."""
        changes = sorted(self.http.get("/demo/phones/changes").json(), key=lambda each: int(each["id"]))
        return [each for each in changes if each["address"].startswith("whatsapp:") and not each["mine"]]

    def do(self, act: str, **content: Any) -> dict[str, Any]:  # noqa: ANN401 - httpx's own, or what is said as JSON
        """Do something on the phone and return the answer."""
        before = len(self.entries())
        given = content if "files" in content else {"json": content}
        self.http.post(f"{PHONE}/{act}", headers=HEADERS, **given).raise_for_status()
        until = time.monotonic() + 40
        while time.monotonic() < until:
            if len(found := self.entries()) > before:
                return found[-1]
            time.sleep(0.05)
        raise AssertionError(f"no answer to {content}")

    def told(self, what: re.Pattern[str]) -> list[dict[str, Any]]:
        """Wait for a message that says something, and return all that do; on a busy machine it comes late."""
        until = time.monotonic() + 40
        while not (found := [each for each in self.entries() if what.search(each["text"])]):
            assert time.monotonic() < until, f"nothing says {what.pattern}"
            time.sleep(0.05)
        return found

    def tap(self, entry: dict[str, Any], label: str) -> dict[str, Any]:
        """Tap the choice of that name and return the answer."""
        data = next(data for row in entry["buttons"] for name, data in row if name == label)
        return self.do("tap", entry=entry["id"], data=data)


@pytest.fixture
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    """Yield the phone of a demo whose WhatsApp is at Meta."""
    with (
        running(tmp_path_factory.mktemp("meta"), LAPOR_DEMO_WHATSAPP="meta") as demo,
        httpx.Client(base_url=demo.url, trust_env=False) as http,
    ):
        yield Screen(http)


def test_a_report_is_filed_by_text_place_and_taps(screen: Screen) -> None:
    """The same dialog as everywhere; choices are buttons, and the number comes once."""
    for text in ("lampu jalan mati, gelap sekali, warga takut lewat", PLACE, "kemarin"):
        screen.do("say", text=text)
    photo = {"file": ("lubang.jpg", SAMPLE.read_bytes(), "image/jpeg")}
    privacy = screen.do("send", files=photo, data={"caption": "dari dekat"})
    review = screen.tap(privacy, "Terbuka")
    screen.tap(review, "Kirim")
    assert len(screen.told(FILED)) == 1
    assert screen.http.get("/readyz").json()["meta"] == "ok"
