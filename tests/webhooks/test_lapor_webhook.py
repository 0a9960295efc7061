"""Events of the case backend are taken when their signature is right and fresh."""

import json
from datetime import date

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from bot.cases.port import CaseEvent
from bot.config import load
from bot.errors import Busy
from conversations.events import CaseMoved
from tests.webhooks.rest import STAMP, Rest, core_of, payload, seal
from webhooks.app import create_app

PATH = "/webhooks/lapor"

EVENTS = {
    "a-tracking-id": CaseEvent(
        "evt-1", CaseMoved("tracking_id_assigned", "R-1", "submitted", 1, tracking_id="9165816")
    ),
    "a-closing-with-a-message": CaseEvent(
        "evt-7",
        CaseMoved(
            "closing_soon",
            "R-1",
            "in_progress",
            4,
            "9165816",
            "Dinas PU Sleman",
            "Sudah ditambal. <b>Cek</b>",
            date(2026, 12, 4),
        ),
    ),
    "an-event-with-fields-of-a-later-version": CaseEvent(
        "evt-8", CaseMoved("status_changed", "R-2", "verified", 2)
    ),
}


@pytest.mark.parametrize("name", EVENTS)
def test_a_signed_event_is_handed_over(name: str, web: FlaskClient, rest: Rest) -> None:
    """Fields of a later version are passed over."""
    body = payload(f"lapor/{name}.json")

    response = web.post(PATH, data=body, headers=seal(body))

    assert (response.status_code, response.data, rest.events) == (200, b"", [EVENTS[name]])


@pytest.mark.parametrize("age", [-300, 0, 300])
def test_a_signature_holds_five_minutes_either_way(age: int, web: FlaskClient, rest: Rest) -> None:
    """Clocks differ a little."""
    body = payload("lapor/a-tracking-id.json")

    response = web.post(PATH, data=body, headers=seal(body, STAMP - age))

    assert (response.status_code, len(rest.events)) == (200, 1)


@pytest.mark.parametrize("age", [-301, 301])
def test_a_signature_that_is_too_old_or_too_new_is_refused(age: int, web: FlaskClient, rest: Rest) -> None:
    """A recorded request cannot be played again later."""
    body = payload("lapor/a-tracking-id.json")

    response = web.post(PATH, data=body, headers=seal(body, STAMP - age))

    assert (response.status_code, response.data, rest.events) == (401, b"stale\n", [])


@pytest.mark.parametrize(
    "header",
    [
        {},
        {"X-Lapor-Signature": ""},
        {"X-Lapor-Signature": f"t={STAMP}"},
        {"X-Lapor-Signature": f"t={STAMP},v1=00"},
        {"X-Lapor-Signature": "t=²,v1=00"},
        {"X-Lapor-Signature": f"t={'9' * 5000},v1=00"},
        seal(b"something else"),
        seal(b"{}", secret=b"guessed"),
    ],
    ids=(
        "none",
        "empty",
        "no digest",
        "a wrong digest",
        "no number",
        "an endless number",
        "of another body",
        "under another secret",
    ),
)
def test_an_unproved_event_is_refused_and_changes_nothing(
    header: dict[str, str], web: FlaskClient, rest: Rest
) -> None:
    """Only the case backend and we know the secret; what the body holds does not matter yet."""
    response = web.post(PATH, data=b"{}", headers=header)

    assert (response.status_code, response.data, rest.events) == (401, b"signature\n", [])


@pytest.mark.parametrize(
    "change",
    [{"type": "exploded"}, {"status": "gone"}, {"sequence": 0}, {"event_id": None}, {"closes_on": "soon"}],
    ids=str,
)
def test_what_is_no_event_is_unprocessable(change: dict[str, object], web: FlaskClient, rest: Rest) -> None:
    """Every field has its type."""
    body = json.dumps(json.loads(payload("lapor/a-tracking-id.json")) | change).encode()

    response = web.post(PATH, data=body, headers=seal(body))

    assert (response.status_code, response.data, rest.events) == (422, b"malformed\n", [])


def test_an_event_that_could_not_be_stored_is_asked_for_again(web: FlaskClient, rest: Rest) -> None:
    """Anything but a 2xx makes the backend send it again."""
    rest.trouble = Busy("no Redis")
    body = payload("lapor/a-tracking-id.json")

    response = web.post(PATH, data=body, headers=seal(body))

    assert (response.status_code, response.headers["Retry-After"]) == (503, "2")


def test_an_oversized_event_is_refused_unread(web: FlaskClient, rest: Rest) -> None:
    """More than 256 KB is no event."""
    response = web.post(PATH, data=b" " * (256 * 1024 + 1), headers={"X-Lapor-Signature": "t=1,v1=0"})

    assert (response.status_code, response.data, rest.events) == (413, b"oversized\n", [])


def test_without_a_secret_there_is_no_route(rest: Rest) -> None:
    """An event that cannot be verified cannot be taken."""
    app = create_app(load({}), core_of(rest))

    assert app.test_client().post(PATH, data=b"{}").status_code == 404


@profile(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(body=st.binary(max_size=100), drift=st.integers(-(10**13), 10**13))
def test_no_body_whatever_makes_the_webhook_fail(web: FlaskClient, body: bytes, drift: int) -> None:
    """Rightly signed, any bytes are taken or refused."""
    response = web.post(PATH, data=body, headers=seal(body, STAMP + drift))

    assert response.status_code in (200, 401, 422)
