"""One report and two phones, among a stranger's servers: the code, the number that Telegram proves, the news."""

import re

from tests.stranger.carriers import until
from tests.stranger.citizens import Citizen
from tests.stranger.town import Town

FOLLOWED = "ikuti"


def pushed(town: Town, owner: Citizen, *others: Citizen) -> list[str]:
    """Push a status of the owner's report; return what came last to the owner and to the others."""
    everyone = (owner, *others)
    before = [len(each.screen) for each in everyone]
    town.hooks.lapor(
        town.office.event(owner.address, "status_changed", status="in_progress", message="Besok ditambal")
    )
    until(
        lambda: all(len(each.screen) > count for each, count in zip(everyone, before, strict=True)),
        "the news does not come to everyone",
        20,
    )
    return [each.screen[-1] for each in everyone]


def test_a_report_filed_by_sms_is_followed_on_telegram_with_its_code(town: Town) -> None:
    owner, other = town.citizen("gateway"), town.citizen("telegram")
    number = owner.file()
    found = re.search(r"IKUTI (\d{4} \d{4})", owner.say("KODE"))
    assert found is not None
    before = len(owner.screen)
    told = other.say(f"IKUTI {found[1]}")
    assert (number in told, FOLLOWED in told, "AKHIRI" in owner.hear(before)) == (True, True, True)
    assert all("Besok ditambal" in text for text in pushed(town, owner, other))
    assert "salah" in town.citizen("whatsapp").say(f"IKUTI {found[1]}")


def test_a_report_filed_by_sms_is_found_with_the_number_that_telegram_proves(town: Town) -> None:
    owner, other = town.citizen("gateway"), town.citizen("telegram")
    number = owner.file()
    before = len(other.screen)
    contact = {"phone_number": owner.phone.lstrip("+"), "first_name": "Warga", "user_id": other.number}
    other.show(town.hooks.telegram(other.update(other.fresh(), contact=contact)))
    assert number in other.hear(before)
    assert all("Besok ditambal" in text for text in pushed(town, owner, other))


def test_a_report_filed_by_sms_is_seen_on_whatsapp_of_the_same_number(town: Town) -> None:
    owner = town.citizen("gateway")
    number = owner.file()
    same, another = Citizen("whatsapp", town.hooks, town.screens, owner.number), town.citizen("whatsapp")
    assert (number in same.say("STATUS"), number in another.say("STATUS")) == (True, False)


def test_a_worker_that_dies_between_code_and_answer_leaves_nobody_without_one(town: Town) -> None:
    owner, other = town.citizen("gateway"), town.citizen("telegram")
    number = owner.file()
    found = re.search(r"IKUTI (\d{4} \d{4})", owner.say("KODE"))
    assert found is not None
    before = len(other.screen)
    other.write(f"IKUTI {found[1]}")
    town.replace_worker()
    until(lambda: any(number in text for text in other.screen[before:]), "the answer does not come", 40)
