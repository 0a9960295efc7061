"""Twilio's content templates: which there must be, which there are, and how a message goes out by one.

A menu within the window needs one that is made beforehand; news outside it needs one that WhatsApp has approved.
"""

import tomllib
from pathlib import Path

import msgspec


class Approved(msgspec.Struct, frozen=True, omit_defaults=True):
    """A template that WhatsApp has approved; `gaps` names the value of each of its variables, in order."""

    sid: str
    gaps: tuple[str, ...] = ()


class Contents(msgspec.Struct, frozen=True, omit_defaults=True):
    """What `lapor-bot twilio templates` wrote down: menus by their shape, templates by language and kind."""

    menu: dict[str, str] = {}
    template: dict[str, dict[str, Approved]] = {}


def load(path: Path | None) -> Contents:
    """Read the file of content templates; without one there are none.

    Raises ValueError where it is something else.
    """
    if path is None or not path.exists():
        return Contents()
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Contents)
    except (OSError, ValueError) as error:  # what msgspec and tomllib raise are ValueErrors
        raise ValueError(f"{path}: {error}") from error


def written(contents: Contents) -> str:
    """Return the file of content templates."""
    lines = ["# Written by lapor-bot twilio templates: the ids of content templates at Twilio.", "", "[menu]"]
    lines += [f'{shape} = "{sid}"' for shape, sid in sorted(contents.menu.items())]
    for language, kinds in sorted(contents.template.items()):
        lines += ["", f"[template.{language}]"]
        for kind, each in sorted(kinds.items()):
            gaps = ", ".join(f'"{name}"' for name in each.gaps)
            lines.append(f'{kind} = {{ sid = "{each.sid}", gaps = [{gaps}] }}')
    return "\n".join([*lines, ""])
