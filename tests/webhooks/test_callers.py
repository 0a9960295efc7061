"""The gateway's routes are open to the networks of the gateway only, whatever a header says."""

import pytest

from tests.webhooks.rest import Rest, web_of

QUERY = "secret=gerbang+rahasia&from=081234567890&id=7&text=halo&type=1"
REFUSED = (403, b"network\n")
TAKEN = (200, b"")


@pytest.mark.parametrize("path", ["/webhooks/sms", "/webhooks/sms/status"])
@pytest.mark.parametrize(
    ("peer", "answer"),
    [
        ("10.20.3.4", TAKEN),
        ("127.0.0.1", TAKEN),
        ("::ffff:10.20.3.4", TAKEN),
        ("10.21.3.4", REFUSED),
        ("203.0.113.9", REFUSED),
        ("::1", REFUSED),
        ("", REFUSED),
    ],
)
def test_the_gateway_is_known_by_its_network(path: str, peer: str, answer: tuple[int, bytes], rest: Rest) -> None:
    """The secret alone is not enough from elsewhere; an IPv4 address may be written as IPv6."""
    web = web_of(rest, SMS_GATEWAY_NETWORKS="10.20.0.0/16, 127.0.0.1")

    response = web.get(f"{path}?{QUERY}", environ_overrides={"REMOTE_ADDR": peer})

    assert (response.status_code, response.data) == answer
    assert bool(rest.inbound or rest.receipts) == (answer is TAKEN)


@pytest.mark.parametrize(
    ("peer", "forwarded", "answer"),
    [
        ("192.0.2.1", "10.20.3.4", TAKEN),
        ("192.0.2.1", "10.20.3.4, 203.0.113.9", REFUSED),
        ("192.0.2.1", "203.0.113.9", REFUSED),
        ("192.0.2.1", "", REFUSED),
        ("203.0.113.9", "10.20.3.4", REFUSED),
    ],
    ids=["through the proxy", "a stranger who lies", "a stranger", "an unreadable header", "around the proxy"],
)
def test_a_header_helps_nobody_but_our_proxy(
    peer: str, forwarded: str, answer: tuple[int, bytes], rest: Rest
) -> None:
    """Each proxy adds on the right what it saw; all that is left of ours may be invented."""
    web = web_of(rest, SMS_GATEWAY_NETWORKS="10.20.0.0/16", TRUSTED_PROXIES="192.0.2.0/24")

    response = web.get(
        f"/webhooks/sms?{QUERY}",
        headers={"X-Forwarded-For": forwarded},
        environ_overrides={"REMOTE_ADDR": peer},
    )

    assert (response.status_code, response.data) == answer


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-Ip", "Forwarded", "Client-Ip", "X-Client-Ip"])
def test_without_a_proxy_of_ours_no_header_is_believed(header: str, rest: Rest) -> None:
    """A stranger writes what a stranger likes."""
    web = web_of(rest, SMS_GATEWAY_NETWORKS="10.20.0.0/16")

    response = web.get(f"/webhooks/sms?{QUERY}", headers={header: "10.20.3.4"})

    assert (response.status_code, rest.inbound) == (403, [])


def test_a_caller_from_elsewhere_is_refused_before_the_secret_is_looked_at(rest: Rest) -> None:
    """Nobody guesses from outside."""
    web = web_of(rest, SMS_GATEWAY_NETWORKS="10.20.0.0/16")

    answers = [web.get(f"/webhooks/sms?{query}").data for query in (QUERY, "secret=wrong")]

    assert answers == [b"network\n"] * 2


def test_without_networks_the_secret_is_enough(rest: Rest) -> None:
    """As for a gateway whose address changes."""
    web = web_of(rest)

    response = web.get(f"/webhooks/sms?{QUERY}", environ_overrides={"REMOTE_ADDR": "203.0.113.9"})

    assert response.status_code == 200
