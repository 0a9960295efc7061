"""Twilio's twin answers, and the bot asks, as the description that Twilio publishes says."""

import json
from collections.abc import Callable, Iterator

import httpx
import jsonschema_rs
import pytest
from twilio.rest import Client

from bot.providers import Twilio as Account
from tests.contract.described import API, CONTENT, FOLDER, Exchange, breaches
from tests.contract.product import Product
from tests.contract.providers import PROVIDERS, Provider

PHONE = "+6281234567890"
SMS = {"to": PHONE, "from_": "+15005550006"}


@pytest.fixture
def account(product: Product) -> Account:
    """Return the account."""
    assert product.settings.twilio is not None
    return product.settings.twilio


@pytest.fixture
def client(account: Account) -> Client:
    """Return the library's client."""
    client = Client(account.sid, account.token)
    client.api.base_url = account.api_url
    return client


@pytest.fixture
def raw(account: Account) -> Iterator[httpx.Client]:
    """Yield a client that may break the rules."""
    url = f"{account.api_url}/2010-04-01/Accounts/{account.sid}"
    with httpx.Client(base_url=url, auth=(account.sid, account.token), trust_env=False) as client:
        yield client


@pytest.mark.parametrize("name", ["api", "content"])
def test_our_extract_of_the_description_is_sound(name: str) -> None:
    """Each schema is one, each is used, and the file names where its facts come from."""
    told = json.loads((FOLDER / f"{name}.json").read_text())
    for schema in told["$defs"]:
        jsonschema_rs.meta.validate({"$ref": f"#/$defs/{schema}", "$defs": told["$defs"]})
    used = {schema for parts in told["calls"].values() for schema in parts.values()}
    inside = {schema for schema in told["$defs"] if f'"#/$defs/{schema}"' in json.dumps(told["$defs"])}
    assert used | inside | {"Error"} == set(told["$defs"])
    assert "https://github.com/twilio/twilio-oai" in told["$comment"]


def test_every_call_of_the_library_is_described_and_answered_so(product: Product, client: Client) -> None:
    """The account, its numbers, and messages new, listed and fetched."""
    product.recorder.seen.clear()
    sent = [client.messages.create(**SMS, body=f"Halo {number}") for number in range(3)]
    client.messages(sent[0].sid).fetch()
    pages = [client.messages.list(to=PHONE, page_size=2), client.messages.list(to=PHONE, limit=1)]
    client.incoming_phone_numbers.list(phone_number="+15005550006")
    client.api.accounts(client.username).fetch()
    asked = [f"{seen.method} {seen.path.rpartition('/')[2]}" for seen in product.recorder.seen]
    assert ([len(page) for page in pages], [breaches(seen) for seen in product.recorder.seen]) == (
        [3, 1],
        [[]] * len(asked),
    )
    assert {"POST Messages.json", "GET Messages.json", "GET IncomingPhoneNumbers.json"} <= set(asked)


QUICK = {
    "language": "id",
    "types": {"twilio/quick-reply": {"body": "{{1}}", "actions": [{"title": "Ya", "id": "y"}]}},
}


def test_content_templates_are_described_and_answered_so(product: Product, account: Account) -> None:
    """Made, submitted, listed with and without WhatsApp's answer, and fetched."""
    product.recorder.seen.clear()
    with httpx.Client(base_url=account.api_url, auth=(account.sid, account.token), trust_env=False) as client:
        made = client.post("/v1/Content", json={**QUICK, "friendly_name": "x", "variables": {"1": "Kirim?"}}).json()
        own = f"/v1/Content/{made['sid']}"
        client.get(f"{own}/ApprovalRequests")
        client.post(f"{own}/ApprovalRequests/whatsapp", json={"name": "ya_atau_tidak", "category": "UTILITY"})
        for path in (own, f"{own}/ApprovalRequests", "/v1/Content?PageSize=1", "/v1/ContentAndApprovals?Page=1"):
            client.get(path)
    assert [breaches(seen) for seen in product.recorder.seen] == [[]] * 7


