"""The locale files as they are shipped, in a folder of the test, and an administrator who is signed in."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.bot.studio.administrator import LOCALES, Administrator, studio_of
from tests.bot.studio.site import Site, deployed
from tests.chromium import launched


@pytest.fixture
def words_folder(tmp_path: Path) -> Path:
    """Return a folder with Bahasa Indonesia, English and a language that is not offered."""
    folder = tmp_path / "words"
    folder.mkdir()
    for code in ("id", "en", "jv"):
        shutil.copy(LOCALES / f"{code}.toml", folder)
    return folder


@pytest.fixture
def studio(words_folder: Path) -> Flask:
    """Return the studio."""
    return studio_of(words_folder)


@pytest.fixture
def editor(studio: Flask) -> Administrator:
    """Return an administrator who is signed in."""
    return signed_in(studio, "Admin Satu")


def signed_in(studio: Flask, name: str) -> Administrator:
    """Return an administrator of that name, signed in."""
    administrator = Administrator(studio.test_client())
    administrator.sign_in(name)
    return administrator


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Yield a browser without a window."""
    with launched() as browser:
        yield browser


@pytest.fixture(scope="module")
def site(redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Yield the product with two web processes."""
    with deployed(redis_url, tmp_path_factory.mktemp("site")) as site:
        yield site
