"""Words and phrases of a locale file are found in what citizens write."""

import pytest

from conversations.reading.phrases import Hit, Phrases, flat, sentences


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Lampu mati, gelap. Tolong!", ((("lampu", "mati"), ("gelap",)), (("tolong",),))),
        ("di Jl. Mawar gg. 3", ((("di", "jalan", "mawar", "gang", "3"),),)),
        ("banjir...tolong\nsegera", ((("banjir",),), (("tolong",),), (("segera",),))),
        ("rumahnya gorong2 km 12 hanya", ((("rumah", "gorong", "km", "12", "hanya"),),)),
        ("?! , .", ()),
        ("", ()),
        ("a" * 1999 + " bcd", ((("a" * 1999,),),)),
    ],
)
def test_a_text_is_read_by_sentences_and_clauses(text: str, read: tuple[object, ...]) -> None:
    """Keep the words in their normal form, and only of the first two thousand characters."""
    assert sentences(text) == read


@pytest.mark.parametrize(
    ("phrase", "text", "places"),
    [
        ("banjir", "ada BANJIR!", [(1,)]),
        ("jalan rusak", "jln rusak", [(0, 1)]),
        ("jalan rusak", "jalan desa rusak", []),
        ("jalan rusak", "rusak jalan", []),
        ("jalan ... rusak", "jalan rusak", [(0, 1)]),
        ("jalan ... rusak", "jalan di desa kami rusak", [(0, 4)]),
        ("jalan ... rusak", "jalan di desa kami itu rusak", []),
        ("jalan … rusak parah", "jalan sini rusak parah", [(0, 2, 3)]),
        ("jln rusak", "jalan rusak", [(0, 1)]),
        ("rumah", "rumahnya", [(0,)]),
        ("smp", "dari jam 7 smp skrg", []),
        ("smp", "smp negeri 2", [(0,)]),
        ("banjir", "banjir, banjir", [(0,), (1,)]),
        ("...", "apa saja", []),
    ],
)
def test_a_phrase_stands_where_its_words_follow_each_other(
    phrase: str, text: str, places: list[tuple[int, ...]]
) -> None:
    """Let up to three words stand where the phrase has three dots, and none elsewhere."""
    assert list(Phrases({"x": [phrase]}).hits(flat(text))) == [Hit("x", each) for each in places]
