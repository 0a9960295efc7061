"""What every page of the studio is made with: the workshop, the administrator, and the draft at its foot."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from flask import abort, current_app, render_template, request

from bot.studio.edition import Edition
from bot.studio.visits import who
from bot.studio.workshop import NoLanguage, Workshop
from conversations.checking import BrokenScripts

SEE_OTHER: Final = HTTPStatus.SEE_OTHER
SHOWN_ERRORS: Final = 3


@dataclass(frozen=True, slots=True)
class Bar:
    """How a draft stands: how many changes and errors it has, and whether somebody published meanwhile.

    `wrong` are the first sentences of its errors.
    """

    changes: int
    errors: int
    behind: bool
    wrong: tuple[str, ...]


def workshop() -> Workshop:
    """Return the workshop of this application."""
    found: Workshop = current_app.extensions["workshop"]
    return found


def quick() -> bool:
    """Tell whether htmx asks, and so for a piece of the page."""
    return "HX-Request" in request.headers


def edition(code: str) -> Edition | None:
    """Return all languages with the administrator's draft in place, None where it cannot be read.

    Ends the request with 404 where there is no such language.
    """
    try:
        return workshop().edition(code, who())
    except NoLanguage:
        abort(HTTPStatus.NOT_FOUND)
    except BrokenScripts:
        return None


def bar_of(code: str) -> Bar:
    """Return how the administrator's draft of a language stands."""
    kept = workshop()
    draft = kept.draft(code, who())
    if not draft.changed:
        return Bar(0, 0, draft.behind, ())
    wrong = tuple(each.sentence for each in kept.findings(code, who()) if each.level == "error")
    return Bar(max(len(kept.mine(code, who())), 1), len(wrong), draft.behind, wrong[:SHOWN_ERRORS])


def page(template: str, code: str, status: HTTPStatus = HTTPStatus.OK, /, **values: object) -> tuple[str, int]:
    """Render a page about a language, with the bar of the draft."""
    try:
        bar = bar_of(code)
    except NoLanguage:
        abort(HTTPStatus.NOT_FOUND)
    return render_template(template, code=code, bar=bar, **values), status
