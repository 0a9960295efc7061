import hashlib
from collections import Counter

import pytest

from bot.gazetteer import load, region_of, table
from bot.geonames import spots
from conversations.places import Region, read_place
from conversations.places.gazetteer import key

DIGEST = "1ba159574b24aca07323354b7410458b24275d86678ccabd5a7a50063871386e"


def test_the_table_has_every_region() -> None:
    """Have the 38 provinces and 514 regencies and cities of Kepmendagri 300.2.2-2430/2025, unchanged."""
    regions = table("regions")
    lines = "".join(f"{code},{name}\n" for code, name in regions)

    assert Counter("." in code for code, _ in regions) == {False: 38, True: 514}
    assert hashlib.sha256(lines.encode()).hexdigest() == DIGEST


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("11", "Aceh"),
        ("13.71", "Kota Padang"),
        ("31.74", "Kota Administrasi Jakarta Selatan"),
        ("34", "Daerah Istimewa Yogyakarta"),
        ("34.04", "Kabupaten Sleman"),
        ("36.03", "Kabupaten Tangerang"),
        ("51.03", "Kabupaten Badung"),
        ("96.71", "Kota Sorong"),
    ],
)
def test_a_region_has_its_code(code: str, name: str) -> None:
    """Know some regions by heart."""
    assert load().regions[code] == Region(code, name)


def test_regions_lie_in_provinces() -> None:
    """Have the province of every regency and city."""
    regions = load().regions.values()

    assert {region.province for region in regions} == {region.code for region in regions if region.is_province}


@pytest.mark.parametrize("name", ["nicknames", "places", "geonames"])
def test_the_other_tables_lead_to_regions(name: str) -> None:
    """Name no region that does not exist; a place without a code is one of many."""
    codes = {code for _, code in table(name)} - ({""} if name == "places" else set())

    assert codes - load().regions.keys() == set()


@pytest.mark.parametrize("name", ["nicknames", "places", "geonames"])
def test_no_row_stands_twice(name: str) -> None:
    """Say everything once."""
    assert [row for row, times in Counter(table(name)).items() if times > 1] == []


def test_nicknames_are_none_of_the_official_names() -> None:
    """Have more than a hundred nicknames, each of them something that the official names do not say."""
    official = {(key(region.bare), region.code) for region in load().regions.values()}
    nicknames = {(key(name), code) for name, code in table("nicknames")}

    assert (len({name for name, _ in nicknames}) > 100, nicknames & official) == (True, set())


@pytest.mark.parametrize(
    ("nickname", "code"),
    [
        *(("diy", "34"), ("jkt", "31"), ("jaksel", "31.74"), ("tangsel", "36.74"), ("tangkab", "36.03")),
        *(("solo", "33.72"), ("sby", "35.78"), ("dps", "51.71"), ("pdg", "13.71"), ("mks", "73.71")),
        *(("kulonprogo", "34.01"), ("gunung kidul", "34.03"), ("ujung pandang", "73.71"), ("slmn", "34.04")),
    ],
)
def test_a_nickname_is_understood(nickname: str, code: str) -> None:
    """Read nicknames, old names and names without vowels."""
    assert read_place(nickname, load()).region == load().regions[code]


def test_every_place_of_geonames_has_a_region() -> None:
    """Leave no place in Indonesia without its region, and know Jakarta's only by the province."""
    regions = {spot.name: region_of(spot) for spot in spots() if spot.at_home}

    assert [name for name, region in regions.items() if region is None] == []
    assert [name for name, region in regions.items() if region and region.is_province] == ["Jakarta"]


def test_the_gazetteer_is_read_once() -> None:
    """Keep what was read for the life of the process."""
    assert load() is load()
