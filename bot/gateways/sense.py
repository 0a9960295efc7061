"""Whether a file that describes a gateway makes sense: what is named is there, and nothing needed is missing."""

import re
from collections.abc import Iterator
from typing import Final, TypeAlias

from bot.gateways.filling import PLACEHOLDER, texts
from bot.gateways.shape import Answer, Call, Format, Message, Parts, Probe, Report, Rule, Send, Where

Mistake: TypeAlias = tuple[tuple[str, ...], str]
"""Where it is, by the names of sections and keys, and what is wrong with it."""

OURS: Final = ("username", "password", "token")
"""What comes from the environment and proves us."""
NAMED: Final = ("url", *OURS, "from", "to", "digits", "id", "text", "text_hex", "report_url")
IN_URL: Final = tuple(name for name in NAMED if name not in {"url", "report_url"})
IN_HEADER: Final = (*OURS, "from", "to", "digits", "id")
IN_PROBE: Final = (*OURS, "from")
IN_ADDRESS: Final = ("secret", "id")

SECRET: Final = re.compile(r"field:\S+|header:[A-Za-z0-9-]+|bearer|basic")
PATH: Final = re.compile(r"[^\s.]+(?:\.[^\s.]+)*")


def mistakes(made: Format) -> Iterator[Mistake]:
    """Yield what is wrong with a description."""
    yield from _sending(made.send)
    yield from _probing(made.probe)
    yield from _answer(made.answer)
    yield from _message(made.message)
    yield from _report(made.report, made.send)


def uses(made: Format, name: str) -> bool:
    """Tell whether a value is put anywhere into a call."""
    send, probe = made.send, made.probe
    parts = [text for each in (send, send.gsm, send.unicode, send.report) for text in _texts(each)]
    return any(
        f"{{{name}}}" in text for text in (send.url, probe.url, *parts, *texts([probe.query, probe.headers]))
    )


def _sending(send: Send) -> Iterator[Mistake]:
    yield from _url(send.url, IN_URL, "send")
    named = tuple(name for name in NAMED if name not in {"url", "report_url"})
    for part, key in ((send, ("send",)), (send.gsm, ("send", "gsm")), (send.unicode, ("send", "unicode"))):
        yield from _parts(part, named, key)
    yield from _parts(send.report, (*named, "report_url"), ("send", "report"))
    yield from _named(send.report.address, IN_ADDRESS, ("send", "report", "address"))
    whole = (send, send.gsm, send.unicode, send.report)
    if any(each.form for each in whole) and any(each.json for each in whole):
        yield ("send",), "has both a form and a JSON body; a call carries one"
    if send.method == "GET" and any(each.form or each.json for each in whole):
        yield ("send", "method"), "is GET, which carries no form and no JSON body; write POST, or use query"
    yield from _needed(send)


def _needed(send: Send) -> Iterator[Mistake]:
    """Yield what no message can do without: a receiver and, in either alphabet, a text."""
    for kind, part in (("gsm", send.gsm), ("unicode", send.unicode)):
        told = " ".join((send.url, *texts([[each.query, each.form, each.json] for each in (send, part)])))
        if not re.search(r"\{text(?:_hex)?\}", told):
            yield ("send", kind), "a message goes out without its text: name {text} or {text_hex}"
    told = " ".join((send.url, *texts([send.query, send.form, send.json])))
    if not re.search(r"\{(?:to|digits)\}", told):
        yield ("send",), "a message goes out without its receiver: name {to} or {digits}"
    if send.report.address and not any("{report_url}" in text for text in _texts(send.report)):
        yield ("send", "report"), "has an address for delivery reports that is never told: name {report_url}"


def _probing(probe: Probe) -> Iterator[Mistake]:
    yield from _url(probe.url, IN_PROBE, "probe")
    yield from _parts(Parts(probe.query, headers=probe.headers), IN_PROBE, ("probe",))


