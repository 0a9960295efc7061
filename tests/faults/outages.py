"""Outages in the midst of reports: Redis restarted or out of reach, the desk away, workers coming and going."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from tests.faults.people import ROUTES, Reporter
from tests.faults.rows import Case, Row, row
from tests.faults.town import Town

Act = Callable[[Town], object]


def crowd(town: Town, routes: tuple[str, ...], each: int) -> list[Reporter]:
    """Return people who have never written, some by each route."""
    return [town.reporter(route, 60.0) for route in routes for _ in range(each)]


def before_review(town: Town, people: list[Reporter], act: Act) -> None:
    """Let people begin to report, and act while they do."""
    for one in people:
        one.begin(90.0)
    time.sleep(0.3)
    act(town)


def at_review(town: Town, people: list[Reporter], act: Act) -> None:
    """Let people come as far as the review, act, and let them send meanwhile."""
    ready = [threading.Thread(target=one.prepare) for one in people]
    for thread in ready:
        thread.start()
    for thread in ready:
        thread.join()
    acting = threading.Thread(target=act, args=(town,))
    acting.start()
    time.sleep(0.1)
    for one in people:
        one.begin_sending(90.0)
    acting.join()


def restart_redis(town: Town) -> None:
    """Kill Redis and start it on its data, twice."""
    for _ in range(2):
        town.redis.again()
        time.sleep(1.0)


def unreachable(seconds: float) -> Act:
    """Let nobody reach Redis for some seconds."""

    def act(town: Town) -> None:
        lines = [site.lines["redis"] for site in (town.web, *town.workers)]
        for line in lines:
            line.refuse()
        time.sleep(seconds)
        for line in lines:
            line.admit()

    return act


def silent_redis(town: Town) -> None:
    """Freeze Redis for three seconds: it takes connections and answers nothing."""
    town.redis.freeze()
    time.sleep(3.0)
    town.redis.wake()


def desk_away(town: Town) -> None:
    """Kill the desk, and start it after five seconds."""
    town.desk.kill()
    time.sleep(5.0)
    town.desk.start()


def stop_web(town: Town) -> None:
    """Stop the web process in good order, and start it."""
    town.web.program.stop()
    town.web.program.start()


def stop_worker(town: Town) -> None:
    """Stop a worker in good order, and start it."""
    town.workers[-1].program.stop()
    town.workers[-1].program.start()


def kill_all(town: Town) -> None:
    """Kill everything at once, as a power cut does, and start it."""
    programs = (town.redis, town.desk, town.web.program, *[site.program for site in town.workers])
    for program in programs:
        program.kill()
    for program in programs:
        program.start()


@dataclass(frozen=True, slots=True)
class Outage:
    """An outage: when it comes in a report, what it is, and by which routes people report."""

    name: str
    when: Callable[[Town, list[Reporter], Act], None]
    act: Act
    routes: tuple[str, ...] = ROUTES
    each: int = 2
    short: bool = True


def outages(seconds: float) -> tuple[Outage, ...]:
    """Return the outages; Redis is out of reach for `seconds`, for WhatsApp no longer than Twilio tries."""
    chats, less = ("gateway", "telegram"), min(seconds, TWILIO_TRIES)
    return (
        Outage("Redis killed and restarted on its data, while telling", before_review, restart_redis),
        Outage("Redis killed and restarted on its data, while sending", at_review, restart_redis, short=False),
        Outage(f"Redis unreachable for {seconds:g} s, while telling", before_review, unreachable(seconds), chats),
        Outage(f"Redis unreachable for {seconds:g} s, while sending", at_review, unreachable(seconds), chats),
        Outage(
            f"the same by WhatsApp for {less:g} s, while telling", before_review, unreachable(less), ("whatsapp",)
        ),
        Outage(
            f"the same by WhatsApp for {less:g} s, while sending",
            at_review,
            unreachable(less),
            ("whatsapp",),
            short=False,
        ),
        Outage("Redis answers nothing for 3 s", at_review, silent_redis),
        Outage("case desk away for 5 s", at_review, desk_away),
        Outage("web stopped in good order and started", before_review, stop_web, short=False),
        Outage("worker stopped in good order and started", before_review, stop_worker),
        Outage("everything killed at once, while telling", before_review, kill_all, short=False),
        Outage("everything killed at once, while sending", at_review, kill_all),
    )


TWILIO_TRIES: Final = 8.0
"""Seconds; Twilio gives a message up after 15, and what it gave up is never seen again."""


def suffered(town: Town, planned: Iterable[Outage]) -> Iterator[tuple[str, list[Case]]]:
    """Let outages come one after the other, each when the people of the one before are done."""
    for outage in planned:
        people = crowd(town, outage.routes, outage.each)
        outage.when(town, people, outage.act)
        for one in people:
            one.finish()
        yield outage.name, [Case(one.citizen.route, one, twice=one.citizen.route == "telegram") for one in people]


def rows(town: Town, suffering: list[tuple[str, list[Case]]]) -> Iterator[Row]:
    """Count what came of it."""
    for name, cases in suffering:
        yield row(town, name, cases)
