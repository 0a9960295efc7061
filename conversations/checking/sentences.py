"""The sentences of the check, for administrators, by language and rule."""

from collections.abc import Mapping
from typing import Final

_ID: Final = {
    "no_base": "Berkas dasar id.toml tidak ada di folder ini; kembalikan berkas itu.",
    "encoding": "Baris ini tidak tersimpan sebagai UTF-8; simpan ulang berkas dengan pengodean UTF-8.",
    "unclosed": "Teks yang dibuka di baris ini tidak ditutup; tambahkan tiga tanda kutip di akhir teksnya.",
    "open": "Teks di baris ini belum ditutup; tambahkan tanda kutip di akhir, "
    "atau pakai tiga tanda kutip untuk teks beberapa baris.",
    "after": "Ada tulisan sesudah akhir nilai, di kolom {column}; "
    "di dalam teks pakai tanda kutip tunggal ('), dan satu nilai untuk satu baris.",
    "equals": "Setelah nama harus ada tanda sama dengan (=), lihat kolom {column}.",
    "quotes": "Nilai di kolom {column} tidak dapat dibaca; tulis teks di antara tanda kutip lurus.",
    "curly": 'Tanda kutip {character} di kolom {column} melengkung; ganti dengan tanda kutip lurus (").',
    "twice": "Nama di baris ini sudah dipakai di atas; hapus salah satunya.",
    "array": "Daftar kata sebelum kolom {column} kurang koma atau belum ditutup; "
    "pisahkan kata dengan koma dan tutup dengan tanda ].",
    "array_open": "Daftar kata yang dibuka di baris ini tidak ditutup; tutup dengan tanda ].",
    "table_open": "Kurung kurawal yang dibuka di baris ini tidak ditutup; tutup dengan tanda }.",
    "table": "Isi kurung kurawal sebelum kolom {column} kurang koma atau belum ditutup; "
    "pisahkan dengan koma dan tutup dengan tanda }.",
    "backslash": r"Garis miring terbalik di kolom {column} tidak berarti apa-apa; tulis \\ bila memang perlu.",
    "header": "Judul bagian di baris ini belum ditutup dengan tanda ].",
    "toml": "Baris ini tidak dapat dibaca mulai kolom {column}; "
    "periksa tanda kutip, tanda sama dengan, koma, dan kurungnya.",
    "head": 'Bagian [locale] tidak ada; tulis [locale], lalu code = "{code}" dan name = nama bahasanya.',
    "code": '{where} harus "{code}", sama dengan nama berkasnya.',
    "flag": "{where} harus true atau false, tanpa tanda kutip.",
    "outside": "{key} tidak berada di dalam bagian; pindahkan ke bawah judul bagiannya, misalnya [menu].",
    "channel": "{where} harus bagian tersendiri; tulis [{section}], lalu teksnya di bawahnya.",
    "option": '{where} harus ditulis seperti { label = "Kirim", keywords = ["ya", "ok"] }.',
    "text": "{where} harus berupa teks; tulis di antara tanda kutip.",
    "blank": "{where} kosong; tulis teksnya.",
    "list": '{where} harus berupa daftar kata seperti ["ya", "ok"].',
    "lists": '{where} harus memuat daftar kata, masing-masing bernama, seperti words.fire = ["kebakaran"].',
    "unknown": "{where} tidak dikenal dan tidak pernah dipakai; hapus, atau perbaiki namanya.",
    "unknown_near": "{where} tidak dikenal; mungkin maksudnya {near}.",
    "unseen": "{where} tidak pernah tampil di sana; hapus.",
    "missing": "{where} belum ada; tambahkan, karena bot memerlukannya.",
    "fallback": "{where} belum ada dalam bahasa ini, sehingga warga mendapat yang berbahasa Indonesia; tambahkan.",
    "brace": "{where} memuat tanda {brace} yang tidak berpasangan; hapus, atau lengkapi seperti {number}.",
    "placeholder": "{where} memuat {name} yang tidak dikenal; yang ada: {known}.",
    "placeholder_near": "{where} memuat {name} yang tidak dikenal; mungkin maksudnya {near}.",
    "no_value": "{where} memuat {name}, yang tidak ada isinya di sini; yang dapat dipakai di sini: {usable}.",
    "two_commands": 'Kata "{word}" pada {where} sudah berarti {first}; hapus dari salah satunya.',
    "two_options": 'Kata "{word}" pada {where} sudah berarti pilihan {first}; hapus dari salah satunya.',
    "two_lists": 'Kata "{word}" pada {where} sudah ada di {first}; hapus dari salah satunya.',
    "shadow": 'Kata "{word}" pada {where} adalah kata kendali {command} di [words]; pakai kata lain.',
    "number": 'Kata "{word}" pada {where} adalah angka, dan angka berarti nomor pilihan; pakai kata lain.',
    "segment": "{where} kelebihan {over} huruf untuk satu SMS bila isinya panjang; "
    "persingkat, atau tulis teks khusus SMS di {special}.",
    "segment_own": "{where} kelebihan {over} huruf untuk satu SMS bila isinya panjang; persingkat.",
    "limit": "{where} kelebihan {over} huruf untuk satu pesan {channel}; persingkat.",
    "label": "{where} kelebihan {over} huruf untuk daftar pilihan WhatsApp; persingkat.",
    "alphabet": "{where} memuat {character} yang tidak ada di SMS; tulis {instead}",
    "alphabet_lost": "{where} memuat {character} yang tidak ada di SMS dan akan hilang; hapus.",
    "button": "{where} kelebihan {over} huruf untuk tombol WhatsApp (paling banyak 20); persingkat.",
    "description": "{where} kelebihan {over} huruf untuk keterangan di daftar WhatsApp (paling banyak 72); "
    "persingkat.",
    "template_edge": "{where} tidak boleh diawali atau diakhiri isian seperti {number}, WhatsApp menolaknya; "
    "tulis beberapa kata sebelum dan sesudahnya.",
    "template_touching": "{where} memuat dua isian berdampingan, WhatsApp menolaknya; tulis kata di antaranya.",
    "template_words": "{where} terlalu sedikit katanya untuk isian sebanyak itu (paling sedikit {least} kata); "
    "tambahkan kata, atau kurangi isian.",
    "template_long": "{where} kelebihan {over} huruf untuk templat WhatsApp bila isinya panjang; persingkat.",
    "rows": "{where} adalah bahasa ke-{place}, padahal daftar pilihan WhatsApp memuat paling banyak 10; "
    "tulis reviewed = false di [locale].",
    "said_twice": 'Kata "{word}" pada {where} sudah tertulis di sana; hapus salah satunya.',
    "never_shown": "{where} tidak pernah terpakai, karena pilihan itu tidak pernah ditawarkan; hapus kata-katanya.",
    "unheard": 'Kata "{word}" pada {where} tidak pernah terdengar, karena bot membaca "{read}"; tulis itu.',
    "wordless": 'Kata "{word}" pada {where} tidak memuat huruf, sehingga tidak pernah cocok; hapus.',
    "transcript": "Percakapan yang tercatat tidak lagi sama mulai baris ini; "
    "bila kata barunya memang dikehendaki, ubah juga catatan ini.",
    "transcript_unread": "Catatan percakapan ini tidak dapat dibaca ({reason}); perbaiki barisnya.",
}

