"""Every provider proves itself before anything is read, and nobody else can."""

import re

import httpx
import pytest

from tests.contract.posting import post
from tests.contract.providers import PROVIDERS, Provider
from tests.webhooks.rest import Rest, web_of

BODIES = {provider: provider.sample() for provider in PROVIDERS}
FORGED = [(provider, what) for provider in PROVIDERS for what in provider.forged(BODIES[provider])]


@pytest.mark.parametrize("provider", PROVIDERS, ids=repr)
def test_a_proved_request_is_taken_and_handed_over_once(provider: Provider, rest: Rest) -> None:
    """The proof is the provider's own."""
    response = post(web_of(rest, **provider.environ), provider.request(BODIES[provider]))

    assert (response.status_code, len(rest.inbound), rest.parked) == (200, 1, [])


@pytest.mark.parametrize(("provider", "what"), FORGED, ids=[f"{provider}: {what}" for provider, what in FORGED])
def test_an_unproved_request_is_refused_and_nothing_of_it_is_kept(
    provider: Provider, what: str, rest: Rest
) -> None:
    """Neither its message nor its body, and the refusal is one word."""
    response = post(web_of(rest, **provider.environ), provider.forged(BODIES[provider])[what])

    assert (response.status_code, rest.inbound, rest.parked, rest.receipts) == (provider.refusal, [], [], [])
    assert (re.fullmatch(r"[a-z]+\n", response.text) is not None, response.content_type) == (
        True,
        "text/plain; charset=utf-8",
    )


@pytest.mark.parametrize("provider", PROVIDERS, ids=repr)
@pytest.mark.parametrize("secret", ["new", "old"])
def test_while_a_secret_is_changed_the_new_and_the_old_one_hold(
    secret: str, provider: Provider, rest: Rest
) -> None:
    """The provider is told the new one after we know it."""
    web = web_of(rest, **provider.environ, **{provider.variable: f"{provider.other}, {provider.secret}"})
    given = provider.secret if secret == "old" else provider.other

    response = post(web, provider.request(BODIES[provider], secret=given))

    assert (response.status_code, len(rest.inbound)) == (200, 1)


@pytest.mark.parametrize("provider", PROVIDERS, ids=repr)
def test_a_secret_that_was_taken_out_holds_no_more(provider: Provider, rest: Rest) -> None:
    """Nor does the list of both, as it stands in the variable."""
    web = web_of(rest, **provider.environ, **{provider.variable: provider.other})
    both = f"{provider.other}, {provider.secret}"

    answers = [
        post(web, provider.request(BODIES[provider], secret=given)).status_code for given in (provider.secret, both)
    ]

    assert (answers, rest.inbound) == ([provider.refusal] * 2, [])


@pytest.mark.parametrize("provider", PROVIDERS, ids=repr)
def test_a_proof_for_the_messages_of_one_provider_opens_no_other(provider: Provider, rest: Rest) -> None:
    """Each has a secret of its own."""
    others = [other for other in PROVIDERS if other.variable != provider.variable]

    for other in others:
        right = provider.request(BODIES[provider])
        headers = {name: value for name, value in right.headers.items() if name.startswith("x-")}
        target = other.request(BODIES[other])
        bare = httpx.Request(target.method, target.url.copy_with(query=b"text=x"), content=b"{}", headers=headers)
        assert post(web_of(rest, **other.environ), bare).status_code == other.refusal
    assert rest.inbound == []
