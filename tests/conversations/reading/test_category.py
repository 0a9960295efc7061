"""The category is suggested from words, the same way every time."""

import tomllib
from pathlib import Path

import pytest
from shipped import ENGLISH, INDONESIAN, rows

from bot.cases.desk import catalog as desk
from conversations.reading.category import CATEGORIES, OTHER, categories
from conversations.reading.phrases import Phrases

PHRASES = INDONESIAN.phrases("category")
ROAD, LIGHT, WASTE, HEALTH = "pekerjaan-umum", "perhubungan", "lingkungan-hidup", "kesehatan"
SMALL = Phrases(
    {
        ROAD: ["jalan", "jalan ... rusak"],
        LIGHT: ["lampu jalan"],
        WASTE: ["sampah", "banjir"],
        HEALTH: ["puskesmas"],
        OTHER: ["lain"],
    }
)


def test_most_stories_are_suggested_their_category() -> None:
    """Nine in ten first, nineteen in twenty among three; the rest is what the review is for."""
    table = rows("category.txt")
    suggested = [(code, categories(story, PHRASES)) for code, story in table]
    first = sum(codes[:1] == (code,) for code, codes in suggested)
    among = sum(code in codes for code, codes in suggested)
    assert (len(table) >= 120, first / len(table) >= 0.9, among / len(table) >= 0.95) == (True, True, True)


@pytest.mark.parametrize(
    ("story", "codes"),
    [
        ("jalan", (ROAD,)),
        ("lampu jalan", (LIGHT,)),
        ("lampu jalan di jalan mawar", (LIGHT, ROAD)),
        ("jalan jalan jalan, ada sampah", (ROAD, WASTE)),
        ("sampah di jalan", (WASTE, ROAD)),
        ("sampah di jalan desa yang rusak", (ROAD, WASTE)),
        ("sampah dan banjir di jalan", (WASTE, ROAD)),
        ("lampu jalan, sampah, puskesmas, jalan", (LIGHT, WASTE, HEALTH)),
        ("sampahnya di jln", (WASTE, ROAD)),
        ("lain-lain", ()),
        ("", ()),
    ],
)
def test_more_words_weigh_more_and_of_equals_the_first_wins(story: str, codes: tuple[str, ...]) -> None:
    """Count as the docstring says."""
    assert categories(story, SMALL) == codes


def test_the_codes_are_those_that_the_case_desk_serves() -> None:
    """Read the desk's own list."""
    catalog = tomllib.loads(Path(desk.__file__).with_suffix(".toml").read_text("utf-8"))
    assert tuple(each["code"] for each in catalog["categories"]) == CATEGORIES


def test_the_order_of_the_numbers_is_that_of_the_codes() -> None:
    shipped = [tuple(script.sections["category"].options) for script in (INDONESIAN, ENGLISH)]
    assert shipped == [CATEGORIES, CATEGORIES]


def test_a_story_in_english_is_understood() -> None:
    story = "the street light near the school is out and garbage was not collected"
    assert categories(story, ENGLISH.phrases("category")) == ("perhubungan", "lingkungan-hidup", "pendidikan")
