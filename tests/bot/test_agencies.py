"""An operator's own list of agencies is looked at whole before it is used."""

from pathlib import Path

import pytest

from bot import agencies, config, knowledge
from bot.agencies import Unlisted, clashes, mistakes
from bot.errors import Misconfigured
from conversations.reading.agencies import Agency
from tests.stage import SCRIPTS

LIST = """
agencies = [
  { keywords = ["KABSUKAMAJU", "SUKAMAJU"], name = "Pemerintah Kabupaten Sukamaju", region_code = "36.03" },
  { keywords = ["PDAM SUKA"], name = "PDAM Sukamaju" },
]
"""
TABLES = """
[[agencies]]
keywords = ["SUKAMAJU"]
name = "Pemerintah Kabupaten Sukamaju"

[[agencies]]
keywords = ["SUKAMAJU"]
name = "PDAM"
"""
WRONG = [
    ("agencies = [", "x.toml: is no TOML: "),
    ("agency = []", "x.toml:1: there is no list: agencies = ["),
    ("agencies = ['x']", "x.toml:1: there is no list: agencies = ["),
    (
        LIST.replace('name = "PDAM', 'nama = "PDAM'),
        "x.toml:4: nama is not known; known are keywords, name, region_code",
    ),
    (LIST.replace('"PDAM Sukamaju"', '""'), "x.toml:4: name must be the agency's full name, at most 80 letters"),
    (LIST.replace('"PDAM Sukamaju"', f'"{"a" * 81}"'), "x.toml:4: name must be the agency's full name, at most 80"),
    (LIST.replace('["PDAM SUKA"]', '"PDAM"'), 'x.toml:4: keywords must be a list of texts, such as ["TANGKAB"]'),
    (LIST.replace('["PDAM SUKA"]', "[]"), 'x.toml:4: keywords must be a list of texts, such as ["TANGKAB"]'),
    (LIST.replace('["PDAM SUKA"]', '["PDAM", 7]'), "x.toml:4: keywords must be a list of texts, such as "),
    (LIST.replace('keywords = ["PDAM SUKA"], ', ""), "x.toml:4: keywords must be a list of texts, such as "),
    (LIST.replace("36.03", "99.99"), "x.toml:3: region_code 99.99 is no code of Kemendagri, such as 36.03"),
    (LIST.replace("PDAM SUKA", "P."), 'x.toml:4: keyword "P." is too short: 3 letters or more'),
    (
        LIST.replace("PDAM SUKA", "a b c d e f g"),
        'x.toml:4: keyword "a b c d e f g..." is too long: at most 6 words',
    ),
    (LIST.replace("PDAM SUKA", "kab sukamaju"), 'x.toml:4: keyword "kab sukamaju" stands on line 3 already'),
    (LIST.replace("PDAM SUKA", 'PDAM", "P D A M'), 'x.toml:4: keyword "P D A M" stands on line 4 already'),
    (
        LIST.replace("PDAM SUKA", "KAB. NGANJUK"),
        'x.toml:4: keyword "KAB. NGANJUK" means Pemerintah Kabupaten Nganjuk',
    ),
    (TABLES, 'x.toml:6: keyword "SUKAMAJU" stands on line 2 already'),
]


def test_what_ships_is_right() -> None:
    source = agencies.SHIPPED.read_text(encoding="utf-8")
    assert list(mistakes(source, "keywords.toml")) == list(clashes(source, "keywords.toml", SCRIPTS)) == []


@pytest.mark.parametrize(("source", "sentence"), WRONG, ids=[sentence[8:50] for _, sentence in WRONG])
def test_a_mistake_is_told_in_one_sentence_with_its_line(source: str, sentence: str) -> None:
    assert [each[: len(sentence)] for each in mistakes(source, "x.toml")][:1] == [sentence]


def test_a_keyword_that_is_a_control_word_is_told() -> None:
    """As a whole message it would never be taken for the agency; in any language that is understood."""
    source = LIST.replace("PDAM SUKA", 'STATUS", "hapus data", "PDAM')
    assert list(clashes(source, "x.toml", SCRIPTS)) == [
        "x.toml:4: STATUS is a control word (id: status); take another one",
        "x.toml:4: hapus data is a control word (id: erase); take another one",
    ]


def test_an_own_list_takes_the_place_of_the_products(tmp_path: Path) -> None:
    """The governments of regions are known besides."""
    own = tmp_path / "own.toml"
    own.write_text(LIST)
    settings = config.load({"AGENCIES_FILE": str(own)})
    known = knowledge.load(settings.agencies_file).agencies
    assert (known["sukamaju"].region, known["pdamsuka"], "tangkab" in known, "kabnganjuk" in known) == (
        "36.03",
        Agency("PDAM Sukamaju", "", "name"),
        False,
        True,
    )


def test_the_start_names_every_mistake_and_the_variable(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(LIST.replace("36.03", "x").replace('"PDAM Sukamaju"', "5"))
    with pytest.raises(Misconfigured) as told:
        config.load({"AGENCIES_FILE": str(own)})
    assert [line.partition(": ")[0] for line in str(told.value).splitlines()] == [
        "AGENCIES_FILE own.toml:3",
        "AGENCIES_FILE own.toml:4",
    ]


@pytest.mark.parametrize("name", ["/nowhere/x.toml", "/"])
def test_a_list_that_is_not_there_is_told(name: str) -> None:
    with pytest.raises(Misconfigured, match="AGENCIES_FILE cannot be read: "):
        config.load({"AGENCIES_FILE": name})
    with pytest.raises(Unlisted):
        agencies.load(Path(name))
