"""Meta's twin keeps the rules of the Cloud API and brings messages as Meta does."""

import hashlib
import hmac
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot import config
from bot.config import Settings
from bot.demo.surroundings import Ports, credentials, variables
from bot.demo.twins.app import Twins, serving
from bot.demo.twins.courier import Courier
from bot.demo.twins.files import File
from bot.demo.twins.meta import MetaTwin
from bot.demo.twins.meta_api import Template
from bot.demo.twins.screens import Screens
from bot.demo.twins.twin import World
from bot.providers import Meta
from bot.redis_server import free_port
from conversations.bubble import Button
from tests.bot.demo.stage import Echo, received

CITIZEN = "whatsapp:+6281234567890"
Object = dict[str, Any]
TEXT: Object = {"type": "text", "text": {"body": "halo"}}


@pytest.fixture
def settings(echo: Echo, tmp_path: Path) -> Iterator[Settings]:
    """Yield the settings of a demo whose phone with WhatsApp is at Meta."""
    ports = Ports(web=free_port(), desk=free_port(), twins=free_port())
    chosen = {"LAPOR_DEMO_WHATSAPP": "meta"}
    given = variables(ports, "redis://127.0.0.1:6379/0", tmp_path, credentials(tmp_path / "env"), chosen)
    with serving(echo.app(), ports.web):
        yield config.load(given)


@pytest.fixture
def meta(settings: Settings) -> Iterator[MetaTwin]:
    """Yield Meta's twin among the others."""
    assert settings.meta is not None
    courier = Courier(waits=())
    twins = Twins(settings, World(courier=courier))
    assert twins.meta is not None
    with serving(twins.app, httpx.URL(settings.meta.api_url).port or 0):
        yield twins.meta
    courier.close()


@pytest.fixture
def account(settings: Settings) -> Meta:
    """Return the account."""
    assert settings.meta is not None
    return settings.meta


def call(account: Meta, content: Object, to: str = "6281234567890") -> httpx.Response:
    """Ask the Cloud API to send a message."""
    body = {"messaging_product": "whatsapp", "to": to, "biz_opaque_callback_data": "ob-1", **content}
    headers = {"Authorization": f"Bearer {account.token}"}
    url = f"{account.api_url}/{account.phone}/messages"
    return httpx.post(url, json=body, headers=headers, trust_env=False)


