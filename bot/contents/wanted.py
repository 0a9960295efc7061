"""The content templates that there must be at Twilio, made from the locale files.

A name ends with a hash of what the template says, so that changed words make a new one: approved words cannot be
changed.
"""

import json
import re
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import Any, Final, TypeAlias

import msgspec

from bot.approvals.wanted import LANGUAGES, SAMPLES
from bot.contents.filling import LINES, MENU, NARROW
from conversations.script import PLACEHOLDER, Script
from conversations.templates import CHOICES, GAPS, gaps_of, tap_of

Types: TypeAlias = dict[str, Any]

_VARIABLE: Final = re.compile(r"\{\{([0-9]+)\}\}")


class Wanted(msgspec.Struct, frozen=True):
    """A content template that there must be: as a menu of a `shape`, or for a `kind` of news in a language `code`.

    `samples` are what WhatsApp's reviewers see in the place of its variables.
    """

    name: str
    language: str
    types: Types
    samples: dict[str, str]
    shape: str = ""
    kind: str = ""
    code: str = ""
    gaps: tuple[str, ...] = ()

    @property
    def family(self) -> str:
        """Return the name without the hash: that of all templates for the same, whatever they say."""
        return self.name.rpartition("_")[0]


def wanted(scripts: Mapping[str, Script]) -> list[Wanted]:
    """Return the templates for the languages that are offered."""
    return [*_menus(), *(_approved(kind, script) for script in scripts.values() for kind in GAPS)]


def _menus() -> Iterator[Wanted]:
    for lines in LINES:
        for buttons in range(1, MENU.buttons + 1):
            actions = [_action(*pair) for pair in _pairs(lines + 1, buttons)]
            yield _menu(
                f"quick_{buttons}_{lines}", "twilio/quick-reply", {"body": _body(lines), "actions": actions}
            )
    for lines in NARROW:
        for rows in range(2, MENU.rows + 1):
            items = [{"item": item, "id": data} for item, data in _pairs(lines + 2, rows)]
            parts = {"body": _body(lines), "button": f"{{{{{lines + 1}}}}}", "items": items}
            yield _menu(f"list_{rows}_{lines}", "twilio/list-picker", parts)


def _menu(shape: str, type_: str, parts: Types) -> Wanted:
    types = {type_: parts}
    names = sorted(set(_VARIABLE.findall(json.dumps(types))), key=int)
    return Wanted(
        _named(f"lapor_menu_{shape}", "id", types), "id", types, {name: f"Contoh {name}" for name in names}, shape
    )


def _body(lines: int) -> str:
    return "\n".join(f"{{{{{number}}}}}" for number in range(1, lines + 1))


def _pairs(first: int, count: int) -> Iterator[tuple[str, str]]:
    for number in range(first, first + 2 * count, 2):
        yield f"{{{{{number}}}}}", f"{{{{{number + 1}}}}}"


def _action(title: str, data: str) -> dict[str, str]:
    return {"type": "QUICK_REPLY", "title": title, "id": data}


def _approved(kind: str, script: Script) -> Wanted:
    text = script.text("template", kind)
    gaps = gaps_of(text)
    body = PLACEHOLDER.sub(lambda found: f"{{{{{gaps.index(found[1]) + 1}}}}}", text)
    number = f"{{{{{gaps.index('number') + 1}}}}}" if "number" in gaps else ""
    actions = [_action(script.label("template", each), tap_of(each, number)) for each in CHOICES.get(kind, ())]
    types = (
        {"twilio/quick-reply": {"body": body, "actions": actions}} if actions else {"twilio/text": {"body": body}}
    )
    language = script.code if script.code in LANGUAGES else "id"
    samples = {str(place): SAMPLES[name] for place, name in enumerate(gaps, 1)}
    name = _named(f"lapor_{kind}_{script.code}", language, types)
    return Wanted(name, language, types, samples, kind=kind, code=script.code, gaps=gaps)


def _named(family: str, language: str, types: Types) -> str:
    said = json.dumps([language, types], sort_keys=True, ensure_ascii=False)
    return f"{family}_{blake2b(said.encode(), digest_size=4).hexdigest()}"
