import pytest

from conversations.answers import affirms, denies, skips, unsure

YES = """
ya|iya|Y|YA|yoi|betul|bener|benar|siap|oke|ok|OK!|okee|sip|lanjut|nggih|inggih|injih|iyo|yo|muhun|sumuhun|leres
enya|iyaaa|yaaa|siaap|ya pak|iya bu|nggih pak|oke kak|ok min|ya betul|iya benar|betul sekali|bener bgt|setuju
patut|batua|yes|Yes, please|yeah|sure|👍|👍🏽|👌👌|✅
"""
NO = """
tidak|tdk|gak|ga|nggak|ngga|enggak|nggaaak|bukan|belum|blm|batal|salah|jangan|gk|tidak pak|belum bu|ga jadi
tdk usah|tidak setuju|tidak benar|bukan itu|belum ya|ora|mboten|dudu|durung|henteu|teu|moal|sanes|tusing|nenten
indak|ndak|alun|no|No!|nope|not yet|👎|❌
"""
STORY = """
belum diproses|tidak bisa|tidak bisa diproses|belum ada tanggapan dari dinas|tidak ada air|bukan jalan provinsi
ya tapi belum selesai|salah satu lampu mati|jangan lupa perbaiki jalan|oke tapi masih rusak
siap siap banjir lagi|lanjutkan ke dinas lain|no 2|1|jalan rusak|menu||🙏
"""
SKIP = """
lewati|Lewati|lewat|lewati aja|lewati pak|skip|next|-|--|kosong|tidak ada|tdk ada|ga ada|gak punya
tidak punya foto|ga ada foto|nanti|nanti saja|nanti dulu|belum ada|tanpa foto|ora ono|teu aya|indak ado|none
"""
UNSURE = """
lupa|lupa pak|tidak tahu|tdk tau|gak tau|ga tau|nggak tau|kurang tahu|tidak ingat|ga inget|lupa tanggalnya
saya lupa|kurang tau persisnya|tidak tahu pasti|entah|entahlah|embuh|ora ngerti|teu terang|indak tau|dunno
I don't know|not sure|belum tahu|sudah lupa|bingung
"""


def phrases(listing: str) -> list[str]:
    """Return the phrases of a list."""
    return [phrase for line in listing.strip().splitlines() for phrase in line.split("|")]


def readings(text: str) -> tuple[bool, bool, bool, bool]:
    """Return what a message is taken for: yes, no, leave it out, I do not know."""
    return affirms(text), denies(text), skips(text), unsure(text)


@pytest.mark.parametrize("text", phrases(YES))
def test_yes_is_yes_and_nothing_else(text: str) -> None:
    """Understand agreement in the languages of the pilot sites."""
    assert readings(text) == (True, False, False, False)


@pytest.mark.parametrize("text", phrases(NO))
def test_no_is_no_and_nothing_else(text: str) -> None:
    """Understand refusal in the languages of the pilot sites."""
    assert readings(text) == (False, True, False, False)


@pytest.mark.parametrize("text", phrases(SKIP))
def test_leaving_out_is_not_refusing(text: str) -> None:
    """Understand that the question is to be left out."""
    assert readings(text) == (False, False, True, False)


@pytest.mark.parametrize("text", phrases(UNSURE))
def test_not_knowing_is_not_refusing(text: str) -> None:
    """Understand that the citizen does not know."""
    assert readings(text) == (False, False, False, True)


@pytest.mark.parametrize("text", [*phrases(STORY), "ya " * 4000])
def test_a_word_of_a_story_is_no_answer(text: str) -> None:
    """Take nothing for an answer that says more."""
    assert readings(text) == (False, False, False, False)
