"""An administrator at the studio in a real browser, and a citizen who gets the words by a signed webhook."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.bot.studio.site import Site, discard

STORY = "LAPOR jalan berlubang besar depan SD 2, motor sering jatuh"
OLD = "Di mana lokasinya?"
NEW = "Di mana tempat kejadiannya?"
CLASH = "sudah berarti pilihan resume"


@pytest.fixture
def rina(browser: Browser, site: Site) -> Iterator[Page]:
    """Yield the browser of an administrator, who leaves no draft behind."""
    page = site.open(browser, "Rina")
    yield page
    discard(page, site)


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


def test_a_visit_that_ended_while_typing_leads_to_the_sign_in(browser: Browser, site: Site) -> None:
    page = site.open(browser, "Dewi")
    page.goto(f"{site.url}/studio/id/kartu/rated/ask")
    page.context.clear_cookies()
    page.get_by_label("Untuk semua saluran").fill("Matur nuwun.")
    expect(page.get_by_role("heading", name="Masuk ke studio")).to_be_visible()
    page.context.close()


def test_all_recorded_conversations_are_played_by_one_click(rina: Page, site: Site) -> None:
    rina.goto(f"{site.url}/studio/id/percakapan")
    rina.get_by_role("button", name="Putar semua").click()
    expect(rina.get_by_role("status").filter(has_text="percakapan")).to_be_visible(timeout=60_000)
    count = rina.locator(".runs > li").count()
    assert rina.locator(".runs .chip").count() == count


def test_the_diagram_lights_the_ways_of_a_box_and_leads_to_its_card(rina: Page, site: Site) -> None:
    rina.goto(f"{site.url}/studio/id/diagram")
    box = rina.locator("[data-state=pin]")
    box.hover()
    lit = rina.locator("path.lit").evaluate_all("all => all.map(way => way.dataset.from + '>' + way.dataset.to)")
    assert sorted(lit) == ["pin>place", "pin>region", "place>pin"]
    box.click()
    expect(rina.get_by_role("heading", name="Titik lokasi")).to_be_visible()
