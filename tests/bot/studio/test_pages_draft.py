"""Publishing, what was published meanwhile, and going back."""

import re
from pathlib import Path

import pytest
from flask import Flask

from bot.studio.app import create_studio
from tests.bot.studio.administrator import Administrator, settings_of, shown
from tests.bot.studio.conftest import signed_in

OLD = "Terima kasih atas nilainya. Bila ada masalah lain, tulis saja di sini."


def published(folder: Path) -> str:
    return (folder / "id.toml").read_text(encoding="utf-8")


@pytest.fixture
def budi(studio: Flask) -> Administrator:
    """Return a second administrator."""
    return signed_in(studio, "Budi")


def test_a_draft_is_looked_through_and_published_with_a_note(rina: Administrator, words_folder: Path) -> None:
    before = published(words_folder)
    rina.write("rated", "ask", "Terima kasih, Bapak/Ibu.")
    review = shown(rina.open("id/perubahan"))
    assert f"[rated] ask Sebelumnya {OLD} Menjadi Terima kasih, Bapak/Ibu." in review
    assert published(words_folder) == before
    answer = rina.send("id/terbitkan", note="  Lebih\r\nsingkat ")
    assert answer.headers["Location"] == "/studio/id/riwayat"
    assert published(words_folder) == before.replace(OLD, "Terima kasih, Bapak/Ibu.")
    history = shown(rina.open("id/riwayat"))
    assert "Sudah terbit." in history
    assert re.search(r"· Rina berlaku sekarang Lebih singkat", history)


def test_a_draft_with_an_error_is_not_published(rina: Administrator, words_folder: Path) -> None:
    before = published(words_folder)
    rina.send("id/pilihan/privacy", **{"keywords.secret": "anonim"})
    answer = rina.send("id/terbitkan", note="")
    assert (answer.status_code, published(words_folder)) == (422, before)
    assert "Perbaiki dulu 1 kesalahan ini:" in shown(answer)
    assert "<button disabled>Terbitkan sekarang</button>" in answer.text


def test_without_a_change_there_is_nothing_to_publish(rina: Administrator) -> None:
    assert "Belum ada yang Anda ubah" in shown(rina.open("id/perubahan"))
    rina.send("id/terbitkan", note="")
    assert "Tidak ada yang berubah." in shown(rina.open("id/"))


def test_a_draft_is_thrown_away(rina: Administrator) -> None:
    rina.write("rated", "ask", "Terima kasih.")
    rina.send("id/buang")
    page = shown(rina.open("id/kartu/rated"))
    assert ("Draf dibuang." in page, OLD in page, "Draf Anda" in page) == (True, True, False)


def test_a_draft_is_its_administrators_alone(rina: Administrator, budi: Administrator) -> None:
    rina.write("rated", "ask", "Terima kasih.")
    assert OLD in shown(budi.open("id/kartu/rated"))


def test_the_second_is_told_and_nothing_is_overwritten(
    rina: Administrator, budi: Administrator, words_folder: Path
) -> None:
    for administrator, text in ((rina, "Terima kasih dari Rina."), (budi, "Terima kasih dari Budi.")):
        administrator.write("rated", "ask", text)
    budi.write("aside", "ask", "Laporan disimpan. Balas PULIHKAN.")
    rina.send("id/terbitkan", note="")
    assert "Rekan Anda sudah menerbitkan versi lain" in shown(budi.open("id/"))
    for answer in (budi.send("id/terbitkan", note=""), budi.open("id/perubahan")):
        assert answer.status_code == 409
        said = shown(answer)
        assert "Rina menerbitkan versi baru pada" in said
        assert said.count("Anda berdua mengubah ini") == 2
        for text in ("Menjadi Terima kasih dari Rina.", "Menjadi Terima kasih dari Budi.", "Balas PULIHKAN."):
            assert text in said
    assert "Terima kasih dari Rina." in published(words_folder)


