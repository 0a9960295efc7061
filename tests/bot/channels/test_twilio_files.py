"""Files are fetched from Twilio, of our own account and from nowhere else."""

import base64

import pytest

from bot.channels import Content
from bot.channels.http import FILE_LIMIT
from bot.channels.twilio import TwilioSender
from bot.providers import Twilio
from tests.bot.channels.provider import SILENCE, Provider, Reply, outcome

SID = "AC0123456789abcdef0123456789abcdef"
MEDIA = f"/2010-04-01/Accounts/{SID}/Messages/MM1/Media/ME1"
BASIC = "Basic " + base64.b64encode(f"{SID}:twilio-token".encode()).decode()


def fetch(url: str, ref: str) -> object:
    """Fetch a file and tell what came of it."""
    twilio = TwilioSender(Twilio(SID, "twilio-token", url), "https://lapor.example", patience=0.3)
    return outcome(twilio, lambda: twilio.fetch(ref))


def test_a_file_is_fetched_with_the_account_and_followed_once_without_it(provider: Provider) -> None:
    """Twilio's media address redirects to where the file lies, which must not learn the token."""
    provider.script(
        Reply(307, headers={"Location": "/cdn/photo.jpg"}), Reply(200, b"\xff\xd8", {"Content-Type": "image/jpeg"})
    )

    told = fetch(provider.url, f"{provider.url}{MEDIA}")

    assert (told, [(asked.path, asked.headers.get("Authorization")) for asked in provider.asked]) == (
        Content(b"\xff\xd8", "image/jpeg"),
        [(MEDIA, BASIC), ("/cdn/photo.jpg", None)],
    )


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/2010-04-01/Accounts/AC-of-someone-else/Messages/MM1/Media/ME1",
        f"/2010-04-01/Accounts/{SID}/../AC-of-someone-else/Media/ME1",
        f"@elsewhere.example/2010-04-01/Accounts/{SID}/Media/ME1",
        f"{MEDIA}?Url=http://elsewhere.example",
        f"{MEDIA}#x",
        f"{MEDIA}/%2e%2e/ME2",
        f"{MEDIA}\\..\\ME2",
        f"{MEDIA}\r\nHost: elsewhere.example",
        f"/2010-04-01/Accounts/{SID}//elsewhere.example/ME1",
    ],
    ids=(
        "no address",
        "another account",
        "another account by a detour",
        "another host",
        "a query",
        "a fragment",
        "a detour in code",
        "a detour by backslashes",
        "a second line",
        "an empty step",
    ),
)
def test_only_files_of_our_own_account_are_fetched(path: str, provider: Provider) -> None:
    """The address came from outside; the token goes nowhere else."""
    assert (fetch(provider.url, f"{provider.url}{path}"), provider.asked) == ("Permanent", [])


@pytest.mark.parametrize(
    "location",
    [
        "https://elsewhere.example/x",
        "http://media.twiliocdn.com/x",
        "https://eviltwiliocdn.com/x",
        "https://media.twiliocdn.com.elsewhere.example/x",
        "https://media.twiliocdn.com:8443/x",
        "https://me@media.twiliocdn.com/x",
        "https://elsewhere.example\\@media.twiliocdn.com/x",
        "https://elsewhere.example#.twiliocdn.com/x",
        "https://127.0.0.1/x",
        "http://127.0.0.1/x",
        "http://169.254.169.254/latest/meta-data",
        "//elsewhere.example/x",
        "file:///etc/hosts",
    ],
)
def test_a_redirect_leads_only_to_twilio(location: str, provider: Provider) -> None:
    """Wherever else it points, nothing is asked for there."""
    provider.script(Reply(307, headers={"Location": location}))

    assert (fetch(provider.url, f"{provider.url}{MEDIA}"), len(provider.asked)) == ("Permanent", 1)


@pytest.mark.parametrize(
    ("replies", "told", "asked"),
    [
        ([Reply(404)], ("Unfit", "gone"), 1),
        ([Reply(401)], "Temporary", 1),
        ([Reply(500)], "Temporary", 1),
        ([SILENCE], "Temporary", 1),
        ([Reply(200, b"a" * (FILE_LIMIT + 1))], ("Unfit", "large"), 1),
        ([Reply(307, headers={"Location": "/a"}), Reply(307, headers={"Location": "/b"})], "Permanent", 2),
    ],
    ids=("gone", "the token is wrong", "down", "silent", "too large", "a second redirect"),
)
def test_a_file_that_does_not_come_is_told_for_what_it_is(
    replies: list[Reply], told: object, asked: int, provider: Provider
) -> None:
    """Asking twice does no harm, so no doubt remains."""
    provider.script(*replies)

    assert (fetch(provider.url, f"{provider.url}{MEDIA}"), len(provider.asked)) == (told, asked)