def _parts(part: Parts, named: tuple[str, ...], key: tuple[str, ...]) -> Iterator[Mistake]:
    for kind in ("query", "form", "json"):
        for name, value in getattr(part, kind).items():
            for text in texts(value):
                yield from _named(text, named, (*key, kind, name))
    in_header = tuple(name for name in named if name in IN_HEADER)
    for name, text in part.headers.items():
        yield from _named(text, in_header, (*key, "headers", name))
        if not re.fullmatch(r"[A-Za-z0-9-]+", name):
            yield (*key, "headers", name), "is no name of a header"


def _texts(part: Parts) -> Iterator[str]:
    return texts([part.query, part.form, part.json, part.headers])


def _url(template: str, named: tuple[str, ...], section: str) -> Iterator[Mistake]:
    if not template.startswith("{url}"):
        yield (section, "url"), "must begin with {url}, which is SMS_GATEWAY_URL"
    yield from _named(template.removeprefix("{url}"), named, (section, "url"))


def _named(text: str, known: tuple[str, ...], key: tuple[str, ...]) -> Iterator[Mistake]:
    for name in PLACEHOLDER.findall(text):
        if name not in known:
            yield key, f"names {{{name}}}, which has no value there; known are {', '.join(known)}"


def _answer(answer: Answer) -> Iterator[Mistake]:
    rules = {"accepted": (answer.accepted,), "later": answer.later, "refused": answer.refused}
    for name, some in rules.items():
        for rule in some:
            yield from _rule(rule, ("answer", name))
    yield from _where(answer.id, ("answer", "id"))


def _rule(rule: Rule, key: tuple[str, ...]) -> Iterator[Mistake]:
    yield from _expression(rule.body, (*key, "body"))
    yield from _path(rule.json, (*key, "json"))
    if rule.equals and not rule.json:
        yield (*key, "equals"), "compares nothing: say with json where the value stands"


def _where(where: Where, key: tuple[str, ...]) -> Iterator[Mistake]:
    yield from _path(where.json, (*key, "json"))
    wrong = list(_expression(where.body, (*key, "body")))
    yield from wrong
    if where.body and not wrong and re.compile(where.body).groups != 1:
        yield (*key, "body"), "must have one group in round brackets: what it finds is the id"


def _message(message: Message) -> Iterator[Mistake]:
    yield from _call(message, "message")
    for name, field in (("from", message.sender), ("id", message.id)):
        if not field:
            yield ("message", name), "is missing: without it no message can be taken"
    if not message.text and message.hex is None:
        yield ("message", "text"), "is missing: say in which field the text stands"
    if message.hex is not None and not (message.hex.field and message.hex.coding and message.hex.alphabets):
        yield ("message", "hex"), "needs field, coding and alphabets"


def _report(report: Report, send: Send) -> Iterator[Mistake]:
    yield from _call(report, "report")
    asked = bool(send.report.address) or bool(report.id or report.provider_id or report.means)
    if not asked:
        return
    if not (report.id or report.provider_id):
        yield ("report", "id"), "is missing: say in which field our id stands, or with provider_id the gateway's"
    if not report.status or not report.means:
        yield ("report", "means"), "is missing: say with status and means what a report tells"


def _call(call: Call, section: str) -> Iterator[Mistake]:
    if not SECRET.fullmatch(call.secret):
        yield (section, "secret"), "must be field:NAME, header:NAME, bearer or basic"
    if call.each and call.body != "json":
        yield (section, "each"), 'is for JSON only: write body = "json", or leave it out'
    if any(letter in call.answer_type for letter in "\r\n"):
        yield (section, "answer_type"), "must be one line"


def _expression(text: str, key: tuple[str, ...]) -> Iterator[Mistake]:
    try:
        re.compile(text)
    except re.error as error:
        yield key, f"is no regular expression: {error}"


def _path(text: str, key: tuple[str, ...]) -> Iterator[Mistake]:
    if text and not PATH.fullmatch(text):
        yield key, "must be a path such as data.id, names and numbers with dots between them"
