"""The hint at the language of a first message."""

from pathlib import Path

import pytest

from bot.scripts import Scripts
from bot.tongues import hint
from bot.variables import LOCALES

TONGUES = Scripts(LOCALES).tongues()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Lampu jalan mati sejak kemarin, tolong diperbaiki", "id"),
        ("JALAN RUSAK PARAH DI DEPAN SEKOLAH SAYA", "id"),
        ("The street light in front of our school is broken", "en"),
        ("toya PDAM mboten mili wiwit wingi sonten", "jv"),
        ("dalan ngarep omah rusak kabeh ora ana sing ndandani", "jv"),
        ("lampu jalan pareum ti kamari, poek pisan", "su"),
        ("margine usak pisan, akeh sane ulung driki", "ban"),
        ("aia PDAM alah tigo hari indak iduik", "min"),
        ("Matur nuwun pak, jalan di depan rumah saya sudah diperbaiki", "id"),
        ("Om swastiastu, jalan di banjar kami rusak, mohon diperbaiki", "id"),
    ],
)
def test_a_first_message_tells_its_language(text: str, code: str) -> None:
    """Greetings and thanks of a region also stand in Indonesian messages."""
    assert hint(text, TONGUES) == code


@pytest.mark.parametrize(
    "text",
    ["", "mboten ngertos", "081234567890 3404123456780001 17-8-2026", "\U0001f64f" * 40, "道路坏了" * 20,
     "شارع مكسور في المدينة منذ أمس", "https://example.org/this/is/the/street/that/is/broken", "\ud800" * 30],
    ids=["empty", "short", "digits", "emoji", "Chinese", "Arabic", "a link", "no character"],
)  # fmt: skip
def test_what_shows_no_language_gives_no_hint_and_no_error(text: str) -> None:
    assert hint(text, TONGUES) is None


def test_the_same_text_always_gives_the_same_hint() -> None:
    """Though langdetect draws letters at random."""
    text = "Hotel check in ribet, service on the spot sedang tayang"
    assert len({hint(text, TONGUES) for _ in range(20)}) == 1


def test_a_long_text_is_judged_by_its_beginning() -> None:
    """The work for 8,000 characters is that for 200."""
    assert hint("toya mboten mili wiwit wingi. " * 7 + "the street is broken " * 370, TONGUES) == "jv"


def test_a_language_that_is_not_offered_is_hinted_at_and_understood(tmp_path: Path) -> None:
    """Its file in the folder is enough; the words of a file that was saved count a second later."""
    for path in LOCALES.glob("*.toml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    now = [0.0]
    scripts = Scripts(tmp_path, clock=lambda: now[0])
    text = "zubat kembo radu jalan di depan sekolah"
    before = hint(text, scripts.tongues()), scripts.polyglot().command("zubat")
    file = tmp_path / "jv.toml"
    source = file.read_text(encoding="utf-8").replace("words.own = [", 'words.own = ["zubat", "kembo", ')
    file.write_text(source.replace('back     = ["', 'back     = ["zubat", "'), encoding="utf-8")
    now[0] = 0.5
    scripts.current()
    now[0] = 1.0
    offered = list(scripts.current())
    after = hint(text, scripts.tongues()), scripts.polyglot().command("zubat")
    assert (before, offered, after) == (("id", None), ["id", "en"], ("jv", "back"))
