"""The newcomer's demo, whole: real processes, a real browser, a report from each phone and its status back."""

import contextlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Locator, Page, expect

from bot.demo.supervisor import listening
from bot.redis_server import free_port

ROOT = Path(__file__).parents[3]
OURS = ("REDIS_URL", "DESK_PASSWORD", "STUDIO_PASSWORD")
FILED = re.compile(r"nomor (\d{7})")
PLACE = "Jl Kaliurang km 5, Caturtunggal, Depok, Sleman"


@dataclass
class Demo:
    """A running demo; `said` is what it printed until it was ready, `opened` what it opened in the browser."""

    process: "subprocess.Popen[str]"
    said: str
    opened: Path

    @property
    def url(self) -> str:
        """Return the address of the page."""
        return found(r"http://\S+?(?=/)", self.said)

    @property
    def password(self) -> str:
        """Return the officer's password."""
        return found(r"petugas-\w+", self.said)

    @property
    def words_password(self) -> str:
        """Return the administrator's password."""
        return found(r"studio-\w+", self.said)

    def stop(self) -> int:
        """Stop it as `kill` does and return its exit status."""
        self.process.terminate()
        return self.process.wait(30)


def found(pattern: str, text: str) -> str:
    """Return what matches."""
    match = re.search(pattern, text)
    assert match, text
    return match[0]


@contextlib.contextmanager
def running(folder: Path, **more: str) -> Iterator[Demo]:
    """Start the demo in a folder, as `make run` does; yield it when it is ready, and stop it."""
    opened, browser = folder / "opened", folder / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}.new\nmv {opened}.new {opened}\n')
    browser.chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    chosen = {"PORT": str(free_port()), "PYTHONPATH": str(ROOT), "DISPLAY": ":0", "BROWSER": f"{browser} %s"}
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "demo"],
        cwd=folder,
        env={**kept, **chosen, **more},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        yield Demo(process, until_ready(process), opened)
        process.terminate()


def until_ready(process: "subprocess.Popen[str]") -> str:
    """Return what the demo says until it is ready."""
    said = ""
    for line in process.stdout or ():
        said += line
        if "Ctrl-C" in line:
            return said
    raise AssertionError(said)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """Yield a running demo."""
    with running(tmp_path_factory.mktemp("demo")) as demo:
        yield demo


@contextlib.contextmanager
def opened(browser: Browser, demo: Demo) -> Iterator[Page]:
    """Open the page and wait until it shows what was said before."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(demo.url)
    expect(page.get_by_role("main")).to_have_attribute("aria-busy", "false")
    yield page
    page.close()


@pytest.fixture
def page(browser: Browser, demo: Demo) -> Iterator[Page]:
    """Yield the page, as it opens."""
    with opened(browser, demo) as page:
        yield page


def phone(page: Page, channel: str) -> Locator:
    """Find a phone by the name above it."""
    return page.get_by_role("region", name=channel, exact=True)


def answers(page: Page, channel: str) -> Locator:
    """Find what the bot said on a phone."""
    return phone(page, channel).locator(".entry:not(.mine) .text")


@contextlib.contextmanager
def answered(page: Page, channel: str) -> Iterator[None]:
    """Do something on a phone and wait for the answer."""
    before = answers(page, channel).count()
    yield
    expect(answers(page, channel)).to_have_count(before + 1, timeout=15000)


def say(page: Page, channel: str, text: str) -> None:
    """Type a message, or tap the button of that name, and wait for the answer."""
    button = phone(page, channel).locator(".buttons").last.get_by_role("button", name=text, exact=True)
    with answered(page, channel):
        if button.count():
            button.click()
        else:
            phone(page, channel).get_by_label("Tulis pesan").fill(text)
            page.keyboard.press("Enter")


def file(page: Page, channel: str, story: str, *replies: str) -> str:
    """File a report and return its tracking id."""
    for text in (story, PLACE, *replies):
        say(page, channel, text)
    expect(answers(page, channel).last).to_have_text(FILED, timeout=15000)
    return found(FILED.pattern, answers(page, channel).last.inner_text())[-7:]


def office(page: Page, demo: Demo) -> FrameLocator:
    """Sign in to the case desk in its frame, once."""
    desk = page.frame_locator("iframe")
    expect(desk.get_by_role("heading", level=1)).to_be_visible()
    if desk.get_by_label("Kata sandi").count():
        desk.get_by_label("Kata sandi").fill(demo.password)
        desk.get_by_role("button", name="Masuk").click()
    expect(desk.get_by_role("heading", name="Laporan masuk")).to_be_visible()
    return desk


def test_it_says_where_the_page_is_and_opens_it(demo: Demo) -> None:
    """On a desktop the browser opens by itself."""
    said = f"""Starting Redis, case desk, web, worker and the twins of Telegram, Twilio and an SMS gateway ...

  Phones and officer  {demo.url}/
  Officer's password  {demo.password}
  Studio, its words   {demo.url}/studio/
  Studio's password   {demo.words_password}
  Data and logs       .lapor/

