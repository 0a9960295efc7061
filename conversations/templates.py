"""What is sent where WhatsApp takes approved words alone: a template for each kind of news, from `[template]`.

Rules that Meta has for approved words: no line break in a value, none empty, and 1024 characters in all
(https://www.twilio.com/docs/content/using-variables-with-content-api, https://www.twilio.com/docs/api/errors/21656).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, get_args

from conversations.bubble import Bubble, Button, Template
from conversations.effects import Say
from conversations.events import Why
from conversations.script import PLACEHOLDER, Script, fill
from conversations.sms import shorten

LIMIT: Final = 1024
"""Characters of a template with its values."""
LEAST: Final = 12
"""A value is never shortened below this many characters."""
WAITING: Final = "waiting"
"""The template that tells only that there is news: the words themselves are said when the citizen answers."""

_CASE: Final = ("number", "agency", "message", "next")

GAPS: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(
        ("submitted", "verified", "in_progress", "answered_by_reporter", "postponed", "reopened"), _CASE
    ),
    **dict.fromkeys(("out_of_authority", "archived", "closed", "agency_message", "agency_question"), _CASE),
    "closing_soon": ("number", "agency", "message", "closes_on"),
    "number": ("number",),
    "provisional": ("provisional",),
    "erased": ("number",),
    "attachment": ("attachment",),
    WAITING: (),
}
"""The kinds of template, each with the values that its words may name; `Template.values` are in this order."""

CHOICES: Final[Mapping[str, tuple[str, ...]]] = {"closed": ("solved", "unsolved"), WAITING: ("show",)}
"""The buttons below a template: options of `[template]`."""

_KINDS: Final = {
    ("filed", "ask"): "number",
    ("filed", "muted"): "number",
    ("filed", "erased"): "erased",
    ("queued", "ask"): "provisional",
    **{("attachment", text): "attachment" for text in ("refused", *get_args(Why)) if text},
    ("verdict", "ask"): "closed",
    ("question", "ask"): "agency_question",
}


def kind_of(say: Say) -> str:
    """Return the kind of template that tells what a Say tells; WAITING for what has none of its own."""
    kind = _KINDS.get((say.section, say.text)) or (say.section == "news" and say.text) or ""
    return kind if kind in GAPS and all(name in say.values for name in GAPS[kind]) else WAITING


def template_of(says: Sequence[Say], script: Script) -> Template:
    """Return the template for one message: that of the last thing told, which names the report and its status."""
    say = says[-1]
    kind = kind_of(say)
    nothing = script.text("notes", "nothing")
    values = {name: _plain(say.values[name]) or nothing for name in GAPS[kind]}
    return Template(kind, script.code, tuple(_fitted(script.text("template", kind), values).values()))


def gaps_of(text: str) -> tuple[str, ...]:
    """Return the names in a text, each once, in the order in which an approved text numbers them."""
    return tuple(dict.fromkeys(PLACEHOLDER.findall(text)))


def values_of(template: Template, gaps: Iterable[str]) -> tuple[str, ...]:
    """Return a template's values in the order of the gaps of an approved text.

    Raises KeyError for a gap that this kind of template has no value for.
    """
    named = dict(zip(GAPS.get(template.kind, ()), template.values, strict=False))
    return tuple(named[name] for name in gaps)


def tap_of(option: str, number: str) -> str:
    """Return what a button below a template brings back; `number` is that of the report it is about."""
    return f"template.{number}.{option}"


def taps_of(template: Template) -> tuple[str, ...]:
    """Return what the buttons below a template bring back, in order."""
    number = dict(zip(GAPS[template.kind], template.values, strict=False)).get("number", "")
    return tuple(tap_of(option, number) for option in CHOICES.get(template.kind, ()))


def shown(template: Template, script: Script) -> Bubble:
    """Return a template as it stands on the citizen's screen."""
    named = dict(zip(GAPS[template.kind], template.values, strict=True))
    labels = (script.label("template", option) for option in CHOICES.get(template.kind, ()))
    buttons = tuple(Button(*pair) for pair in zip(labels, taps_of(template), strict=True))
    return Bubble(fill(script.text("template", template.kind), named), buttons)


def _plain(value: str) -> str:
    return " ".join(value.split())


def _fitted(text: str, values: dict[str, str]) -> dict[str, str]:
    """Return the values, the longest shortened until the whole is short enough."""
    for name in sorted(values, key=lambda name: -len(values[name])):
        excess = len(fill(text, values)) - LIMIT
        if excess > 0 and name in gaps_of(text):
            values[name] = shorten(values[name], max(LEAST, len(values[name]) - excess))
    return values
