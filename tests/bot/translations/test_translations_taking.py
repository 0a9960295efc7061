"""Taking translations into a locale file: what is written, what is refused, and what is noted down."""

import pytest

from bot.translations.changes import Change, changes_of
from bot.translations.handing import Answer, Return, Returned, Unreadable
from bot.translations.keys import edit_of, texts_of
from bot.translations.sources import Made, made_of, mark_of
from bot.translations.taking import Taken, noted, take
from bot.translations.units import units_of
from conversations.checking import check
from conversations.checking.locale import open_locale
from conversations.script import Script, parse
from tests.conversations.made_locale import whole

BASE = whole().replace('"Teks stars."', '"Laporan {number}, beri nilai"').replace("[rated]", "# Nilai.\n[rated]")
JAVA = whole("jv").replace("[rated]\n", "[rated]\n# Matur nuwun\n")
SOURCES = {"id.toml": BASE, "jv.toml": JAVA}


def back(*texts: tuple[str, str, str], answer: Answer = "done", code: str = "jv") -> Return:
    """Return what came back: key, source and target of each text."""
    return Return(code, tuple(Returned(*each, answer) for each in texts))


def test_a_translation_is_put_in_its_place_and_nothing_else_is_touched() -> None:
    """Comments, order and spaces stay; lists of words stay lists."""
    taken = take(
        SOURCES,
        back(("rated.ask", "Teks rated.", "Matur nuwun."), ("words.skip", "kataskip", "liwati, mboten wonten")),
    )
    assert (taken.text, taken.changed) == (
        JAVA.replace('"Teks rated."', '"Matur nuwun."').replace('["kataskip"]', '["liwati", "mboten wonten"]'),
        ("words.skip", "rated.ask"),
    )


def test_taking_the_same_again_changes_nothing() -> None:
    """The second time all is as it was."""
    given = back(("rated.ask", "Teks rated.", "Matur nuwun."), ("words.skip", "kataskip", "liwati , mboten wonten"))
    first = take(SOURCES, given)
    again = take({**SOURCES, "jv.toml": first.text}, given)
    assert again == Taken(first.text, (), {}, (), ("rated.ask", "words.skip"))


def test_what_the_check_refuses_is_left_out_with_its_sentence() -> None:
    """The others are taken; a text that is refused stays as it was."""
    taken = take(
        SOURCES,
        back(
            ("rated.ask", "Teks rated.", "Matur nuwun."),
            ("erased.ask", "Teks erased.", "Sampun {nomor}"),
            ("review.options.edit.label", "Pilih edit", "Dandosi bagian ingkang lepat"),
            ("review.options.edit.keywords", "-", "katahelp"),
            ("menu.options.status.keywords", "-", "Pilih report"),
            ("queued.ask", "Teks queued.", "panjang " * 30),
        ),
    )
    long = (
        "[queued] ask kelebihan 79 huruf untuk satu SMS bila isinya panjang; "
        "persingkat, atau tulis teks khusus SMS di [queued.sms]."
    )
    assert (taken.changed, sorted(taken.refused), taken.refused["queued.ask"]) == (
        ("rated.ask",),
        [
            "erased.ask", "menu.options.status.keywords", "queued.ask", "review.options.edit.keywords",
            "review.options.edit.label",
        ],
        long,
    )  # fmt: skip


def test_a_text_that_makes_another_too_long_is_refused() -> None:
    """A choice stands in the question by SMS; the check names the question, the choice is to blame."""
    base = BASE.replace('ask = "Teks pin."', f'ask = "{"p" * 140}"')
    java = JAVA.replace('ask = "Teks pin."', f'ask = "{"p" * 135}"').replace("Pilih right", "Ya")
    taken = take(
        {"id.toml": base.replace("Pilih right", "Ya").replace("Pilih wrong", "Tdk"), "jv.toml": java},
        back(("pin.options.right.label", "Ya", "Leres sanget"), ("rated.ask", "Teks rated.", "Suwun.")),
        "en",
    )
    assert (taken.changed, taken.refused) == (
        ("rated.ask",),
        {
            "pin.options.right.label": "[pin] ask is longer than one SMS by 4 when its values are long; "
            "shorten it, or write a text for SMS in [pin.sms]."
        },
    )


def test_a_lost_placeholder_is_refused() -> None:
    """Without the number the citizen would not be told it; the choices stand at the end anyway."""
    taken = take(
        SOURCES,
        back(
            ("stars.ask", "Laporan {number}, beri nilai", "Mangga dipun biji"),
            ("pin.ask", "Teks pin.\n{options}", "Leres?"),
        ),
    )
    assert (taken.changed, taken.refused) == (
        ("pin.ask",),
        {"stars.ask": "isian {number} hilang dari terjemahan; tulis persis seperti di teks asal."},
    )


def test_no_key_is_invented() -> None:
    """Neither one that the bot lacks nor one that the base lacks, such as a text for SMS alone."""
    keys = ("rated.aks", "rated.sms.ask", "zzz.ask", "words.stop", "", "locale", "rated")
    taken = take(SOURCES, back(*((key, "Teks", "Suwun") for key in keys)), "en")
    assert (taken.text, set(taken.refused), set(taken.refused.values())) == (
        JAVA,
        set(keys),
        {"not known to the bot, or no longer used; not taken."},
    )


