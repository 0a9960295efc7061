"""The pictures of the guides: `python -m tests.studio_pictures` writes docs/studio/*.png anew."""

import io
import shutil
import tempfile
from datetime import date
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect

from bot.demo.twins.app import serving
from bot.funnel import Counts, Place
from bot.studio.app import create_studio
from tests.bot.studio.administrator import PASSWORD, settings_of
from tests.chromium import launched

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "studio"
SIZE = {"width": 1200, "height": 760}
COLOURS = 200
STATES = ("menu", "story", "what", "place", "day", "who", "evidence", "privacy", "review", "filing", "filed")
LONG = (
    "Di mana tempat kejadiannya? Tulis nama jalan atau desa, kecamatan, dan kabupaten atau kota secara lengkap ya."
)


def numbers(_first: date, _last: date) -> Counts:
    """Return made-up numbers of the funnel."""
    found: dict[Place, int] = {}
    for place, state in enumerate(STATES):
        for channel, many in (("sms", 60), ("whatsapp", 40), ("telegram", 15)):
            reached = many * (24 - place - place // 3)
            left = many // 2 + (many if state == "evidence" else 0)
            found |= {
                (channel, "id", state, "reached"): reached,
                (channel, "id", state, "onward"): reached - left,
                (channel, "id", state, "failed"): many // 4 * (place % 4),
            }
    return Counts(found)


def take(page: Page, name: str) -> None:
    """Write what is on the screen, in few colours."""
    picture = Image.open(io.BytesIO(page.screenshot(animations="disabled")))
    few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(FOLDER / f"{name}.png", optimize=True)


def sign_in(browser: Browser, url: str, name: str, width: int = SIZE["width"]) -> Page:
    """Return a browser in which an administrator is signed in."""
    page = browser.new_context(viewport={**SIZE, "width": width}).new_page()
    page.goto(f"{url}/studio/masuk")
    page.get_by_label("Nama Anda").fill(name)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    expect(page.get_by_role("heading", name="Kata-kata bot")).to_be_visible()
    return page


def write(page: Page, url: str, path: str, text: str) -> None:
    """Type a text, and wait until it is in the draft."""
    page.goto(f"{url}/studio/{path}")
    page.get_by_label("Untuk semua saluran").fill(text)
    expect(page.locator("#tersimpan")).to_have_text("Tersimpan di draf.")


def publish(page: Page, url: str, note: str) -> None:
    """Publish the draft."""
    page.goto(f"{url}/studio/id/perubahan")
    page.get_by_label("Catatan").fill(note)
    page.get_by_role("button", name="Terbitkan sekarang").click()


def first_change(page: Page, url: str) -> None:
    """Take the pictures of the way from the cards to the publishing."""
    take(page, "bahasa")
    page.goto(f"{url}/studio/id/?cari=lokasi")
    take(page, "kartu")
    write(page, url, "id/kartu/place/ask", LONG)
    take(page, "teks")
    page.goto(f"{url}/studio/id/kartu/privacy")
    page.get_by_role("group", name="Pilihan 3").get_by_label("Kata yang berarti sama").fill("tertutup, anonim")
    expect(page.locator("#temuan-secret")).to_contain_text("sudah berarti")
    take(page, "pilihan")
    page.get_by_role("group", name="Pilihan 3").get_by_label("Kata yang berarti sama").fill("tertutup, tersembunyi")
    expect(page.locator("#temuan-secret")).to_be_empty()
    page.goto(f"{url}/studio/id/perubahan")
    take(page, "terbitkan")


def trying(page: Page, url: str) -> None:
    """Take the pictures of a talk, of the diagram, and of the funnel."""
    page.goto(f"{url}/studio/id/coba")
    page.get_by_role("radio", name="Telegram").check()
    for text in ("LAPOR jalan berlubang besar depan SD 2, motor sering jatuh", "Jl Kaliurang km 5 Sleman"):
        page.get_by_label("Tulis sebagai warga").fill(text)
        page.keyboard.press("Enter")
        expect(page.get_by_role("log")).to_contain_text(text)
    take(page, "coba")
    for name, path in (("diagram", "id/diagram"), ("corong", "corong")):
        page.goto(f"{url}/studio/{path}")
        take(page, name)


def clash(browser: Browser, editor: Page, url: str) -> None:
    """Take the pictures of two administrators at once, of the history, and of a small screen."""
    colleague = sign_in(browser, url, "Admin Dua", 360)
    write(colleague, url, "id/kartu/place/ask", "Di mana lokasi masalahnya?")
    take(colleague, "ponsel")
    publish(editor, url, "Pertanyaan lokasi lebih jelas")
    write(editor, url, "id/kartu/rated/ask", "Terima kasih atas nilainya.")
    publish(editor, url, "Ucapan terima kasih lebih singkat")
    take(editor, "riwayat")
    colleague.set_viewport_size({**SIZE})
    colleague.goto(f"{url}/studio/id/perubahan")
    take(colleague, "bentrok")


def main() -> None:
    """Play, and write the pictures."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as made, launched() as browser:
        words = Path(made) / "words"
        shutil.copytree(ROOT / "locales", words, ignore=shutil.ignore_patterns(".*"))
        with serving(create_studio(settings_of(words), read=numbers)) as url:
            editor = sign_in(browser, url, "Admin Satu")
            first_change(editor, url)
            trying(editor, url)
            clash(browser, editor, url)


if __name__ == "__main__":
    main()
