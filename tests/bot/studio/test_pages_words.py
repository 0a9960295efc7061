"""What the cards show, and what becomes of what is typed into them."""

import re
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from conversations.complaint import COMPLAINT
from tests.bot.studio.administrator import HTMX, Administrator, shown

CLASH = 'Kata "anonim" pada [privacy] options.secret sudah berarti pilihan anonymous; hapus dari salah satunya.'


def drafted(editor: Administrator, code: str = "id") -> str:
    """Return the text of the draft."""
    return editor.open(f"{code}/berkas/{code}.toml").text


def findings(page: TestResponse, name: str) -> list[str]:
    """Return what stands beside a text or an option."""
    listed = re.search(rf'<ul class="findings" id="temuan-{name}".*?</ul>', page.text, re.DOTALL)
    assert listed
    items = re.findall(r"<li.*?</li>", listed[0], re.DOTALL)
    return [" ".join(re.sub(r"<[^>]*>", "", item).replace("&#34;", '"').split()) for item in items]


def test_the_languages_are_shown_with_how_they_stand(editor: Administrator, words_folder: Path) -> None:
    source = (words_folder / "en.toml").read_text(encoding="utf-8")
    (words_folder / "en.toml").write_text(source.replace("{number}", "{nomer}", 1), encoding="utf-8")
    editor.write("rated", "ask", "Terima kasih.")
    page = shown(editor.open(""))
    for expected in (
        "Bahasa Indonesia id.toml Ditawarkan kepada warga Draf Anda: 1 perubahan",
        "English en.toml Ditawarkan kepada warga 1 kesalahan",
        "Basa Jawa jv.toml Belum diperiksa penutur",
    ):
        assert expected in page


def test_every_state_has_a_card_in_the_order_of_the_dialog(editor: Administrator) -> None:
    page = editor.open("id/").text
    names = re.findall(r'<h3 id="kartu-([a-z_]+)">', page)
    states = [state.name for state in COMPLAINT]
    assert sorted(names[: len(states)]) == sorted(states)
    report = [name for name in states if name in names[names.index("story") : names.index("filed")]]
    assert names[names.index("story") : names.index("filed")] == report
    assert names[len(states) :][:3] == ["words", "notes", "first_contact"]


def test_a_card_tells_what_it_costs_what_it_offers_and_where_it_leads(editor: Administrator) -> None:
    page = shown(editor.open("id/"))
    card = page[page.index("Siapa boleh melihat privacy") : page.index("Nomor pribadi personal")]
    for expected in (
        "1 SMS · 151", "khusus SMS", "Terbuka buka, umum", "Dari Foto dan dokumen , Apa yang diubah",
        "Ke Nomor pribadi",
    ):  # fmt: skip
        assert expected in card


@pytest.mark.parametrize(
    ("asked", "found"),
    [("pulihkan", {"aside", "words"}), ("Siapa boleh melihat", {"privacy"}), ("tidak-ada-kata-ini", set())],
)
def test_cards_are_found_by_any_of_their_words(editor: Administrator, asked: str, found: set[str]) -> None:
    piece = editor.open(f"id/?cari={asked}", **HTMX).text
    names = set(re.findall(r'<h3 id="kartu-([a-z_]+)">', piece))
    assert (found <= names, bool(names), "<html" in piece) == (True, bool(found), False)


def test_a_text_is_shown_on_the_phones_while_it_is_typed(editor: Administrator) -> None:
    piece = editor.write("rated", "ask", "Terima kasih “banyak”.")
    seen = re.findall(r'<div class="bubble">(.*?)</div>', piece.text)
    assert seen == ["Terima kasih &#34;banyak&#34;.", "Terima kasih “banyak”.", "Terima kasih “banyak”."]
    assert findings(piece, "semua") == [
        'Peringatan. [rated] ask memuat “ yang tidak ada di SMS; tulis "',
        'Peringatan. [rated] ask memuat ” yang tidak ada di SMS; tulis "',
    ]
    assert "Draf Anda: 1 perubahan" in shown(piece)
    assert 'ask = "Terima kasih “banyak”."' in drafted(editor)


def test_the_longest_values_can_be_seen_too(editor: Administrator) -> None:
    sample, worst = (editor.open(f"id/kartu/filed/ask?values={values}").text for values in ("sample", "worst"))
    assert ("nomor 9165816." in sample, "nomor BCDF-GHJK." in worst) == (True, True)


def test_too_long_a_text_is_an_error_beside_it_and_still_seen(editor: Administrator) -> None:
    piece = editor.write("rated", "ask", "Terima kasih. " * 12)
    assert "[rated] ask kelebihan 7 huruf untuk satu SMS" in findings(piece, "semua")[0]
    assert "167/160 · 2 SMS" in piece.text


def test_an_empty_text_is_refused_and_the_last_one_stays(editor: Administrator) -> None:
    piece = editor.write("rated", "ask", "  ")
    assert "Belum tersimpan. Teks tidak boleh kosong." in shown(piece)
    assert "Terima kasih atas nilainya." in drafted(editor)
    plain = editor.send("id/kartu/rated/ask", **{"text.": ""})
    assert (plain.status_code, "Teks tidak boleh kosong." in shown(plain)) == (422, True)


def test_a_channel_gets_a_text_of_its_own_and_loses_it_again(editor: Administrator) -> None:
    general = "Terima kasih atas nilainya. Bila ada masalah lain, tulis saja di sini."
    editor.send("id/kartu/rated/ask", **{"text.": general, "special": "telegram"})
    with_own = drafted(editor)
    editor.send("id/kartu/rated/ask", **{"text.": general, "text.telegram": general, "general": "telegram"})
    assert (f'[rated.telegram]\nask = "{general}"' in with_own, "[rated.telegram]" in drafted(editor)) == (
        True,
        False,
    )


