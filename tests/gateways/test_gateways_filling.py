"""Values that come from citizens and secrets stay values, wherever a description puts them."""

import string
from urllib.parse import parse_qsl, urlsplit

import h11
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.gateways import calling, filling
from bot.gateways.calling import Made
from bot.gateways.reading import named, read

HOSTILE = st.text(max_size=30) | st.sampled_from(
    [
        '"}',
        '{"a":1}',
        "{to}",
        "{password}",
        "a&b=c",
        "?x#y",
        "\r\nX-Evil: 1",
        "%0d%0a",
        "%%d",
        "../..",
        "€ñ 👍",
        '\\"',
    ]
)
NAMES = ("username", "password", "token", "from", "to", "digits", "id", "text", "text_hex")
ADDRESS = "http://gateway.example/a/b?key=1"


def values(given: dict[str, str], alphabet: str = "GSM-7") -> dict[str, str]:
    """Return the values of a message in full."""
    return {
        **given,
        "url": ADDRESS,
        "alphabet": alphabet,
        "report_url": "https://lapor.example/webhooks/sms/status?a=b",
    }


@given(st.fixed_dictionaries(dict.fromkeys(NAMES, HOSTILE)), st.sampled_from(["GSM-7", "UCS-2"]))
def test_in_the_address_every_value_is_one_field(said: dict[str, str], alphabet: str) -> None:
    """Kannel's, whose fields all stand there."""
    said = {name: text.encode("utf-8", "replace").decode() for name, text in said.items()}
    made = calling.sending(named("kannel").send, values(said, alphabet))

    fields = parse_qsl(urlsplit(made.url).query, keep_blank_values=True)
    assert fields == [
        ("key", "1"), ("username", said["username"]), ("password", said["password"]), ("from", said["from"]),
        ("to", said["to"]), ("text", said["text"]), ("charset", "UTF-8"),
        *([("coding", "2")] if alphabet == "UCS-2" else []),
        ("dlr-mask", "19"), ("dlr-url", "https://lapor.example/webhooks/sms/status?a=b"),
    ]  # fmt: skip


@given(st.fixed_dictionaries(dict.fromkeys(NAMES, HOSTILE)))
def test_in_a_form_every_value_is_one_field(said: dict[str, str]) -> None:
    """Jasmin's."""
    made = calling.sending(named("jasmin").send, values(said) | {"url": "http://127.0.0.1:1401"})

    fields = dict(parse_qsl(made.body.decode(), keep_blank_values=True))
    assert (made.url, made.headers) == (
        "http://127.0.0.1:1401/send",
        {"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert (len(fields), fields["content"], fields["to"]) == (10, said["text"], said["digits"])


@given(st.fixed_dictionaries(dict.fromkeys(NAMES, HOSTILE)))
def test_in_json_every_value_is_one_text(said: dict[str, str]) -> None:
    """The API's; its headers hold a token that may be anything."""
    made = calling.sending(named("json").send, values(said))

    assert msgspec.json.decode(made.body) == {
        "from": said["from"], "to": said["to"], "text": said["text"], "reference": said["id"], "encoding": "gsm7",
        "callback_url": "https://lapor.example/webhooks/sms/status?a=b",
    }  # fmt: skip
    assert on_the_wire(made) == 4


def on_the_wire(made: Made) -> int:
    """Return how many headers another library reads of a call."""
    host = [("Host", "gateway.example")]
    sent = h11.Connection(h11.CLIENT).send(
        h11.Request(method="GET", target="/", headers=[*host, *made.headers.items()])
    )
    server = h11.Connection(h11.SERVER)
    server.receive_data(sent or b"")
    request = server.next_event()
    assert isinstance(request, h11.Request)
    return len(request.headers)


TEMPLATE = """
[send]
url = "{url}/{username}/sms?to={to}&text={text}"
charset = "iso-8859-1"
query = { again = "{text}" }
basic = true

[message]
from = "from"
text = "text"
id = "id"
"""


def test_an_address_may_hold_values_and_a_text_may_be_latin_1() -> None:
    """What stands in a path cannot lead out of it; what Latin-1 lacks becomes a question mark."""
    said = dict.fromkeys(NAMES, "../é 👍&") | {"password": "p:w"}
    made = calling.sending(
        read(TEMPLATE, "x").send, values(said) | {"url": "https://sms.example", "report_url": ""}
    )

    path = "https://sms.example/..%2F%C3%A9%20%F0%9F%91%8D%26/sms?to=..%2F%C3%A9%20%F0%9F%91%8D%26"
    assert made.url == f"{path}&text=..%2F%C3%A9%20%F0%9F%91%8D%26&again=..%2F%E9+%3F%26"
    assert made.auth == ("../é 👍&", "p:w")


@given(st.text(max_size=40))
def test_a_header_is_one_line_of_printable_letters(value: str) -> None:
    assert set(filling.header("Bearer {token}", {"token": value})) <= set(string.printable[:95])


@pytest.mark.parametrize("alphabet", ["GSM-7", "UCS-2"])
def test_jasmin_gets_either_the_text_or_its_bytes(alphabet: str) -> None:
    """It refuses a call with both."""
    made = calling.sending(named("jasmin").send, values(dict.fromkeys(NAMES, "x"), alphabet))

    fields = dict(parse_qsl(made.body.decode()))
    assert [name for name in ("content", "hex-content", "coding") if name in fields] == (
        ["content", "coding"] if alphabet == "GSM-7" else ["hex-content", "coding"]
    )
