"""What a provider's published description says of a call and of its answer, and in what they differ from it."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import jsonschema_rs

FOLDER = Path(__file__).parent / "twilio"
SIDS = re.compile(r"\{([A-Z|]+)\}")


@dataclass(frozen=True)
class Exchange:
    """A call and its answer, as they went over the line; `path` stands before the query."""

    method: str
    path: str
    query: str
    body: bytes
    status: int
    answer: bytes


@dataclass(frozen=True)
class Call:
    """A call that a description knows: its address, and the name of the schema of each of its parts."""

    method: str
    path: re.Pattern[str]
    parts: Mapping[str, str]


class Description:
    """One of the files in `twilio/`: the calls it knows and their schemas."""

    def __init__(self, path: Path) -> None:
        told = json.loads(path.read_text())
        self._schemas = told["$defs"]
        self.calls = [_call(name, parts) for name, parts in told["calls"].items()]
        self._validators = {name: self._validator(name) for name in self._schemas}

    def _validator(self, name: str) -> jsonschema_rs.Validator:
        schema = {"$ref": f"#/$defs/{name}", "$defs": self._schemas}
        return jsonschema_rs.validator_for(schema, validate_formats=True)

    def breaches(self, seen: Exchange) -> list[str]:
        """Tell in what a call and its answer differ from the description."""
        call = next(
            (call for call in self.calls if call.method == seen.method and call.path.fullmatch(seen.path)), None
        )
        if call is None:
            return [f"{seen.method} {seen.path}: no such call"]
        told = f"{seen.method} {seen.path} {seen.status}"
        if seen.status >= 400:
            return [f"{told}: {each}" for each in self._amiss("Error", json.loads(seen.answer))]
        if str(seen.status) not in call.parts:
            return [f"{told}: no such answer"]
        asked = [
            each
            for part in ("query", "form", "json")
            if part in call.parts
            for each in self._asked(call, part, seen)
        ]
        return [
            f"{told}: {each}" for each in [*asked, *self._amiss(call.parts[str(seen.status)], _read(seen.answer))]
        ]

    def _asked(self, call: Call, part: str, seen: Exchange) -> Iterable[str]:
        text = seen.query if part == "query" else seen.body.decode()
        given = json.loads(text) if part == "json" else dict(parse_qsl(text, keep_blank_values=True))
        return self._amiss(call.parts[part], given)

    def _amiss(self, name: str, value: object) -> Iterable[str]:
        for error in self._validators[name].iter_errors(value):
            yield f"{name}{''.join(f'.{step}' for step in error.instance_path)}: {error.message}"


def _call(name: str, parts: Mapping[str, str]) -> Call:
    method, _, path = name.partition(" ")
    pattern = SIDS.sub(lambda kinds: f"({kinds[1]})[0-9a-fA-F]{{32}}", path.replace(".", r"\."))
    return Call(method, re.compile(pattern), parts)


def _read(answer: bytes) -> Any:  # noqa: ANN401 - JSON
    return json.loads(answer) if answer else {}


API, CONTENT = (Description(FOLDER / f"{name}.json") for name in ("api", "content"))


def breaches(seen: Exchange) -> list[str]:
    """Tell in what a call of Twilio's differs from the description it belongs to; files have none."""
    if "/Media/" in seen.path:
        return []
    return (CONTENT if seen.path.startswith("/v1/") else API).breaches(seen)
