"""What Jasmin and a JSON API send becomes events and receipts, and each hears the answer that it waits for."""

import base64
import json
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from bot.inbound import Inbound
from conversations.events import Said
from tests.gateways.doubles import ACK, Jasmin, JsonApi
from tests.webhooks.rest import NOW, Rest, web_of

Counted = Callable[[str], float]

PATH = "/webhooks/sms"
PHONE = "+6281234567890"
SECRET = "gerbang rahasia"
BEARER = {"Authorization": f"Bearer {SECRET}"}
QUERY = "?" + urlencode({"secret": SECRET})
TEXTS = ["LAPOR jalan rusak & gelap", "Café [Jaya] {A_B} €5 @ ~ 2", "jalan rusak 😡 “parah”", ""]


@pytest.fixture
def jasmin(rest: Rest) -> FlaskClient:
    """Return a client of a web process that Jasmin calls."""
    return web_of(rest, SMS_GATEWAY_FORMAT="jasmin")


@pytest.fixture
def api(rest: Rest) -> FlaskClient:
    """Return a client of a web process that a JSON API calls."""
    return web_of(rest, SMS_GATEWAY_FORMAT="json", SMS_GATEWAY_TOKEN="t")


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_jasmins_bytes_become_the_text_that_was_typed(
    method: str, text: str, jasmin: FlaskClient, rest: Rest
) -> None:
    """In GSM-7 and in UCS-2; it hears the only answer that it takes."""
    fields = Jasmin.thrown(PHONE, text, "7f")
    if method == "GET":
        response = jasmin.get(f"{PATH}{QUERY}&{urlencode(fields)}")
    else:
        response = jasmin.post(f"{PATH}{QUERY}", data=fields)

    assert (response.status_code, response.text) == (200, ACK)
    assert rest.inbound == [Inbound(f"sms:{PHONE}", "7f", Said(text), NOW, "gateway")]


@pytest.mark.parametrize("changed", [{"coding": "4"}, {"binary": "zz"}, {"binary": ""}])
def test_what_cannot_be_decoded_is_taken_as_it_came(
    changed: dict[str, str], jasmin: FlaskClient, rest: Rest
) -> None:
    """A message is never thrown away for its alphabet."""
    jasmin.post(f"{PATH}{QUERY}", data=Jasmin.thrown(PHONE, "jalan rusak", "7f") | changed)

    assert [inbound.event for inbound in rest.inbound] == [Said("jalan rusak")]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("ESME_ROK", "accepted"),
        ("ENROUTE", "accepted"),
        ("DELIVRD", "delivered"),
        ("UNDELIV", "failed"),
        ("REJECTD", "failed"),
        ("UNKNOWN", None),
    ],
)
def test_jasmins_report_is_about_our_own_id(said: str, told: str | None, jasmin: FlaskClient, rest: Rest) -> None:
    """It stands in the address that it was given; the id of the form is Jasmin's."""
    form = {"id": "99", "level": "2", "message_status": said, "connector": "operator"}

    response = jasmin.post(f"{PATH}/status{QUERY}&outbox=ob-1", data=form)

    assert (response.text, rest.receipts, rest.reports) == (ACK, [("ob-1", told)] if told else [], [])


def test_an_apis_messages_come_several_in_one_call(api: FlaskClient, rest: Rest) -> None:
    """Numbers are texts as well; an advert among them is left alone."""
    messages = [
        *JsonApi.thrown(PHONE, "satu", "1")["messages"],  # type: ignore[misc]
        {"id": 2, "from": 6281234567891, "text": "dua"},
        {"id": "3", "from": "PROMO", "text": "beli"},
    ]

    response = api.post(PATH, json={"messages": messages}, headers=BEARER)

    assert (response.status_code, response.content_type, response.json) == (
        200,
        "application/json",
        {"status": "ok"},
    )
    assert [(each.address, each.message_id, each.event) for each in rest.inbound] == [
        (f"sms:{PHONE}", "1", Said("satu")),
        ("sms:+6281234567891", "2", Said("dua")),
    ]


