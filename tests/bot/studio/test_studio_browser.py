"""An administrator at the studio in a real browser, and a citizen who gets the words by a signed webhook."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.bot.studio.site import Site, discard

STORY = "LAPOR jalan berlubang besar depan SD 2, motor sering jatuh"
OLD = "Di mana lokasinya?"
NEW = "Di mana tempat kejadiannya?"
CLASH = "sudah berarti pilihan resume"


@pytest.fixture
def editor(browser: Browser, site: Site) -> Iterator[Page]:
    """Yield the browser of an administrator, who leaves no draft behind."""
    page = site.open(browser, "Admin Satu")
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


def test_words_are_changed_mended_tried_published_and_taken_back(editor: Page, site: Site) -> None:
    assert OLD in site.told(STORY)
    change_prompt(editor, NEW)
    editor.goto(f"{site.url}/studio/id/kartu/menu")
    change_keyword(editor, "lanjut")
    expect(editor.locator("#temuan-language")).to_contain_text(CLASH)
    editor.get_by_role("link", name="Lihat dan terbitkan").click()
    expect(editor.get_by_text("Perbaiki dulu 1 kesalahan ini")).to_be_visible()
    expect(editor.get_by_role("button", name="Terbitkan sekarang")).to_be_disabled()
    editor.get_by_role("link", name="Buka kartu Menu utama").click()
    change_keyword(editor, "ganti bahasa")
    expect(editor.locator("#temuan-language")).to_be_empty()
    try_out(editor)
    publish(editor, "Pertanyaan lokasi lebih jelas")
    expect(editor.get_by_role("status")).to_contain_text("Sudah terbit.")
    site.soon_told(NEW, STORY)
    site.soon_told("Pilih bahasa", "halo", "ganti bahasa")
    editor.get_by_role("button", name="Pakai lagi versi").first.click()
    expect(editor.get_by_text("Versi itu sudah berlaku lagi.")).to_be_visible()
    site.soon_told(OLD, STORY)


def try_out(page: Page) -> None:
    """Talk to the dialog with the words of the draft, as a phone with Telegram."""
    page.get_by_role("link", name="Coba dulu").click()
    page.get_by_role("radio", name="Telegram").check()
    expect(page.locator(".phone.telegram")).to_be_visible()
    for text, answer in (("halo", "Selamat datang"), ("ganti bahasa", "Pilih bahasa")):
        page.get_by_label("Tulis sebagai warga").fill(text)
        page.keyboard.press("Enter")
        expect(page.get_by_role("log")).to_contain_text(answer)


def test_what_is_typed_while_an_answer_is_on_its_way_stays(editor: Page, site: Site) -> None:
    editor.goto(f"{site.url}/studio/id/coba")
    held: list[Route] = []
    editor.route("**/coba", lambda route: held.append(route))  # noqa: PLW0108 - Playwright looks at its parameters
    editor.get_by_role("radio", name="Telegram").check()
    editor.wait_for_timeout(50)
    editor.get_by_label("Tulis sebagai warga").fill("halo")
    held[0].continue_()
    expect(editor.locator(".phone.telegram")).to_be_visible()
    expect(editor.get_by_label("Tulis sebagai warga")).to_have_value("halo")
    editor.unroute("**/coba")


def test_a_second_administrator_is_told_and_nothing_is_overwritten(
    browser: Browser, editor: Page, site: Site
) -> None:
    colleague = site.open(browser, "Admin Dua")
    for page, text in ((editor, "Laporan disimpan."), (colleague, "Laporan kami simpan.")):
        page.goto(f"{site.url}/studio/id/kartu/aside/ask")
        page.get_by_label("Untuk semua saluran").fill(text)
        expect(page.locator("#tersimpan")).to_have_text("Tersimpan di draf.")
    publish(editor, "Lebih singkat")
    expect(editor.get_by_text("Sudah terbit.")).to_be_visible()
    colleague.reload()
    expect(colleague.locator("#draf")).to_contain_text("Rekan Anda sudah menerbitkan versi lain")
    colleague.get_by_role("link", name="Lihat dan terbitkan").click()
    expect(colleague.get_by_role("alert")).to_contain_text("Admin Satu menerbitkan versi baru")
    assert 'ask = "Laporan disimpan."' in (site.folder / "id.toml").read_text(encoding="utf-8")
    colleague.get_by_role("button", name="Simpan perubahan saya di atas versi itu").click()
    expect(colleague.get_by_role("listitem").filter(has_text="[aside] ask")).to_contain_text(
        "Menjadi Laporan kami simpan."
    )
    discard(colleague, site)


def test_the_last_words_typed_are_kept_when_the_page_is_left_at_once(editor: Page, site: Site) -> None:
    editor.goto(f"{site.url}/studio/id/kartu/rated/ask")
    editor.get_by_label("Untuk semua saluran").fill("Matur nuwun.")
    editor.get_by_role("link", name="Nilai tersimpan").click()
    editor.wait_for_url("**/kartu/rated")
    expect(editor.get_by_role("main")).to_contain_text("Matur nuwun.")


def test_what_could_not_be_kept_is_told(editor: Page, site: Site) -> None:
    editor.goto(f"{site.url}/studio/id/kartu/rated/ask")
    editor.route("**/kartu/rated/ask", lambda route: route.abort())
    editor.get_by_label("Untuk semua saluran").fill("Matur nuwun.")
    expect(editor.locator("#tersimpan")).to_have_text(
        "Belum tersimpan. Coba lagi sebentar lagi, atau muat ulang halaman ini."
    )
    editor.unroute("**/kartu/rated/ask")


def test_a_visit_that_ended_while_typing_leads_to_the_sign_in(browser: Browser, site: Site) -> None:
    page = site.open(browser, "Admin Tiga")
    page.goto(f"{site.url}/studio/id/kartu/rated/ask")
    page.context.clear_cookies()
    page.get_by_label("Untuk semua saluran").fill("Matur nuwun.")
    expect(page.get_by_role("heading", name="Masuk ke studio")).to_be_visible()
    page.context.close()


def test_all_recorded_conversations_are_played_by_one_click(editor: Page, site: Site) -> None:
    editor.goto(f"{site.url}/studio/id/percakapan")
    editor.get_by_role("button", name="Putar semua").click()
    expect(editor.get_by_role("status").filter(has_text="percakapan")).to_be_visible(timeout=60_000)
    count = editor.locator(".runs > li").count()
    assert editor.locator(".runs .chip").count() == count


def test_the_diagram_lights_the_ways_of_a_box_and_leads_to_its_card(editor: Page, site: Site) -> None:
    editor.goto(f"{site.url}/studio/id/diagram")
    box = editor.locator("[data-state=pin]")
    box.hover()
    lit = editor.locator("path.lit").evaluate_all("all => all.map(way => way.dataset.from + '>' + way.dataset.to)")
    assert sorted(lit) == ["pin>place", "pin>region", "place>pin"]
    box.click()
    expect(editor.get_by_role("heading", name="Titik lokasi")).to_be_visible()
