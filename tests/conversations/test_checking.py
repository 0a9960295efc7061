"""The check of the locale files: one plain sentence for each thing that is wrong."""

import pytest
from made_locale import Broken, line_of, whole

from conversations.checking import Finding, check

BASE = whole()


BROKEN = (
    Broken(
        "a text is missing", 'retry.needed = "Teks place."\n', "", "[place]", "missing",
        "[place] retry.needed belum ada; tambahkan, karena bot memerlukannya.",
    ),
    Broken(
        "a section is missing", '[rated]\nask = "Teks rated."\n', "", "[locale]", "missing",
        "[rated] belum ada; tambahkan, karena bot memerlukannya.",
    ),
    Broken(
        "an option is missing", 'options.aside = { label = "Pilih aside", keywords = [] }\n', "", "[review]",
        "missing", "[review] options.aside belum ada; tambahkan, karena bot memerlukannya.",
    ),
    Broken(
        "a control word is missing", 'skip = ["kataskip"]\n', "", "[words]", "missing",
        "[words] skip belum ada; tambahkan, karena bot memerlukannya.",
    ),
    Broken(
        "a control word has no word", '["kataskip"]', "[]", "skip = []", "missing",
        "[words] skip belum ada; tambahkan, karena bot memerlukannya.",
    ),
    Broken(
        "a section is misspelt", "[news]", "[nwes]\nx = 'x'\n[news]", "[nwes]", "unknown_near",
        "[nwes] tidak dikenal; mungkin maksudnya news.",
    ),
    Broken(
        "a text is misspelt", "[aside]\n", '[aside]\nAks = "Teks."\n', "Aks", "unknown_near",
        "[aside] Aks tidak dikenal; mungkin maksudnya ask.",
    ),
    Broken(
        "a text is never asked for", "[aside]\n", '[aside]\nzzz = "Teks."\n', "zzz", "unknown",
        "[aside] zzz tidak dikenal dan tidak pernah dipakai; hapus, atau perbaiki namanya.",
    ),
    Broken(
        "an option is not in the dialog", "[edit]\n", '[edit]\noptions.storey = { label = "X" }\n', "storey",
        "unknown_near", "[edit] options.storey tidak dikenal; mungkin maksudnya options.story.",
    ),
    Broken(
        "a text is for a channel that never shows it", "[privacy]", '[evidence.sms]\nask = "x"\n[privacy]',
        "[evidence.sms]", "unseen", "[evidence.sms] tidak pernah tampil di sana; hapus.",
    ),
    Broken(
        "a control word does nothing", "[words]\n", '[words]\nstop = ["henti"]\n', "stop", "unknown",
        "[words] stop tidak dikenal dan tidak pernah dipakai; hapus, atau perbaiki namanya.",
    ),
    Broken(
        "a placeholder is misspelt", '"Teks stars."', '"Laporan {numbr}"', "{numbr}", "placeholder_near",
        "[stars] ask memuat {numbr} yang tidak dikenal; mungkin maksudnya {number}.",
    ),
    Broken(
        "a placeholder does not exist", '"Teks verdict."', '"""\nSatu\nDua {xyz}\n"""', "Dua {xyz}", "placeholder",
        "[verdict] ask memuat {xyz} yang tidak dikenal; yang ada: {story} {place} {day} {privacy} {files} "
        "{provisional} {number} {status} {agency} {message} {closes_on} {title} {category} {office} {personal} "
        "{held} {attachment} {days} {options}.",
    ),
    Broken(
        "a placeholder has no value here", '"Teks erased."', '"Laporan {number}"', "{number}", "no_value",
        "[erased] ask memuat {number}, yang tidak ada isinya di sini; yang dapat dipakai di sini: -.",
    ),
    Broken(
        "a label has a placeholder", '"Pilih open"', '"Terbuka {place}"', "{place}", "no_value",
        "[privacy] options.open.label memuat {place}, yang tidak ada isinya di sini; "
        "yang dapat dipakai di sini: -.",
    ),
    Broken(
        "a brace stands alone", '"Teks replied."', '"Laporan {number"', "{number", "brace",
        "[replied] ask memuat tanda { yang tidak berpasangan; hapus, atau lengkapi seperti {number}.",
    ),
    Broken(
        "a word means two options", '"Pilih edit", keywords = []', '"Ubah", keywords = ["pilih SEND!"]',
        "pilih SEND!", "two_options", 'Kata "pilih SEND!" pada [review] options.edit sudah berarti pilihan send; '
        "hapus dari salah satunya.",
    ),
    Broken(
        "a control word means two things", '["kataback"]', '[\n"kembali",\n"katahelp"\n]', '"katahelp"\n]',
        "two_commands", 'Kata "katahelp" pada [words] back sudah berarti help; hapus dari salah satunya.',
    ),
    Broken(
        "an option takes a control word", '"Pilih edit", keywords = []', '"Ubah", keywords = ["katacancel"]',
        "Ubah", "shadow", 'Kata "katacancel" pada [review] options.edit adalah kata kendali cancel di [words]; '
        "pakai kata lain.",
    ),
    Broken(
        "an option takes a number", '"Pilih edit", keywords = []', '"Ubah", keywords = ["2"]', "Ubah", "number",
        'Kata "2" pada [review] options.edit adalah angka, dan angka berarti nomor pilihan; pakai kata lain.',
    ),
    Broken(
        "a control word is a number in words", '"kataback"', '"nomor satu"', "nomor satu", "number",
        'Kata "nomor satu" pada [words] back adalah angka, dan angka berarti nomor pilihan; pakai kata lain.',
    ),
    Broken(
        "a prompt is too long for one SMS", '"Teks rated."', f'"{"a" * 163}"', "a" * 163, "segment",
        "[rated] ask kelebihan 3 huruf untuk satu SMS bila isinya panjang; "
        "persingkat, atau tulis teks khusus SMS di [rated.sms].",
    ),
    Broken(
        "the values make an SMS too long", '"Teks queued."', f'"{"a" * 150} {{number}} {{provisional}}"', "a" * 150,
        "segment", "[queued] again kelebihan 10 huruf untuk satu SMS bila isinya panjang; "
        "persingkat, atau tulis teks khusus SMS di [queued.sms].",
    ),
    Broken(
        "the text for SMS is too long itself", "[dispute]", f'[rated.sms]\nask = "{"b" * 159}["\n[dispute]', "bbb",
        "segment_own", "[rated.sms] ask kelebihan 1 huruf untuk satu SMS bila isinya panjang; persingkat.",
    ),
    Broken(
        "a text is too long for WhatsApp", "[evidence]\nask = ", f'[evidence]\nask = "{"d" * 1601}"\n#', "dddd",
        "limit", "[evidence] ask kelebihan 1 huruf untuk satu pesan whatsapp; persingkat.",
    ),
    Broken(
        "a text is too long for Telegram", "[privacy]", f'[evidence.telegram]\nask = "{"e" * 4098}"\n[privacy]',
        "eee", "limit", "[evidence.telegram] ask kelebihan 2 huruf untuk satu pesan telegram; persingkat.",
    ),
)  # fmt: skip


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name)
def test_what_is_wrong_is_said_once_with_its_line(broken: Broken) -> None:
    """Each fault of content is an error with a sentence of its own."""
    source = BASE.replace(broken.old, broken.new, 1)
    line = line_of(source, broken.at)
    assert check({"id.toml": source}) == (Finding("id.toml", line, "error", broken.rule, broken.sentence),)
