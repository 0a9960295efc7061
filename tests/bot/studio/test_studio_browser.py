"""An administrator at the studio in a real browser, and a citizen who gets the words by a signed webhook."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.bot.studio.administrator import PASSWORD
from tests.bot.studio.site import Site, deployed

STORY = "LAPOR jalan berlubang besar depan SD 2, motor sering jatuh"
OLD = "Di mana lokasinya?"
NEW = "Di mana tempat kejadiannya?"
CLASH = "sudah berarti pilihan resume"
FOCUS = """() => {
  const found = document.activeElement;
  const style = getComputedStyle(found.matches('input[type=radio]') ? found.closest('label') : found);
  const name = found.getAttribute('aria-label') || found.labels?.[0]?.innerText || found.innerText || '';
  return [name.trim(), style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2];
}"""


@pytest.fixture(scope="module")
def site(redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Yield the product with two web processes."""
    with deployed(redis_url, tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture
def rina(browser: Browser, site: Site) -> Iterator[Page]:
    """Yield the browser of an administrator, who leaves no draft behind."""
    page = site.open(browser, "Rina")
    yield page
    discard(page, site)


def discard(page: Page, site: Site) -> None:
    """Throw the draft away, and close the browser."""
    page.goto(f"{site.url}/studio/id/perubahan")
    page.on("dialog", lambda dialog: dialog.accept())
    button = page.get_by_role("button", name="Buang draf")
    if button.count():
        button.click()
    page.context.close()


def change_prompt(page: Page, text: str) -> None:
    """Find the card of the place and write its question anew."""
    page.get_by_role("link", name="Ubah kata Bahasa Indonesia").click()
    page.get_by_role("searchbox").fill("di mana lokasinya")
    page.get_by_role("link", name="Lokasi", exact=True).first.click()
    page.get_by_role("link", name="Yang ditanyakan").click()
    page.get_by_label("Untuk semua saluran").fill(f"{text} Tulis jalan atau desa, kecamatan, dan kabupaten/kota.")
    expect(page.locator("[data-channel=telegram] .bubble")).to_contain_text(text)
    expect(page.locator("#draf")).to_contain_text("Draf Anda: 1 perubahan")


def change_keyword(page: Page, word: str) -> None:
    """Give the choice of a language in the menu another word."""
    page.get_by_role("group", name="Pilihan 4").get_by_label("Kata yang berarti sama").fill(f"bahasa, {word}")
    expect(page.get_by_text("Tersimpan di draf.")).to_be_visible()


def publish(page: Page, note: str) -> None:
    """Look the draft through and publish it."""
    page.get_by_role("link", name="Lihat dan terbitkan").click()
    page.get_by_label("Catatan").fill(note)
    page.get_by_role("button", name="Terbitkan sekarang").click()


def test_words_are_changed_mended_tried_published_and_taken_back(rina: Page, site: Site) -> None:
    assert OLD in site.told(STORY)
    change_prompt(rina, NEW)
    rina.goto(f"{site.url}/studio/id/kartu/menu")
    change_keyword(rina, "lanjut")
    expect(rina.locator("#temuan-language")).to_contain_text(CLASH)
    rina.get_by_role("link", name="Lihat dan terbitkan").click()
    expect(rina.get_by_text("Perbaiki dulu 1 kesalahan ini")).to_be_visible()
    expect(rina.get_by_role("button", name="Terbitkan sekarang")).to_be_disabled()
    rina.get_by_role("link", name="Buka kartu Menu utama").click()
    change_keyword(rina, "ganti bahasa")
    expect(rina.locator("#temuan-language")).to_be_empty()
    try_out(rina)
    publish(rina, "Pertanyaan lokasi lebih jelas")
    expect(rina.get_by_role("status")).to_contain_text("Sudah terbit.")
    site.soon_told(NEW, STORY)
    site.soon_told("Pilih bahasa", "halo", "ganti bahasa")
    rina.get_by_role("button", name="Pakai lagi versi").first.click()
    expect(rina.get_by_text("Versi itu sudah berlaku lagi.")).to_be_visible()
    site.soon_told(OLD, STORY)


def try_out(page: Page) -> None:
    """Talk to the dialog with the words of the draft, as a phone with Telegram."""
    page.get_by_role("link", name="Coba dulu").click()
    page.get_by_role("radio", name="Telegram").check()
    for text, answer in (("halo", "Selamat datang"), ("ganti bahasa", "Pilih bahasa")):
        page.get_by_label("Tulis sebagai warga").fill(text)
        page.keyboard.press("Enter")
        expect(page.get_by_role("log")).to_contain_text(answer)


def test_a_second_administrator_is_told_and_nothing_is_overwritten(
    browser: Browser, rina: Page, site: Site
) -> None:
    budi = site.open(browser, "Budi")
    for page, text in ((rina, "Laporan disimpan."), (budi, "Laporan kami simpan.")):
        page.goto(f"{site.url}/studio/id/kartu/aside/ask")
        page.get_by_label("Untuk semua saluran").fill(text)
        expect(page.locator("#tersimpan")).to_have_text("Tersimpan di draf.")
    publish(rina, "Lebih singkat")
    expect(rina.get_by_text("Sudah terbit.")).to_be_visible()
    budi.reload()
    expect(budi.locator("#draf")).to_contain_text("Rekan Anda sudah menerbitkan versi lain")
    budi.get_by_role("link", name="Lihat dan terbitkan").click()
    expect(budi.get_by_role("alert")).to_contain_text("Rina menerbitkan versi baru")
    assert 'ask = "Laporan disimpan."' in (site.folder / "id.toml").read_text(encoding="utf-8")
    budi.get_by_role("button", name="Simpan perubahan saya di atas versi itu").click()
    expect(budi.get_by_role("listitem").filter(has_text="[aside] ask")).to_contain_text(
        "Menjadi Laporan kami simpan."
    )
    discard(budi, site)


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
    sign_in_by_keys(page, "Siti")
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


PAGES = (
    "", "id/", "id/kartu/privacy", "id/kartu/words", "id/kartu/emergency", "id/kartu/privacy/ask", "jv/kartu/menu",
    "id/kartu/news/closed", "id/diagram", "id/coba", "id/percakapan", "id/riwayat", "id/perubahan", "id/berkas",
    "corong", "nothing/here",
)  # fmt: skip


@pytest.mark.parametrize("width", [1280, 360])
def test_every_page_can_be_used_by_everyone_on_every_screen(browser: Browser, site: Site, width: int) -> None:
    page = site.open(browser, "Dewi", width)
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


def test_the_last_words_typed_are_kept_when_the_page_is_left_at_once(rina: Page, site: Site) -> None:
    rina.goto(f"{site.url}/studio/id/kartu/rated/ask")
    rina.get_by_label("Untuk semua saluran").fill("Matur nuwun.")
    rina.get_by_role("link", name="Nilai tersimpan").click()
    expect(rina.get_by_role("main")).to_contain_text("Matur nuwun.")


def test_what_could_not_be_kept_is_told(rina: Page, site: Site) -> None:
    rina.goto(f"{site.url}/studio/id/kartu/rated/ask")
    rina.route("**/kartu/rated/ask", lambda route: route.abort())
    rina.get_by_label("Untuk semua saluran").fill("Matur nuwun.")
    expect(rina.locator("#tersimpan")).to_have_text(
        "Belum tersimpan. Coba lagi sebentar lagi, atau muat ulang halaman ini."
    )
    rina.unroute("**/kartu/rated/ask")


def test_all_recorded_conversations_are_played_by_one_click(rina: Page, site: Site) -> None:
    rina.goto(f"{site.url}/studio/id/percakapan")
    rina.get_by_role("button", name="Putar semua").click()
    expect(rina.get_by_role("status").filter(has_text="percakapan")).to_be_visible(timeout=60_000)
    count = rina.locator(".runs > li").count()
    assert rina.locator(".runs .chip").count() == count


def test_nothing_is_loaded_from_elsewhere_and_nothing_is_blocked(browser: Browser, site: Site) -> None:
    page = site.open(browser, "Dewi")
    origins, complaints = set(), []
    page.on("request", lambda request: origins.add("/".join(request.url.split("/")[:3])))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for path in PAGES[:-1]:
        page.goto(f"{site.url}/studio/{path}")
    page.get_by_role("link", name="Corong").hover()
    page.context.close()
    assert (origins, complaints) == ({site.url}, [])


def test_the_diagram_lights_the_ways_of_a_box_and_leads_to_its_card(rina: Page, site: Site) -> None:
    rina.goto(f"{site.url}/studio/id/diagram")
    box = rina.locator("[data-state=pin]")
    box.hover()
    lit = rina.locator("path.lit").evaluate_all("all => all.map(way => way.dataset.from + '>' + way.dataset.to)")
    assert sorted(lit) == ["pin>place", "pin>region", "place>pin"]
    box.click()
    expect(rina.get_by_role("heading", name="Titik lokasi")).to_be_visible()
