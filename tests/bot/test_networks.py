"""Who calls is told by the connection, and by proxies of ours only."""

import pytest

from bot.networks import address, caller, networks, within

PROXIES = networks("127.0.0.1, 10.0.0.0/8, fd00::/8")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("10.20.0.1", "10.20.0.1"),
        (" 10.20.0.1:5060 ", "10.20.0.1"),
        ("::ffff:10.20.0.1", "10.20.0.1"),
        ("::FFFF:0a14:0001", "10.20.0.1"),
        ("[2001:db8::1]:443", "2001:db8::1"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("2001:0DB8::0001", "2001:db8::1"),
        ("", "None"),
        ("unknown", "None"),
        ("10.20.0.1, 10.20.0.2", "None"),
        ("010.020.000.001", "None"),
        ("10.20.1", "None"),
        ("\u0661\u0660.20.0.1", "None"),
        ("[10.20.0.1", "None"),
    ],
)
def test_an_address_is_read_however_it_is_written(written: str, read: str) -> None:
    assert str(address(written)) == read


@pytest.mark.parametrize(
    ("peer", "forwarded", "who"),
    [
        ("203.0.113.9", None, "203.0.113.9"),
        ("203.0.113.9", "10.20.0.1", "203.0.113.9"),
        ("127.0.0.1", None, "127.0.0.1"),
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "10.20.0.1, 203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "198.51.100.7, 203.0.113.9, 10.0.0.3", "203.0.113.9"),
        ("127.0.0.1", "203.0.113.9,::ffff:10.0.0.3", "203.0.113.9"),
        ("::ffff:127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("fd00::1", "2001:db8::9", "2001:db8::9"),
        ("127.0.0.1", "10.0.0.2", "10.0.0.2"),
        ("127.0.0.1", "10.20.0.1, invented, 10.0.0.3", "None"),
        ("127.0.0.1", "", "None"),
        ("", "10.20.0.1", "None"),
        ("unix:", "10.20.0.1", "None"),
    ],
)
def test_only_the_word_of_our_own_proxies_is_believed(peer: str, forwarded: str | None, who: str) -> None:
    environ = {"REMOTE_ADDR": peer} | ({} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded})
    assert str(caller(environ, PROXIES)) == who


def test_who_is_not_known_lies_in_no_network() -> None:
    everywhere = networks("0.0.0.0/0, ::/0")
    assert [within(address(text), everywhere) for text in ("10.20.0.1", "::1", "")] == [True, True, False]


@pytest.mark.parametrize("text", ["10.20.0.0/33", "10.20.0.1/16", "gateway.example", "10.20.0.0/16;10.21.0.0/16"])
def test_what_is_no_network_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"address|network|bits"):
        networks(text)
