"""The check of the locale files: what passes, what only warns, and what several files make together."""

import pytest
from made_locale import line_of, whole

from bot.scripts import read_folder
from bot.variables import LOCALES
from conversations.checking import BrokenScripts, Finding, check, check_file, load

BASE = whole()
UNPAIRED = "[rated] ask memuat tanda { yang tidak berpasangan; hapus, atau lengkapi seperti {number}."


def test_a_complete_file_has_no_finding() -> None:
    """The file that the tests break is whole to begin with."""
    assert check({"id.toml": BASE, "en.toml": whole("en")}) == ()


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_shipped_files_have_no_finding(lang: str) -> None:
    """Not even a warning."""
    assert check(read_folder(LOCALES), lang) == ()


def test_a_menu_of_four_reports_must_fit_into_one_sms() -> None:
    """The longest status stands in it four times, beside numbers as long as they get."""
    source = BASE.replace('verified = "Teks status."', f'verified = "{"c" * 30}"')
    found = [finding.sentence.partition(" untuk")[0] for finding in check({"id.toml": source})]
    assert found == [
        "[cases] ask kelebihan 23 huruf",
        "[cases] retry.empty kelebihan 23 huruf",
        "[cases] retry.stuck kelebihan 23 huruf",
        "[cases] retry.unknown kelebihan 23 huruf",
        "[cases] resumed kelebihan 23 huruf",
    ]


def test_a_menu_of_all_languages_must_fit_into_one_sms() -> None:
    """Their names stand in it, in every language; those that are not offered count only in their own file."""
    codes = ("aa", "bb", "cc", "dd", "ee", "ff", "gg")
    others = {f"{code}.toml": whole(code).replace(f"Bahasa {code}", code * 9) for code in codes}
    others["gg.toml"] = others["gg.toml"].replace("[words]", "reviewed = false\n[words]", 1)
    found = check({"id.toml": BASE, **others})
    assert {(each.file, each.key) for each in found if each.rule == "segment"} == {
        ("gg.toml", "language.ask"),
        ("gg.toml", "language.retry.empty"),
        ("gg.toml", "language.retry.stuck"),
        ("gg.toml", "language.retry.unknown"),
    }


def test_a_list_of_more_languages_than_whatsapp_shows_is_an_error() -> None:
    """The tenth language is the last one; a language that is not offered takes no row but its own."""
    codes = [f"{letter}{letter}" for letter in "abcdefghjk"]
    others = {f"{code}.toml": whole(code).replace(f"Bahasa {code}", code) for code in codes}
    found = check({"id.toml": BASE.replace("Bahasa id", "id"), **others}, "en")
    said = (
        "[locale] name is language number 11, but a list on WhatsApp holds 10 at most; "
        "write reviewed = false in [locale]."
    )
    assert found == (Finding("kk.toml", 3, "error", "rows", said),)


def test_a_status_must_fit_below_its_report_in_a_list() -> None:
    """WhatsApp shows 72 letters there; by SMS the menu of reports is too long as well."""
    source = BASE.replace('verified = "Teks status."', f'verified = "{"c" * 73}"')
    assert [str(each).partition(": ")[2] for each in check({"id.toml": source}) if each.rule == "description"] == [
        "[status] verified kelebihan 1 huruf untuk keterangan di daftar WhatsApp (paling banyak 72); persingkat."
    ]


def test_a_choice_that_is_shown_only_as_one_of_four_has_the_room_of_a_list() -> None:
    """With LANJUT the first menu has four choices, without it three; WhatsApp shows three as buttons."""
    source = BASE.replace('"Pilih resume"', f'"{"r" * 24}"', 1)
    assert check({"id.toml": source}) == ()


def test_one_changed_file_is_checked_against_the_others() -> None:
    """The others' own findings are not repeated; without the base there is nothing to check against."""
    broken = whole("en").replace('"Teks rated."', '"{x"')
    sources = {"id.toml": BASE, "en.toml": broken, "jv.toml": "["}
    assert (
        [each.rule for each in check_file("en.toml", sources)],
        [each.rule for each in check_file("id.toml", sources)],
        [each.rule for each in check_file("en.toml", {"en.toml": broken})],
    ) == (["brace"], [], ["no_base"])


def test_long_values_are_cut_before_a_text_is_called_too_long() -> None:
    """A story of any length fits; the words around it are what counts."""
    source = BASE.replace('"Teks review."', f'"{"f" * 80} {{story}} {{place}} {{day}}"', 1)
    assert check({"id.toml": source}) == ()


