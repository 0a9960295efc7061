"""What is sent through Jasmin and a JSON API, and what each of their answers means."""

from collections.abc import Iterator

import pytest

from bot.channels.gateway import GatewaySender
from bot.gateways.reading import named
from bot.providers import Gateway
from conversations.bubble import Bubble
from tests.bot.channels.provider import Reply, outcome, serving
from tests.gateways.doubles import PASSWORD, SHORTCODE, TOKEN, USER, Double, Jasmin, JsonApi

PHONE = "+6281234567890"
PUBLIC = "http://127.0.0.1:9"
KINDS = {"jasmin": Jasmin, "json": JsonApi}


@pytest.fixture(params=KINDS)
def double(request: pytest.FixtureRequest) -> Iterator[Double]:
    """Yield a double of each gateway in turn."""
    with serving(KINDS[request.param]) as double:
        yield double


def send(double: Double, text: str = "Halo", to: str = PHONE, *, times: int = 1, public: str = "") -> list[object]:
    """Send a text so many times under one id, and tell what came of each attempt."""
    kind = "jasmin" if isinstance(double, Jasmin) else "json"
    ours = Gateway(double.url, USER, PASSWORD, "rahasia & 1", SHORTCODE, token=TOKEN, format=named(kind))
    told = []
    for _ in range(times):
        sender = GatewaySender(ours, public, patience=0.3)
        told.append(outcome(sender, lambda sender=sender: sender.send(f"sms:{to}", Bubble(text), "ob-1")))
    return told


@pytest.mark.parametrize("text", ["Nomor 9165816. Terima kasih & salam", "harga 5€ {to} [1] 100% @é", "selesai 👍"])
def test_a_text_arrives_as_it_is_under_the_gateways_own_id(text: str, double: Double) -> None:
    """In GSM-7 or, where a character is none of it, in UCS-2."""
    (told,) = send(double, text)

    assert (double.screens, isinstance(told, str) and len(told)) == ({PHONE: [text]}, 36)


def test_what_an_attempt_without_an_answer_means(double: Double) -> None:
    """Jasmin may have sent it and cannot be asked; the API takes one id once, so it is simply asked again."""
    double.faults.append("lost")

    first, second = send(double, times=2)

    assert (first, len(str(second))) == ("Uncertain" if isinstance(double, Jasmin) else "Temporary", 36)
    assert len(double.screens[PHONE]) == (2 if isinstance(double, Jasmin) else 1)


def test_too_many_messages_are_sent_later(double: Double) -> None:
    """As late as the gateway says, where it says so."""
    double.faults.append("throttled")

    assert send(double) == ["Temporary" if isinstance(double, Jasmin) else ("Temporary", 2.0)]


def test_a_fault_of_the_gateways_own_is_waited_out(double: Double) -> None:
    double.faults.append("error")

    first, second = send(double, times=2)

    assert (first, len(str(second)), double.screens) == ("Temporary", 36, {PHONE: ["Halo"]})


def test_of_a_yes_that_cannot_be_read_nobody_knows_what_it_means(double: Double) -> None:
    """A proxy's page, say: it is as if the answer was lost."""
    double.faults.append("odd")

    assert send(double) == ["Uncertain" if isinstance(double, Jasmin) else "Temporary"]


@pytest.mark.parametrize("number", ["", "+62abc"])
def test_a_message_that_the_gateway_refuses_is_given_up(number: str, double: Double) -> None:
    """Trying again would not help."""
    assert (send(double, to=number), double.screens) == (["Permanent"], {})


@pytest.mark.parametrize(
    ("kind", "reply", "told"),
    [
        ("jasmin", Reply(412, b'Error "No route found"'), "Temporary"),
        ("jasmin", Reply(403, b'Error "Authentication failure for username:lapor"'), "Temporary"),
        ("jasmin", Reply(404, b""), "Temporary"),
        ("jasmin", Reply(200, b'Error "?"'), "Uncertain"),
        ("json", Reply(401, b'{"error": "unauthorized"}'), "Temporary"),
        ("json", Reply(200, b'{"status": "throttled"}'), "Temporary"),
        ("json", Reply(200, b'{"error": {"code": 12}}'), "Permanent"),
        ("json", Reply(422, b'{"error": {"code": 12}}'), "Permanent"),
        ("json", Reply(202, b'{"status": "queued", "message": {"id": 77}}'), "77"),
        ("json", Reply(202, b'{"status": "queued", "message": {"id": "a b\\n"}}'), ""),
        ("json", Reply(202, b'{"status": "queued"}'), ""),
        ("json", Reply(429, b"", {"Retry-After": "99999999"}), ("Temporary", 3600.0)),
    ],
)
def test_an_answer_means_what_the_description_says(kind: str, reply: Reply, told: object) -> None:
    """Credentials, routes and addresses are put right by people; what is refused stays refused."""
    with serving(KINDS[kind]) as double:
        double.take = lambda _: reply  # type: ignore[method-assign]
        assert send(double) == [told]


def test_reports_are_asked_for_where_there_is_an_address_for_them(double: Double) -> None:
    """Our secret and, for Jasmin, our id stand in it, encoded."""
    send(double, public=PUBLIC)
    send(double)

    wanted, unwanted = (asked.body.decode() for asked in double.asked)
    assert ("webhooks" in wanted, "webhooks" in unwanted, "rahasia & 1" in wanted) == (True, False, False)