def test_a_text_for_one_channel_that_only_the_translation_has_can_be_changed() -> None:
    """It is handed out with the general text of the base as its source."""
    java = JAVA + '\n[rated.sms]\nask = "Suwun"\n'
    (unit,) = (each for each in units_of(parse(BASE), parse(java), BASE, {}, {}) if each.key == "rated.sms.ask")
    taken = take({**SOURCES, "jv.toml": java}, back((unit.key, unit.source, "Nuwun")))
    assert (unit.source, unit.target, taken.text) == ("Teks rated.", "Suwun", java.replace("Suwun", "Nuwun"))


def test_what_is_not_finished_is_left_as_it_is() -> None:
    """An empty text takes nothing away, and a doubtful one does not count."""
    empty, doubtful = back(("rated.ask", "Teks rated.", " ")), back(("rated.ask", "x", "Suwun"), answer="open")
    assert [take(SOURCES, each) for each in (empty, doubtful)] == [Taken(JAVA, (), {}, ("rated.ask",), ())] * 2


def test_a_new_language_begins_with_its_name_and_is_not_offered() -> None:
    """Until somebody has reviewed it; the choices of a menu come with their words."""
    taken = take(
        SOURCES,
        back(
            ("locale.name", "Bahasa id", 'Bahasa "Banjar"'),
            ("rated.ask", "Teks rated.", "Tarima kasih."),
            ("pin.options.right.keywords", "x", "bujur, iyaai"),
            ("pin.options.right.label", "Pilih right", "Bujur haja"),
            code="bjn",
        ),
    )
    script = open_locale("bjn.toml", taken.text).script
    assert (
        script and (script.name, script.text("rated", "ask"), script.sections["pin"].options["right"].keywords),
        open_locale("bjn.toml", taken.text).offered,
        [each for each in check({**SOURCES, "bjn.toml": taken.text}) if each.level == "error"],
        taken.text.splitlines()[:2],
    ) == (
        ('Bahasa "Banjar"', "Tarima kasih.", ("bujur", "iyaai")),
        False,
        [],
        ["#:schema ./schema.json", ""],
    )


@pytest.mark.parametrize(
    ("sources", "given", "rule"),
    [
        ({**SOURCES, "jv.toml": JAVA + "["}, back(), "broken"),
        ({**SOURCES, "id.toml": BASE.replace("{number}", "{numbr}")}, back(), "broken"),
        (SOURCES, back(("rated.ask", "x", "y"), code="bjn"), "no_name"),
    ],
)
def test_nothing_is_taken_where_the_files_are_not_sound(sources: dict[str, str], given: Return, rule: str) -> None:
    """Errors that are there already would hide those of the translations."""
    with pytest.raises(Unreadable) as told:
        take(sources, given)
    assert told.value.rule == rule


def test_what_a_translation_was_made_from_is_noted_down() -> None:
    """The source that came back, not that of today; one that was only asked about, if its text was changed."""
    given = Return(
        "jv",
        (
            Returned("rated.ask", "Teks rated, dahulu.", "Suwun.", "done"),
            Returned("replied.ask", "Teks replied.", "Teks replied.", "asked"),
            Returned("disputed.ask", "Teks disputed.", "Inggih.", "asked"),
            Returned("erased.ask", "Teks erased.", "Sampun {nomor}", "done"),
        ),
    )
    assert noted({}, given, take(SOURCES, given)) == {
        "rated.ask": Made("Teks rated, dahulu.", mark_of("Suwun.")),
        "disputed.ask": Made("Teks disputed.", mark_of("Inggih.")),
    }


def test_changes_are_told_with_the_old_and_the_new_source() -> None:
    """What is new first; a translation that was edited since counts as renewed."""
    made = made_of(_texts(BASE), _texts(JAVA))
    base = BASE.replace('"Teks rated."', '"Terima kasih sekali."').replace('"Teks replied."', '"Baik."')
    java = JAVA.replace('"Teks replied."', '"Inggih."').replace('retry.needed = "Teks place."\n', "")
    gone = {**made, "old.ask": Made("Dahulu", mark_of("Riyin"))}
    assert changes_of(_texts(base), _texts(java), gone) == (
        Change("place.retry.needed", "new", "Teks place.", "", ""),
        Change("rated.ask", "changed", "Terima kasih sekali.", "Teks rated.", "Teks rated."),
        Change("old.ask", "gone", "", "Dahulu", ""),
    )


def test_what_a_language_can_do_without_is_not_new() -> None:
    """The base's words are listened for in every language, a general text serves each channel."""
    base = BASE + '\n[rated.sms]\nask = "Suwun"\n'
    java = JAVA.replace('["katafire"]', "[]").replace("words.fire = []\n", "")
    assert changes_of(_texts(base), _texts(java), {}) == ()


def test_every_key_leads_to_the_place_that_it_was_read_from() -> None:
    """Whatever the base has can be written."""
    texts = {key: text for key, text in _texts(BASE).items() if key.startswith("review.")}
    assert {key: type(edit_of(key, text)).__name__[3:] for key, text in texts.items()} == {
        "review.ask": "Text", "review.retry.empty": "Text", "review.retry.stuck": "Text",
        "review.retry.unknown": "Text", "review.refused": "Text", "review.whole": "Text",
        "review.options.send.label": "Label", "review.options.edit.label": "Label",
        "review.options.aside.label": "Label",
    }  # fmt: skip


def _texts(source: str) -> dict[str, str]:
    script: Script = parse(source)
    return texts_of(script)
