"""Recorded conversations that the dialog no longer holds as they are written down."""

import difflib
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import zip_longest

from conversations import transcript
from conversations.channel import PHONES
from conversations.checking.findings import Fault, Finding
from conversations.checking.lines import Lines
from conversations.checking.sentences import SENTENCES
from conversations.knowledge import Knowledge
from conversations.rehearsal import Languages, Rehearsal, service_of
from conversations.transcript import Transcript


def outdated(
    recorded: Mapping[str, str], languages: Languages, knowledge: Knowledge, now: datetime, lang: str = "id"
) -> Iterator[Finding]:
    """Yield a warning for each recorded conversation that goes otherwise today, with the lines that differ.

    `recorded` are transcripts by name, such as `id/sms-lurus.chat`; the folder is the language of those that do not
    tell it. `now` is when they were recorded. Those in a language that is not offered are left out.
    """
    for name, source in recorded.items():
        try:
            before = transcript.parse(source)
            locale = before.of("locale", name.partition("/")[0])
            if locale not in languages.current():
                continue
            phone = PHONES[before.of("channel", "sms")]
            played = Rehearsal(phone, languages, locale, knowledge, now, service_of(before))
            after = transcript.replay(before, played.answer)
        except (ValueError, KeyError) as error:
            fault = Fault("transcript_unread", facts={"reason": str(error).strip("'")}, place=(1, 0))
            yield fault.found(name, Lines(""), lang)
        else:
            if before.lines != after.lines:
                line = _line(source, _first(before, after))
                yield Finding(
                    name, line, "warning", "transcript", SENTENCES[lang]["transcript"], diff=_diff(before, after)
                )


def _first(before: Transcript, after: Transcript) -> int:
    """Return which line, from 0, is the first that is not the same in both."""
    pairs = enumerate(zip_longest(before.lines, after.lines))
    return next(place for place, (one, other) in pairs if one != other)


def _line(source: str, place: int) -> int:
    """Return on which line of a file, from 1, something is said for the nth time; the last one for what lacks."""
    spoken = [number for number, line in enumerate(source.splitlines(), 1) if line.startswith(transcript.SPEAKERS)]
    return spoken[min(place, len(spoken) - 1)]


def _diff(before: Transcript, after: Transcript) -> str:
    lines = difflib.unified_diff(str(before).splitlines(), str(after).splitlines(), n=1, lineterm="")
    return "\n".join([*lines][2:])
