"""The rules of Meta's Cloud API that a caller can break.

Source: https://developers.facebook.com/documentation/business-messaging/whatsapp, its pages on messages, templates
and error codes.
"""

import re
from collections.abc import Mapping
from typing import Any, Final, TypeAlias

import msgspec

from conversations.bubble import Button

Object: TypeAlias = dict[str, Any]

LONGEST_TEXT: Final = 4096  # characters
LONGEST_BODY: Final = {"button": 1024, "list": 4096, "location_request_message": 1024}
LONGEST_OPAQUE: Final = 512
SHARE: Final = "Kirim lokasi"  # WhatsApp's own label, in the language of the phone
BUTTONS, ROWS, SECTIONS = 3, 10, 10  # at most
BUTTON, ROW, DESCRIPTION = 20, 24, 72  # characters
BUTTON_ID, ROW_ID = 256, 200  # characters

MISSING, WRONG, UNSUPPORTED = 131008, 131009, 131051
LANGUAGES: Final = frozenset(("id", "en", "en_US", "en_GB"))  # of the seventy that WhatsApp knows
LABEL: Final = 25  # characters of a template's button
NO_TEMPLATE, PARAMETERS = 132001, 132000
CLOSED: Final = 131047
GAP: Final = re.compile(r"{{([a-z0-9_]+)}}")


