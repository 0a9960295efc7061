"""The case backend fails in every way; one report is filed all the same, and its number told once."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest

from tests.stranger.carriers import until
from tests.stranger.citizens import ROUTES, Citizen, numbers_in
from tests.stranger.doubles import Answer, Trouble
from tests.stranger.office import FAILURE, LATE, LOST, REFUSAL, together
from tests.stranger.town import Town

ELSEWHERE = "Jl Malioboro 1, Kota Yogyakarta"
WAIT = Trouble(Answer(503, headers={"Retry-After": "4"}))
SOON = (2.9, 5.0)
"""When the provisional number is to come, in seconds after the citizen confirmed; three, on a busy machine."""


@dataclass
class Sending:
    """A citizen who confirmed a report `at` some time (monotonic seconds), after `before` messages."""

    citizen: Citizen
    before: int
    at: float

    def told(self) -> list[tuple[float, str]]:
        """Return what number was told when, in seconds since."""
        lines = self.citizen.screens.read(self.citizen.address)[self.before :]
        numbers = numbers_in(text for _, text in lines)
        return [(at - self.at, number) for (at, _), number in zip(lines, numbers, strict=True)]

    def numbers(self) -> list[str]:
        """Return what numbers were told, in order."""
        return [number for _, number in self.told()]


def confirm(citizen: Citizen) -> Sending:
    """Send the report that is ready."""
    sending = Sending(citizen, len(citizen.screen), time.monotonic())
    citizen.write("kirim")
    return sending


def sending(town: Town, *troubles: Trouble, undecided: bool = False) -> dict[str, Sending]:
    """Let a citizen of each route send a report that meets these troubles, or gets its tracking id later."""
    citizens = [town.citizen(route) for route in ROUTES]
    for citizen in citizens:
        citizen.prepare()
        town.office.troubles[citizen.address].extend(troubles)
        if undecided:
            town.office.undecided.add(citizen.address)
    return {citizen.route: confirm(citizen) for citizen in citizens}


Started = Mapping[str, Mapping[str, Sending]]


@pytest.fixture(scope="module")
def started(town: Town) -> Started:
    """Return reports that meet all troubles at the same time, so that the waiting is done once."""
    return {
        "500": sending(town, FAILURE, FAILURE, FAILURE),
        "503": sending(town, WAIT),
        "late": sending(town, LATE),
        "lost": sending(town, LOST),
        "202": sending(town, undecided=True),
    }


def in_time(sending: Sending) -> bool:
    """Tell whether the first number came when it was promised."""
    return SOON[0] < sending.told()[0][0] < SOON[1]


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize(("trouble", "attempts"), [("500", 4), ("503", 2), ("late", 1)])
def test_while_the_backend_is_away_a_provisional_number_comes_by_three_seconds_then_the_tracking_id(
    town: Town, started: Started, trouble: str, attempts: int, route: str
) -> None:
    one = started[trouble][route]
    one.citizen.hear(one.before + 1)
    assert (one.numbers(), in_time(one), len(set(town.office.keys(one.citizen.address)))) == (
        ["provisional", town.office.report(one.citizen.address)["tracking_id"]],
        True,
        1,
    )
    assert len(town.office.keys(one.citizen.address)) == attempts


@pytest.mark.parametrize("route", ROUTES)
def test_a_report_whose_answer_was_lost_is_filed_once_and_its_number_told_once(
    town: Town, started: Started, route: str
) -> None:
    one = started["lost"][route]
    one.citizen.hear(one.before)
    until(lambda: time.monotonic() > one.at + SOON[1], "time stands still")  # a provisional number would be there
    address = one.citizen.address
    assert (one.numbers(), len(town.office.keys(address)), len(set(town.office.keys(address)))) == (
        [town.office.report(address)["tracking_id"]],
        2,
        1,
    )


@pytest.mark.parametrize("route", ROUTES)
def test_a_tracking_id_that_comes_as_an_event_is_told_once(town: Town, started: Started, route: str) -> None:
    one = started["202"][route]
    one.citizen.hear(one.before)
    event = town.office.event(one.citizen.address, "tracking_id_assigned", tracking_id="9000001")
    assert [town.hooks.lapor(event).status_code for _ in range(2)] == [200, 200]
    one.citizen.hear(one.before + 1)
    one.citizen.say("STATUS")  # by its answer, what was said twice would have come
    assert (one.numbers(), in_time(one)) == (["provisional", "9000001", "9000001"], True)


@pytest.mark.parametrize("route", ROUTES)
def test_a_refused_report_comes_back_to_be_changed_and_is_sent_under_a_new_key(town: Town, route: str) -> None:
    citizen = town.citizen(route)
    citizen.prepare()
    town.office.troubles[citizen.address].append(REFUSAL)
    review = citizen.say("kirim")
    citizen.reach("ubah", "lokasi")
    citizen.go_on(citizen.say(ELSEWHERE))
    told = numbers_in([citizen.say("kirim")])
    keys = town.office.keys(citizen.address)
    report = town.office.report(citizen.address)
    assert (numbers_in([review]), told, len(keys), len(set(keys))) == (["none"], [report["tracking_id"]], 2, 2)
    assert [body["place"]["text"] for body in town.office.filed(citizen.address)] == [ELSEWHERE]


def _all_told(sent: Mapping[str, Sending]) -> Callable[[], bool]:
    return lambda: all(len(one.numbers()) > 1 for one in sent.values())


def test_when_the_worker_dies_after_the_backend_accepted_the_next_one_files_nothing_twice(town: Town) -> None:
    sent = sending(town, together(len(ROUTES), town.worker.kill))
    until(lambda: town.worker.poll() is not None, "the worker lives")
    town.replace_worker()
    until(_all_told(sent), "no number was told", 20)
    addresses = {route: one.citizen.address for route, one in sent.items()}
    numbers = {route: town.office.report(address)["tracking_id"] for route, address in addresses.items()}
    assert {route: (one.numbers(), len(town.office.filed(addresses[route]))) for route, one in sent.items()} == {
        route: (["provisional", number], 1) for route, number in numbers.items()
    }