Ctrl-C stops all of it.
"""
    while not demo.opened.exists():
        os.sched_yield()
    assert (demo.said, demo.opened.read_text()) == (said, f"{demo.url}/\n")


def test_the_words_are_edited_at_the_address_and_with_the_password_that_it_says(page: Page, demo: Demo) -> None:
    """The page leads there too."""
    page.get_by_role("link", name="studio").click()
    page.get_by_label("Nama Anda").fill("Admin Satu")
    page.get_by_label("Kata sandi").fill(demo.words_password)
    page.get_by_role("button", name="Masuk").click()
    expect(page.get_by_role("link", name="Bahasa Indonesia", exact=True)).to_be_visible()
    assert page.url == f"{demo.url}/studio/"


JOURNEYS = {
    "SMS": ("LAPOR jalan berlubang besar depan sekolah, motor sering jatuh", "kemarin", "1", "1"),
    "WhatsApp": ("lampu jalan mati, gelap sekali, warga takut lewat", "kemarin", "lewati", "terbuka", "kirim"),
    "Telegram": ("sampah menumpuk di pinggir pasar dan berbau busuk", "kemarin", "Lewati", "Terbuka", "Kirim"),
}


@pytest.mark.parametrize("channel", JOURNEYS)
def test_a_report_goes_to_the_officer_and_its_status_comes_back(channel: str, page: Page, demo: Demo) -> None:
    """File by phone, sign in at the desk, set a status with a message, read it on the phone, once."""
    number = file(page, channel, *JOURNEYS[channel])
    desk = office(page, demo)
    desk.get_by_role("link").filter(has_text=f"#{number}").click()
    desk.get_by_label("Status", exact=True).select_option("in_progress")
    desk.get_by_label("Pesan untuk warga").first.fill("Petugas menuju lokasi.")
    desk.get_by_role("button", name="Simpan status").click()
    expect(answers(page, channel).last).to_contain_text("Petugas menuju lokasi.", timeout=15000)
    if channel == "Telegram" and os.environ.get("UPDATE_SCREENSHOTS"):
        desk.get_by_role("link", name="Semua laporan").click()
        expect(desk.get_by_role("heading", name="Laporan masuk")).to_be_visible()
        page.screenshot(path=ROOT / "docs" / "demo.png", animations="disabled")
    assert answers(page, channel).get_by_text("Petugas menuju lokasi.").count() == 1


@pytest.mark.parametrize("channel", ["WhatsApp", "Telegram"])
def test_a_photo_goes_along_and_a_message_delivered_twice_files_once(channel: str, page: Page, demo: Demo) -> None:
    """The officer finds one report with the photo, though the last word came twice."""
    story = f"jembatan di dekat rumah retak dan goyang, dilihat dari {channel}"
    for text in (story, PLACE, "kemarin"):
        say(page, channel, text)
    with answered(page, channel):
        phone(page, channel).locator(".attach summary").click()
        phone(page, channel).get_by_role("button", name="Foto contoh").click()
    say(page, channel, "terbuka")
    with answered(page, channel):
        phone(page, channel).get_by_label("Tulis pesan").fill("kirim")
        phone(page, channel).get_by_role("button", name="Kirim dua kali").click()
    expect(answers(page, channel).last).to_have_text(FILED)
    desk = office(page, demo)
    expect(desk.get_by_role("link").filter(has_text=story)).to_have_count(1)
    desk.get_by_role("link").filter(has_text=story).click()
    expect(desk.get_by_role("link", name=".jpg")).to_have_count(1)


def test_a_report_outlives_the_demo(browser: Browser, tmp_path: Path) -> None:
    """Stopped and started again in the same folder, the citizen asks for the report and is told of it."""
    with running(tmp_path) as demo, opened(browser, demo) as page:
        number = file(page, "SMS", *JOURNEYS["SMS"])
        stopped = demo.stop(), listening(int(demo.url.rpartition(":")[2]))
    with running(tmp_path) as demo, opened(browser, demo) as page:
        say(page, "SMS", "STATUS")
        expect(answers(page, "SMS").last).to_contain_text(number)
        assert (stopped, demo.stop()) == ((0, False), 0)
