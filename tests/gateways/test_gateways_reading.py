"""A file that describes a gateway is read whole at the start, and what is wrong with it is told in sentences."""

from pathlib import Path

import pytest

from bot import config
from bot.errors import Misconfigured
from bot.gateways.reading import FOLDER, Misshapen, named, read, shipped

GATEWAY = {"SMS_GATEWAY_URL": "http://127.0.0.1:1401", "SMS_GATEWAY_SECRET": "hush"}
WHOLE = """
[send]
method = "POST"
query = { to = "{to}", text = "{text}" }

[message]
from = "from"
text = "text"
id = "id"
"""
WRONG = [
    ("[send", "x.toml: is no TOML: "),
    (
        WHOLE.replace("[send]", "[sent]"),
        "x.toml:2: sent is not known; known are send, answer, message, report, probe",
    ),
    (WHOLE.replace("method", "methode"), "x.toml:3: send.methode is not known; known are "),
    (WHOLE.replace('"POST"', '"DELETE"'), "x.toml:3: send.method must be GET or POST or PUT"),
    (WHOLE.replace('"POST"', '"POST"\nonce = "yes"'), "x.toml:4: send.once must be true or false"),
    (WHOLE.replace('"POST"', '"POST"\nurl = "http://x"'), "x.toml:4: send.url must begin with {url}, which is "),
    (WHOLE.replace("{to}", "{too}"), "x.toml:4: send.query.to names {too}, which has no value there; known are "),
    (WHOLE.replace("{text}", "hello"), "x.toml:2: send.gsm a message goes out without its text: name {text}"),
    (
        WHOLE.replace("{to}", "62812"),
        "x.toml:2: send a message goes out without its receiver: name {to} or {digits}",
    ),
    (WHOLE.replace('"{to}"', "7"), "x.toml:4: send.query must be keys with a text behind each"),
    (WHOLE.replace('"POST"', '"GET"\nform = { a = "b" }'), "x.toml:3: send.method is GET, which carries no form"),
    (
        WHOLE + "[send.form]\na = '1'\n[send.gsm.json]\nb = '{text}'",
        "x.toml:2: send has both a form and a JSON body",
    ),
    (
        WHOLE + "[send.headers]\nX-Text = '{text}'",
        "x.toml:11: send.headers.X-Text names {text}, which has no value",
    ),
    (WHOLE + "[send.report]\naddress = '?id={id}'", "x.toml:10: send.report has an address for delivery reports"),
    (WHOLE.replace('from = "from"\n', ""), "x.toml:6: message.from is missing: without it no message can be taken"),
    (WHOLE.replace('text = "text"\n', ""), "x.toml:6: message.text is missing: say in which field the text stands"),
    (WHOLE + "secret = 'cookie:x'", "x.toml:10: message.secret must be field:NAME, header:NAME, bearer or basic"),
    (WHOLE + "each = 'list'", 'x.toml:10: message.each is for JSON only: write body = "json", or leave it out'),
    (
        WHOLE + "answer_type = 'text/plain\\r\\nX: 1'".replace("'", '"'),
        "x.toml:10: message.answer_type must be one",
    ),
    (WHOLE + "hex = { field = 'b' }", "x.toml:10: message.hex needs field, coding and alphabets"),
    (WHOLE + "[answer]\nid = { body = '(' }", "x.toml:11: answer.id.body is no regular expression: "),
    (WHOLE + "[answer]\nid = { body = 'id' }", "x.toml:11: answer.id.body must have one group in round brackets"),
    (
        WHOLE + "[answer]\naccepted = { json = '.a' }",
        "x.toml:11: answer.accepted.json must be a path such as data.id",
    ),
    (WHOLE + "[answer]\naccepted = { equals = ['1'] }", "x.toml:11: answer.accepted.equals compares nothing"),
    (
        WHOLE + "[answer]\naccepted = { status = 'ok' }",
        "x.toml:11: answer.accepted.status must be a list of numbers",
    ),
    (
        WHOLE + "[answer]\nlater = [{ code = 5 }]",
        "x.toml:11: answer.later must be a list of rules with status, body",
    ),
    (WHOLE + "[report]\nid = 'id'", "x.toml:10: report.means is missing: say with status and means"),
    (
        WHOLE + "[report]\nstatus = 's'\n[report.means]\n1 = 'ok'",
        "x.toml:12: report.means must be keys with one of ",
    ),
    (WHOLE + "[report]\nstatus = 's'\n[report.means]\n1 = 'sent'", "x.toml:10: report.id is missing: say in which"),
    (WHOLE + "[probe]\nquery = { to = '{to}' }", "x.toml:11: probe.query.to names {to}, which has no value there"),
]


