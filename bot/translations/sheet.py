"""CSV, which spreadsheets open: UTF-8 with a byte order mark, so that Excel reads it as UTF-8."""

import csv
import io
import re
from typing import Final

from bot.translations.handing import Answer, Batch, Return, Returned, Unreadable
from bot.translations.units import State, Unit

STATES: Final[dict[State, str]] = {"new": "baru", "changed": "berubah", "done": "selesai"}

_KEY, _STATE, _NOTES, _BEFORE = "kunci", "keadaan", "catatan", "teks asal dahulu"
_FORMULA: Final = re.compile(r"'*[=+\-@\t\r]")
"""What spreadsheets would calculate (https://owasp.org/www-community/attacks/CSV_Injection)."""


class Sheet:
    """Files ending in .csv; `separator` stands between the columns, and is found out when they come back."""

    def __init__(self, separator: str = ",") -> None:
        self._separator = separator

    def write(self, batch: Batch) -> bytes:
        """Return the file: key, source, translation, state, notes and the former source in columns."""
        file = io.StringIO()
        rows = csv.writer(file, delimiter=self._separator)
        rows.writerow([_KEY, batch.base, batch.code, _STATE, _NOTES, _BEFORE])
        rows.writerows(map(_row, batch.units))
        return file.getvalue().encode("utf-8-sig")

    def read(self, data: bytes) -> Return:
        """Return the translations of a file. Raises Unreadable."""
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise Unreadable("encoding") from error
        try:
            head, *rows = [*csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))] or [[]]
        except csv.Error as error:
            raise Unreadable("unreadable", reason=str(error)) from error
        if head[:1] != [_KEY] or len(head) < len(("key", "source", "target")):
            raise Unreadable("no_columns", key=_KEY)
        state = head.index(_STATE) if _STATE in head else len(head)
        return Return(head[2], tuple(_returned(row, state) for row in rows if any(row)))


def _row(unit: Unit) -> list[str]:
    texts = (unit.key, unit.source, unit.target, STATES[unit.state], "\n".join(unit.notes), unit.before)
    return [_guarded(text) for text in texts]


def _returned(row: list[str], state: int) -> Returned:
    key, source, target = (_bare(cell) for cell in (*row, "", "", "")[:3])
    changed = row[state : state + 1] == [STATES["changed"]]
    answer: Answer = "asked" if changed else "done"
    return Returned(key, source, target, answer)


def _separator(text: str) -> str:
    """Return what stands between the columns; Excel writes what the settings of the country say."""
    found = re.match(rf'"?{_KEY}"?([,;\t])', text)
    return found[1] if found else ","


def _guarded(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text


def _bare(cell: str) -> str:
    return cell.removeprefix("'") if _FORMULA.match(cell) else cell
