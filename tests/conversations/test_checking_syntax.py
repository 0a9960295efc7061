"""The check of the locale files: files that cannot be read, and values of the wrong kind."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_locale import Broken, line_of, whole

from conversations.checking import Finding, check
from conversations.checking.sentences import SENTENCES

BASE = whole()
TEXT = '"Teks rated."'
OPTION = '{ label = "Pilih edit", keywords = [] }'


BROKEN = (
    Broken(
        "a text of several lines is not closed", TEXT, '"""\nTerima kasih.', '"""', "unclosed",
        "Teks yang dibuka di baris ini tidak ditutup; tambahkan tiga tanda kutip di akhir teksnya.",
    ),
    Broken(
        "a text is not closed before the next one opens", TEXT + "\n", '"""\nTerima kasih.\n[x]\na = """\nb\n"""\n',
        '"""\nTer', "unclosed",
        "Teks yang dibuka di baris ini tidak ditutup; tambahkan tiga tanda kutip di akhir teksnya.",
    ),
    Broken(
        "a text of one line is not closed", TEXT, '"Terima kasih.', "Terima kasih.", "open",
        "Teks di baris ini belum ditutup; tambahkan tanda kutip di akhir, "
        "atau pakai tiga tanda kutip untuk teks beberapa baris.",
    ),
    Broken(
        "a text has double quotes inside", TEXT, '"Dia bilang "ya" saja."', "Dia bilang", "after",
        "Ada tulisan sesudah akhir nilai, di kolom 20; "
        "di dalam teks pakai tanda kutip tunggal ('), dan satu nilai untuk satu baris.",
    ),
    Broken(
        "a word processor made the quotes curly", TEXT, "“Terima kasih.”", "“", "curly",
        'Tanda kutip “ di kolom 7 melengkung; ganti dengan tanda kutip lurus (").',
    ),
    Broken(
        "a text has no quotes", TEXT, "Terima kasih.", "Terima kasih.", "quotes",
        "Nilai di kolom 7 tidak dapat dibaca; tulis teks di antara tanda kutip lurus.",
    ),
    Broken(
        "the equals sign is missing", f"ask = {TEXT}", f"ask {TEXT}", f"ask {TEXT}", "equals",
        "Setelah nama harus ada tanda sama dengan (=), lihat kolom 5.",
    ),
    Broken(
        "a comma is missing in a list", '["kataskip"]', '["kataskip" "lewat"]', '"lewat"', "array",
        "Daftar kata sebelum kolom 20 kurang koma atau belum ditutup; "
        "pisahkan kata dengan koma dan tutup dengan tanda ].",
    ),
    Broken(
        "a comma is missing in an option", OPTION, '{ label = "Ubah" keywords = [] }', '"Ubah"', "table",
        "Isi kurung kurawal sebelum kolom 33 kurang koma atau belum ditutup; "
        "pisahkan dengan koma dan tutup dengan tanda }.",
    ),
    Broken(
        "a backslash means nothing", TEXT, r'"Ya\atau tidak"', "atau tidak", "backslash",
        r"Garis miring terbalik di kolom 12 tidak berarti apa-apa; tulis \\ bila memang perlu.",
    ),
    Broken(
        "a title is not closed", "[rated]", "[rated", "[rated", "header",
        "Judul bagian di baris ini belum ditutup dengan tanda ].",
    ),
    Broken(
        "a text stands twice", f"ask = {TEXT}\n", f'ask = {TEXT}\nask = "Lagi."\n', '"Lagi."', "twice",
        "Nama di baris ini sudah dipakai di atas; hapus salah satunya.",
    ),
    Broken(
        "a section stands twice", "[rated]", "[rated]\n[menu]\n[rated]", "[menu]\n[rated]", "twice",
        "Nama di baris ini sudah dipakai di atas; hapus salah satunya.",
    ),
    Broken(
        "a name is missing", f"ask = {TEXT}", f"= {TEXT}", f"= {TEXT}", "toml",
        "Baris ini tidak dapat dibaca mulai kolom 1; periksa tanda kutip, tanda sama dengan, koma, dan kurungnya.",
    ),
    Broken(
        "the file is not saved as UTF-8", TEXT, '"Terima kasih \udce9"', "\udce9", "encoding",
        "Baris ini tidak tersimpan sebagai UTF-8; simpan ulang berkas dengan pengodean UTF-8.",
    ),
    Broken(
        "a text is a number", TEXT, "5", "ask = 5", "text",
        "[rated] ask harus berupa teks; tulis di antara tanda kutip.",
    ),
    Broken("a text is empty", TEXT, '" "', 'ask = " "', "blank", "[rated] ask kosong; tulis teksnya."),
    Broken(
        "the keywords are no list", OPTION, '{ label = "Ubah", keywords = "ganti" }', "ganti", "list",
        '[review] options.edit.keywords harus berupa daftar kata seperti ["ya", "ok"].',
    ),
    Broken(
        "the keywords of a control word are numbers", '["kataskip"]', "[1, 2]", "[1, 2]", "list",
        '[words] skip harus berupa daftar kata seperti ["ya", "ok"].',
    ),
    Broken(
        "an option is only a text", OPTION, '"Ubah"', '"Ubah"', "option",
        '[review] options.edit harus ditulis seperti { label = "Kirim", keywords = ["ya", "ok"] }.',
    ),
    Broken(
        "an option has a part too many", OPTION, '{ label = "Ubah", keyword = ["ganti"] }', "ganti", "unknown",
        "[review] options.edit.keyword tidak dikenal dan tidak pernah dipakai; hapus, atau perbaiki namanya.",
    ),
    Broken(
        "the options are a text", "[rated]\n", '[rated]\noptions = "Ya"\n', '"Ya"', "option",
        '[rated] options harus ditulis seperti { label = "Kirim", keywords = ["ya", "ok"] }.',
    ),
    Broken(
        "a channel is only a text", "[rated]\n", '[rated]\nsms = "Ya"\n', '"Ya"', "channel",
        "[rated.sms] harus bagian tersendiri; tulis [rated.sms], lalu teksnya di bawahnya.",
    ),
    Broken(
        "a text stands before the first section", "[locale]", 'ask = "Ya"\n[locale]', '"Ya"', "outside",
        "ask tidak berada di dalam bagian; pindahkan ke bawah judul bagiannya, misalnya [menu].",
    ),
    Broken(
        "the language is not the file's", 'code = "id"', 'code = "en"', 'code = "en"', "code",
        '[locale] code harus "id", sama dengan nama berkasnya.',
    ),
    Broken(
        "the mark of review is a text", "[words]", 'reviewed = "no"\n[words]', '"no"', "flag",
        "[locale] reviewed harus true atau false, tanpa tanda kutip.",
    ),
    Broken(
        "the head has a part too many", "[words]", 'author = "no"\n[words]', '"no"', "unknown",
        "[locale] author tidak dikenal dan tidak pernah dipakai; hapus, atau perbaiki namanya.",
    ),
)  # fmt: skip


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name)
def test_what_cannot_be_read_is_said_once_with_its_line(broken: Broken) -> None:
    """No other sentence hides it."""
    at = BASE.index(broken.old) if broken.old != OPTION else BASE.index("options.edit")
    source = BASE[:at] + BASE[at:].replace(broken.old, broken.new, 1)
    line = line_of(source, broken.at)
    assert check({"id.toml": source}) == (Finding("id.toml", line, "error", broken.rule, broken.sentence),)


def test_a_file_without_its_head_is_told_what_to_write() -> None:
    """The code is the file's name."""
    source = BASE.partition("[words]")[2]
    assert check({"id.toml": BASE, "en.toml": f"[words]{source}"}, lang="en") == (
        Finding(
            "en.toml",
            1,
            "error",
            "head",
            'There is no section [locale]; write [locale], then code = "en" and name = the language\'s name.',
        ),
    )


def test_every_rule_has_its_sentence_in_both_languages() -> None:
    """Neither language knows a rule that the other lacks."""
    assert SENTENCES["id"].keys() == SENTENCES["en"].keys()


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_file_breaks_the_check(data: st.DataObject) -> None:
    """Whatever piece is cut out or written over, the check answers with findings that have a line of the file."""
    start = data.draw(st.integers(0, len(BASE)))
    end = data.draw(st.integers(start, min(start + 40, len(BASE))))
    piece = data.draw(st.text(st.sampled_from("\"'[]{}=.,#\\\n ax1\u2013"), max_size=6))
    source = BASE[:start] + piece + BASE[end:]
    lines = source.count("\n") + 1
    assert [finding for finding in check({"id.toml": source}) if not 1 <= finding.line <= lines] == []
