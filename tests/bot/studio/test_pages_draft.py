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
def colleague(studio: Flask) -> Administrator:
    """Return a second administrator."""
    return signed_in(studio, "Admin Dua")


def test_a_draft_is_looked_through_and_published_with_a_note(editor: Administrator, words_folder: Path) -> None:
    before = published(words_folder)
    editor.write("rated", "ask", "Terima kasih, Bapak/Ibu.")
    review = shown(editor.open("id/perubahan"))
    assert f"[rated] ask Sebelumnya {OLD} Menjadi Terima kasih, Bapak/Ibu." in review
    assert published(words_folder) == before
    answer = editor.send("id/terbitkan", note="  Lebih\r\nsingkat ")
    assert answer.headers["Location"] == "/studio/id/riwayat"
    assert published(words_folder) == before.replace(OLD, "Terima kasih, Bapak/Ibu.")
    history = shown(editor.open("id/riwayat"))
    assert "Sudah terbit." in history
    assert re.search(r"· Admin Satu berlaku sekarang Lebih singkat", history)


def test_a_draft_with_an_error_is_not_published(editor: Administrator, words_folder: Path) -> None:
    before = published(words_folder)
    editor.send("id/pilihan/privacy", **{"keywords.secret": "anonim"})
    answer = editor.send("id/terbitkan", note="")
    assert (answer.status_code, published(words_folder)) == (422, before)
    assert "Perbaiki dulu 1 kesalahan ini:" in shown(answer)
    assert "<button disabled>Terbitkan sekarang</button>" in answer.text


def test_without_a_change_there_is_nothing_to_publish(editor: Administrator) -> None:
    assert "Belum ada yang Anda ubah" in shown(editor.open("id/perubahan"))
    editor.send("id/terbitkan", note="")
    assert "Tidak ada yang berubah." in shown(editor.open("id/"))


def test_a_draft_is_thrown_away(editor: Administrator) -> None:
    editor.write("rated", "ask", "Terima kasih.")
    editor.send("id/buang")
    page = shown(editor.open("id/kartu/rated"))
    assert ("Draf dibuang." in page, OLD in page, "Draf Anda" in page) == (True, True, False)


def test_a_draft_is_its_administrators_alone(editor: Administrator, colleague: Administrator) -> None:
    editor.write("rated", "ask", "Terima kasih.")
    assert OLD in shown(colleague.open("id/kartu/rated"))


def test_the_second_is_told_and_nothing_is_overwritten(
    editor: Administrator, colleague: Administrator, words_folder: Path
) -> None:
    for administrator, text in (
        (editor, "Terima kasih dari Admin Satu."),
        (colleague, "Terima kasih dari Admin Dua."),
    ):
        administrator.write("rated", "ask", text)
    colleague.write("aside", "ask", "Laporan disimpan. Balas PULIHKAN.")
    editor.send("id/terbitkan", note="")
    assert "Rekan Anda sudah menerbitkan versi lain" in shown(colleague.open("id/"))
    for answer in (colleague.send("id/terbitkan", note=""), colleague.open("id/perubahan")):
        assert answer.status_code == 409
        said = shown(answer)
        assert "Admin Satu menerbitkan versi baru pada" in said
        assert said.count("Anda berdua mengubah ini") == 2
        for text in (
            "Menjadi Terima kasih dari Admin Satu.",
            "Menjadi Terima kasih dari Admin Dua.",
            "Balas PULIHKAN.",
        ):
            assert text in said
    assert "Terima kasih dari Admin Satu." in published(words_folder)


def test_what_the_second_wrote_goes_on_top_of_the_newer_version(
    editor: Administrator, colleague: Administrator, words_folder: Path
) -> None:
    editor.write("rated", "ask", "Terima kasih dari Admin Satu.")
    colleague.write("aside", "ask", "Laporan disimpan. Balas PULIHKAN.")
    editor.send("id/terbitkan", note="")
    colleague.send("id/gabung")
    review = shown(colleague.open("id/perubahan"))
    assert ("Balas PULIHKAN." in review, "dari Admin Satu" in review) == (True, False)
    colleague.send("id/terbitkan", note="")
    text = published(words_folder)
    assert ("Terima kasih dari Admin Satu." in text, "Laporan disimpan. Balas PULIHKAN." in text) == (True, True)


def test_the_second_can_take_the_newer_version(editor: Administrator, colleague: Administrator) -> None:
    for administrator in (editor, colleague):
        administrator.write("rated", "ask", f"Terima kasih. {administrator is editor}")
    editor.send("id/terbitkan", note="")
    colleague.send("id/buang", taken="1")
    page = shown(colleague.open("id/kartu/rated"))
    assert ("draf Anda dibuang" in page, "Terima kasih. True" in page) == (True, True)


def test_an_earlier_version_comes_back_with_one_click(editor: Administrator, words_folder: Path) -> None:
    before = published(words_folder)
    editor.write("rated", "ask", "Terima kasih.")
    editor.send("id/terbitkan", note="Lebih singkat")
    history = editor.open("id/riwayat").text
    path = re.findall(r'action="/studio/(id/riwayat/[^"]+)"', history)[0]
    mark = re.findall(r'name="mark" value="([^"]+)"', history)[0]
    assert f"Sebelumnya Terima kasih. Menjadi {OLD}" in shown(editor.open(path))
    editor.send(path, mark=mark)
    page = shown(editor.open("id/riwayat"))
    assert ("Versi itu sudah berlaku lagi." in page, published(words_folder)) == (True, before)
    assert "berlaku sekarang Kembali ke versi" in page


def test_going_back_does_not_overwrite_what_came_in_between(
    editor: Administrator, colleague: Administrator, words_folder: Path
) -> None:
    editor.write("rated", "ask", "Terima kasih.")
    editor.send("id/terbitkan", note="")
    history = editor.open("id/riwayat").text
    path = re.findall(r'action="/studio/(id/riwayat/[^"]+)"', history)[0]
    mark = re.findall(r'name="mark" value="([^"]+)"', history)[0]
    colleague.write("aside", "ask", "Laporan disimpan.")
    colleague.send("id/terbitkan", note="")
    answer = editor.send(path, mark=mark)
    assert (answer.status_code, "Sementara Anda melihat" in shown(answer)) == (409, True)
    assert "Laporan disimpan." in published(words_folder)


def test_an_earlier_version_that_would_be_wrong_today_is_told(editor: Administrator, words_folder: Path) -> None:
    source = published(words_folder)
    (words_folder / "id.toml").write_text(source.replace("{number}", "{nomer}", 1), encoding="utf-8")
    editor.open("id/")
    fixed = editor.open("id/berkas/id.toml").text.replace("{nomer}", "{number}")
    editor.send("id/berkas", source=fixed)
    editor.send("id/terbitkan", note="")
    history = editor.open("id/riwayat").text
    path = re.findall(r'action="/studio/(id/riwayat/[^"]+)"', history)[0]
    answer = editor.send(path, mark="")
    assert (answer.status_code, "{nomer}" in shown(answer)) == (422, True)


def test_files_that_are_refused_are_told_on_every_page(words_folder: Path) -> None:
    studio = create_studio(settings_of(words_folder), lambda: "id.toml:7: Teks belum ditutup")
    page = shown(signed_in(studio, "Admin Satu").open("id/"))
    assert "Berkas yang tersimpan ditolak. Bot tetap memakai yang terakhir benar. id.toml:7" in page
