"""The locale files of a folder being edited: drafts, publishing, and what was published before."""

import tomllib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bot.scripts import FILE, accepted, read_folder
from bot.studio.differences import Change, changes, unified
from bot.studio.drafts import Drafts, Kept
from bot.studio.edition import Edition
from bot.studio.edits import UNREADABLE, Edit, MoveOption, SetKeywords, SetLabel, Unfit, edited, lacks, loaded
from bot.studio.history import History, Revision, mark_of
from bot.studio.keeping import locked, save
from bot.studio.rebasing import rebased
from bot.studio.versions import (
    BOM,
    Clash,
    Draft,
    Language,
    NoLanguage,
    Unchanged,
    Version,
    language_of,
    plain_lines,
    text_of,
)
from conversations.checking import BASE, BrokenScripts, Finding, check_file
from conversations.checking.locale import open_locale

__all__ = ["Clash", "Draft", "Language", "NoLanguage", "Unchanged", "Version", "Workshop"]

BACK: Final = "Kembali ke versi"
ORDER: Final = "Urutan pilihan berlaku untuk semua bahasa; ubahlah pada Bahasa Indonesia."


class Workshop:
    """The locale files of `folder`; `usual` is the language of a citizen who chose none.

    Drafts, and where git does not take them published states, are kept under `drafts`; `clock` is administrators'.
    What cannot be written raises OSError, TimeoutError where another process is at it; then nothing changes.
    Methods that take a code raise NoLanguage.
    """

    def __init__(
        self,
        folder: Path,
        usual: str,
        drafts: Path | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._folder = folder
        self._usual = usual
        self._clock = clock
        self._own = drafts or folder / ".studio"
        self._drafts = Drafts(self._own)
        self._history = History(folder, self._own / "history", clock)

    def languages(self) -> tuple[Language, ...]:
        """Return the languages of the folder, the base first, as they are published."""
        sources = read_folder(self._folder)
        return tuple(language_of(file, sources) for file in sorted(sources, key=lambda name: (name != BASE, name)))

    def published(self, code: str) -> Version:
        """Return the published text of a language."""
        data = self._bytes(code)
        return Version(text_of(data), mark_of(data))

    def draft(self, code: str, who: str) -> Draft:
        """Return an administrator's draft; where nothing was changed, the published text."""
        return self._open(code, who)[0]

    def change(self, code: str, who: str, edit: Edit) -> Draft:
        """Change one thing in a draft.

        Raises Unfit where that cannot be done, BrokenScripts where the draft is not TOML.
        """
        if isinstance(edit, MoveOption) and f"{code}.toml" != BASE:
            raise Unfit(ORDER)
        with locked(self._own):
            draft, base = self._open(code, who)
            return self._keep(draft, base, self._edited(draft, edit))

    def replace(self, code: str, who: str, text: str) -> Draft:
        """Put a whole text in the place of a draft's; line ends become those of the draft.

        Raises Unfit where it has what is no letter.
        """
        if any("\ud800" <= character <= "\udfff" for character in text):
            raise Unfit(UNREADABLE)
        with locked(self._own):
            draft, base = self._open(code, who)
            plain = plain_lines(text.removeprefix("\ufeff"))
            if plain == plain_lines(draft.text):
                return draft
            return self._keep(draft, base, plain.replace("\n", "\r\n") if "\r\n" in draft.text else plain)

    def discard(self, code: str, who: str) -> None:
        """Throw a draft away."""
        self._bytes(code)
        with locked(self._own):
            self._drafts.drop(code, who)

    def rebase(self, code: str, who: str) -> Draft:
        """Put what a draft changes on top of what was published meanwhile; where both changed a text, it is mine.

        Raises BrokenScripts where the draft, or what was published, is not TOML.
        """
        with locked(self._own):
            draft, base = self._open(code, who)
            version = self.published(code)
            try:
                text = rebased(base.text, draft.text, version.text)
            except tomllib.TOMLDecodeError as error:
                raise BrokenScripts(self.findings(code, who)) from error
            return self._keep(draft, version, text)

    def edition(self, code: str, who: str) -> Edition:
        """Return all languages with a draft in place, also where the draft has errors.

        Raises BrokenScripts where the draft is of the wrong shape.
        """
        return Edition(self._sources(code, who), code)

    def scripts(self, code: str, who: str) -> Edition:
        """Return all languages with a draft in place.

        Raises BrokenScripts where the draft has an error.
        """
        return self.edition(code, who).sound()

    def findings(self, code: str, who: str, lang: str = "id") -> tuple[Finding, ...]:
        """Return what is wrong with a draft, by lines, with sentences in `lang`, `id` or `en`."""
        return check_file(f"{code}.toml", self._sources(code, who), lang)

    def diff(self, code: str, who: str) -> tuple[Change, ...]:
        """Return what publishing a draft would change; nothing where it is not TOML."""
        return changes(self.published(code).text, self.draft(code, who).text)

    def udiff(self, code: str, who: str) -> str:
        """Return what publishing a draft would change, line by line."""
        return unified(self.published(code).text, self.draft(code, who).text, f"{code}.toml")

    def mine(self, code: str, who: str) -> tuple[Change, ...]:
        """Return what an administrator changed since the draft was begun; nothing where it is not TOML."""
        draft, base = self._open(code, who)
        return changes(base.text, draft.text)

    def clash(self, code: str, who: str) -> Clash:
        """Return what was published since a draft was begun."""
        return self._clash(code, self._open(code, who)[1])

    def publish(self, code: str, who: str, note: str) -> Revision:
        """Put a draft in the place of the published text, and end it.

        Raises Clash where somebody published meanwhile, BrokenScripts where a file would have an error, Unchanged.
        """
        with locked(self._own):
            draft, base = self._open(code, who)
            if draft.behind:
                raise self._clash(code, base)
            revision = self._publish(draft, note)
            self._drafts.drop(code, who)
            return revision

    def history(self, code: str) -> tuple[Revision, ...]:
        """Return the published states of a language, newest first."""
        self._bytes(code)
        return self._history.revisions(f"{code}.toml")

    def at(self, code: str, revision_id: str) -> str:
        """Return the text of a published state; raises NoRevision."""
        self._bytes(code)
        return text_of(self._history.text(f"{code}.toml", revision_id))

    def restore(self, code: str, revision_id: str, who: str, mark: str = "") -> Revision:
        """Publish an earlier state again; drafts stay as they are.

        `mark` is that of the version which the administrator saw; Clash is raised where it is another by now.
        Raises NoRevision, BrokenScripts, Unchanged.
        """
        with locked(self._own):
            version = self.published(code)
            if mark and mark != version.mark:
                raise self._clash(code, version)
            text = self.at(code, revision_id)
            old = next((each.at for each in self.history(code) if each.id == revision_id), self._clock())
            back = f"{BACK} {old.astimezone(self._clock().tzinfo):%d-%m-%Y %H.%M}"
            return self._publish(Draft(code, who, text, version.mark, changed=True, behind=False), back)

    def _bytes(self, code: str) -> bytes:
        file = f"{code}.toml"
        if not FILE.fullmatch(file):
            raise NoLanguage(code)
        try:
            return (self._folder / file).read_bytes()
        except FileNotFoundError:
            raise NoLanguage(code) from None

    def _open(self, code: str, who: str) -> tuple[Draft, Version]:
        """Return a draft and the version that it was begun from."""
        version = self.published(code)
        kept = self._drafts.load(code, who)
        if kept is None or kept.text in {kept.base, version.text}:
            return Draft(code, who, version.text, version.mark, changed=False, behind=False), version
        behind = kept.mark != version.mark
        return Draft(code, who, kept.text, kept.mark, changed=True, behind=behind), Version(kept.base, kept.mark)

    def _keep(self, draft: Draft, base: Version, text: str) -> Draft:
        self._drafts.keep(draft.code, Kept(draft.who, text, base.text, base.mark))
        return self.draft(draft.code, draft.who)

    def _edited(self, draft: Draft, edit: Edit) -> str:
        try:
            loaded(draft.text)
        except tomllib.TOMLDecodeError as error:
            raise BrokenScripts(self.findings(draft.code, draft.who)) from error
        if not isinstance(edit, SetKeywords) or not lacks(draft.text, edit):
            return edited(draft.text, edit)
        base = open_locale(BASE, read_folder(self._folder)[BASE]).script
        label = base.label(edit.section, edit.option) if base and edit.section in base.sections else ""
        named = SetLabel(edit.section, edit.option, label)
        return edited(edited(draft.text, named) if label else draft.text, edit)

    def _sources(self, code: str, who: str) -> dict[str, str]:
        draft = self.draft(code, who)
        return read_folder(self._folder) | ({f"{code}.toml": plain_lines(draft.text)} if draft.changed else {})

    def _clash(self, code: str, base: Version) -> Clash:
        version = self.published(code)
        file = f"{code}.toml"
        newest = next(iter(self._history.revisions(file)), None)
        found = changes(base.text, version.text)
        if newest and mark_of(self._history.text(file, newest.id)) == version.mark:
            return Clash(newest.who, newest.at, found)
        return Clash("", datetime.fromtimestamp((self._folder / file).stat().st_mtime, UTC), found)

    def _publish(self, draft: Draft, note: str) -> Revision:
        """Check all files with a text in place, write it, and keep it in the history."""
        file = f"{draft.code}.toml"
        before = self._bytes(draft.code)
        bom = BOM if before.startswith(BOM) else b""
        data = bom + draft.text.encode()
        if data == before:
            raise Unchanged
        accepted({**read_folder(self._folder), file: plain_lines(draft.text)}, self._usual)
        self._history.notice(file)
        save(self._folder / file, data)
        return self._history.record(file, draft.who, note)
