"""The pages that show the words: the languages, the cards of one, a card, a text."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from flask import Blueprint, abort, render_template, request

from bot.studio.cards import Card, Text, cards
from bot.studio.edition import Edition
from bot.studio.page import edition, page, quick, workshop
from bot.studio.preview import Shown, Values, preview
from bot.studio.visits import who
from bot.studio.words import called
from conversations.channel import SMS
from conversations.checking import BrokenScripts
from conversations.checking.needs import NEEDS, OF_CASES
from conversations.complaint import COMPLAINT, REPORT
from conversations.states import Wait
from conversations.wording import PLACEHOLDERS

GROUPS: Final = ("other", "report", "after", "shared")
WRITING: Final = REPORT | {"aside"} | {state.name for state in COMPLAINT if isinstance(state, Wait)}


@dataclass(frozen=True, slots=True)
class Price:
    """What a text costs by SMS, filled with the longest values that may come: septets, messages, and in words."""

    septets: int
    segments: int
    price: str


@dataclass(frozen=True, slots=True)
class Face:
    """A card as the list shows it: its place in it, the price of each text by name, and what is wrong with it."""

    number: int
    card: Card
    prices: dict[str, Price]
    errors: int
    warnings: int
    mine: bool


def add(part: Blueprint) -> None:
    """Add these pages."""
    part.get("/")(languages)
    part.get("/<code>/")(words)
    part.get("/<code>/kartu/<section>")(card)
    part.get("/<code>/kartu/<section>/<name>")(text)


def languages() -> str:
    """Show the languages, how each stands, and the last revision of each."""
    kept = workshop()
    known = kept.languages()
    newest = {each.code: next(iter(kept.history(each.code)), None) for each in known}
    drafts = {each.code: len(kept.mine(each.code, who())) for each in known}
    return render_template("languages.html", languages=known, newest=newest, drafts=drafts)


def words(code: str) -> tuple[str, int]:
    """Show the cards of a language in the order of the dialog, those that hold what is looked for."""
    scripts = edition(code)
    if scripts is None:
        return broken(code)
    asked = " ".join(request.args.get("cari", "").split())
    faces = [face for face in _faces(scripts, code) if asked.casefold() in _all_of(face.card).casefold()]
    groups = {name: [face for face in faces if group_of(face.card.name) == name] for name in GROUPS}
    if quick():
        return render_template("cards_found.html", code=code, groups=groups, asked=asked), HTTPStatus.OK
    return page("cards.html", code, groups=groups, asked=asked)


def card(code: str, section: str) -> tuple[str, int]:
    """Show one card: its texts, its options, its lists of words."""
    scripts = edition(code)
    if scripts is None:
        return broken(code)
    found = card_of(scripts, code, section)
    phones = phones_of(scripts, code, found, found.texts[0].name, "sample") if found.texts else {}
    return page(
        "card.html", code, card=found, prices=_prices(scripts, code, found), phones=phones, beside=scripts.about
    )


def text(code: str, section: str, name: str) -> tuple[str, int]:
    """Show one text, to be edited, on three phones."""
    scripts = edition(code)
    return broken(code) if scripts is None else text_page(code, scripts, section, name)


def text_page(code: str, scripts: Edition, section: str, name: str, why: str = "") -> tuple[str, int]:
    """Show the page of one text; `why` is what could not be done with it."""
    found = card_of(scripts, code, section)
    shown, values = text_of(found, name), chosen()
    names = ["", *(each.name for each in found.texts), ""]
    place = names.index(name)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if why else HTTPStatus.OK
    return page(
        "text.html", code, status, card=found, text=shown, values=values, why=why, beside=scripts.about,
        phones=phones_of(scripts, code, found, name, values), usable=usable(section),
        before=names[place - 1], after=names[place + 1],
    )  # fmt: skip


def chosen() -> Values:
    """Return which values the administrator wants to see in the texts."""
    return "worst" if request.values.get("values") == "worst" else "sample"


def usable(section: str) -> tuple[str, ...]:
    """Return the placeholders that have a value in the texts of a section."""
    values = NEEDS[section].values if section in NEEDS else frozenset()
    return tuple(name for name in PLACEHOLDERS if name in values)


def broken(code: str) -> tuple[str, int]:
    """Show why a draft cannot be shown as cards, and where to mend it."""
    try:
        workshop().edition(code, who())
    except BrokenScripts as error:
        return page("broken.html", code, findings=error.findings)
    return page("broken.html", code, findings=())


def card_of(scripts: Edition, code: str, section: str) -> Card:
    """Return a card; end the request with 404 where there is none."""
    found = next((each for each in cards(COMPLAINT, scripts, code) if each.name == section), None)
    return found or abort(HTTPStatus.NOT_FOUND)


def text_of(card: Card, name: str) -> Text:
    """Return a text of a card; end the request with 404 where there is none."""
    return next((each for each in card.texts if each.name == name), None) or abort(HTTPStatus.NOT_FOUND)


def phones_of(scripts: Edition, code: str, card: Card, name: str, values: Values) -> dict[str, Shown]:
    """Return how a text looks on each phone that shows it."""
    names = {each: scripts[each].name for each in scripts}
    return {
        wording.channel: preview(scripts[code], card.name, name, wording.channel, values, names)
        for wording in text_of(card, name).wordings
        if wording.channel and wording.text is not None
    }


def group_of(section: str) -> str:
    """Return the group that a card is listed in."""
    if section not in COMPLAINT:
        return "shared"
    return "report" if section in WRITING else "after" if section in OF_CASES else "other"


def _faces(scripts: Edition, code: str) -> list[Face]:
    wrong = scripts.findings()
    mine = {change.section for change in workshop().mine(code, who())}
    faces = []
    grouped = sorted(cards(COMPLAINT, scripts, code), key=lambda card: GROUPS.index(group_of(card.name)))
    for number, each in enumerate(grouped, 1):
        levels = [finding.level for finding in wrong if finding.key.split(".")[0] == each.name]
        prices = _prices(scripts, code, each)
        errors, warnings = levels.count("error"), levels.count("warning")
        faces.append(Face(number, each, prices, errors, warnings, each.name in mine))
    return faces


def _prices(scripts: Edition, code: str, card: Card) -> dict[str, Price]:
    """Return what each text of a card costs by SMS; nothing for those that no SMS carries."""
    prices = {}
    for each in card.texts:
        if any(wording.channel == SMS.name and wording.text for wording in each.wordings):
            shown = preview(scripts[code], card.name, each.name, SMS.name, "worst")
            prices[each.name] = Price(shown.septets, shown.segments, shown.price)
    return prices


def _all_of(card: Card) -> str:
    """Return all words of a card, to be searched."""
    said = [wording.text or "" for each in card.texts for wording in each.wordings]
    chosen = [word for each in card.options for word in (each.label, *each.keywords)]
    heard = [word for each in card.words for word in each.words]
    named = [called("texts", each.name) for each in card.texts]
    return "\n".join([card.name, called("sections", card.name), *named, *said, *chosen, *heard])
