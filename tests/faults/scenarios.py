"""Faults that befall one citizen's report and nobody else's: what is delivered, and what the other sides answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from tests.faults.counts import GOOD, Counts
from tests.faults.people import ROUTES, Reporter, together, twice
from tests.faults.proxy import Side
from tests.faults.rules import Act, Trouble, at, cut, hold, late, says
from tests.faults.town import Town
from tests.stranger.citizens import at_once

Play = Callable[[Town, Reporter], object]

PROVIDERS: Final = {"gateway": "gateway", "whatsapp": "twilio", "telegram": "telegram"}
SENDING: Final = {"gateway": b"/sendsms", "whatsapp": b"POST ", "telegram": b"/sendMessage"}
BLIND: Final = {"telegram": 1}
"""Telegram cannot tell whether it has a message: news in doubt is repeated once, not more."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A fault, what is counted after it, and how many messages may come `twice` by route, beyond that."""

    name: str
    play: Play
    routes: tuple[str, ...] = ROUTES
    expected: Counts = GOOD
    twice: Mapping[str, int] = field(default_factory=dict)


def delivered(post: Callable[[Reporter, str], object]) -> Play:
    """Report, each message delivered as `post` does."""

    def play(_town: Town, reporter: Reporter) -> None:
        reporter.post = post
        reporter.report()

    return play


def confirmed_twice(town: Town, reporter: Reporter) -> None:
    """Press the last button again before the answer is there; each press wants an answer."""
    town.befall("desk", Trouble(at("before", b"POST /v1/reports", reporter.mark), late(1.0)))
    reporter.prepare()
    before = len(reporter.screen)
    at_once(*[lambda: reporter.deliver("kirim")] * 2)
    heard = reporter.waits(lambda: len(reporter.screen) > before + 1)
    reporter.silent += not heard


def disordered(_town: Town, reporter: Reporter) -> None:
    """Let a late copy of every message arrive behind the next one."""
    earlier: list[tuple[str, int]] = []

    def post(one: Reporter, text: str) -> None:
        message = one.citizen.fresh()
        one.deliver(text, message)
        for late_text, late_message in earlier:
            one.deliver(late_text, late_message)
        earlier[:] = [(text, message)]

    reporter.post = post
    reporter.report()


def overtaken(_town: Town, reporter: Reporter) -> None:
    """Let the second half of the story arrive before the first."""
    first, second = reporter.story, "Sudah kami laporkan ke ketua RT tetapi belum diperbaiki"
    reporter.story = f"{first}\n{second}"
    reporter.say("LAPOR")
    before = len(reporter.screen)
    reporter.deliver(second)
    reporter.deliver(first)
    reporter.go_on(reporter.hear(before))


def backend(side: Side, *acts: Act) -> Play:
    """Report to a backend whose answers to the first attempts are these."""

    def play(town: Town, reporter: Reporter) -> None:
        town.befall("desk", Trouble(at(side, b"POST /v1/reports", reporter.mark), *acts))
        reporter.report(seconds=40)

    return play


WRONG: Final = says(422, {"status": 422, "title": "no", "errors": [{"field": "place.text", "code": "invalid"}]})


def refused(town: Town, reporter: Reporter) -> None:
    """Mend and send again what the backend finds wrong."""
    town.befall("desk", Trouble(at("before", b"POST /v1/reports", reporter.mark), WRONG))
    reporter.prepare()
    reporter.say("kirim")
    reporter.say("ubah")
    reporter.asked_again += 1
    reporter.say("lokasi")
    reporter.place = "Jl Magelang km 7, Mlati, Sleman"
    reporter.go_on(reporter.say(reporter.place))


def numbered_later(town: Town, reporter: Reporter) -> None:
    """Get the tracking id by an event of the backend, which comes twice."""
    report_id = f"R-{reporter.citizen.number}"
    later = {
        "report_id": report_id,
        "tracking_id": None,
        "status": "submitted",
        "updated_at": "2026-11-24T09:00:00Z",
    }
    taken = Trouble(at("after", b"POST /v1/reports", reporter.mark), says(202, later))
    town.befall("desk", taken)
    reporter.prepare()
    reporter.say("kirim")
    reporter.waits(lambda: town.filed(reporter))
    event = {
        "event_id": f"E-{reporter.citizen.number}", "type": "tracking_id_assigned", "report_id": report_id,
        "tracking_id": town.filed(reporter)[0].tracking_id, "status": "submitted", "sequence": 1,
        "occurred_at": "2026-11-24T09:00:00Z",
    }  # fmt: skip
    for _ in range(2):
        town.hooks.lapor(event)
    reporter.waits(reporter.told)


def provider(side: Side, *acts: Act) -> Play:
    """Have the tracking id sent by a provider whose answers to the first attempts are these."""

    def play(town: Town, reporter: Reporter) -> None:
        reporter.prepare()
        befall_sending(town, reporter, side, *acts)
        reporter.say("kirim")
        reporter.waits(reporter.told, 40)

    return play


def befall_sending(town: Town, reporter: Reporter, side: Side, *acts: Act) -> Trouble:
    """Let what is sent to a citizen from now on meet these outcomes."""
    route = reporter.citizen.route
    trouble = Trouble(at(side, SENDING[route], reporter.mark), *acts)
    town.befall(PROVIDERS[route], trouble)
    return trouble


def unreported(town: Town, reporter: Reporter) -> None:
    """Have the tracking id sent by a gateway that drops its answer and reports no delivery."""
    town.gateway.silent.add(reporter.citizen.address)
    provider("after", cut)(town, reporter)


FLOOD: Final = says(
    429,
    {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    },
)
LEFT: Final = says(
    403,
    {"ok": False, "error_code": 403, "description": "Forbidden: bot was blocked by the user"},
)
FAILED: Final = says(500)


def blocked(town: Town, reporter: Reporter) -> None:
    """Block the bot before it tells the number, come back later, and ask."""
    reporter.prepare()
    left = befall_sending(town, reporter, "before", LEFT)
    reporter.post(reporter, "kirim")
    reporter.waits(lambda: not left.left)
    reporter.say("STATUS")


SCENARIOS: Final = (
    Scenario("every webhook delivered twice", delivered(twice)),
    Scenario("every webhook twice at the same instant", delivered(together)),
    Scenario("a late copy of each message behind the next", disordered),
    Scenario("two messages overtake each other", overtaken),
    Scenario("the last confirmation pressed twice", confirmed_twice),
    Scenario("backend answers 500 three times", backend("before", *[FAILED] * 3)),
    Scenario("backend takes 12 s", backend("before", late(12))),
    Scenario("backend accepts, then drops the answer", backend("after", cut, cut)),
    Scenario("backend accepts, then answers 500", backend("after", FAILED)),
    Scenario("backend tells the tracking id later (202)", numbered_later),
    Scenario("backend refuses the content (422)", refused),
    Scenario("provider answers 429, then 5xx", provider("before", FLOOD, FAILED)),
    Scenario("provider accepts, then drops the answer", provider("after", cut), twice=BLIND),
    Scenario("the same by SMS, and no delivery reports", unreported, routes=("gateway",), twice={"gateway": 1}),
    Scenario("provider accepts, then is silent", provider("after", hold), twice=BLIND),
    Scenario("the citizen blocks the bot, then comes back", blocked, routes=("telegram",)),
)
