"""What the commands for translators say, by language and rule."""

from collections.abc import Mapping
from typing import Final

_ID: Final = {
    "encoding": 'Berkas ini tidak tersimpan sebagai UTF-8; simpan ulang (di Excel pilih "CSV UTF-8").',
    "unreadable": "Berkas ini tidak dapat dibaca ({reason}); kirim ulang seperti yang diekspor.",
    "doctype": "Berkas XLIFF ini memuat DOCTYPE; simpan ulang tanpa itu.",
    "no_xliff": "Berkas ini bukan XLIFF 1.2, atau tidak menyebut bahasa tujuannya (target-language).",
    "no_language": "Berkas PO ini tidak menyebut bahasanya; isi baris Language di awalnya.",
    "no_columns": "Berkas CSV ini tidak diawali kolom {key}, bahasa asal, dan bahasa tujuan.",
    "no_form": "Jenis berkas {name} tidak dikenal; akhiri namanya dengan .xlf, .po, atau .csv.",
    "no_babel": "Untuk berkas PO perlu Babel; pasang dengan: uv sync --extra translators",
    "no_code": 'Kode bahasa "{code}" tidak dikenal; tulis dua atau tiga huruf kecil, misalnya jv.',
    "is_base": "{file} adalah bahasa dasar, yang diterjemahkan ke bahasa lain.",
    "no_name": "{file} belum ada; isi dahulu terjemahan locale.name, yaitu nama bahasanya.",
    "no_sources": "Catatan bahasa ini di .sources tidak dapat dibaca; hapus berkasnya, lalu ulangi.",
    "no_file": "{file} tidak ada di folder ini.",
    "broken": "{file} masih memuat kesalahan; perbaiki dahulu: {sentence}",
    "unknown": "tidak dikenal bot, atau sudah tidak dipakai; tidak diambil.",
    "lost": "isian {names} hilang dari terjemahan; tulis persis seperti di teks asal.",
    "taken": "{changed} diubah, {refused} ditolak, {waiting} belum selesai, {same} tetap.",
    "new": "belum diterjemahkan: {source}",
    "changed": "teks asalnya berubah",
    "gone": "sudah tidak ada di bahasa dasar",
    "before": "dahulu: {text}",
    "now": "sekarang: {text}",
    "here": "di sini: {text}",
    "counted": "{new} baru, {changed} berubah, {gone} hilang.",
    "accepted": "Semua terjemahan di {file} dicatat sesuai dengan teks asal hari ini.",
}

_EN: Final = {
    "encoding": 'This file is not saved as UTF-8; save it again (in Excel choose "CSV UTF-8").',
    "unreadable": "This file cannot be read ({reason}); send it as it was exported.",
    "doctype": "This XLIFF file has a DOCTYPE; save it without one.",
    "no_xliff": "This file is not XLIFF 1.2, or does not name the language it is for (target-language).",
    "no_language": "This PO file does not name its language; fill in the line Language at its top.",
    "no_columns": "This CSV file does not begin with the columns {key}, source language and target language.",
    "no_form": "The kind of file {name} is not known; end its name with .xlf, .po or .csv.",
    "no_babel": "PO files need Babel; install it with: uv sync --extra translators",
    "no_code": 'The language code "{code}" is not known; write two or three small letters, such as jv.',
    "is_base": "{file} is the base that the other languages are translated from.",
    "no_name": "{file} is not there yet; translate locale.name first, which is the name of the language.",
    "no_sources": "What .sources keeps of this language cannot be read; remove that file and try again.",
    "no_file": "{file} is not in this folder.",
    "broken": "{file} has errors; mend them first: {sentence}",
    "unknown": "not known to the bot, or no longer used; not taken.",
    "lost": "{names} is lost in the translation; write it exactly as in the source.",
    "taken": "{changed} changed, {refused} refused, {waiting} not finished, {same} as before.",
    "new": "not translated: {source}",
    "changed": "its source has changed",
    "gone": "no longer in the base",
    "before": "before: {text}",
    "now": "now: {text}",
    "here": "here: {text}",
    "counted": "{new} new, {changed} changed, {gone} gone.",
    "accepted": "All translations in {file} are noted down as made from the base of today.",
}

SENTENCES: Final[Mapping[str, Mapping[str, str]]] = {"id": _ID, "en": _EN}