def test_the_bots_own_templates_were_made_as_described(product_for: Callable[[Provider], Product]) -> None:
    """Those of menus and news, when the bot was set up."""
    product = product_for(PROVIDERS[-1])
    made = [seen for seen in product.recorder.seen if (seen.method, seen.path) == ("POST", "/v1/Content")]
    assert (len(made) > 10, [breach for seen in product.recorder.seen for breach in breaches(seen)]) == (True, [])


@pytest.mark.parametrize(
    "given",
    [{**QUICK, "name": "x"}, {"types": QUICK["types"]}, {"language": "id", "types": {"twilio/poem": {}}}],
    ids=("an unknown field", "no language", "an unknown type"),
)
def test_a_content_template_that_is_not_described_is_refused(
    given: dict[str, object], product: Product, account: Account
) -> None:
    """The error is like the others."""
    url, auth = f"{account.api_url}/v1/Content", (account.sid, account.token)
    with httpx.Client(auth=auth, trust_env=False) as client:
        answer = client.post(url, json=given)
    assert (answer.status_code, breaches(product.recorder.seen[-1])) == (400, [])


@pytest.mark.parametrize(
    ("call", "given", "code"),
    [
        ("POST /Messages.json", {"To": PHONE, "From": "+15005550006", "Body": "x", "Text": "y"}, 20001),
        ("GET /Messages.json", {"Phone": PHONE}, 20001),
        ("GET /IncomingPhoneNumbers.json", {"Number": PHONE}, 20001),
        ("POST /Messages.json", {"To": PHONE, "From": "+15005550006"}, 21602),
        (f"GET /Messages/SM{'0' * 32}.json", {}, 20404),
    ],
    ids=("a new message", "a list of messages", "a list of numbers", "a message of no words", "no such message"),
)
def test_what_is_not_described_is_refused_as_an_error_of_twilio(
    call: str, given: dict[str, str], code: int, product: Product, raw: httpx.Client
) -> None:
    """The body of an error has a code, words, an address that explains it, and the status."""
    product.recorder.seen.clear()
    method, _, path = call.partition(" ")
    answer = raw.request(method, path, **({"params": given} if method == "GET" else {"data": given}))
    (seen,) = product.recorder.seen
    assert (answer.status_code // 100, answer.json()["code"], breaches(seen)) == (4, code, [])


def test_without_the_token_the_refusal_is_described_too(product: Product, raw: httpx.Client) -> None:
    """It is an error like the others."""
    answer = raw.get("/Messages.json", auth=("AC0", "wrong"))
    assert (answer.status_code, breaches(product.recorder.seen[-1])) == (401, [])


RIGHT = Exchange("GET", f"/2010-04-01/Accounts/AC{'0' * 32}/Messages.json", "To=%2B6281234567890", b"", 200, b"{}")


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        (RIGHT, "Messages: "),
        (Exchange("PATCH", "/2010-04-01/x", "", b"", 200, b"{}"), "no such call"),
        (Exchange("GET", RIGHT.path, "Telepon=1", b"", 404, b'{"code": 1}'), "Error"),
        (Exchange("GET", RIGHT.path, "Telepon=1", b"", 200, b"{}"), "ListMessages: "),
        (Exchange("GET", RIGHT.path, "", b"", 204, b""), "no such answer"),
    ],
    ids=("a field is missing", "another call", "another error", "another parameter", "another status"),
)
def test_a_breach_is_told(seen: Exchange, told: str) -> None:
    """The check itself can fail."""
    assert any(told in each for each in breaches(seen))


@pytest.mark.parametrize("description", [API, CONTENT], ids=("api", "content"))
def test_each_call_is_of_one_kind(description: object) -> None:
    """No two calls of a description mean the same address."""
    names = [(call.method, call.path.pattern) for call in description.calls]  # type: ignore[attr-defined]
    assert len(set(names)) == len(names)
