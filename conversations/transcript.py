"""Recorded conversations: what went in, what came out, in a form that administrators read and write.

    # A comment.
    channel: sms

    citizen> LAPOR jalan berlubang besar depan SD 2
    bot>     Di mana lokasinya? …
    lapor<   report body="jalan berlubang besar depan SD 2"
    lapor>   filed 9165816
    clock>   3 detik

`citizen>`, `lapor>` and `clock>` go in; `bot>` and `lapor<` must come out, nothing else. A text goes on in lines
that are indented. The citizen can also send `(foto)`, `(foto: …)`, `(foto album)`, `(dokumen)`, `(suara)`,
`(stiker)`, `(lokasi: lat, long)`, `(nomor: +62812…)`, tap `[a button]`; `(ulang)` delivers the last message once
more, and what begins with `(lekas)` follows at once. `<…>` names what a phone that can be asked, as on Telegram,
tells with one tap.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

WIDTH: Final = 9
SPEAKERS: Final = ("citizen>", "lapor>", "clock>", "bot>", "lapor<")
HEAD: Final = re.compile(r"(channel|locale|clock|wait): *(.+)")
FIELD: Final = re.compile(r'(\w+)=("(?:[^"\\]|\\.)*"|\S+)')


class TranscriptError(ValueError):
    """A line of a transcript cannot be understood; the message names it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was said: who, and what."""

    who: str
    text: str

    def __str__(self) -> str:
        first, *rest = self.text.split("\n")
        return "\n".join([f"{self.who:<{WIDTH}}{first}", *(f"{'':<{WIDTH}}{line}" for line in rest)])

    @property
    def goes_in(self) -> bool:
        """Tell whether this is said to the dialog, not by it."""
        return self.who in {"citizen>", "lapor>", "clock>"}


@dataclass(frozen=True, slots=True)
class Transcript:
    """A conversation: its comments, its circumstances, and its lines."""

    comments: tuple[str, ...]
    head: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]

    def of(self, name: str, default: str) -> str:
        """Return one of the circumstances: `channel`, `locale`, `clock` or `wait`."""
        return dict(self.head).get(name, default)

    def __str__(self) -> str:
        head = [f"{name}: {value}" for name, value in self.head]
        body = [("" if line.who == "citizen>" else None, str(line)) for line in self.lines]
        spaced = [part for blank, text in body for part in (blank, text) if part is not None]
        return "\n".join([*self.comments, *head, *spaced, ""])


Answer: TypeAlias = Callable[[Line], Iterable[Line]]


def parse(source: str) -> Transcript:
    """Read a transcript.

    Raises TranscriptError.
    """
    comments: list[str] = []
    head: list[tuple[str, str]] = []
    lines: list[Line] = []
    for number, raw in enumerate(source.splitlines(), 1):
        who = next((each for each in SPEAKERS if raw.startswith(each)), "")
        if who:
            lines.append(Line(who, raw[len(who) :].strip()))
        elif lines and raw.startswith(" "):
            last = lines.pop()
            lines.append(Line(last.who, f"{last.text}\n{raw[WIDTH:].rstrip()}"))
        elif raw.startswith("#"):
            comments.append(raw)
        elif found := HEAD.fullmatch(raw):
            head.append((found[1], found[2]))
        elif raw.strip():
            raise TranscriptError(f"line {number}: {raw.strip()}")
    return Transcript(tuple(comments), tuple(head), tuple(lines))


def replay(transcript: Transcript, answer: Answer) -> Transcript:
    """Say again what went in, and return the transcript with what came out this time.

    `answer` takes a line that goes in and returns the lines that come out.
    """
    lines: list[Line] = []
    for index, line in enumerate(transcript.lines):
        if line.goes_in:
            expected = _outputs(transcript.lines[index + 1 :])
            lines += [line, *_like(expected, answer(line))]
    return Transcript(transcript.comments, transcript.head, tuple(lines))


def fields(text: str) -> dict[str, str]:
    """Read `name="value"` pairs."""
    return {name: value.strip('"').replace('\\"', '"').replace("\\n", "\n") for name, value in FIELD.findall(text)}


def written(name: str, values: dict[str, str]) -> str:
    """Write an effect with `name="value"` pairs."""
    quoted = (value.replace('"', '\\"').replace("\n", "\\n") for value in values.values())
    return " ".join([name, *(f'{key}="{value}"' for key, value in zip(values, quoted, strict=True))])


def _outputs(lines: Iterable[Line]) -> list[Line]:
    outputs: list[Line] = []
    for line in lines:
        if line.goes_in:
            break
        outputs.append(line)
    return outputs


def _like(expected: list[Line], actual: Iterable[Line]) -> Iterable[Line]:
    """Keep of each effect only the fields that the transcript speaks of."""
    asked = [line for line in expected if line.who == "lapor<"]
    for line in actual:
        if line.who == "lapor<" and asked:
            names, values = fields(asked.pop(0).text), fields(line.text)
            some = {name: values.get(name, "") for name in names}
            yield Line(line.who, written(line.text.partition(" ")[0], some))
        else:
            yield line