def test_what_ships_is_right() -> None:
    assert (shipped(), [named(name) for name in shipped()] != []) == (("jasmin", "json", "kannel"), True)


def test_the_least_that_describes_a_gateway_is_enough() -> None:
    assert read(WHOLE, "x.toml").message.sender == "from"


@pytest.mark.parametrize(("source", "sentence"), WRONG, ids=[sentence[:50] for _, sentence in WRONG])
def test_a_mistake_is_told_in_one_sentence_with_its_line(source: str, sentence: str) -> None:
    with pytest.raises(Misshapen) as told:
        read(source, "x.toml")
    assert [each[: len(sentence)] for each in told.value.faults][:1] == [sentence]


def test_all_mistakes_are_told_at_once() -> None:
    """Those of names and shapes, and those of sense."""
    source = WHOLE.replace("{to}", "{nobody}").replace('"POST"', "5") + "secret = 'x'\ncolour = 'red'\n"
    with pytest.raises(Misshapen) as told:
        read(source, "x.toml")
    assert [each.split(" ")[1] for each in told.value.faults] == [
        "send.method", "message.colour", "send.query.to", "send", "message.secret",
    ]  # fmt: skip


def test_a_file_of_the_operators_own_is_named_by_its_path(tmp_path: Path) -> None:
    """A copy of one that ships, changed."""
    own = tmp_path / "ours.toml"
    own.write_text((FOLDER / "jasmin.toml").read_text().replace('"{url}/send"', '"{url}/api/send"'))
    settings = config.load({**GATEWAY, "SMS_GATEWAY_FORMAT": str(own)})
    assert settings.gateway is not None
    assert settings.gateway.format.send.url == "{url}/api/send"


def test_the_start_names_what_is_wrong_with_it(tmp_path: Path) -> None:
    """With the variable, beside all else that is wrong with the environment."""
    own = tmp_path / "ours.toml"
    own.write_text(WHOLE.replace("{to}", "{nobody}"))
    with pytest.raises(Misconfigured) as told:
        config.load({**GATEWAY, "SMS_GATEWAY_FORMAT": str(own), "PORT": "http"})
    lines = [line.split(":")[0] for line in str(told.value).splitlines()]
    assert sorted(lines) == ["PORT must be a port number, 1 to 65535", *["SMS_GATEWAY_FORMAT ours.toml"] * 2]


@pytest.mark.parametrize("name", ["kannell", "/nowhere/x.toml", "/", "\0"])
def test_a_format_that_is_not_there_is_told_with_those_that_are(name: str) -> None:
    with pytest.raises(Misconfigured, match="names none of jasmin, json, kannel, and no file that can be read: "):
        config.load({**GATEWAY, "SMS_GATEWAY_FORMAT": name})


def test_a_token_that_the_format_needs_must_be_there() -> None:
    with pytest.raises(Misconfigured, match="SMS_GATEWAY_TOKEN is missing"):
        config.load({**GATEWAY, "SMS_GATEWAY_FORMAT": "json"})
    settings = config.load({**GATEWAY, "SMS_GATEWAY_FORMAT": "json", "SMS_GATEWAY_TOKEN": "s3cr3t"})
    assert (settings.gateway is not None, "s3cr3t" in repr(settings)) == (True, False)
