"""A stranger's backend pushes what happens to a report, and the citizen answers."""

import pytest

from tests.stranger.carriers import until
from tests.stranger.citizens import ROUTES, Citizen
from tests.stranger.doubles import Trouble
from tests.stranger.office import Body
from tests.stranger.town import Town

TAKEN = 200
LAST = 9
"""The sequence of what is pushed last."""
UNHEARD = Trouble(takes=True, seconds=0.5)
"""The backend has the report, and the bot does not know it yet."""


@pytest.fixture(params=ROUTES)
def citizen(town: Town, request: pytest.FixtureRequest) -> Citizen:
    """Return somebody of each route who has filed a report."""
    citizen = town.citizen(request.param)
    citizen.file()
    return citizen


def push(town: Town, citizen: Citizen, kind: str, sequence: int = 1, **more: object) -> Body:
    """Push what happened to the citizen's report, and see it taken."""
    event = town.office.event(citizen.address, kind, sequence, **more)
    assert town.hooks.lapor(event).status_code == TAKEN
    return event


def heard(town: Town, citizen: Citizen, before: int, *words: str) -> list[list[str]]:
    """Return which of these words each message after so many tells, up to one that is pushed now."""
    push(town, citizen, "agency_message", LAST, message="penutup")
    until(lambda: any("penutup" in text for text in citizen.screen[before:]), "the last message does not come")
    said = [text for text in citizen.screen[before:] if "penutup" not in text]
    return [[word for word in words if word in text] for text in said]


def test_a_status_pushed_twice_reaches_the_citizen_once(town: Town, citizen: Citizen) -> None:
    before = len(citizen.screen)
    event = push(town, citizen, "status_changed", status="in_progress", agency="Dinas PU", message="Besok ditambal")
    assert town.hooks.lapor(event).status_code == TAKEN
    citizen.hear(before)
    words = [str(event["tracking_id"]), "Dinas PU", "Besok ditambal"]
    assert heard(town, citizen, before, *words) == [words]


def test_messages_pushed_out_of_order_are_told_once_each(town: Town, citizen: Citizen) -> None:
    before = len(citizen.screen)
    events = [push(town, citizen, "agency_message", number, message=f"pesan ke-{number}") for number in (3, 1, 2)]
    assert [town.hooks.lapor(event).status_code for event in events] == [TAKEN] * 3
    citizen.hear(before + 2)
    assert sorted(heard(town, citizen, before, "ke-1", "ke-2", "ke-3")) == [["ke-1"], ["ke-2"], ["ke-3"]]


def test_of_a_status_that_a_later_one_overtook_the_message_is_told_and_not_the_status(
    town: Town, citizen: Citizen
) -> None:
    before = len(citizen.screen)
    push(town, citizen, "status_changed", 2, status="in_progress", message="Sedang dikerjakan")
    citizen.hear(before)
    push(town, citizen, "status_changed", 1, status="verified", message="Sudah diperiksa")
    citizen.hear(before + 1)
    told = heard(town, citizen, before, "dikerjakan", "diperiksa", "diverifikasi")
    assert told == [["dikerjakan"], ["diperiksa"]]


@pytest.mark.parametrize("route", ROUTES)
def test_an_event_that_comes_before_the_answer_to_the_report_is_told_after_it(town: Town, route: str) -> None:
    citizen = town.citizen(route)
    citizen.prepare()
    town.office.troubles[citizen.address].append(UNHEARD)
    before = len(citizen.screen)
    citizen.write("kirim")
    until(lambda: town.office.filed(citizen.address), "no report came")
    push(town, citizen, "status_changed", status="verified", message="Sudah diperiksa")
    citizen.hear(before + 1)
    assert heard(town, citizen, before, "Terima kasih", "diperiksa") == [["Terima kasih"], ["diperiksa"]]


