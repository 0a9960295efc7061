"""Templates: which one tells what, with values that WhatsApp takes; and taps on their buttons, days later."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from test_cases import filed, moved, played, told

from conversations.bubble import Bubble, Button, Template
from conversations.channel import SMS, WHATSAPP, Channel
from conversations.effects import Say
from conversations.events import Event, Said, Tapped, Withheld
from conversations.rendering import render
from conversations.session import Session
from conversations.templates import GAPS, LIMIT, shown, template_of, values_of
from conversations.window import is_open
from tests.stage import NOW, SCRIPTS

SCRIPT = SCRIPTS["id"]
NEXT = "Kami kabari hasilnya."
CASE = {"number": "9165816", "agency": "Dinas PU Sleman", "message": "Besok.", "next": NEXT}


def news(text: str, **values: str) -> Say:
    return Say("news", text, {**CASE, **values}, push=True)


@pytest.mark.parametrize(
    ("say", "kind", "values"),
    [
        (news("in_progress"), "in_progress", ("9165816", "Dinas PU Sleman", "Besok.", NEXT)),
        (news("in_progress", message=""), "in_progress", ("9165816", "Dinas PU Sleman", "-", NEXT)),
        (news("in_progress", message="Besok\n\n\tpagi    sekali"), "in_progress",
         ("9165816", "Dinas PU Sleman", "Besok pagi sekali", NEXT)),
        (replace(news("ask"), section="verdict"), "closed", ("9165816", "Dinas PU Sleman", "Besok.", NEXT)),
        (Say("filed", "ask", {"number": "9165816"}), "number", ("9165816",)),
        (news("several"), "waiting", ()),
        (Say("news", "in_progress", {"number": "9165816"}), "waiting", ()),
        (Say("review", "refused", CASE), "waiting", ()),
        (Say("attachment", "heic", {"attachment": "2"}), "attachment", ("2",)),
        (Say("attachment", "slow", {"attachment": "2"}), "waiting", ()),
    ],
    ids=["a status", "without a message", "line breaks", "closed", "a number", "an unknown kind",
         "a value is missing", "no news", "a file that failed", "a file on its way"],
)  # fmt: skip
def test_a_template_tells_what_the_message_tells(say: Say, kind: str, values: tuple[str, ...]) -> None:
    """No value has a line break, a tab or a run of spaces, and none is empty: Twilio refuses those (21656)."""
    assert template_of([say], SCRIPT) == Template(kind, "id", values)


def test_the_last_of_several_is_told_for_it_names_the_report() -> None:
    number = Say("filed", "ask", {"number": "9165816"}, push=True)
    assert template_of([number, news("verified")], SCRIPT).kind == "verified"


@pytest.mark.parametrize("kind", GAPS)
def test_a_template_is_short_enough_whatever_its_values(kind: str) -> None:
    say = Say("news", kind, dict.fromkeys(GAPS[kind], "panjang sekali " * 200))
    template = template_of([say], SCRIPT) if kind in SCRIPT.sections["news"].texts else Template(kind, "id", ())
    if template.values:
        assert len(shown(template, SCRIPT).text) <= LIMIT


def test_values_stand_in_the_order_of_the_approved_words() -> None:
    """Words can be changed after they were approved; what was approved names its own values."""
    template = Template("in_progress", "id", ("9165816", "Dinas PU", "Besok."))
    assert values_of(template, ("message", "number")) == ("Besok.", "9165816")
    with pytest.raises(KeyError):
        values_of(template, ("closes_on",))


@pytest.mark.parametrize(
    ("channel", "push", "kind"),
    [(WHATSAPP, True, "verified"), (WHATSAPP, False, None), (SMS, True, None)],
    ids=["news by WhatsApp", "an answer", "news by SMS"],
)
def test_only_news_on_a_channel_with_a_window_has_one(channel: Channel, push: bool, kind: str | None) -> None:  # noqa: FBT001
    (bubble,) = render([replace(news("verified"), push=push)], SCRIPT, channel, "menu", 1)
    assert (bubble.template.kind if bubble.template else None) == kind


@pytest.mark.parametrize(("hours", "still"), [(0.0, True), (23.9, True), (23.95, False), (24.0, False)], ids=str)
def test_the_window_is_open_for_a_day_less_a_little(hours: float, still: bool) -> None:  # noqa: FBT001
    assert is_open(int(NOW.timestamp()), NOW + timedelta(hours=hours)) == still


def test_a_template_shows_its_words_and_its_buttons() -> None:
    bubble = shown(Template("closed", "id", ("9165816", "Dinas PU", "Sudah ditambal.", "Sudah beres?")), SCRIPT)
    assert bubble == Bubble(
        "Laporan Bapak/Ibu nomor 9165816 dinyatakan selesai. Pesan instansi: Sudah ditambal. "
        "Mohon kabari kami: Sudah beres? Balas SUDAH atau BELUM.",
        (Button("Sudah", "template.9165816.solved"), Button("Belum", "template.9165816.unsolved")),
    )


def closed() -> Session:
    session, _ = played(moved(1, "closed", text="Sudah ditambal"), session=filed(), channel=WHATSAPP)
    return session


@pytest.mark.parametrize(
    ("events", "said"),
    [
        ([Tapped("template.9165816.solved")], ["stars.ask"]),
        ([Tapped("template.9165816.unsolved")], ["dispute.ask"]),
        ([Tapped("template.9165816.solved")] * 2, ["stars.ask"]),
        ([Said("MENU"), Tapped("template.9165816.unsolved")], ["menu.ask", "dispute.ask"]),
        ([Tapped("template.9165816.solved"), Tapped("template.9165816.unsolved")],
         ["stars.ask", "notes.stale", "stars.ask"]),
        ([Tapped("template.1234567.solved")], ["notes.stale", "verdict.ask"]),
        ([Tapped("template.9165816.show")], ["case.ask"]),
    ],
    ids=["solved", "not solved", "twice", "after something else", "both", "another's report", "nothing waits"],
)  # fmt: skip
def test_a_tap_below_a_template_means_the_report_it_names(events: list[Event], said: list[str]) -> None:
    _, effects = played(*events, session=closed(), channel=WHATSAPP)
    assert told(effects) == said


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (Said("ya"), ["owed.ask"]),
        (Said("halo"), ["owed.ask"]),
        (Said("lihat kabar"), ["owed.ask"]),
        (Tapped("template..show"), ["owed.ask"]),
        (Said("STATUS"), ["owed.ask", "case.ask"]),
        (Said("BELUM"), ["owed.ask", "dispute.ask"]),
    ],
    ids=["a yes", "a greeting", "by its name", "the button", "another wish", "its answer"],
)
def test_what_is_owed_is_said_first_and_once(event: Event, said: list[str]) -> None:
    session, _ = played(Withheld("Sudah ditambal. Beres?"), session=closed(), channel=WHATSAPP)
    session, effects = played(event, session=session, channel=WHATSAPP)
    _, more = played(Said("terima kasih"), session=session, channel=WHATSAPP)
    assert (told(effects), "owed.ask" in told(more)) == (said, False)


def test_the_latest_of_what_is_owed_is_kept_within_bounds() -> None:
    session, effects = played(*(Withheld(f"kabar {number} " + "a" * 2000) for number in range(9)))
    assert (len(session.owed), max(map(len, session.owed)), session.owed[-1][:8], effects) == (
        5,
        1000,
        "kabar 8 ",
        [],
    )
