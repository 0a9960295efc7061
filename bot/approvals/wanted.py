"""The message templates that there must be at Meta, made from the locale files.

A name ends with a hash of what the template says: approved words stay as they are, so changed ones make a new one.
"""

import json
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any, Final, TypeAlias

import msgspec

from conversations.script import PLACEHOLDER, Script
from conversations.templates import CHOICES, GAPS, gaps_of

Object: TypeAlias = dict[str, Any]

LANGUAGES: Final = frozenset({"id", "en"})
"""The languages of ours that WhatsApp has a code for; what others say is called Indonesian."""

SAMPLES: Final[Mapping[str, str]] = {
    "number": "9165816", "provisional": "BCDF-GHJK", "agency": "Dinas Pekerjaan Umum",
    "message": "Petugas memeriksa lokasi besok pagi.", "closes_on": "31-12-2026", "attachment": "2",
    "next": "Instansi menjawab paling lambat Senin 30 November.",
}  # fmt: skip


class Wanted(msgspec.Struct, frozen=True):
    """A template that there must be for a `kind` of news in a language `code`; `text` has its gaps by their names.

    `language` is Meta's code, `labels` are the buttons below.
    """

    kind: str
    code: str
    language: str
    text: str
    labels: tuple[str, ...] = ()

    @property
    def family(self) -> str:
        """The name without the hash: that of all templates for the same, whatever they say."""
        return f"lapor_{self.kind}_{self.code}"

    @property
    def name(self) -> str:
        """The name at Meta: lower-case letters, digits and underscores."""
        said = json.dumps([self.language, self.text, self.labels], ensure_ascii=False)
        return f"{self.family}_{blake2b(said.encode(), digest_size=4).hexdigest()}"

    def definition(self) -> Object:
        """Return what Meta is asked to approve, with what its reviewers see in the gaps.

        Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview.
        """
        body: Object = {"type": "BODY", "text": self.text}
        if gaps := gaps_of(self.text):
            body["example"] = {
                "body_text_named_params": [{"param_name": name, "example": SAMPLES[name]} for name in gaps]
            }
        buttons = [{"type": "QUICK_REPLY", "text": label} for label in self.labels]
        return {
            "name": self.name,
            "language": self.language,
            "category": "UTILITY",
            "parameter_format": "NAMED",
            "components": [body, *([{"type": "BUTTONS", "buttons": buttons}] if buttons else [])],
        }


def wanted(scripts: Mapping[str, Script]) -> list[Wanted]:
    """Return the templates for the languages that are offered."""
    return [_wanted(kind, script) for script in scripts.values() for kind in GAPS]


def _wanted(kind: str, script: Script) -> Wanted:
    text = PLACEHOLDER.sub(lambda found: f"{{{{{found[1]}}}}}", script.text("template", kind))
    labels = tuple(script.label("template", option) for option in CHOICES.get(kind, ()))
    language = script.code if script.code in LANGUAGES else "id"
    return Wanted(kind, script.code, language, text, labels)