def test_an_apis_reports_are_about_its_own_ids(api: FlaskClient, rest: Rest, counted: Counted) -> None:
    """The secret stands in the address that it was given."""
    line = 'lapor_receipts_total{provider="gateway",status="delivered"}'
    before = counted(line)
    reports = [
        {"id": "m-1", "status": "delivered"},
        {"id": "m-2", "status": "expired"},
        {"id": "m-3", "status": "?"},
    ]

    response = api.post(f"{PATH}/status{QUERY}", json={"reports": reports})

    assert (response.status_code, rest.reports) == (
        200,
        [("gateway", "m-1", "delivered"), ("gateway", "m-2", "failed")],
    )
    assert (counted(line) - before, rest.receipts) == (1, [])


@pytest.mark.parametrize(
    ("query", "headers"),
    [
        ("", {}),
        ("", {"Authorization": "Bearer gerbang"}),
        ("", {"Authorization": f"Basic {SECRET}"}),
        (QUERY, {}),
    ],
)
def test_a_secret_in_another_place_proves_nothing(
    query: str, headers: dict[str, str], api: FlaskClient, rest: Rest
) -> None:
    response = api.post(f"{PATH}{query}", json=JsonApi.thrown(PHONE, "x", "1"), headers=headers)

    assert (response.status_code, response.data, rest.inbound) == (403, b"secret\n", [])


OWN = """
[send]
form = { to = "{to}", text = "{text}" }
[message]
secret = "SECRET"
from = "from"
text = "text"
id = "id"
"""


@pytest.mark.parametrize(
    ("place", "headers"),
    [
        ("header:X-Gateway-Key", {"X-Gateway-Key": SECRET}),
        ("basic", {"Authorization": "Basic " + base64.b64encode(f"anyone:{SECRET}".encode()).decode()}),
        ("bearer", {"Authorization": f"bearer  {SECRET}"}),
    ],
)
def test_the_secret_stands_where_the_gateway_can_put_it(
    place: str, headers: dict[str, str], rest: Rest, tmp_path_factory: pytest.TempPathFactory
) -> None:
    own = tmp_path_factory.mktemp("own") / "own.toml"
    own.write_text(OWN.replace("SECRET", place))
    web = web_of(rest, SMS_GATEWAY_FORMAT=str(own))
    fields = {"from": PHONE, "text": "halo", "id": "1"}

    seen = [
        web.post(PATH, data=fields, headers=each).status_code for each in (headers, {}, {"Authorization": "Basic"})
    ]

    assert (seen, [each.event for each in rest.inbound]) == ([200, 403, 403], [Said("halo")])


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'{"messages": []}', b'{"messages": [{"id": "1"}]}', b"[" * 9999]
)
def test_what_is_no_message_is_a_bad_request_and_kept(body: bytes, api: FlaskClient, rest: Rest) -> None:
    """Nobody but the gateway can have sent it."""
    response = api.post(PATH, data=body, headers=BEARER)

    assert (response.status_code, response.data, rest.inbound) == (400, b"malformed\n", [])
    assert rest.parked == [("sms", "malformed", body)]


def test_a_secret_in_json_is_not_kept_with_what_cannot_be_used(
    rest: Rest, tmp_path_factory: pytest.TempPathFactory
) -> None:
    own = tmp_path_factory.mktemp("own") / "own.toml"
    own.write_text(OWN.replace("SECRET", "field:auth.key") + 'body = "json"\n')
    web = web_of(rest, SMS_GATEWAY_FORMAT=str(own))

    response = web.post(f"{PATH}?=7", json={"auth": {"key": SECRET}, "text": "x", "from": PHONE})

    assert (response.status_code, rest.inbound) == (400, [])
    assert [(SECRET.encode() in body, PHONE.encode() in body) for _, _, body in rest.parked] == [(False, True)]


def test_too_many_messages_in_one_call_are_refused(api: FlaskClient, rest: Rest) -> None:
    """Nothing of it is taken."""
    many = [{"id": str(number), "from": PHONE, "text": "x"} for number in range(501)]

    assert (api.post(PATH, json={"messages": many}, headers=BEARER).status_code, rest.inbound) == (413, [])


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["messages", "reports", "id", "from", "text", "status"]), inner, max_size=4
        )
    ),
)


@profile(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    body=JSON.map(lambda tree: json.dumps(tree).encode()) | st.binary(max_size=100),
    path=st.sampled_from(["", "/status"]),
)
def test_no_json_whatever_makes_the_webhook_fail(api: FlaskClient, body: bytes, path: str) -> None:
    """With the right secret, anything is taken or refused."""
    assert api.post(f"{PATH}{path}{QUERY}", data=body, headers=BEARER).status_code in (200, 400)
