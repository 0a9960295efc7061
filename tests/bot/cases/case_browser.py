"""A browser at the desk, for the tests of its pages."""

import re
from dataclasses import dataclass

from case_samples import NOON, a_key
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bot.cases.desk.ledger import Ledger
from bot.cases.wire import NewReport

PASSWORD = "officer-password"


@dataclass
class Officer:
    """A browser at the desk."""

    browser: FlaskClient

    def open(self, path: str) -> TestResponse:
        """Open a page."""
        return self.browser.get(path)

    def send(self, path: str, **fields: str) -> TestResponse:
        """Open the page that a form stands on, fill it in and send it."""
        return self.browser.post(path, data={**hidden(self.open(path.rpartition("/")[0]), path), **fields})

    def sign_in(self, password: str = PASSWORD) -> TestResponse:
        """Sign in."""
        return self.browser.post("/masuk", data={**hidden(self.open("/masuk"), ""), "password": password})


def hidden(page: TestResponse, path: str) -> dict[str, str]:
    """Return the hidden fields of the form that leads to `path`; empty is the page's own."""
    forms = re.findall(r"<form[^>]*?>.*?</form>", page.text, re.DOTALL)
    wanted = next(form for form in forms if (f'action="{path}#' in form if path else "action=" not in form))
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', wanted))


def page_of(ledger: Ledger, new: NewReport) -> str:
    """File a report and return the path of its page."""
    return "/laporan/" + ledger.file(a_key(), new, NOON).answer.report_id
