"""The gateway's twin answers sendsms and brings messages as Kannel does."""

import flask
import httpx
import pytest

from bot.config import Settings
from bot.demo.twins.app import Twins
from bot.providers import Gateway as Account
from tests.bot.demo.stage import Echo, texts

CITIZEN = "sms:+6281234567890"


@pytest.fixture
def account(settings: Settings) -> Account:
    """Return the gateway's account."""
    assert settings.gateway is not None
    return settings.gateway


def sendsms(account: Account, **fields: str) -> tuple[int, str]:
    """Call sendsms and return what it answers."""
    known = {"username": account.username, "password": account.password, "from": "1708", "to": "+6281234567890"}
    answer = httpx.get(account.url, params={**known, **fields}, trust_env=False)
    return answer.status_code, answer.text


@pytest.mark.parametrize(
    ("fields", "answer"),
    [
        ({"text": "Halo"}, (202, "0: Accepted for delivery")),
        ({"text": "Halo", "password": "wrong"}, (403, "Authorization failed for sendsms")),
        ({"text": "Halo", "username": "wrong"}, (403, "Authorization failed for sendsms")),
        ({"text": "Halo", "to": ""}, (400, "Missing receiver number, rejected")),
    ],
)
def test_sendsms_answers_as_kannel_does(
    fields: dict[str, str], answer: tuple[int, str], twins: Twins, account: Account
) -> None:
    """What is accepted, and only that, stands on the phone."""
    said = sendsms(account, **fields)
    assert (said, len(twins.gateway.inbox(CITIZEN))) == (answer, int(answer[0] == 202))


@pytest.mark.parametrize(
    ("text", "coding", "shown"),
    [
        ("Nomor {1} é €", "", "Nomor {1} é €"),
        ("Kutip “ini” 😀", "", "Kutip ?ini? ?"),
        ("Kutip “ini”", "2", "Kutip “ini”"),
    ],
)
def test_what_gsm_7_lacks_arrives_only_with_coding_2(
    text: str, coding: str, shown: str, twins: Twins, account: Account
) -> None:
    """A bot that sends curly quotes sees on the phone what a citizen would see."""
    sendsms(account, text=text, coding=coding)
    assert texts(twins.gateway, CITIZEN) == [shown]


def test_a_text_is_brought_with_the_secret_and_an_id_of_its_own(twins: Twins, account: Account, echo: Echo) -> None:
    """It comes by GET, untouched."""
    twins.gateway.say(CITIZEN, "jalan rusak & gelap #2")
    twins.gateway.say(CITIZEN, "lagi")
    first, second = echo.hit().args, echo.hit().args
    assert (set(first), first["id"] != second["id"]) == ({"from", "to", "text", "id", "time", "secret"}, True)
    assert (first["from"], first["to"], first["text"], first["secret"]) == (
        "+6281234567890",
        "1708",
        "jalan rusak & gelap #2",
        account.secret,
    )


def test_a_text_sent_twice_keeps_its_id(twins: Twins, echo: Echo) -> None:
    """The id is what tells a repeat."""
    twins.gateway.say(CITIZEN, "LAPOR", times=2)
    assert echo.hit().args == echo.hit().args


def test_a_body_in_the_response_goes_on_to_the_citizen(twins: Twins, echo: Echo) -> None:
    """A bot that forgets to answer with nothing is found out."""
    echo.answers.append(flask.Response('{"ok": true}'))
    twins.gateway.say(CITIZEN, "LAPOR")
    assert texts(twins.gateway, CITIZEN) == ['{"ok": true}']


@pytest.mark.parametrize(("mask", "reported"), [("19", {"type": "1", "id": "7"}), ("2", None), ("x", None)])
def test_the_delivery_report_comes_where_it_is_wanted(
    mask: str, reported: dict[str, str] | None, twins: Twins, account: Account, echo: Echo
) -> None:
    """`%d` in its address becomes 1 for delivered."""
    url = f"{twins.gateway.webhook}/status?type=%d&id=7"
    sendsms(account, text="Halo", **{"dlr-url": url, "dlr-mask": mask})
    twins.gateway.say("sms:+6289999999999", "berikutnya")
    hits = sorted([echo.hit() for _ in range(1 + (reported is not None))], key=lambda hit: hit.path)
    assert (hits[1].args if reported else None, texts(twins.gateway, CITIZEN)) == (reported, ["Halo"])