class Refusal(Exception):
    """Meta refuses a call with this HTTP status and error code."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


class Template(msgspec.Struct, frozen=True):
    """A template that was handed in: its text, whose gaps have names, its buttons, and how it stands."""

    body: str
    buttons: tuple[str, ...] = ()
    status: str = "APPROVED"

    def listed(self, name: str, language: str) -> Object:
        """Return it as Meta lists it."""
        buttons = [{"type": "QUICK_REPLY", "text": label} for label in self.buttons]
        parts = [
            {"type": "BODY", "text": self.body},
            *([{"type": "BUTTONS", "buttons": buttons}] if buttons else []),
        ]
        about = {"name": name, "language": language, "category": "UTILITY", "parameter_format": "NAMED"}
        return {**about, "status": self.status, "rejected_reason": "NONE", "components": parts}


class Sent(msgspec.Struct, frozen=True):
    """What a call asks to send; one that is `free` reaches the citizen for a day after the last message only.

    `opener` opens the buttons where they are a list; `request` is what the phone is asked for, and its label.
    """

    address: str
    text: str
    buttons: tuple[Button, ...] = ()
    opener: str = ""
    request: tuple[str, str] | None = None
    opaque: str = ""
    free: bool = True


Templates: TypeAlias = Mapping[tuple[str, str], Template]


def sent(body: Object, templates: Templates) -> Sent:
    """Check the body of a call; `templates` are those approved, by name and language.

    Raises Refusal.
    """
    if body.get("messaging_product") != "whatsapp":
        raise _bad(100, "The parameter messaging_product is required.")
    opaque = str(body.get("biz_opaque_callback_data", ""))
    if len(opaque) > LONGEST_OPAQUE:
        raise _bad(WRONG, "biz_opaque_callback_data is too long")
    return msgspec.structs.replace(_content(body, templates), address=_address(body), opaque=opaque)


def _address(body: Object) -> str:
    to, user = str(body.get("to", "")).removeprefix("+"), str(body.get("recipient", ""))
    if re.fullmatch(r"[1-9][0-9]{6,14}", to):
        return f"whatsapp:+{to}"
    if not to and re.fullmatch(r"[A-Z]{2}\.[A-Za-z0-9.]{1,128}", user):
        return f"whatsapp:{user}"
    raise _bad(MISSING if not to + user else WRONG, "to or recipient is needed")


def _content(body: Object, templates: Templates) -> Sent:
    match body:
        case {"type": "text", "text": {"body": str(text)}}:
            return Sent("", _words(text, LONGEST_TEXT))
        case {
            "type": "interactive",
            "interactive": {"type": str(kind), "body": {"text": str(text)}, "action": action},
        }:
            opener = str(action.get("button", "")) if kind == "list" else ""
            request = ("place", SHARE) if kind == "location_request_message" else None
            return Sent("", _words(text, LONGEST_BODY.get(kind, 0)), _choices(kind, action), opener, request)
        case {"type": "template", "template": {"name": str(name), "language": {"code": str(code)}} as given}:
            return _template(templates.get((name, code)), given.get("components", []))
        case {"type": "text" | "interactive" | "template"}:
            raise _bad(MISSING, "Required parameter is missing")
        case _:
            raise _bad(UNSUPPORTED, "Unsupported message type")


def _words(text: str, longest: int) -> str:
    if not 0 < len(text.strip()) <= longest:
        raise _bad(WRONG, f"a text has 1 to {longest} characters")
    return text


def _choices(kind: str, action: Object) -> tuple[Button, ...]:
    match kind, action:
        case "button", {"buttons": list(buttons)}:
            found = [_choice(each, BUTTON, BUTTON_ID) for each in map(_reply, buttons)]
            return _distinct(found, BUTTONS)
        case "list", {"button": str(label), "sections": list(sections)}:
            _words(label, BUTTON)
            return _distinct(_rows(sections), ROWS)
        case "location_request_message", {"name": "send_location"}:
            return ()
        case _:
            raise _bad(WRONG, "no action of this kind")


def _reply(button: object) -> Object:
    match button:
        case {"type": "reply", "reply": dict(reply)}:
            return reply
        case _:
            raise _bad(WRONG, "a button is a reply")


def _rows(sections: list[Object]) -> list[Button]:
    if not 0 < len(sections) <= SECTIONS:
        raise _bad(WRONG, "a list has 1 to 10 sections")
    for section in sections:
        if len(sections) > 1 and not 0 < len(section.get("title", "")) <= ROW:
            raise _bad(WRONG, "each of several sections has a title")
    return [_choice(row, ROW, ROW_ID) for section in sections for row in section.get("rows", ())]


def _choice(given: Object, longest: int, longest_id: int) -> Button:
    label, data = given.get("title", ""), given.get("id", "")
    if not (isinstance(label, str) and isinstance(data, str)):
        raise _bad(WRONG, "a choice has a title and an id")
    if not 0 < len(label) <= longest or not 0 < len(data) <= longest_id:
        raise _bad(WRONG, "a title or an id is empty or too long")
    if len(given.get("description", "")) > DESCRIPTION:
        raise _bad(WRONG, "a description is too long")
    return Button(label, data)


def _distinct(buttons: list[Button], most: int) -> tuple[Button, ...]:
    if not 0 < len(buttons) <= most:
        raise _bad(WRONG, f"there are 1 to {most} choices")
    if len({each.label for each in buttons}) < len(buttons) or len({each.data for each in buttons}) < len(buttons):
        raise _bad(WRONG, "titles and ids must differ")
    return tuple(buttons)


def _template(found: Template | None, components: list[Object]) -> Sent:
    if found is None or found.status != "APPROVED":
        raise Refusal(404, NO_TEMPLATE, "Template name does not exist in the translation")
    given = [each for part in components if part["type"] == "body" for each in part["parameters"]]
    values = {str(each.get("parameter_name")): str(each["text"]) for each in given}
    if values.keys() != set(GAP.findall(found.body)) or len(values) < len(given):
        raise _bad(PARAMETERS, "Number of parameters does not match the expected number of params")
    if any("\n" in value or "\t" in value or "    " in value or not value.strip() for value in values.values()):
        raise _bad(WRONG, "a parameter is empty or has new-line/tab characters or more than 4 consecutive spaces")
    text = GAP.sub(lambda gap: values[gap[1]], found.body)
    return Sent("", text, _quick(found, components), free=False)


def _quick(found: Template, components: list[Object]) -> tuple[Button, ...]:
    """Return the buttons of a template with the data that the call gave them, or else their labels."""
    data = {
        int(part["index"]): str(part["parameters"][0]["payload"]) for part in components if part["type"] == "button"
    }
    return tuple(Button(label, data.get(number, label)) for number, label in enumerate(found.buttons))


def handed_in(body: Object) -> tuple[tuple[str, str], Template]:
    """Check a template that is handed in for approval; return its name and language, and what it says.

    Raises Refusal.
    """
    name, language, parts = str(body.get("name", "")), body.get("language"), body.get("components", [])
    if (
        not re.fullmatch(r"[a-z0-9_]{1,512}", name)
        or language not in LANGUAGES
        or body.get("category") != "UTILITY"
    ):
        raise _bad(100, "Invalid parameter")
    bodies = [part for part in parts if part["type"] == "BODY"]
    if len(bodies) != 1 or body.get("parameter_format") != "NAMED":
        raise _bad(100, "Invalid parameter")
    text, named = str(bodies[0]["text"]), bodies[0].get("example", {}).get("body_text_named_params", [])
    gaps = list(dict.fromkeys(GAP.findall(text)))
    if [each["param_name"] for each in named if each["example"]] != gaps:
        raise _bad(100, "Invalid parameter: each variable has an example")
    if GAP.match(text) or re.search(GAP.pattern + r"\W*$", text):
        raise _bad(100, "Variables can't be at the start or end of the template")
    labels = tuple(str(each["text"]) for part in parts if part["type"] == "BUTTONS" for each in part["buttons"])
    if len(text) > LONGEST_BODY["button"] or len(labels) > ROWS or any(len(label) > LABEL for label in labels):
        raise _bad(100, "Invalid parameter: too long")
    return (name, str(language)), Template(text, labels)


def _bad(code: int, message: str) -> Refusal:
    return Refusal(400, code, f"(#{code}) {message}")
