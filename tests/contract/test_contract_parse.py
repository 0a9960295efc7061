"""Every payload file of a provider becomes exactly what is expected of it."""

from pathlib import Path

import pytest

from tests.contract.expected import EXPECTED, Heard
from tests.contract.posting import post
from tests.contract.providers import PROVIDERS, Provider, path_of
from tests.webhooks.rest import PAYLOADS, Rest, web_of

FILES = [(provider, path) for provider in PROVIDERS for path in provider.files()]
REFUSED = ("a-text-in-a-group", "a-group-takes-the-bot-in")
"""Nothing is handed over, and the refusal rides: tests/webhooks/test_telegram_webhook.py has it."""
BACKEND = "lapor"
"""The folder of the case backend, which is no channel: tests/webhooks/test_lapor_webhook.py has it."""


def test_every_payload_file_has_one_provider_and_an_expectation() -> None:
    """A file that nobody expects anything of shows nothing."""
    there = {path for path in PAYLOADS.rglob("*") if path.is_file() and path.parent.name != BACKEND}
    names = {f"{path.parent.name}/{path.stem}" for path in there}
    assert sorted(path for _, path in FILES) == sorted(there)
    assert names == set(EXPECTED)


@pytest.mark.parametrize(("provider", "path"), FILES, ids=[f"{path.parent.name}/{path.stem}" for _, path in FILES])
def test_a_payload_is_handed_over_as_what_happened(provider: Provider, path: Path, rest: Rest) -> None:
    """Who, under which id, and what; and the provider is told so, lest it comes again."""
    response = post(
        web_of(rest, **provider.environ), provider.request(path.read_bytes().rstrip(b"\n"), path=path_of(path.stem))
    )

    parked = tuple(reason for _, reason, _ in rest.parked)
    heard = Heard(tuple(rest.inbound), tuple(rest.receipts), parked, tuple(rest.reworded), tuple(rest.reports))
    assert heard == EXPECTED[f"{path.parent.name}/{path.stem}"]
    assert response.status_code in (200, 204)
    said = any(inbound.rides for inbound in heard.inbound) or path.stem in REFUSED
    assert (response.data not in (b"", provider.silence)) == bool(said)
