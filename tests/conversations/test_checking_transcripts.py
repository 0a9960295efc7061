"""The check of recorded conversations: what they hold, and what is said where they no longer do."""

from datetime import UTC, datetime

from made_locale import whole

from bot.recordings import Given
from conversations.checking import Finding
from conversations.checking.transcripts import outdated
from tests.stage import KNOWLEDGE

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
LANGUAGES = Given({"id.toml": whole(), "jv.toml": whole("jv").replace("[words]", "reviewed = false\n[words]", 1)})
HELD = """\
# Sesuatu yang dicatat.
channel: telegram

citizen> halo
bot>     Teks menu.
         [Pilih report] [Pilih status] [Pilih language]

citizen> katathanks
bot>     Teks notes.
"""


def found(source: str, lang: str = "id", name: str = "id/a.chat") -> list[Finding]:
    """Return what is said of one recorded conversation."""
    return [*outdated({name: source}, LANGUAGES, KNOWLEDGE, NOW, lang)]


def test_a_conversation_that_goes_as_it_was_recorded_is_no_finding() -> None:
    """However its lines are spaced."""
    assert found(HELD) + found(HELD.replace("bot>     ", "bot> ")) == []


def test_the_first_line_that_differs_is_named_with_what_is_said_now() -> None:
    """A warning: the words may have been changed on purpose."""
    (finding,) = found(HELD.replace("Teks notes.", "Sama-sama."), "en")
    sentence = (
        "From this line on, the recorded conversation no longer holds; "
        "if the new words are meant, change the record too."
    )
    assert (finding, finding.diff.split("\n")[1:4]) == (
        Finding("id/a.chat", 9, "warning", "transcript", sentence),
        [" citizen> katathanks", "-bot>     Sama-sama.", "+bot>     Teks notes."],
    )


def test_what_is_said_too_little_is_told_at_the_last_line() -> None:
    """The record ends before the bot does."""
    assert [each.line for each in found(HELD.removesuffix("bot>     Teks notes.\n"))] == [8]


def test_a_line_that_nobody_says_is_told_in_words() -> None:
    """The record is at fault then."""
    assert [str(each) for each in found("channel: sms\n\nwarga> halo\n")] == [
        "id/a.chat:1: Catatan percakapan ini tidak dapat dibaca (line 3: warga> halo); perbaiki barisnya."
    ]


def test_what_cannot_be_played_is_told_in_words() -> None:
    """A channel that there is not, a report that nobody filed."""
    never = "(lapor> filed 1: nothing was sent that this could answer)"
    sources = (HELD.replace("telegram", "pager"), "citizen> halo\nlapor>   filed 1\n")
    assert [str(each) for source in sources for each in found(source, "en")] == [
        f"id/a.chat:1: This recorded conversation cannot be read {reason}; mend the line."
        for reason in ("(pager)", never)
    ]


def test_a_language_that_is_not_offered_is_left_out() -> None:
    """Nobody can be answered in it yet."""
    assert found(HELD.replace("Teks", "Apa"), name="jv/a.chat") == []