_EN: Final = {
    "no_base": "The base file id.toml is not in this folder; put it back.",
    "encoding": "This line is not saved as UTF-8; save the file again with UTF-8 encoding.",
    "unclosed": "The text that opens on this line is never closed; add three quotes where it ends.",
    "open": "The text on this line is not closed; add a quote at its end, or use three quotes for several lines.",
    "after": "Something stands after the end of the value, at column {column}; "
    "inside a text use single quotes ('), and one value to a line.",
    "equals": "A name must be followed by an equals sign (=), see column {column}.",
    "quotes": "The value at column {column} cannot be read; write texts between straight quotes.",
    "curly": 'The quote {character} at column {column} is curly; use a straight one (").',
    "twice": "The name on this line is already used above; remove one of the two.",
    "array": "The list of words before column {column} lacks a comma or is not closed; "
    "put commas between the words and close it with ].",
    "array_open": "The list of words that opens on this line is never closed; close it with ].",
    "table_open": "The brace that opens on this line is never closed; close it with }.",
    "table": "What stands in braces before column {column} lacks a comma or is not closed; "
    "put commas between and close it with }.",
    "backslash": r"The backslash at column {column} means nothing; write \\ for one backslash.",
    "header": "The title of the section on this line is not closed with ].",
    "toml": "This line cannot be read from column {column} on; "
    "look at its quotes, equals sign, commas and brackets.",
    "head": 'There is no section [locale]; write [locale], then code = "{code}" and name = the language\'s name.',
    "code": '{where} must be "{code}", like the name of the file.',
    "flag": "{where} must be true or false, without quotes.",
    "outside": "{key} is in no section; move it below the title of its section, such as [menu].",
    "channel": "{where} must be a section of its own; write [{section}] and the text below it.",
    "option": '{where} must be written like { label = "Send", keywords = ["yes", "ok"] }.',
    "text": "{where} must be a text; write it between quotes.",
    "blank": "{where} is empty; write its text.",
    "list": '{where} must be a list of words such as ["yes", "ok"].',
    "lists": '{where} must hold lists of words, each with a name, like words.fire = ["kebakaran"].',
    "unknown": "{where} is not known and never used; remove it, or correct its name.",
    "unknown_near": "{where} is not known; perhaps {near} is meant.",
    "unseen": "{where} is never seen there; remove it.",
    "missing": "{where} is missing; add it, the bot needs it.",
    "fallback": "{where} is missing in this language, so citizens get the Indonesian; add it.",
    "brace": "{where} has a {brace} without its pair; remove it, or complete it like {number}.",
    "placeholder": "{where} has {name}, which is not known; there are: {known}.",
    "placeholder_near": "{where} has {name}, which is not known; perhaps {near} is meant.",
    "no_value": "{where} has {name}, which has no value here; what can be used here: {usable}.",
    "two_commands": 'The word "{word}" of {where} already means {first}; remove it from one of them.',
    "two_options": 'The word "{word}" of {where} already means the option {first}; remove it from one of them.',
    "two_lists": 'The word "{word}" of {where} is already in {first}; remove it from one of them.',
    "shadow": 'The word "{word}" of {where} is the control word {command} of [words]; use another.',
    "number": 'The word "{word}" of {where} is a number, and numbers mean places in the menu; use another.',
    "segment": "{where} is longer than one SMS by {over} when its values are long; "
    "shorten it, or write a text for SMS in {special}.",
    "segment_own": "{where} is longer than one SMS by {over} when its values are long; shorten it.",
    "limit": "{where} is longer than one message on {channel} by {over}; shorten it.",
    "label": "{where} is longer than a choice in a list on WhatsApp by {over} (24 letters at most); shorten it.",
    "alphabet": "{where} has {character}, which SMS does not know; write {instead}",
    "alphabet_lost": "{where} has {character}, which SMS does not know and leaves out; remove it.",
    "button": "{where} is longer than a button on WhatsApp by {over} (20 letters at most); shorten it.",
    "description": "{where} is longer than the line below a choice on WhatsApp by {over} (72 letters at most); "
    "shorten it.",
    "template_edge": "{where} must not begin or end with a value such as {number}, WhatsApp refuses that; "
    "write a few words before and after it.",
    "template_touching": "{where} has two values side by side, WhatsApp refuses that; write words between them.",
    "template_words": "{where} has too few words for so many values (at least {least} words); "
    "add words, or leave out a value.",
    "template_long": "{where} is longer than a template on WhatsApp by {over}, with long values; shorten it.",
    "rows": "{where} is language number {place}, but a list on WhatsApp holds 10 at most; "
    "write reviewed = false in [locale].",
    "said_twice": 'The word "{word}" of {where} is already written there; remove one of the two.',
    "never_shown": "{where} is never used, because that option is never offered; remove its words.",
    "unheard": 'The word "{word}" of {where} is never heard, because the bot reads "{read}"; write that.',
    "wordless": 'The word "{word}" of {where} has no letter, so that nothing matches it; remove it.',
    "transcript": "From this line on, the recorded conversation no longer holds; "
    "if the new words are meant, change the record too.",
    "transcript_unread": "This recorded conversation cannot be read ({reason}); mend the line.",
}

SENTENCES: Final[Mapping[str, Mapping[str, str]]] = {"id": _ID, "en": _EN}