def test_a_text_that_a_language_lacks_is_shown_and_falls_back_when_emptied(editor: Administrator) -> None:
    editor.write("rated", "ask", "Thanks.", code="en")
    assert 'ask = "Thanks."' in drafted(editor, "en")
    piece = editor.write("rated", "ask", "", code="en")
    assert "Warga mendapat: Terima kasih atas nilainya." in shown(piece)
    assert "Warga mendapat: Terima kasih atas nilainya." in shown(editor.open("en/kartu/rated/ask"))


def test_keywords_that_mean_two_things_are_told_beside_the_option(editor: Administrator) -> None:
    piece = editor.send("id/pilihan/privacy", HTMX, **{"keywords.secret": "tertutup,  anonim ,\nrahasiakan,,"})
    assert findings(piece, "secret") == [f"Kesalahan. {CLASH}"]
    mended = editor.send("id/pilihan/privacy", HTMX, **{"keywords.secret": "tertutup, rahasiakan"})
    assert findings(mended, "secret") == []
    assert 'options.secret    = { label = "Rahasia", keywords = ["tertutup", "rahasiakan"] }' in drafted(editor)


def test_a_label_is_seen_on_the_phones_at_once(editor: Administrator) -> None:
    piece = editor.send("id/pilihan/review", HTMX, **{"label.send": "Kirim laporan"})
    assert piece.text.count("Kirim laporan") == 3


def test_options_change_places_in_the_base_alone(editor: Administrator) -> None:
    editor.send("id/pilihan/privacy", move="secret:up")
    order = re.findall(r"^options\.(open|anonymous|secret|both) ", drafted(editor), re.MULTILINE)
    assert order == ["open", "secret", "anonymous", "both"]
    told = shown(editor.send("en/pilihan/privacy", HTMX, move="secret:up"))
    assert "Urutan pilihan berlaku untuk semua bahasa; ubahlah pada Bahasa Indonesia." in told


def test_control_words_are_changed_and_checked(editor: Administrator) -> None:
    piece = editor.send("id/daftar/words", HTMX, **{"words.cancel": "batal, menu"})
    assert 'Kata "menu" pada [words] menu sudah berarti cancel' in shown(piece) or "sudah berarti menu" in shown(
        piece
    )
    editor.send("id/daftar/words", **{"words.cancel": "batal, urung"})
    assert 'cancel   = ["batal", "urung"]' in drafted(editor)


def test_the_whole_file_can_be_written_and_what_is_wrong_is_told_by_line(editor: Administrator) -> None:
    source = drafted(editor).replace('ask = "Terima kasih atas nilainya.', 'ask = "Terima kasih', 1)
    editor.send("id/berkas", source=source.replace('tulis saja di sini."', "tulis saja di sini.", 1))
    page = editor.open("id/kartu/rated")
    assert (page.status_code, "Draf Anda tidak dapat dibaca" in shown(page)) == (200, True)
    assert re.search(r"id\.toml, baris \d+\. Teks di baris ini belum ditutup", shown(page))
    for path in ("id/", "id/kartu/rated/ask", "id/coba"):
        assert "Draf Anda tidak dapat dibaca" in shown(editor.open(path))
    assert editor.write("rated", "ask", "x").status_code == 200


def test_a_broken_base_is_named_where_another_language_needs_it(editor: Administrator, words_folder: Path) -> None:
    with (words_folder / "id.toml").open("a", encoding="utf-8") as file:
        file.write("broken")
    page = editor.open("en/")
    assert re.search(r"id\.toml, baris \d+\. Setelah nama harus ada tanda sama dengan", shown(page))
    assert 'href="/studio/id/berkas"' in page.text
    assert "1 kesalahan" in shown(editor.open(""))


def test_words_are_text_and_never_markup(editor: Administrator) -> None:
    evil = "</textarea><script>alert(1)</script>\"'{{ 271 * 41 }}"
    editor.write("rated", "ask", evil)
    editor.send("id/pilihan/privacy", **{"label.open": "<img src=x>", "keywords.open": "<b>"})
    pages = ("id/", "id/kartu/rated", "id/kartu/rated/ask", "id/kartu/privacy", "id/perubahan", "id/berkas")
    text = "".join(editor.open(page).text for page in pages)
    assert [piece for piece in ("<script>alert", "<img src=x>", "11111", '<b>"') if piece in text] == []


@pytest.mark.parametrize(
    "path",
    [
        "xx/", "../id/", "id/kartu/nowhere", "id/kartu/menu/nothing", "id/riwayat/abc", "id/nothing", "xx/coba",
        "xx/riwayat", "xx/perubahan", "xx/berkas", "xx/diagram", "id/berkas/en.toml", "xx/percakapan",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(editor: Administrator, path: str) -> None:
    answer = editor.open(path)
    assert (answer.status_code, "Tidak ditemukan" in shown(answer)) == (404, True)


def test_a_folder_that_cannot_be_written_is_told_and_nothing_is_lost(
    editor: Administrator, words_folder: Path
) -> None:
    (words_folder / ".studio").write_text("no folder")
    answer = editor.write("rated", "ask", "Terima kasih.")
    assert (answer.status_code, "tidak dapat ditulis" in shown(answer)) == (503, True)
    assert "Terima kasih atas nilainya." in shown(editor.open("id/kartu/rated"))
