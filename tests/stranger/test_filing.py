"""A stranger files by each of the four routes, and sees one report arrive and one number told."""

import re

import pytest

from tests.stranger.carriers import PHOTO
from tests.stranger.citizens import (
    CHATS,
    PLACE,
    REVIEW,
    ROUTES,
    STORY,
    Citizen,
    answer_to,
    at_once,
    number_in,
    numbers_in,
)
from tests.stranger.doubles import Trouble
from tests.stranger.town import Town

WORDS = (
    "Jalan “rusak” parah 🚧 — lubangnya 'dalam' & licin…\n\n\tsudah 3 minggu!\r\n"
    "Mohon <b>dicek</b> {story} %s 100% ya ]]> \u200dsekian"
)
ENGLISH = "All street lights are out and people are afraid to go outside"
SOON = Trouble(takes=True, seconds=0.3)
"""The backend answers, but not at once."""


@pytest.mark.parametrize("route", ROUTES)
def test_a_citizen_who_answers_what_is_asked_gets_one_number_for_one_report(town: Town, route: str) -> None:
    citizen = town.citizen(route)
    told = citizen.file()
    (report,) = town.office.filed(citizen.address)
    assert {
        name: report[name] for name in ("body", "channel", "anonymous", "secret", "language", "attachments")
    } == {
        "body": STORY,
        "channel": citizen.address.partition(":")[0],
        "anonymous": False,
        "secret": False,
        "language": "id",
        "attachments": [],
    }
    assert (report["place"]["text"], report["reporter"]["address"]) == (PLACE, citizen.address)
    assert (told, len(citizen.screen)) == (town.office.report(citizen.address)["tracking_id"], citizen.written)


@pytest.mark.parametrize("route", ROUTES)
def test_a_story_arrives_word_for_word(town: Town, route: str) -> None:
    citizen = town.citizen(route)
    citizen.prepare(story=WORDS)
    citizen.say("kirim")
    assert [report["body"] for report in town.office.filed(citizen.address)] == [WORDS]


def _twice(citizen: Citizen, text: str) -> str:
    """Let a message be delivered twice, see the same answer twice in the responses, and return it."""
    before, message = len(citizen.screen), citizen.fresh()
    first, again = citizen.deliver(text, message), citizen.deliver(text, message)
    assert again.content == first.content
    citizen.show(first)
    return citizen.hear(before)


@pytest.mark.parametrize("route", ROUTES)
def test_what_is_delivered_twice_gets_the_same_answer_and_has_no_second_effect(town: Town, route: str) -> None:
    citizen = town.citizen(route)
    said, turns = _twice(citizen, f"LAPOR {STORY}"), 1
    while not number_in(said):
        said, turns = _twice(citizen, "kirim" if re.search(REVIEW, said) else answer_to(said)), turns + 1
    citizen.say("STATUS")  # by its answer, what was said twice would have come
    number = town.office.report(citizen.address)["tracking_id"]
    assert (len(town.office.keys(citizen.address)), numbers_in(citizen.screen[-2:]), len(citizen.screen)) == (
        1,
        [number, number],
        turns + 1,
    )


@pytest.mark.parametrize("route", ROUTES)
def test_two_messages_at_the_same_instant_are_both_taken(town: Town, route: str) -> None:
    citizen = town.citizen(route)
    citizen.say("LAPOR")
    at_once(lambda: citizen.write("lubang"), lambda: citizen.write("jatuh"))
    citizen.hear(2)
    citizen.prepare(story="di depan pasar sejak lama")
    citizen.say("kirim")
    (report,) = town.office.filed(citizen.address)
    first, second, last = report["body"].split("\n")
    assert ({first, second}, last) == ({"lubang", "jatuh"}, "di depan pasar sejak lama")


@pytest.mark.parametrize("route", ROUTES)
def test_a_report_sent_twice_at_once_is_filed_once_and_its_number_told_once(town: Town, route: str) -> None:
    citizen = town.citizen(route)
    citizen.prepare()
    before = len(citizen.screen)
    town.office.troubles[citizen.address].append(SOON)
    at_once(lambda: citizen.write("kirim"), lambda: citizen.write("kirim"))
    citizen.hear(before + 1)
    told = numbers_in(citizen.screen[before:])
    assert (len(town.office.keys(citizen.address)), told) == (
        1,
        ["provisional", town.office.report(citizen.address)["tracking_id"]],
    )


@pytest.mark.parametrize("route", ROUTES)
def test_the_last_message_delivered_twice_at_once_files_once(town: Town, route: str) -> None:
    citizen = town.citizen(route)
    citizen.prepare()
    before, message = len(citizen.screen), citizen.fresh()
    town.office.troubles[citizen.address].append(SOON)
    at_once(*(lambda: citizen.deliver("kirim", message) for _ in range(3)))
    citizen.hear(before)
    told = numbers_in(citizen.screen[before:])
    assert (len(town.office.keys(citizen.address)), told) == (
        1,
        [town.office.report(citizen.address)["tracking_id"]],
    )


@pytest.mark.parametrize("route", ROUTES)
def test_a_citizen_who_chooses_english_is_spoken_to_in_english(town: Town, route: str) -> None:
    citizen = town.citizen(route)
    citizen.reach("BAHASA", "English")
    asked = citizen.say(f"REPORT {ENGLISH}")
    citizen.go_on(asked)
    told = citizen.say("send")
    (report,) = town.office.filed(citizen.address)
    spoken = ("Where" in asked, "Thank you" in told)
    assert (*spoken, report["language"], report["body"]) == (True, True, "en", ENGLISH)


def _photo(town: Town, citizen: Citizen) -> None:
    """Send a picture."""
    message = citizen.fresh()
    if citizen.route == "telegram":
        photo = [{"file_id": f"photo-{message}", "width": 90, "height": 90}]
        citizen.show(town.hooks.telegram(citizen.update(message, photo=photo)))
    else:
        media = {"MediaUrl0": town.twilio.photo(), "MediaContentType0": "image/jpeg"}
        citizen.show(town.hooks.twilio(citizen.form(message, Body="", **media, NumMedia="1")))


@pytest.mark.parametrize("route", CHATS)
def test_two_pictures_sent_at_once_arrive_with_the_report(town: Town, route: str) -> None:
    citizen = town.citizen(route)
    citizen.prepare(stop="foto")
    before = len(citizen.screen)
    at_once(lambda: _photo(town, citizen), lambda: _photo(town, citizen))
    citizen.go_on(citizen.hear(before))
    told = number_in(citizen.say("kirim"))
    assert sum("melihat" in text for text in citizen.screen[before:]) == 1, "one breath is one album"
    (report,) = town.office.filed(citizen.address)
    files = [town.office.files[name.removeprefix("A/")] for name in report["attachments"]]
    assert (told, [PHOTO in each for each in files]) == (
        town.office.report(citizen.address)["tracking_id"],
        [True, True],
    )