def value(echo: Echo) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return what the next notification tells."""
    return echo.hit().json["entry"][0]["changes"][0]["value"]


def buttons(*titles: str, ids: str = "abcdef") -> Object:
    """Return a message with buttons."""
    replies = [{"type": "reply", "reply": {"id": ids[at], "title": title}} for at, title in enumerate(titles)]
    content = {"type": "button", "body": {"text": "Pilih"}, "action": {"buttons": replies}}
    return {"type": "interactive", "interactive": content}


def rows(count: int, title: str = "Pilihan", label: str = "Pilih") -> Object:
    """Return a message with a list."""
    found = [{"id": f"r{number}", "title": f"{title} {number}"} for number in range(count)]
    action = {"button": label, "sections": [{"rows": found}]}
    return {"type": "interactive", "interactive": {"type": "list", "body": {"text": "Pilih"}, "action": action}}


def template(name: str, *values: str) -> Object:
    """Return a message by template."""
    parameters = [{"type": "text", "parameter_name": "number", "text": each} for each in values]
    components = [{"type": "body", "parameters": parameters}] if values else []
    return {"type": "template", "template": {"name": name, "language": {"code": "id"}, "components": components}}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ({"type": "text", "text": {"body": ""}}, 131009),
        ({"type": "text", "text": {"body": "x" * 4097}}, 131009),
        ({"type": "text"}, 131008),
        ({"type": "poll"}, 131051),
        ({**TEXT, "to": ""}, 131008),
        ({**TEXT, "to": "0812"}, 131009),
        ({**TEXT, "messaging_product": "sms"}, 100),
        ({**TEXT, "biz_opaque_callback_data": "x" * 513}, 131009),
        (buttons("Ya", "Tidak", "Lain", "Batal"), 131009),
        (buttons("a" * 21), 131009),
        (buttons("Ya", "Ya"), 131009),
        (buttons("Ya", "Tidak", ids="aa"), 131009),
        (buttons(), 131009),
        (rows(11), 131009),
        (rows(2, title="a" * 24), 131009),
        (rows(2, label="a" * 21), 131009),
        (rows(0), 131009),
        (template("lapor_unknown"), 132001),
        (template("lapor_filed"), 132000),
        (template("lapor_filed", "dua\nbaris"), 131009),
        (template("lapor_filed", " "), 131009),
    ],
)
def test_a_message_against_the_rules_is_refused(content: Object, code: int, meta: MetaTwin, account: Meta) -> None:
    """Nothing reaches a phone."""
    meta.templates["lapor_filed", "id"] = Template("Nomor laporan {{number}}. Balas apa saja untuk melihatnya.")
    answer = call(account, content)
    assert (answer.json()["error"]["code"], answer.is_success, meta.inbox(CITIZEN)) == (code, False, ())


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (TEXT, ["halo"]),
        (buttons("Ya", "Tidak"), ["Pilih", "Ya", "Tidak"]),
        (rows(10), ["Pilih", *(f"Pilihan {number}" for number in range(10))]),
        (template("lapor_filed", "9165816"), ["Nomor laporan 9165816. Balas apa saja.", "Lihat"]),
    ],
    ids=("a text", "buttons", "a list", "a template"),
)
def test_a_message_stands_on_the_phone_and_its_statuses_name_our_id(
    content: Object, shown: list[str], meta: MetaTwin, account: Meta, echo: Echo
) -> None:
    """Each comes signed, like everything that Meta brings."""
    meta.templates["lapor_filed", "id"] = Template("Nomor laporan {{number}}. Balas apa saja.", ("Lihat",))
    own = call(account, content).json()["messages"][0]["id"]
    (entry,) = meta.inbox(CITIZEN)
    told = [value(echo)["statuses"][0] for _ in range(2)]
    assert entry.opener == ("Pilih" if len(shown) > 4 else "")
    assert [entry.text, *(button.label for row in entry.buttons for button in row)] == shown
    assert [(each["id"], each["status"], each["biz_opaque_callback_data"]) for each in told] == [
        (own, "sent", "ob-1"), (own, "delivered", "ob-1"),
    ]  # fmt: skip


def test_nobody_gets_in_without_the_token(meta: MetaTwin, account: Meta) -> None:
    """The refusal is the one for a token that cannot be read."""
    answer = httpx.post(f"{account.api_url}/{account.phone}/messages", json={}, trust_env=False)
    assert (answer.status_code, answer.json()["error"]["code"], meta.inbox(CITIZEN)) == (401, 190, ())


def test_a_text_is_brought_signed_over_its_bytes(meta: MetaTwin, account: Meta) -> None:
    """The number stands without its plus, beside the id that can stand for it."""
    entry = meta.world.screens.show(CITIZEN, mine=True, text="jalan rusak")
    request = meta.request(entry)
    digest = hmac.new(account.secret.encode(), request.content, hashlib.sha256).hexdigest()
    assert request.headers["X-Hub-Signature-256"] == f"sha256={digest}"


@pytest.mark.parametrize(
    ("address", "named"),
    [
        (CITIZEN, {"from": "6281234567890", "from_user_id": "ID.6281234567890"}),
        ("whatsapp:ID.4566778899", {"from_user_id": "ID.4566778899"}),
    ],
)
def test_who_wrote_is_named_by_number_or_user_id(
    address: str, named: dict[str, str], meta: MetaTwin, echo: Echo
) -> None:
    """A citizen who shows a user name has no number."""
    meta.say(address, "jalan rusak")
    told = value(echo)
    (message,) = told["messages"]
    assert {name: message[name] for name in message if name.startswith("from")} == named
    assert (message["type"], message["text"]) == ("text", {"body": "jalan rusak"})
    assert told["metadata"]["phone_number_id"] == "106540352242922"


def test_a_photo_is_brought_by_its_id_and_fetched_with_the_token(meta: MetaTwin, account: Meta, echo: Echo) -> None:
    """The id leads to an address, and that to the bytes."""
    meta.send(CITIZEN, File(b"picture", "image/jpeg"), "lubangnya")
    (message,) = value(echo)["messages"]
    headers = {"Authorization": f"Bearer {account.token}"}
    with httpx.Client(trust_env=False) as client:
        about = client.get(f"{account.api_url}/{message['image']['id']}", headers=headers).json()
        refused, given = client.get(about["url"]), client.get(about["url"], headers=headers)
    assert (message["image"]["caption"], about["mime_type"], about["file_size"]) == ("lubangnya", "image/jpeg", 7)
    assert (refused.status_code, given.content) == (401, b"picture")


def test_a_point_is_brought_in_degrees(meta: MetaTwin, echo: Echo) -> None:
    """As a message of its own kind."""
    meta.share(CITIZEN, -7.75, 110.38)
    (message,) = value(echo)["messages"]
    assert (message["type"], message["location"]) == ("location", {"latitude": -7.75, "longitude": 110.38})


@pytest.mark.parametrize(
    ("content", "kind"), [(buttons("Ya", "Tidak"), "button_reply"), (rows(4), "list_reply")], ids=("button", "row")
)
def test_a_tap_comes_back_with_the_id_that_we_gave(
    content: Object, kind: str, meta: MetaTwin, account: Meta, echo: Echo
) -> None:
    """A choice that does not stand there cannot be tapped."""
    call(account, content)
    (entry,) = received(meta, CITIZEN)
    button: Button = entry.buttons[1][0]
    meta.tap(entry.id, button.data)
    told = [told for told in (value(echo) for _ in range(3)) if "messages" in told]
    assert told[0]["messages"][0]["interactive"] == {
        "type": kind, kind: {"id": button.data, "title": button.label},
    }  # fmt: skip
    with pytest.raises(KeyError):
        meta.tap(entry.id, "other")


def test_after_a_day_of_silence_only_a_template_comes_through(settings: Settings, echo: Echo) -> None:
    """Meta takes the words and tells later that they came too late."""
    assert settings.meta is not None
    now, courier = [1000.0], Courier(waits=())
    world = World(Screens(clock=lambda: now[0]), courier=courier)
    meta = MetaTwin(world, f"{settings.public_url}/webhooks/meta", settings.meta)
    meta.templates["lapor_filed", "id"] = Template("Ada kabar. Balas apa saja.")
    twins = Twins(settings, meta.world)
    app = twins.app.__class__("meta alone")
    app.register_blueprint(meta.blueprint)
    with serving(app) as url:
        account = Meta(settings.meta.token, "s", "v", settings.meta.phone, f"{url}/v25.0")
        meta.say(CITIZEN, "jalan rusak")
        now[0] += 86401
        late, told = call(account, TEXT), call(account, template("lapor_filed"))
        statuses = [each["statuses"][0] for each in (value(echo) for _ in range(4)) if "statuses" in each]
    courier.close()
    assert (late.status_code, told.status_code, [each.text for each in meta.inbox(CITIZEN)]) == (
        200, 200, ["Ada kabar. Balas apa saja."],
    )  # fmt: skip
    assert (statuses[0]["status"], statuses[0]["errors"][0]["code"]) == ("failed", 131047)
