"""The JSON Schema of the locale files, so that editors complete names and underline what is wrong (draft 7).

It is made from what the check asks for. It says what may stand in a file; what must is said by the check, since a
language takes from the base what it lacks.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeAlias

from conversations.checking.menus import ROW, room
from conversations.checking.needs import NEEDS, Needs
from conversations.checking.shape import HEAD
from conversations.commands import OBEY
from conversations.complaint import COMPLAINT
from conversations.wording import PLACEHOLDERS

Schema: TypeAlias = dict[str, Any]

SPOKEN: Final = r"\S"
"""A text has something in it."""

_LISTS: Final = "Daftar kata dan frasa. Tiga titik berarti paling banyak tiga kata apa saja."
_WORD: Final = "Kata kendali: berlaku di mana saja, bila seluruh pesan adalah kata itu."
_KEYWORDS: Final = "Kata lain yang berarti sama; huruf besar dan kecil tidak dibedakan."
_CHANNEL: Final = "Teks khusus satu saluran, sebagai ganti teks yang sama di bagian induknya."
_SAID: Final = {
    "ask": "Pertanyaan atau kalimat utama bagian ini.",
    "retry.empty": "Dikatakan bila pesan warga kosong.",
    "retry.stuck": "Dikatakan setelah tiga kali keliru: cara lain, bukan kalimat yang sama.",
    "retry.unknown": "Dikatakan bila jawaban warga belum dipahami.",
    "retry.short": "Dikatakan bila jawaban terlalu pendek.",
    "retry.long": "Dikatakan bila jawaban terlalu panjang.",
    "retry.future": "Dikatakan bila tanggalnya belum tiba.",
    "again": "Dikatakan bila warga mengulang apa yang sudah selesai.",
}
_HEAD: Final[Mapping[str, Schema]] = {
    "code": {"type": "string", "description": "Kode bahasa, sama dengan nama berkasnya.", "pattern": "^[a-z]{2,3}"},
    "name": {"type": "string", "description": "Nama bahasa dalam bahasa itu.", "pattern": SPOKEN, "maxLength": ROW},
    "reviewed": {"type": "boolean", "description": "false: diperiksa, tetapi belum ditawarkan kepada warga."},
}


def schema() -> Schema:
    """Return the schema of a locale file."""
    head = _object({name: _HEAD[name] for name in HEAD}, "Bahasa berkas ini.") | {"required": ["code", "name"]}
    words = _object({name: _words(_WORD) for name in OBEY}, _WORD)
    sections = {name: _section(name, needs) for name, needs in NEEDS.items()}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Kata-kata bot LAPOR!",
        **_object({"locale": head, "words": words, **sections}, "Semua yang dikatakan dan dipahami bot."),
        "required": ["locale"],
        "definitions": {name: _object(_texts(needs), _CHANNEL) for name, needs in NEEDS.items() if needs.texts},
    }


def written() -> str:
    """Return the schema as it stands in locales/schema.json."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


def _section(name: str, needs: Needs) -> Schema:
    parts = _texts(needs)
    for channel in needs.channels if parts else ():
        parts[channel] = {"$ref": f"#/definitions/{name}"}
    if needs.options:
        options = {option: _option(name, option) for option in needs.options}
        parts["options"] = _object(options, "Pilihan; urutannya di id.toml adalah urutan nomornya.")
    if needs.lists:
        parts["words"] = _object({each: _words(_LISTS) for each in needs.lists}, _LISTS)
    return _object(parts, _about(name))


def _texts(needs: Needs) -> Schema:
    """Return the texts of a section as TOML has them."""
    return _nested({text: _text(text, needs) for text in (*needs.texts, *needs.spare)})


def _about(name: str) -> str:
    """Say where a section stands in the dialog."""
    if name not in COMPLAINT:
        return f"Bagian {name}."
    targets = dict.fromkeys(target for _, target in COMPLAINT[name].exits())
    before = [state.name for state in COMPLAINT if name in {target for _, target in state.exits()}]
    return f"Langkah percakapan. Dari: {_listed(before)}. Menuju: {_listed(targets)}."


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "-"


def _text(name: str, needs: Needs) -> Schema:
    usable = " ".join(f"{{{each}}}" for each in PLACEHOLDERS if each in needs.values)
    about = " ".join(filter(None, (_SAID.get(name, "Teks."), usable and f"Isian: {usable}")))
    return {"type": "string", "description": about, "pattern": SPOKEN}


def _option(section: str, option: str) -> Schema:
    most = room(section, option)
    label = {
        "type": "string", "pattern": SPOKEN, "maxLength": most,
        "description": f"Nama pilihan di layar, paling banyak {most} huruf.",
    }  # fmt: skip
    return _object({"label": label, "keywords": _words(_KEYWORDS)}, "Satu pilihan.") | {"required": ["label"]}


def _words(about: str) -> Schema:
    return {"type": "array", "description": about, "items": {"type": "string", "pattern": SPOKEN}}


def _nested(texts: Mapping[str, Schema]) -> Schema:
    """Return texts as TOML has them: `retry.empty` is `empty` in the table `retry`."""
    tables: dict[str, Schema] = {}
    for name, text in texts.items():
        first, _, rest = name.partition(".")
        if rest:
            tables.setdefault(first, {})[rest] = text
    plain = {name: text for name, text in texts.items() if "." not in name}
    return {**plain, **{name: _object(inside, "Bila jawaban belum dipahami.") for name, inside in tables.items()}}


def _object(properties: Mapping[str, Schema], about: str) -> Schema:
    return {"type": "object", "description": about, "additionalProperties": False, "properties": dict(properties)}
