"""One text as one phone shows it, filled with values, and what it costs there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from conversations import sms
from conversations.bubble import Bubble
from conversations.channel import CHANNELS, SMS, Channel
from conversations.checking.findings import Fault, Finding
from conversations.checking.lines import Lines
from conversations.checking.menus import SOMETIMES
from conversations.checking.needs import NEEDS
from conversations.checking.sizes import choices, longest, too_long
from conversations.effects import Say
from conversations.rendering import length, render
from conversations.script import Script

Values: TypeAlias = Literal["worst", "sample"]

LANGUAGES: Final = {"id": "Bahasa Indonesia", "en": "English"}

# What a citizen near Yogyakarta could have written; the numbers are of LAPOR!'s shape.
_SAMPLE: Final = {
    "story": "Jalan berlubang besar di depan SD 2, motor sering jatuh", "place": "Jl. Kaliurang km 5, Sleman",
    "day": "sejak kemarin", "message": "Kami periksa besok pagi.", "title": "Jalan berlubang besar di depan SD 2",
    "agency": "Dinas PU Sleman", "files": "2", "closes_on": "4 Desember", "by": "4 Desember", "count": "2",
    "reports": "9165816 Selesai, 9165817 Ditindaklanjuti", "number": "9165816",
    "provisional": "BCDF-GHJK", "held": "batal", "category": "Jalan dan bangunan", "office": "Dinas PU Sleman",
    "personal": "32************42", "attachment": "2", "days": "180", "code": "1234 5678",
    "owed": "Laporan 9165816 sedang ditindaklanjuti Dinas PU Sleman. Kami periksa besok pagi.",
}  # fmt: skip
_REGIONS: Final = {"34.04": "Kab. Sleman", "34.71": "Kota Yogyakarta", "other": ""}


@dataclass(frozen=True, slots=True)
class Shown:
    """What a phone shows of one text: the last message, where it takes several; `count` says how many.

    `septets`, `segments` and `encoding` are of an SMS with that text, also on other channels. `length` of `limit`
    is in septets on SMS, in characters elsewhere. `price` is what it costs, such as `1 SMS`.
    """

    bubble: Bubble
    count: int
    septets: int
    segments: int
    encoding: Literal["GSM-7", "UCS-2"]
    length: int
    limit: int
    price: str
    findings: tuple[Finding, ...]


def preview(  # noqa: PLR0913, PLR0917 - which text of what, where, and filled with what
    script: Script, section: str, name: str, channel: str, values: Values, languages: Mapping[str, str] = LANGUAGES
) -> Shown:
    """Return how a text looks on a channel with the longest values that may come, or with usual ones.

    `languages` are the names of those that the menu of languages offers, by code. Raises
    KeyError where the script has no such text, or there is no such channel.
    """
    phone = CHANNELS[channel]
    options, filled = _filled(script, section, phone, values, languages)
    say = Say(section, name, {**filled, **options}, tuple(options))
    bubbles = render([say], script, phone, section, 1)
    text = "\n".join(bubble.text for bubble in bubbles)
    cost = sms.segments(text)
    faults = _faults(script, section, name, phone, length(text, phone))
    found = tuple(fault.found(f"{script.code}.toml", Lines(""), "id") for fault in faults)
    price = f"{cost.count if phone is SMS else len(bubbles)} {'SMS' if phone is SMS else 'pesan'}"
    return Shown(
        bubbles[-1], len(bubbles), sms.septets(text), cost.count, cost.encoding, length(text, phone), phone.limit,
        price, found,
    )  # fmt: skip


def _filled(
    script: Script, section: str, phone: Channel, values: Values, languages: Mapping[str, str]
) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the choices of a menu, each with its value where it has no label, and the values of placeholders."""
    worst = longest(script, phone)
    known = section in NEEDS
    if values == "worst":
        return choices(section, worst, phone, languages, script) if known else {}, worst
    sample = {
        **_SAMPLE,
        "privacy": script.label("privacy", "open"),
        "status": script.text("status", "in_progress"),
        "next": script.text("next", "in_progress", phone.name),
    }
    offered = choices(section, sample, phone, languages, script) if known else {}
    usual = {name: value for name, value in offered.items() if (section, name) not in SOMETIMES}
    return _REGIONS if section == "region" else usual, sample


def _faults(script: Script, section: str, name: str, phone: Channel, used: int) -> Iterator[Fault]:
    """Yield what is wrong with a text on one phone: letters that SMS does not know, or too many letters."""
    own = name in script.sections[section].channels.get(phone.name, {})
    at = (section, *([phone.name] if own else []), *name.split("."))
    if phone is SMS:
        for each in {
            one.character: one for one in sms.unicode_characters(script.text(section, name, SMS.name))
        }.values():
            rule = "alphabet" if each.instead else "alphabet_lost"
            yield Fault(rule, at, {"character": each.character, "instead": each.instead}, each.character)
    if used > phone.limit:
        yield too_long(section, name, phone, used - phone.limit, script)
