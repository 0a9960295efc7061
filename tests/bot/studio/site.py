"""The product as it is deployed, with the studio on: citizens on Telegram, administrators at their browsers."""

import itertools
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from playwright.sync_api import Browser, Page, expect

from bot.redis_server import free_port
from tests.bot.studio.administrator import LOCALES, PASSWORD
from tests.kept import DATA_KEY
from tests.ports import listening
from tests.stranger.carriers import until

SECRET = "telegram-secret-of-the-test"
IN_A_ROW = 6
"""Answers that must be alike: each comes from one of two web processes."""

CHATS = itertools.count(1000)

expect.set_options(timeout=20_000)  # milliseconds; a shared machine stands still now and then


@dataclass
class Citizen:
    """A phone on Telegram; what it sends comes by a webhook with Telegram's secret."""

    url: str
    chat: int = field(default_factory=lambda: next(CHATS))
    sent: int = 0

    def says(self, text: str) -> str:
        """Send a message and return the answer, which rides in the response."""
        self.sent += 1
        chat = {"id": self.chat, "type": "private"}
        update = {
            "update_id": self.chat * 100 + self.sent,
            "message": {"message_id": self.sent, "date": 1, "chat": chat, "text": text},
        }
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        answer = httpx.post(f"{self.url}/webhooks/telegram", json=update, headers=headers, trust_env=False)
        told: str = answer.raise_for_status().json()["text"]
        return told


@dataclass
class Site:
    """Two web processes on one port, and the folder of the words."""

    url: str
    folder: Path

    def told(self, *texts: str) -> str:
        """Return what a new citizen is answered last."""
        citizen = Citizen(self.url)
        return [citizen.says(text) for text in texts][-1]

    def soon_told(self, words: str, *texts: str) -> None:
        """Wait until every process answers with these words."""
        until(lambda: all(words in self.told(*texts) for _ in range(IN_A_ROW)), f"no {words!r} after {texts}")

    def open(self, browser: Browser, name: str, width: int = 1280) -> Page:
        """Return a browser of its own in which an administrator is signed in."""
        page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
        page.goto(f"{self.url}/studio/")
        page.get_by_label("Nama Anda").fill(name)
        page.get_by_label("Kata sandi").fill(PASSWORD)
        page.get_by_role("button", name="Masuk").click()
        expect(page.get_by_role("heading", name="Kata-kata bot")).to_be_visible()
        return page


@contextmanager
def deployed(redis_url: str, folder: Path) -> Iterator[Site]:
    """Serve with two web processes; the words are copies in `folder`."""
    words = folder / "words"
    shutil.copytree(LOCALES, words, ignore=shutil.ignore_patterns(".*"))
    port = free_port()
    environ = {
        **os.environ, "REDIS_URL": redis_url, "PORT": str(port), "LOCALES_DIR": str(words), "WEB_CONCURRENCY": "2",
        "STUDIO_PASSWORD": PASSWORD, "TELEGRAM_BOT_TOKEN": "1:t", "TELEGRAM_WEBHOOK_SECRET": SECRET,
        "DATA_KEY": DATA_KEY,
    }  # fmt: skip
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen([sys.executable, "-m", "bot", "serve"], env=environ, stdout=log, stderr=log) as process,
    ):
        try:
            listening(port, process)
            yield Site(f"http://127.0.0.1:{port}", words)
        finally:
            process.terminate()


def discard(page: Page, site: Site) -> None:
    """Throw the draft away, and close the browser."""
    page.goto(f"{site.url}/studio/id/perubahan")
    page.on("dialog", lambda dialog: dialog.accept())
    button = page.get_by_role("button", name="Buang draf")
    if button.count():
        button.click()
    page.context.close()