def test_what_the_second_wrote_goes_on_top_of_the_newer_version(
    rina: Administrator, budi: Administrator, words_folder: Path
) -> None:
    rina.write("rated", "ask", "Terima kasih dari Rina.")
    budi.write("aside", "ask", "Laporan disimpan. Balas PULIHKAN.")
    rina.send("id/terbitkan", note="")
    budi.send("id/gabung")
    review = shown(budi.open("id/perubahan"))
    assert ("Balas PULIHKAN." in review, "dari Rina" in review) == (True, False)
    budi.send("id/terbitkan", note="")
    text = published(words_folder)
    assert ("Terima kasih dari Rina." in text, "Laporan disimpan. Balas PULIHKAN." in text) == (True, True)


def test_the_second_can_take_the_newer_version(rina: Administrator, budi: Administrator) -> None:
    for administrator in (rina, budi):
        administrator.write("rated", "ask", f"Terima kasih. {administrator is rina}")
    rina.send("id/terbitkan", note="")
    budi.send("id/buang", taken="1")
    page = shown(budi.open("id/kartu/rated"))
    assert ("draf Anda dibuang" in page, "Terima kasih. True" in page) == (True, True)


def test_an_earlier_version_comes_back_with_one_click(rina: Administrator, words_folder: Path) -> None:
    before = published(words_folder)
    rina.write("rated", "ask", "Terima kasih.")
    rina.send("id/terbitkan", note="Lebih singkat")
    history = rina.open("id/riwayat").text
    path = re.findall(r'action="/studio/(id/riwayat/[^"]+)"', history)[0]
    mark = re.findall(r'name="mark" value="([^"]+)"', history)[0]
    assert f"Sebelumnya Terima kasih. Menjadi {OLD}" in shown(rina.open(path))
    rina.send(path, mark=mark)
    page = shown(rina.open("id/riwayat"))
    assert ("Versi itu sudah berlaku lagi." in page, published(words_folder)) == (True, before)
    assert "berlaku sekarang Kembali ke versi" in page


def test_going_back_does_not_overwrite_what_came_in_between(
    rina: Administrator, budi: Administrator, words_folder: Path
) -> None:
    rina.write("rated", "ask", "Terima kasih.")
    rina.send("id/terbitkan", note="")
    history = rina.open("id/riwayat").text
    path = re.findall(r'action="/studio/(id/riwayat/[^"]+)"', history)[0]
    mark = re.findall(r'name="mark" value="([^"]+)"', history)[0]
    budi.write("aside", "ask", "Laporan disimpan.")
    budi.send("id/terbitkan", note="")
    answer = rina.send(path, mark=mark)
    assert (answer.status_code, "Sementara Anda melihat" in shown(answer)) == (409, True)
    assert "Laporan disimpan." in published(words_folder)


def test_an_earlier_version_that_would_be_wrong_today_is_told(rina: Administrator, words_folder: Path) -> None:
    source = published(words_folder)
    (words_folder / "id.toml").write_text(source.replace("{number}", "{nomer}", 1), encoding="utf-8")
    rina.open("id/")
    fixed = rina.open("id/berkas/id.toml").text.replace("{nomer}", "{number}")
    rina.send("id/berkas", source=fixed)
    rina.send("id/terbitkan", note="")
    history = rina.open("id/riwayat").text
    path = re.findall(r'action="/studio/(id/riwayat/[^"]+)"', history)[0]
    answer = rina.send(path, mark="")
    assert (answer.status_code, "{nomer}" in shown(answer)) == (422, True)


def test_files_that_are_refused_are_told_on_every_page(words_folder: Path) -> None:
    studio = create_studio(settings_of(words_folder), lambda: "id.toml:7: Teks belum ditutup")
    page = shown(signed_in(studio, "Rina").open("id/"))
    assert "Berkas yang tersimpan ditolak. Bot tetap memakai yang terakhir benar. id.toml:7" in page
