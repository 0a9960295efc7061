"""Trying words out: the dialog on a phone that is not there, recorded conversations, the diagram."""

import re
from datetime import date
from pathlib import Path

import pytest

from bot.funnel import Counts
from bot.studio.app import create_studio
from bot.studio.diagram import draw
from bot.studio.pages_trying import Turn, turn_of
from bot.studio.pages_words import group_of
from conversations.complaint import COMPLAINT
from conversations.transcript import Line
from tests.bot.studio.administrator import HTMX, Administrator, settings_of, shown, studio_of
from tests.bot.studio.conftest import signed_in

STORY = "LAPOR jalan berlubang besar depan SD 2"
FIRST = "Kami LAPOR! (pemerintah). Data untuk laporan, disimpan 180 hari. Hapus: HAPUS DATA."


def bubbles(page: str) -> list[str]:
    return [" ".join(text.split()) for text in re.findall(r'<div class="bubble[^"]*">(.*?)</div>', page, re.DOTALL)]


def test_the_dialog_is_played_with_words_that_are_not_published(editor: Administrator) -> None:
    editor.write("place", "ask", "Di mana tempatnya, Bapak/Ibu?", channel="sms")
    piece = editor.send("id/coba", HTMX, channel="sms", line=[STORY, ""])
    assert bubbles(piece.text) == [STORY, f"{FIRST} Di mana tempatnya, Bapak/Ibu?"]
    assert re.findall(r'name="line" value="(LAPOR[^"]*SD 2)"', piece.text) == [STORY]


def test_buttons_of_telegram_can_be_tapped(editor: Administrator) -> None:
    piece = editor.send("id/coba", HTMX, channel="telegram", line=["Halo"])
    assert re.findall(r'<button name="line" value="(\[[^"]+\])"', piece.text)[0] == "[Buat laporan]"
    tapped = editor.send("id/coba", HTMX, channel="telegram", line=["Halo", "[Buat laporan]"])
    assert bubbles(tapped.text)[-1].startswith("Apa masalahnya?")


@pytest.mark.parametrize(
    ("line", "channel", "turn"),
    [
        (Line("citizen>", "[x]"), "telegram", Turn("citizen>", "[x]")),
        (Line("bot>", "Pilih:\n[Ya] [Tidak]"), "telegram", Turn("bot>", "Pilih:", ("Ya", "Tidak"))),
        (Line("bot>", "Pilih:\n[Ya]"), "whatsapp", Turn("bot>", "Pilih:\n[Ya]")),
        (Line("bot>", "Baik."), "sms", Turn("bot>", "Baik.", cost="5/160, 1 SMS")),
    ],
)
def test_a_line_of_the_rehearsal_is_drawn_as_its_phone_shows_it(line: Line, channel: str, turn: Turn) -> None:
    assert turn_of(line, channel) == turn


def test_a_talk_begins_anew_and_knows_three_phones(editor: Administrator) -> None:
    anew = editor.send("id/coba", HTMX, channel="sms", line=[STORY], anew="1")
    assert bubbles(anew.text) == ["Tulis pesan pertama di bawah, seperti warga."]
    assert editor.send("id/coba", channel="fax", line=[STORY]).status_code == 400


def test_an_officer_answers_and_what_cannot_be_understood_is_told(editor: Administrator) -> None:
    lines = [STORY, "Jl Kaliurang km 5 Sleman", "kemarin", "1", "1", "1", "lapor> filed", "clock> kemarin"]
    said = bubbles(editor.send("id/coba", HTMX, channel="sms", line=lines).text)
    assert any(text.startswith("Ke LAPOR!: report") for text in said)
    assert [text for text in said if text.startswith("Tidak dipahami:")] != []


def test_recorded_conversations_are_played_one_after_the_other(editor: Administrator) -> None:
    page = editor.open("id/percakapan").text
    count = page.count('id="rekaman-')
    editor.write("place", "ask", "Di mana tempatnya?", channel="sms")
    first = editor.send("id/percakapan/0", HTMX, all="1")
    assert 'hx-post="/studio/id/percakapan/1" hx-trigger="load"' in first.text
    answers = [editor.send(f"id/percakapan/{place}", HTMX, all="1", failed="2") for place in range(count)]
    holding = ["sama" in shown(answer) for answer in answers]
    assert (all(holding), any(holding), "hx-trigger" in answers[-1].text) == (False, True, False)
    assert re.search(r"[23] dari \d+ percakapan berbeda", shown(answers[-1]))


def test_a_conversation_that_differs_shows_how(words_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "recorded" / "id"
    folder.mkdir(parents=True)
    (folder / "sms-satu.chat").write_text("# Salam.\nchannel: sms\n\ncitizen> terima kasih\nbot>     Sama-sama!\n")
    studio = studio_of(words_folder, TRANSCRIPTS_DIR=str(tmp_path / "recorded"))
    administrator = signed_in(studio, "Admin Satu")
    page = shown(administrator.send("id/percakapan/0"))
    assert "Salam. id/sms-satu.chat berbeda" in page
    assert "-bot> Sama-sama! +bot> Sama-sama, Bapak/Ibu." in page
    assert administrator.send("id/percakapan/1").status_code == 404


def test_without_recorded_conversations_the_page_says_so(words_folder: Path) -> None:
    studio = studio_of(words_folder, TRANSCRIPTS_DIR=str(words_folder / "nowhere"))
    assert "Tidak ada percakapan rekaman di server ini." in shown(
        signed_in(studio, "Admin Satu").open("id/percakapan")
    )


def test_the_diagram_leads_to_every_card_and_shows_every_way(editor: Administrator) -> None:
    page = editor.open("id/diagram").text
    ways = {(state.name, target) for state in COMPLAINT for _, target in state.exits()}
    drawn = set(re.findall(r'data-from="([a-z]+)" data-to="([a-z]+)"', page))
    boxes = re.findall(r'href="/studio/id/kartu/([a-z]+)" data-state="\1"', page)
    assert (drawn, boxes) == (ways, [state.name for state in COMPLAINT])


def test_no_two_boxes_of_the_diagram_lie_on_each_other() -> None:
    drawing = draw(COMPLAINT, group_of)
    places = [(box.x, box.y) for box in drawing.boxes]
    near = [
        (one, other)
        for number, one in enumerate(places)
        for other in places[:number]
        if one[0] == other[0] and abs(one[1] - other[1]) < 50
    ]
    assert (near, max(y for _, y in places) + 17 <= drawing.height) == ([], True)


def test_the_funnel_is_a_page_where_there_are_numbers(editor: Administrator, words_folder: Path) -> None:
    def read(_first: date, _last: date) -> Counts:
        return Counts({("sms", "id", "place", "reached"): 12})

    administrator = signed_in(create_studio(settings_of(words_folder), read=read), "Admin Satu")
    page = administrator.open("corong")
    assert (page.status_code, "Lokasi" in shown(page), "Corong" in shown(editor.open("id/"))) == (200, True, False)
