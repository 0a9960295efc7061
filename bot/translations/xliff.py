"""XLIFF 1.2, which every translators' tool reads (http://docs.oasis-open.org/xliff/v1.2/os/xliff-core.html).

Placeholders are `<ph>` elements, which tools show as one piece that cannot be changed.
"""

import re
from typing import Final
from xml.etree import ElementTree as ET

from bot.translations.handing import Answer, Batch, Return, Returned, Unreadable
from bot.translations.units import Unit
from conversations.script import PLACEHOLDER

_SPACE: Final = "urn:oasis:names:tc:xliff:document:1.2"
_XML: Final = "http://www.w3.org/XML/1998/namespace"
_STATES: Final = {"new": "needs-translation", "changed": "needs-review-translation", "done": "translated"}
_SURE: Final[dict[str, dict[str, str]]] = {"new": {}, "changed": {}, "done": {"approved": "yes"}}
_OPEN: Final = ("needs-", "new")
_INLINE: Final = re.compile(r"(\{[a-z_]+\})")
_UNFIT: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 cannot carry


class Xliff:
    """Files ending in .xlf or .xliff."""

    def write(self, batch: Batch) -> bytes:
        """Return the file, one unit a text."""
        ET.register_namespace("", _SPACE)
        root = ET.Element(_name("xliff"), {"version": "1.2"})
        about = {"original": f"{batch.base}.toml", "datatype": "plaintext"}
        languages = {"source-language": batch.base, "target-language": batch.code}
        file = ET.SubElement(root, _name("file"), {**about, **languages})
        body = ET.SubElement(file, _name("body"))
        for unit in batch.units:
            body.append(_unit(unit))
        for element in (root, file, body, *body):  # never inside a text, where a space is a space
            _spread(element)
        return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"

    def read(self, data: bytes) -> Return:
        """Return the translations of a file. Raises Unreadable."""
        file = _parsed(data).find(_name("file"))
        code = file.get("target-language", "") if file is not None else ""
        if file is None or not code:
            raise Unreadable("no_xliff")
        return Return(code, tuple(_returned(unit) for unit in file.iter(_name("trans-unit"))))


def _parsed(data: bytes) -> ET.Element:
    """Read XML without a document type, so that nothing in it can refer to anything."""
    try:
        text = data.decode("utf-8-sig")
        if "<!DOCTYPE" in text:
            raise Unreadable("doctype")
        return ET.fromstring(text)  # noqa: S314 - without a document type there are no entities to expand
    except UnicodeDecodeError as error:
        raise Unreadable("encoding") from error
    except ET.ParseError as error:
        raise Unreadable("unreadable", reason=str(error)) from error


def _unit(unit: Unit) -> ET.Element:
    room = {"maxwidth": str(unit.room), "size-unit": "char"} if unit.room else {}
    about = {"id": unit.key, "resname": unit.key, f"{{{_XML}}}space": "preserve", **room, **_SURE[unit.state]}
    element = ET.Element(_name("trans-unit"), about)
    _fill(ET.SubElement(element, _name("source")), unit.source)
    _fill(ET.SubElement(element, _name("target"), {"state": _STATES[unit.state]}), unit.target)
    for note in unit.notes:
        ET.SubElement(element, _name("note"), {"from": "developer"}).text = _fit(note)
    if unit.before:
        older = ET.SubElement(element, _name("alt-trans"), {"alttranstype": "previous-version"})
        _fill(ET.SubElement(older, _name("source")), unit.before)
        _fill(ET.SubElement(older, _name("target")), unit.target)
    return element


def _spread(element: ET.Element) -> None:
    element.text = "\n"
    for child in element:
        child.tail = "\n"


def _fill(element: ET.Element, text: str) -> None:
    """Write a text, each placeholder as an element of its own."""
    last: ET.Element | None = None
    for place, part in enumerate(_INLINE.split(_fit(text))):
        if PLACEHOLDER.fullmatch(part):
            last = ET.SubElement(element, _name("ph"), {"id": str(place // 2 + 1), "ctype": f"x-{part[1:-1]}"})
            last.text = part
        elif last is None:
            element.text = part
        else:
            last.tail = part


def _returned(unit: ET.Element) -> Returned:
    target = unit.find(_name("target"))
    state = target.get("state", "") if target is not None else "new"
    answer: Answer = "open" if state.startswith(_OPEN) else "done"
    key = unit.get("resname") or unit.get("id") or ""
    return Returned(key, _text(unit.find(_name("source"))), _text(target), answer)


def _text(element: ET.Element | None) -> str:
    """Return the text of an element; a placeholder that a tool has emptied is known by what it is."""
    if element is None:
        return ""
    parts = [element.text or ""]
    for inside in element:
        kind = inside.get("ctype", "").removeprefix("x-")
        parts += ["".join(inside.itertext()) or (f"{{{kind}}}" if kind else ""), inside.tail or ""]
    return "".join(parts)


def _fit(text: str) -> str:
    return _UNFIT.sub("", text)


def _name(tag: str) -> str:
    return f"{{{_SPACE}}}{tag}"
