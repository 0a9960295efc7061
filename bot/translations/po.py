"""PO files (GNU gettext), read and written by Babel: `uv sync --extra translators`."""

import io
from collections.abc import Sequence
from datetime import datetime

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po, write_po

from bot.translations.handing import Answer, Batch, Return, Returned, Unreadable
from bot.translations.units import Unit

FUZZY = "fuzzy"


class Po:
    """Files ending in .po; `now` is written into their head."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def write(self, batch: Batch) -> bytes:
        """Return the file, one message a text: its key is the context, its notes are comments."""
        catalog = Catalog(
            batch.code.replace("-", "_"),
            header_comment=f"# {batch.base}.toml -> {batch.code}.toml",
            project="lapor-bot", version="-", msgid_bugs_address="-", last_translator="-", language_team="-",
            creation_date=self._now, revision_date=self._now, fuzzy=False,
        )  # fmt: skip
        for unit in batch.units:
            _add(catalog, unit)
        file = io.BytesIO()
        write_po(file, catalog, width=0, include_previous=True)
        return file.getvalue()

    def read(self, data: bytes) -> Return:
        """Return the translations of a file. Raises Unreadable."""
        try:
            catalog = read_po(io.BytesIO(data.removeprefix(b"\xef\xbb\xbf")), abort_invalid=True)
        except (PoFileError, UnicodeDecodeError, LookupError, ValueError) as error:
            raise Unreadable("unreadable", reason=str(error)) from error
        if not catalog.locale_identifier:
            raise Unreadable("no_language")
        texts = tuple(_returned(message) for message in catalog if message.id)
        return Return(catalog.locale_identifier.replace("_", "-"), texts)


def _add(catalog: Catalog, unit: Unit) -> None:
    catalog.add(
        unit.source,
        unit.target,
        flags=[FUZZY] if unit.state == "changed" else [],
        auto_comments=[line for note in unit.notes for line in note.split("\n")],
        previous_id=unit.before,
        context=unit.key,
    )


def _returned(message: Message) -> Returned:
    answer: Answer = "open" if message.fuzzy else "done"
    return Returned(message.context or "", _singular(message.id), _singular(message.string), answer)


def _singular(text: str | Sequence[str] | None) -> str:
    """Return a text, of several for several numbers of things the first."""
    return text if isinstance(text, str) else next(iter(text or ()), "")