def test_characters_that_sms_lacks_are_warned_of() -> None:
    """What looks alike is offered; what nothing looks like would be left out."""
    source = BASE.replace('"Teks rated."', '"""\nTerima kasih\n\U0001f64f \u2013 ya"""')
    line = line_of(source, "\U0001f64f")
    assert check({"id.toml": source}, lang="en") == (
        Finding(
            "id.toml", line, "warning", "alphabet_lost",
            "[rated] ask has \U0001f64f, which SMS does not know and leaves out; remove it.",
        ),
        Finding("id.toml", line, "warning", "alphabet", "[rated] ask has \u2013, which SMS does not know; write -"),
    )  # fmt: skip


def test_characters_are_free_where_no_sms_goes() -> None:
    """A text for one chat channel, the question for photos, and what has a text for SMS of its own."""
    source = BASE.replace('"Teks evidence."', '"Foto \u2013 bukti"').replace(
        '[rated]\nask = "Teks rated."', '[rated]\nask = "Terima kasih …"\nsms.ask = "OK"\ntelegram.ask = "…"'
    )
    assert check({"id.toml": source}) == ()


def test_a_retry_text_may_stand_in_the_notes_for_all_states() -> None:
    """A state without its own takes it from there."""
    source = BASE.replace('retry.future = "Teks day."\n', "").replace("[notes]", '[notes]\nretry.future = "Nanti."')
    assert check({"id.toml": source}) == ()


def test_an_option_may_take_the_control_word_of_its_own_name() -> None:
    """And the words for going on, leaving out, answering and reporting, which a menu may need."""
    source = BASE.replace('"Pilih status", keywords = []', '"Status", keywords = ["katastatus", "katareport"]')
    assert check({"id.toml": source}) == ()


def test_what_another_language_lacks_is_a_warning() -> None:
    """Citizens get the base's text meanwhile; everything else is an error there too."""
    other = whole("en").replace('retry.needed = "Teks place."\n', "").replace('[rated]\nask = "Teks rated."', "")
    other = other.replace('skip = ["kataskip"]', "skip = 5")
    assert check({"en.toml": other, "id.toml": BASE}, lang="en") == (
        Finding(
            "en.toml",
            line_of(other, "skip = 5"),
            "error",
            "list",
            '[words] skip must be a list of words such as ["yes", "ok"].',
        ),
    )


def test_every_missing_text_of_a_language_is_named() -> None:
    """With the section where it belongs."""
    other = whole("en").replace('retry.needed = "Teks place."\n', "").replace('[rated]\nask = "Teks rated."', "")
    assert check({"id.toml": BASE, "en.toml": other}, lang="en") == (
        Finding(
            "en.toml", 1, "warning", "fallback",
            "[rated] is missing in this language, so citizens get the Indonesian; add it.",
        ),
        Finding(
            "en.toml", line_of(other, "[place]"), "warning", "fallback",
            "[place] retry.needed is missing in this language, so citizens get the Indonesian; add it.",
        ),
    )  # fmt: skip


def test_without_the_base_nothing_else_is_looked_at() -> None:
    """The others take from it what they lack."""
    assert check({"en.toml": "["}) == (
        Finding(
            "id.toml", 1, "error", "no_base", "Berkas dasar id.toml tidak ada di folder ini; kembalikan berkas itu."
        ),
    )


def test_languages_are_loaded_with_the_base_first_and_their_gaps_filled() -> None:
    """The base leads, the others follow by name."""
    other = whole("en").replace('[rated]\nask = "Teks rated."', "")
    scripts = load({"ban.toml": whole("ban"), "en.toml": other, "id.toml": BASE})
    assert (list(scripts), scripts["en"].text("rated", "ask")) == (["id", "ban", "en"], "Teks rated.")


def test_a_language_that_is_not_reviewed_is_checked_but_not_offered() -> None:
    """Its errors count, its menu entry does not appear."""
    draft = whole("jv").replace("[words]", "reviewed = false\n[words]", 1)
    broken = draft.replace('"Teks rated."', '"{x"')
    with pytest.raises(BrokenScripts) as refused:
        load({"id.toml": BASE, "jv.toml": broken})
    assert (list(load({"id.toml": BASE, "jv.toml": draft})), str(refused.value)) == (
        ["id"],
        f"jv.toml:{line_of(broken, '{x')}: {UNPAIRED}",
    )


def test_warnings_do_not_stop_a_file_from_being_used() -> None:
    """Only errors refuse it."""
    assert list(load({"id.toml": BASE.replace('"Teks rated."', '"Terima kasih…"')})) == ["id"]