def test_an_event_that_is_not_signed_or_too_old_changes_nothing(town: Town, citizen: Citizen) -> None:
    before = len(citizen.screen)
    event = town.office.event(citizen.address, "agency_message", message="palsu")
    refused = [
        town.hooks.lapor(event, secret="another"),
        town.hooks.lapor(event, age=301),
        town.hooks.lapor(event, age=-301),
        town.hooks.http.post("/webhooks/lapor", json=event),
    ]
    assert [response.status_code for response in refused] == [401] * 4
    push(town, citizen, "agency_message", message="asli")
    citizen.hear(before)
    assert heard(town, citizen, before, "palsu", "asli") == [["asli"]]


def test_the_answer_to_a_question_reaches_the_agency_with_a_key_of_its_own(town: Town, citizen: Citizen) -> None:
    before = len(citizen.screen)
    report_id = str(push(town, citizen, "agency_question", message="Di mana tepatnya?")["report_id"])
    assert "Di mana tepatnya?" in citizen.hear(before)
    citizen.say("BALAS di depan pasar, dekat pos “lama”")
    citizen.say("BALAS yang sebelah timur")
    until(lambda: len(town.office.told(report_id)) == 2, "no reply came")
    told = town.office.told(report_id)
    assert sorted((each.body["body"], each.body["disputes_closing"]) for each in told) == [
        ("di depan pasar, dekat pos “lama”", False),
        ("yang sebelah timur", False),
    ]
    assert len({each.key for each in told}) == 2


def test_a_citizen_who_says_not_yet_disputes_the_closing(town: Town, citizen: Citizen) -> None:
    before = len(citizen.screen)
    report_id = str(push(town, citizen, "status_changed", status="closed", message="Sudah ditambal")["report_id"])
    assert "Sudah ditambal" in citizen.hear(before)
    citizen.reach("BELUM", "masih berlubang, airnya menggenang")
    until(lambda: town.office.told(report_id), "no reply came")
    assert [(each.body["body"], each.body["disputes_closing"]) for each in town.office.told(report_id)] == [
        ("masih berlubang, airnya menggenang", True)
    ]
    assert [(each["solved"], each.get("stars")) for each in town.office.rated(report_id)] == [(False, None)]


def test_a_citizen_who_says_done_closes_the_report_and_stars_are_their_own_choice(
    town: Town, citizen: Citizen
) -> None:
    before = len(citizen.screen)
    report_id = str(push(town, citizen, "status_changed", status="closed")["report_id"])
    citizen.hear(before)
    citizen.say("SUDAH")
    until(lambda: town.office.rated(report_id), "no rating came")
    assert [(each["solved"], each.get("stars")) for each in town.office.rated(report_id)] == [(True, None)]
    citizen.say("4")
    until(lambda: len(town.office.rated(report_id)) == 2, "no stars came")
    assert (town.office.rated(report_id)[-1]["stars"], town.office.told(report_id)) == (4, [])


def test_a_number_is_shown_to_whom_it_belongs_and_to_nobody_else(town: Town, citizen: Citizen) -> None:
    number = str(town.office.report(citizen.address)["tracking_id"])
    other = town.citizen(citizen.route)
    nothing = town.citizen(citizen.route)
    assert (number in citizen.say(f"STATUS {number}"), number in citizen.say("STATUS")) == (True, True)
    assert other.say(f"STATUS {number}") == nothing.say("STATUS 9999999")


def test_a_citizen_is_answered_by_the_provider_that_the_last_message_came_through(town: Town) -> None:
    citizen = town.citizen("gateway")
    citizen.file()
    same = Citizen("twilio_sms", town.hooks, town.screens, citizen.number)
    same.say("STATUS")
    sms = len(town.gateway.asked)
    before = len(citizen.screen)
    push(town, citizen, "agency_message", message="Mohon sabar")
    citizen.hear(before)
    assert (len(town.gateway.asked), town.twilio.asked[-1].fields["Body"]) == (sms, citizen.screen[-1])
