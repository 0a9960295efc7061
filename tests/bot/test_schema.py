"""The JSON Schema of the locale files: what editors complete and underline."""

import json
import tomllib
from collections.abc import Iterator

import jsonschema_rs
import pytest

from bot.schema import schema, written
from bot.variables import LOCALES
from tests.conversations.made_locale import whole

SHIPPED = sorted(LOCALES.glob("*.toml"))
VALIDATOR = jsonschema_rs.validator_for(schema())


def wrong(source: str) -> Iterator[str]:
    """Yield where a locale file is not as the schema has it."""
    for error in VALIDATOR.iter_errors(tomllib.loads(source)):
        yield ".".join(map(str, error.instance_path))


def test_the_shipped_schema_is_what_the_code_makes() -> None:
    """After a change of the dialog: lapor-bot schema > locales/schema.json."""
    assert (LOCALES / "schema.json").read_text(encoding="utf-8") == written()


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_a_shipped_file_is_as_the_schema_has_it_and_names_it(path: object) -> None:
    """Editors find the schema by the first line."""
    source = LOCALES.joinpath(str(path)).read_text(encoding="utf-8")
    assert (source.partition("\n")[0], [*wrong(source)]) == ("#:schema ./schema.json", [])


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("[rated]\n", '[rated]\naks = "x"\n', "rated"),
        ("[rated]\n", '[rtaed]\nask = "x"\n[rated]\n', ""),
        ("[rated]\n", '[rated]\nsms.aks = "x"\n', "rated.sms"),
        ("[rated]\n", '[rated]\nsmss.ask = "x"\n', "rated"),
        ('ask = "Teks rated."', "ask = 5", "rated.ask"),
        ('ask = "Teks rated."', 'ask = " "', "rated.ask"),
        ('label = "Pilih edit"', f'label = "{"x" * 21}"', "review.options.edit.label"),
        ("options.edit = { label", "options.edti = { label", "review.options"),
        ('skip = ["kataskip"]', 'skip = "kataskip"', "words.skip"),
        ("[words]\n", '[words]\nstop = ["henti"]\n', "words"),
        ("[words]\n", 'reviewed = "no"\n[words]\n', "locale.reviewed"),
        ("retry.needed =", "retry.neded =", "place.retry"),
        ("[evidence]\n", '[evidence]\nsms.ask = "x"\n', "evidence"),
    ],
)
def test_what_the_check_calls_an_error_of_names_is_underlined(old: str, new: str, where: str) -> None:
    """Unknown names, values of the wrong kind, labels that are too long."""
    source = whole()
    assert ([*wrong(source)], [*wrong(source.replace(old, new, 1))]) == ([], [where])


def test_the_schema_says_what_a_text_is_and_which_values_it_may_name() -> None:
    """Editors show it beside the name."""
    usable = "{provisional} {number} {status} {agency} {message} {closes_on} {title} {next}"
    told = json.loads(written())["properties"]["queued"]
    assert (told["description"], told["properties"]["ask"]["description"]) == (
        "Langkah percakapan. Dari: filing. Menuju: filed, review.",
        f"Pertanyaan atau kalimat utama bagian ini. Isian: {usable}",
    )
