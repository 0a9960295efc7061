"""First contact: who we are, why and how long, in one line, without one message more."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from test_cases import filed, moved, played

from conversations.channel import SMS, TELEGRAM, WHATSAPP, Channel
from conversations.effects import Effect, Say
from conversations.events import Said, SentMedia
from conversations.flow import begin, step
from conversations.rehearsal import PROMPT
from conversations.rendering import render
from conversations.turn import Turn
from tests.stage import KNOWLEDGE, LANGUAGES, NOW, SCRIPTS

LINE = "Kami SP4N-LAPOR!, layanan pengaduan pemerintah. Data Bapak/Ibu dipakai untuk laporan dan disimpan 180 hari. Ingin dihapus? Balas HAPUS DATA."  # noqa: E501 - the line as shipped
SHORT = "Kami LAPOR! (pemerintah). Data untuk laporan, disimpan 180 hari. Hapus: HAPUS DATA."
STORY = "LAPOR jalan berlubang besar depan SD 2"
WHOLE = "LAPOR lampu jalan mati di Jl. Kaliurang km 5 Sleman sejak kemarin"
FIRE = "tolong ada kebakaran rumah di kampung kami sekarang"


def turn(channel: Channel, number: int, **changes: object) -> Turn:
    made = Turn(
        NOW, channel, SCRIPTS, "id", KNOWLEDGE, LANGUAGES.polyglot(), f"draft-{number}", "BCDF-GHJK", service=PROMPT
    )
    return replace(made, now=NOW + timedelta(minutes=number), **changes)


def heard(channel: Channel, *texts: str, **changes: object) -> list[list[str]]:
    """Return the messages that each text of a new citizen is answered with."""
    session, answers = begin(), []
    for number, text in enumerate(texts):
        now = turn(channel, number, **changes)
        session, effects = step(session, Said(text), now)
        says = [effect for effect in effects if isinstance(effect, Say)]
        bubbles = render(says, now.script(session), channel, session.state, session.nonce)
        answers.append([bubble.text for bubble in bubbles])
    return answers


def told(effects: list[Effect]) -> list[str]:
    return [f"{effect.section}.{effect.text}" for effect in effects if isinstance(effect, Say)]


@pytest.mark.parametrize("channel", [WHATSAPP, TELEGRAM], ids=lambda channel: channel.name)
@pytest.mark.parametrize("text", [STORY, WHOLE, "LAPOR", "BALAS", "BANTUAN", "BAHASA", "HAPUS DATA", ""])
def test_on_a_chat_channel_it_stands_in_the_first_answer(channel: Channel, text: str) -> None:
    ((answer,),) = heard(channel, text)
    assert LINE in answer.split("\n")


@pytest.mark.parametrize("channel", [SMS, WHATSAPP, TELEGRAM], ids=lambda channel: channel.name)
def test_the_menu_says_it_in_its_own_words(channel: Channel) -> None:
    ((menu,), (again,)) = heard(channel, "halo", "menu")
    said = ["180 hari" in text and "HAPUS DATA" in text and "pemerintah" in text for text in (menu, again)]
    assert said == [True, False]


def test_by_sms_it_stands_before_a_question_that_leaves_room() -> None:
    assert heard(SMS, STORY) == [
        [f"{SHORT}\nDi mana lokasinya? Tulis jalan atau desa, kecamatan, dan kabupaten/kota."]
    ]


def test_by_sms_it_waits_for_an_answer_with_room_and_shortens_nothing() -> None:
    full = (
        "lampu jalan mati di Jl. Kaliurang... Lokasi: Jl. Kaliurang km 5 Sleman. Waktu: sejak kemarin."
        " Terbuka (atau ANONIM/RAHASIA). Kirim?\n1 Kirim 2 Ubah 3 Simpan dulu"
    )
    answers = heard(SMS, WHOLE, "BATAL", "terima kasih", "BALAS")
    assert answers == [
        [full],
        ["Laporan disimpan 30 hari dan belum dikirim. Balas PULIHKAN untuk meneruskannya."],
        [f"Sama-sama, Bapak/Ibu. Bila ada masalah lain, tulis saja di sini.\n{SHORT}"],
        ["Belum ada laporan dari Bapak/Ibu di sini. Tulis masalahnya untuk membuat laporan."],
    ]


@pytest.mark.parametrize("channel", [SMS, WHATSAPP, TELEGRAM], ids=lambda channel: channel.name)
def test_an_emergency_goes_first(channel: Channel) -> None:
    (answer,) = heard(channel, FIRE)
    assert answer[0].startswith("Kebakaran? Telepon 113 atau 112 sekarang.")


@pytest.mark.parametrize("channel", [SMS, WHATSAPP, TELEGRAM], ids=lambda channel: channel.name)
@pytest.mark.parametrize(
    "text", [STORY, WHOLE, FIRE, "LAPOR", "STATUS", "BALAS", "apa ini?", "ada korupsi di desa"]
)
def test_it_never_costs_a_message(channel: Channel, text: str) -> None:
    known = replace(begin(), informed=True)
    new, effects = step(begin(), Said(text), turn(channel, 0))
    _, without = step(known, Said(text), turn(channel, 0))
    script = SCRIPTS["id"]
    counts = {len(render(_says(some), script, channel, new.state, 0)) for some in (effects, without)}
    assert len(counts) == 1


def test_the_days_are_the_ones_of_the_configuration() -> None:
    ((answer,),) = heard(WHATSAPP, STORY, kept_days=30)
    assert LINE.replace("180", "30") in answer


def test_it_is_said_once() -> None:
    answers = heard(WHATSAPP, STORY, "Jl Kaliurang Sleman", "kemarin", "HAPUS DATA", "1", "halo", STORY)
    assert [LINE in "".join(answer) for answer in answers] == [True, *[False] * 6]


def test_no_news_carries_it() -> None:
    session, effects = played(moved(1), moved(2, "closed"), session=replace(filed(), informed=False))
    assert (told(effects), session.informed) == (["news.verified", "verdict.ask"], False)


def test_the_answer_that_all_is_erased_does_not_speak_of_keeping() -> None:
    asked = replace(begin(), state="erase", shown=("erase", "keep"))
    session, effects = played(Said("1"), session=asked, channel=WHATSAPP)
    _, next_ = played(Said("BALAS"), session=session, channel=WHATSAPP)
    assert (told(effects), told(next_)) == (["erased.ask"], ["notes.no_cases", "first_contact.line"])


def test_pictures_of_one_album_are_told_once() -> None:
    album = SentMedia("photo", "ref", group="a")
    _, effects = played(album, album, channel=WHATSAPP)
    assert told(effects) == ["first_contact.line", "story.ask"]


def _says(effects: tuple[Effect, ...]) -> list[Say]:
    return [effect for effect in effects if isinstance(effect, Say)]
