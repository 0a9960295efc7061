"""Files are fetched from Meta by their ids, and our token is shown to Meta alone."""

import json

import pytest

from bot.channels import Content
from bot.channels.http import FILE_LIMIT
from bot.channels.meta import MetaSender
from bot.providers import Meta
from tests.bot.channels.provider import SILENCE, Provider, Reply, outcome


def fetch(url: str, ref: str = "1479537139650973") -> object:
    """Fetch a file and tell what came of it."""
    meta = MetaSender(Meta("meta-access", "meta-secret", "meta-token", "1708", f"{url}/v25.0"), patience=0.3)
    return outcome(meta, lambda: meta.fetch(ref))


def named(url: str, size: int = 2) -> Reply:
    """Answer where a file lies."""
    told = {"url": url, "mime_type": "image/jpeg", "file_size": size, "sha256": "x", "id": "1"}
    return Reply(200, json.dumps(told).encode())


def test_a_file_is_looked_up_and_fetched_with_the_token(provider: Provider) -> None:
    """The address holds for five minutes, so it is asked for each time."""
    provider.script(named(f"{provider.url}/store/?mid=1"), Reply(200, b"\xff\xd8", {"Content-Type": "x/y"}))

    told = fetch(provider.url)

    assert (told, [(each.path, each.fields, each.headers.get("Authorization")) for each in provider.asked]) == (
        Content(b"\xff\xd8", "image/jpeg"),
        [
            ("/v25.0/1479537139650973", {"phone_number_id": "1708"}, "Bearer meta-access"),
            ("/store/", {"mid": "1"}, "Bearer meta-access"),
        ],
    )


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/x",
        "http://lookaside.fbsbx.com/x",
        "https://lookaside.fbsbx.com:8443/x",
        "https://me@lookaside.fbsbx.com/x",
        "https://evil.lookaside.fbsbx.com.elsewhere.example/x",
        "https://elsewhere.example\\@lookaside.fbsbx.com/x",
        "http://127.0.0.1/x",
        "http://169.254.169.254/latest/meta-data",
        "https://[::1/x",
        "file:///etc/hosts",
        "",
    ],
)
def test_the_token_is_shown_to_meta_alone(url: str, provider: Provider) -> None:
    """Whatever else the answer names, nothing is asked for there."""
    provider.script(named(url))

    assert (fetch(provider.url), len(provider.asked)) == ("Permanent", 1)


@pytest.mark.parametrize("ref", ["", "../1708/messages", "1479?x=1", "1" * 65, "id"])
def test_only_an_id_of_a_file_is_asked_for(ref: str, provider: Provider) -> None:
    """It came from outside and stands in our address."""
    assert (fetch(provider.url, ref), provider.asked) == ("Permanent", [])


def test_a_redirect_leads_only_to_meta(provider: Provider) -> None:
    """And the token does not go along."""
    provider.script(named(f"{provider.url}/store"), Reply(302, headers={"Location": f"{provider.url}/other"}))

    assert (fetch(provider.url), len(provider.asked)) == ("Permanent", 2)


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (Reply(400, b'{"error": {"code": 100, "error_subcode": 33}}'), ("Unfit", "gone")),
        (Reply(401, b'{"error": {"code": 190}}'), "Temporary"),
        (Reply(500, b""), "Temporary"),
        (Reply(200, b"{}"), "Temporary"),
        (SILENCE, "Temporary"),
        (named("https://lookaside.fbsbx.com/x", FILE_LIMIT + 1), ("Unfit", "large")),
    ],
    ids=("gone after seven days", "the token is wrong", "down", "unreadable", "silent", "too large"),
)
def test_a_file_that_does_not_come_is_told_for_what_it_is(reply: Reply, told: object, provider: Provider) -> None:
    """Asking twice does no harm, so no doubt remains."""
    provider.script(reply)

    assert (fetch(provider.url), len(provider.asked)) == (told, 1)
