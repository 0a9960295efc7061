"""An administrator's browser without a screen, for the tests of the studio's pages."""

import html
import re
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bot.config import Settings, load
from bot.studio.app import create_studio

LOCALES = Path(__file__).parents[3] / "locales"
PASSWORD = "administrators-password"
CSRF = re.compile(r'name="csrf" value="([^"]+)"')
HTMX = {"HX-Request": "true"}


def settings_of(folder: Path, **more: str) -> Settings:
    """Return settings with the locale files of a folder and the studio on."""
    return load({"LOCALES_DIR": str(folder), "STUDIO_PASSWORD": PASSWORD, **more})


def studio_of(folder: Path, **more: str) -> Flask:
    """Return the studio for the locale files of a folder."""
    return create_studio(settings_of(folder, **more))


@dataclass
class Administrator:
    """A browser at the studio."""

    browser: FlaskClient
    csrf: str = ""

    def open(self, path: str, **headers: str) -> TestResponse:
        """Open a page; its path is given from /studio/ on."""
        return self.browser.get(f"/studio/{path}", headers=headers)

    def sign_in(self, name: str = "Admin Satu", password: str = PASSWORD) -> TestResponse:
        """Sign in, and take the token that forms carry from then on."""
        self.csrf = token(self.open("masuk"))
        answer = self.browser.post("/studio/masuk", data={"csrf": self.csrf, "name": name, "password": password})
        self.csrf = token(self.open("")) or self.csrf
        return answer

    def send(self, path: str, headers: dict[str, str] | None = None, **fields: str | list[str]) -> TestResponse:
        """Send a form with this visit's token."""
        return self.browser.post(f"/studio/{path}", data={"csrf": self.csrf, **fields}, headers=headers)

    def write(self, section: str, name: str, text: str, channel: str = "", code: str = "id") -> TestResponse:
        """Type a text, as htmx sends it."""
        return self.send(f"{code}/kartu/{section}/{name}", HTMX, **{f"text.{channel}": text})


def token(page: TestResponse) -> str:
    """Return the token in the forms of a page, empty where it has none."""
    found = CSRF.search(page.text)
    return found[1] if found else ""


def shown(page: TestResponse) -> str:
    """Return the words of a page, without its markup."""
    plain = html.unescape(re.sub(r"<[^>]*>", " ", page.text))
    return " ".join(plain.split())
