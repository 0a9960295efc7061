"""Yes, no, leave it out, I do not know: only as a whole message."""

import re
from typing import Final

from conversations.answers.normal import expand, normal, words

_MOST: Final = 100  # characters; who writes more says more than yes
_STRETCHED: Final = re.compile(r"(\w|[^\w\s])\1+")  # "iyaaa", "okee", thumbs in a row
_TONES: Final = re.compile("[\ufe0f\U0001f3fb-\U0001f3ff]")  # the colour of an emoji's skin, and its variant


def _squeeze(text: str) -> str:
    return _STRETCHED.sub(r"\1", text)


def _words(listing: str) -> frozenset[str]:
    """Return the squeezed words of a list."""
    return words(_squeeze(listing))


def _phrases(listing: str) -> frozenset[str]:
    """Return the squeezed phrases of a list, which stand between commas."""
    return frozenset(_squeeze(phrase.strip()) for phrase in listing.split(","))


# Indonesian and Betawi; Javanese; Sundanese; Balinese; Minangkabau; English.
_YES: Final = _words(
    """
    ya iya iye y yoi yup yap yes betul bener benar siap oke okay okey ok okeh sip setuju lanjut lanjutkan boleh
    tentu nggih inggih njih injih iyo yo leres sumuhun muhun enya heueuh leres patut beneh io batua
    yeah yep yess sure right correct agreed 👍 👌 ✅ ✔ 🆗
    """
)
_YES_MORE: Final = _words("sekali banget bgt itu memang emang saja aja sudah lah pun very that is")

_NO: Final = _words(
    """
    tidak bukan belum batal batalkan salah jangan enggak nggak gak ga ogah n
    ora mboten boten dudu durung dereng emoh henteu teu moal sanes lain acan tusing sing nenten ten boya tan konden
    indak ndak tido alun no nope nah not 👎 ❌
    """
)
_NO_MORE: Final = _words(
    "jadi usah perlu mau benar bener betul setuju ingin sesuai sekali sama itu memang emang lah yet that is dulu"
)

_SKIP: Final = _phrases(
    """
    -, lewati, lewat, lewatkan, lompati, lompat, langkahi, liwati, skip, next, berikutnya, selanjutnya, kosong,
    kosongkan, nanti, nanti dulu, tanpa, tidak ada, tidak punya, belum ada, belum punya, none, nothing, not now,
    ora ono, ora ana, ora duwe, ora nduwe, mboten wonten, teu aya, teu gaduh, sing ada, tusing ada, nenten wenten,
    indak ado, no photo, i have none
    """
)
_SKIP_MORE: Final = _words(
    "foto fotonya bukti buktinya gambar gambarnya video dokumen lampiran saya ini itu langsung"
)

_UNSURE: Final = _phrases(
    """
    lupa, entah, entahlah, bingung, tidak tahu, tidak tau, tidak ingat, tidak inget, tidak yakin, tidak jelas,
    tidak paham, tidak ngerti, tidak mengerti, tidak hafal, tidak pasti, kurang tahu, kurang tau, kurang ingat,
    kurang inget, kurang yakin, kurang jelas, kurang paham, kurang ngerti, kurang hafal, kurang pasti, belum tahu,
    belum tau, belum jelas, mbuh, embuh, ora ngerti, ora weruh, ra ngerti, ora eling, mboten ngertos, kesupen,
    duka, teuing, teu terang, teu apal, teu nyaho, sing nawang, tusing nawang, nenten uning, indak tahu, indak tau,
    dunno, dont know, do not know, not sure, no idea, forgot, cant remember
    """
)
_UNSURE_MORE: Final = _words(
    """
    saya aku kami gue sudah agak persis persisnya pasti pastinya tepatnya kapan dimana di mana tanggal tanggalnya
    hari harinya tempatnya lokasinya jamnya lagi maaf juga i im
    """
)


def affirms(text: str) -> bool:
    """Tell whether the whole message says yes."""
    said = _said(text)
    return bool(said) and said[0] in _YES and (_YES | _YES_MORE).issuperset(said)


def denies(text: str) -> bool:
    """Tell whether the whole message says no; "belum diproses" says more than that."""
    said = _said(text)
    return bool(said) and said[0] in _NO and (_NO | _NO_MORE).issuperset(said)


def skips(text: str) -> bool:
    """Tell whether the whole message asks to leave the question out."""
    return _core(text, _SKIP_MORE) in _SKIP


def unsure(text: str) -> bool:
    """Tell whether the whole message says that the citizen does not know."""
    return " ".join(_said(text)) in _UNSURE or _core(text, _UNSURE_MORE) in _UNSURE


def _said(text: str) -> tuple[str, ...]:
    if len(text) > _MOST:
        return ()
    return tuple(_squeeze(word) for word in expand(normal(_TONES.sub("", text)).split()))


def _core(text: str, around: frozenset[str]) -> str:
    """Return a message without the words that may stand around its core."""
    return " ".join(word for word in _said(text) if word not in around)
