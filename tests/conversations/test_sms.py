# ruff: noqa: RUF001 - characters that look like others are what is tried
import time

import pytest
import smsutil
from hypothesis import given
from hypothesis import strategies as st

from conversations.sms import ALPHABET, Foreign, Segments, plain, segments, septets, shorten, unicode_characters


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Balas 1 Kirim, 2 Ubah", "Balas 1 Kirim, 2 Ubah"),
        ("“Jalan” ‘rusak’ — parah… • lampu", "\"Jalan\" 'rusak' - parah... - lampu"),
        ("jalan\u00a0rusak\tparah", "jalan rusak parah"),
        ("`kutip´", "'kutip'"),
        ("è é ù ì ò à Ç ä ö ñ ü Å å £ ¥ § ¿", "è é ù ì ò à Ç ä ö ñ ü Å å £ ¥ § ¿"),
        ("e\u0301 n\u0303 A\u030a", "é ñ Å"),
        ("ç á ê ī đ œ", "c a e i d oe"),
        ("[a] {b} ~ ^ \\ | €", "[a] {b} ~ ^ \\ | €"),
        ("𝐉𝐚𝐥𝐚𝐧 ﬁ ① ½ ™ ²", "Jalan fi 1 1/2 TM 2"),
        ("Terima kasih 🙏 pak", "Terima kasih pak"),
        ("Terima kasih 🙏🏽🙏 pak", "Terima kasih pak"),
        ("rusak😭tolong", "rusak tolong"),
        ("bagus👍.", "bagus."),
        ("😀 Halo 😀\n😀 pak 😀", "Halo\npak"),
        ("👨‍👩‍👧 keluarga", "keluarga"),
        ("1️⃣ Kirim", "1 Kirim"),
        ("a  b", "a  b"),
        ("a  b 😀", "a  b"),
        ("satu\r\ndua\rtiga\u2028empat\n\nlima", "satu\ndua\ntiga\nempat\n\nlima"),
        ("soft\u00adhyphen zero\u200bwidth bell\x07 esc\x1b nul\x00", "softhyphen zerowidth bell esc nul"),
        ("ꦲꦏ꧀ꦱꦫ jalan", "jalan"),
        ("★★★", "***"),
        ("", ""),
        ("😀", ""),
    ],
)
def test_what_is_sent_is_in_the_sms_alphabet(text: str, expected: str) -> None:
    """Replace look-alikes and leave out what has none, without double spaces."""
    assert plain(text) == expected


@given(st.text())
def test_any_text_comes_out_in_the_sms_alphabet(text: str) -> None:
    """Ask the other library whether the text is in the alphabet."""
    sent = plain(text)

    assert (set(sent) - ALPHABET, not sent or smsutil.is_valid_gsm(sent)) == (set(), True)


@given(st.text())
def test_a_plain_text_is_its_own(text: str) -> None:
    """Find nothing more to replace the second time."""
    assert plain(plain(text)) == plain(text)


@given(st.text(sorted(ALPHABET)))
def test_a_text_of_the_alphabet_stays_as_it_is(text: str) -> None:
    """Change nothing that can be sent."""
    assert plain(text) == text


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), ("halo", 4), ("é", 1), ("[]{}|~^\\€", 18), ("a\nb", 3), ("harga €5", 9)]
)
def test_extension_characters_count_twice(text: str, count: int) -> None:
    """Count septets."""
    assert septets(text) == count


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Segments("GSM-7", 1, 160)),
        ("a" * 160, Segments("GSM-7", 1, 0)),
        ("a" * 161, Segments("GSM-7", 2, 145)),
        ("a" * 306, Segments("GSM-7", 2, 0)),
        ("a" * 307, Segments("GSM-7", 3, 152)),
        ("[" * 80, Segments("GSM-7", 1, 0)),
        ("[" * 81, Segments("GSM-7", 2, 143)),
        ("–", Segments("UCS-2", 1, 69)),
        ("–" * 70, Segments("UCS-2", 1, 0)),
        ("–" * 71, Segments("UCS-2", 2, 63)),
        ("😀", Segments("UCS-2", 1, 68)),
        ("😀" * 36, Segments("UCS-2", 2, 61)),
        ("a\tb", Segments("UCS-2", 1, 67)),
    ],
)
def test_segments_are_counted_as_phones_count_them(text: str, expected: Segments) -> None:
    """Count 160 and 153 septets, or 70 and 67 units; nothing is cut in two at the border of a part."""
    assert segments(text) == expected


def test_what_forces_unicode_is_named() -> None:
    """Tell where each foreign character stands and what to write instead."""
    assert unicode_characters("“Jalan” é – 👍 e\u0301") == (
        Foreign(0, "“", '"'),
        Foreign(6, "”", '"'),
        Foreign(10, "–", "-"),
        Foreign(12, "👍", ""),
        Foreign(14, "e\u0301", "é"),
    )


@given(st.text())
def test_a_text_without_foreign_characters_needs_no_unicode(text: str) -> None:
    """Name characters exactly where segments are counted in UCS-2."""
    assert bool(unicode_characters(text)) == (segments(text).encoding == "UCS-2")


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("Jl Kaliurang km 5", 17, "Jl Kaliurang km 5"),
        ("Jl Kaliurang km 5", 16, "Jl Kaliurang.."),
        ("Jl Kaliurang km 5", 14, "Jl Kaliurang.."),
        ("Jl Kaliurang km 5", 13, "Jl.."),
        ("Jl Kaliurang, depan SD", 16, "Jl Kaliurang.."),
        ("Kaliurang", 6, "Kali.."),
        ("satu\ndua tiga", 8, "satu.."),
        ("[[[[", 7, "[[.."),
        ("dua kata", 2, ".."),
        ("dua kata", 1, "."),
        ("dua kata", 0, ""),
        ("", 0, ""),
    ],
)
def test_a_long_text_is_cut_after_a_word(text: str, limit: int, expected: str) -> None:
    """Cut at the end of a word and mark the cut."""
    assert shorten(text, limit) == expected


@given(st.text(), st.integers(0, 200))
def test_a_shortened_text_never_exceeds_its_limit(text: str, limit: int) -> None:
    """Shorten any plain text to any length."""
    assert septets(shorten(plain(text), limit)) <= limit


@given(st.text(), st.integers(0, 200))
def test_a_shortened_text_begins_as_the_text_does(text: str, limit: int) -> None:
    """Keep what stands before the mark of the cut."""
    whole = plain(text)
    cut = shorten(whole, limit)

    assert cut == whole or whole.startswith(cut.rstrip("."))


def quickest(text: str, times: int) -> float:
    """Return the seconds of the quickest of several replacements."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        plain(text)
        taken.append(time.perf_counter() - begun)
    return min(taken)


def test_a_text_that_is_plain_already_costs_less_than_two_microseconds() -> None:
    """Look at a full segment of the alphabet."""
    assert quickest("Periksa laporan Anda. Balas 1 Kirim, 2 Ubah. " * 3, 1000) < 2e-6


@pytest.mark.parametrize("piece", ["😀", "😀a", "😀 ", " ", "e\u0301", "\u0301", "“", "\t"])
def test_a_hostile_text_is_replaced_in_20_milliseconds(piece: str) -> None:
    """Replace 8,000 characters that none can be sent of."""
    assert quickest((piece * 8000)[:8000], 5) < 20e-3
