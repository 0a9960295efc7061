"""Changing a draft: texts while they are typed, options, lists of words, the whole source."""

from collections.abc import Iterable
from http import HTTPStatus

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from bot.studio import forms
from bot.studio.edits import Edit, Unfit
from bot.studio.page import SEE_OTHER, bar_of, edition, page, quick, workshop
from bot.studio.pages_words import broken, card_of, chosen, phones_of, text_of, text_page
from bot.studio.visits import who
from bot.studio.workshop import NoLanguage
from conversations.checking import BASE


def add(part: Blueprint) -> None:
    """Add these pages."""
    part.post("/<code>/kartu/<section>/<name>")(change_text)
    part.post("/<code>/pilihan/<section>")(change_options)
    part.post("/<code>/daftar/<section>")(change_lists)
    part.get("/<code>/berkas")(source)
    part.post("/<code>/berkas")(replace_source)
    part.get("/<code>/berkas/<file>")(download)


def change_text(code: str, section: str, name: str) -> AnyResponse | tuple[str, int]:
    """Keep what was typed in the draft; answer htmx with how it looks now, a form with the page."""
    scripts = edition(code)
    if scripts is None:
        return broken(code)
    shown = text_of(card_of(scripts, code, section), name)
    why = _change(code, forms.texts(request.form, section, shown, base=f"{code}.toml" == BASE))
    if quick():
        return _looks(code, section, name, why)
    if why:
        return text_page(code, scripts, section, name, why)
    flash("saved")
    return redirect(url_for("studio.text", code=code, section=section, name=name, values=chosen()), SEE_OTHER)


def change_options(code: str, section: str) -> AnyResponse | tuple[str, int]:
    """Keep the names, keywords and order of a card's options in the draft."""
    scripts = edition(code)
    if scripts is None:
        return broken(code)
    moved = forms.move(request.form, section)
    changed = forms.options(request.form, card_of(scripts, code, section))
    why = _change(code, [*changed, *([moved] if moved else [])])
    return _after(code, section, why, f"pilihan-{moved.option}" if moved else "pilihan")


def change_lists(code: str, section: str) -> AnyResponse | tuple[str, int]:
    """Keep the lists of words of a card in the draft."""
    scripts = edition(code)
    if scripts is None:
        return broken(code)
    why = _change(code, forms.lists(request.form, card_of(scripts, code, section)))
    return _after(code, section, why, "daftar")


def source(code: str) -> tuple[str, int]:
    """Show the whole file as it is in the draft."""
    return _source(code, HTTPStatus.OK)


def replace_source(code: str) -> AnyResponse | tuple[str, int]:
    """Put a whole file in the place of the draft."""
    try:
        workshop().replace(code, who(), request.form.get("source", ""))
    except NoLanguage:
        abort(HTTPStatus.NOT_FOUND)
    except UnicodeEncodeError:
        return _source(code, HTTPStatus.UNPROCESSABLE_ENTITY)
    flash("saved")
    return redirect(url_for("studio.source", code=code), SEE_OTHER)


def download(code: str, file: str) -> Response:
    """Hand out the draft as a file."""
    if file != f"{code}.toml":
        abort(HTTPStatus.NOT_FOUND)
    try:
        text = workshop().draft(code, who()).text
    except NoLanguage:
        abort(HTTPStatus.NOT_FOUND)
    answer = Response(text.encode(errors="surrogateescape"), content_type="application/toml; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    return answer


def _change(code: str, edits: Iterable[Edit]) -> str:
    """Make edits; return why one could not be made, empty where all were."""
    try:
        for edit in edits:
            workshop().change(code, who(), edit)
    except Unfit as error:
        return str(error)
    return ""


def _looks(code: str, section: str, name: str, why: str) -> tuple[str, int]:
    """Return the pieces of a text's page that change while it is typed."""
    scripts = edition(code)
    if scripts is None:
        abort(HTTPStatus.CONFLICT)
    card = card_of(scripts, code, section)
    values = chosen()
    phones = phones_of(scripts, code, card, name, values)
    answer = render_template(
        "text_changed.html", code=code, card=card, text=text_of(card, name), values=values, phones=phones,
        why=why, bar=bar_of(code), beside=scripts.about,
    )  # fmt: skip
    return answer, HTTPStatus.OK


def _after(code: str, section: str, why: str, anchor: str) -> AnyResponse | tuple[str, int]:
    """Answer htmx with the pieces of a card that changed, a form with its page."""
    scripts = edition(code)
    if scripts is None:
        return broken(code)
    card = card_of(scripts, code, section)
    if quick():
        phones = phones_of(scripts, code, card, card.texts[0].name, "sample") if card.texts else {}
        pieces = {"card": card, "phones": phones, "why": why, "beside": scripts.about, "values": "sample"}
        return render_template("card_changed.html", code=code, bar=bar_of(code), **pieces), HTTPStatus.OK
    flash(why or "saved")
    return redirect(url_for("studio.card", code=code, section=section, _anchor=anchor), SEE_OTHER)


def _source(code: str, status: HTTPStatus) -> tuple[str, int]:
    try:
        draft, findings = workshop().draft(code, who()), workshop().findings(code, who())
    except NoLanguage:
        abort(HTTPStatus.NOT_FOUND)
    return page("source.html", code, status, draft=draft, findings=findings)
