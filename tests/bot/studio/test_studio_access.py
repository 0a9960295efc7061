"""The studio for everyone: by keyboard, on a small screen, for screen readers, and with nothing from elsewhere."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.bot.studio.administrator import PASSWORD
from tests.bot.studio.site import Site, discard

FOCUS = """() => {
  const found = document.activeElement;
  const style = getComputedStyle(found.matches('input[type=radio]') ? found.closest('label') : found);
  const name = found.getAttribute('aria-label') || found.labels?.[0]?.innerText || found.innerText || '';
  return [name.trim(), style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2];
}"""


def tab_to(page: Page, name: str, key: str = "Tab") -> None:
    """Press Tab until something of that name has the focus; all on the way must show that they have it."""
    for _ in range(80):
        page.keyboard.press(key)
        found, seen = page.evaluate(FOCUS)
        assert seen, f"the focus is not seen on {found!r}"
        if found.startswith(name):
            return
    raise AssertionError(f"the keyboard does not come to {name!r}")


def enter(page: Page) -> None:
    """Press Enter, and wait for the page that it leads to."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def sign_in_by_keys(page: Page, name: str) -> None:
    """Type name and password where the focus is."""
    page.keyboard.type(name)
    tab_to(page, "Kata sandi")
    page.keyboard.type(PASSWORD)
    enter(page)


def test_the_keyboard_is_enough(browser: Browser, site: Site) -> None:
    page = browser.new_context().new_page()
    page.goto(f"{site.url}/studio/")
    sign_in_by_keys(page, "Admin Empat")
    tab_to(page, "Ubah kata Bahasa Indonesia")
    enter(page)
    tab_to(page, "Cari kata")
    page.keyboard.type("atas nilainya")
    expect(page.get_by_text("1 kartu memuat")).to_be_visible()
    tab_to(page, "Nilai tersimpan")
    enter(page)
    tab_to(page, "Yang ditanyakan")
    enter(page)
    expect(page.get_by_label("Untuk semua saluran")).to_be_focused()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("Terima kasih.")
    expect(page.locator("#tersimpan")).to_have_text("Tersimpan di draf.")
    tab_to(page, "contoh")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="yang paling panjang")).to_be_checked()
    tab_to(page, "Lihat dan terbitkan")
    enter(page)
    tab_to(page, "Catatan")
    page.keyboard.type("Lebih singkat")
    enter(page)
    expect(page.get_by_role("status")).to_contain_text("Sudah terbit.")
    assert 'ask = "Terima kasih."' in (site.folder / "id.toml").read_text(encoding="utf-8")
    page.context.close()


def test_the_focus_stays_where_it_is_when_the_bar_of_the_draft_changes(browser: Browser, site: Site) -> None:
    page = site.open(browser, "Admin Tiga")
    page.goto(f"{site.url}/studio/id/kartu/aside/ask")
    page.get_by_label("Untuk semua saluran").fill("Laporan disimpan.")
    expect(page.locator("#draf")).to_contain_text("1 perubahan")
    with page.expect_response("**/kartu/aside/ask"):
        page.get_by_label("Untuk semua saluran").fill("Laporan kami simpan, {nama}.")
        page.get_by_role("link", name="Coba dulu").focus()
    expect(page.locator("#draf")).to_contain_text("kesalahan")
    expect(page.get_by_role("link", name="Coba dulu")).to_be_focused()
    discard(page, site)


PAGES = (
    "", "id/", "id/kartu/privacy", "id/kartu/words", "id/kartu/emergency", "id/kartu/privacy/ask", "jv/kartu/menu",
    "id/kartu/news/closed", "id/diagram", "id/coba", "id/percakapan", "id/riwayat", "id/perubahan", "id/berkas",
    "corong", "nothing/here",
)  # fmt: skip


@pytest.mark.parametrize("width", [1280, 360])
def test_every_page_can_be_used_by_everyone_on_every_screen(browser: Browser, site: Site, width: int) -> None:
    page = site.open(browser, "Admin Tiga", width)
    page.goto(f"{site.url}/studio/id/kartu/privacy")
    page.get_by_role("group", name="Pilihan 3").get_by_label("Kata yang berarti sama").fill("anonim")
    expect(page.locator("#temuan-secret")).to_contain_text("sudah berarti")
    faults = []
    for path in PAGES:
        page.goto(f"{site.url}/studio/{path}")
        found = Axe().run(page).response["violations"]
        faults += [(path, each["id"], each["nodes"][0]["html"]) for each in found]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            faults.append((path, "wider than the screen", ""))
    assert faults == []
    discard(page, site)


def test_nothing_is_loaded_from_elsewhere_and_nothing_is_blocked(browser: Browser, site: Site) -> None:
    page = site.open(browser, "Admin Tiga")
    origins, complaints = set(), []
    page.on("request", lambda request: origins.add("/".join(request.url.split("/")[:3])))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for path in PAGES[:-1]:
        page.goto(f"{site.url}/studio/{path}")
    page.get_by_role("link", name="Corong").hover()
    page.context.close()
    assert (origins, complaints) == ({site.url}, [])
