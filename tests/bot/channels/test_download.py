"""A file is fetched within bounds of size and time, whatever its server says and does."""

import asyncio
import gzip

import pytest

from bot.channels import Content
from bot.channels.http import FILE_LIMIT, connect_files
from tests.bot.channels.file_server import Say, saying, serving, told

OK = b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n"
BLOCK = b"a" * 65_536


def fetch(say: Say, whole: float = 5.0, *, anywhere: bool = False) -> tuple[object, int]:
    """Fetch a file from a server that the operator configured; return what came and how often it was asked."""

    async def act() -> tuple[object, int]:
        async with serving(say) as files:
            own = f"http://127.0.0.1:{files.port}"
            how = {"onward": lambda _url: True} if anywhere else {}
            return await told(connect_files(2.0, own), f"{own}/photo", whole=whole, **how), len(files.asked)

    return asyncio.run(act())


@pytest.mark.parametrize(
    ("say", "came"),
    [
        (saying(OK, b"Content-Length: 3\r\n\r\nabc"), Content(b"abc", "image/jpeg")),
        (saying(OK, b"Content-Length: 3\r\n\r\nabcdef"), Content(b"abc", "image/jpeg")),
        (saying(OK, b"Content-Length: 9\r\n\r\nabc"), ("Temporary", "RemoteProtocolError")),
        (saying(OK, b"Content-Length: -3\r\n\r\nabc"), ("Temporary", "RemoteProtocolError")),
        (saying(OK, b"Content-Length: %d\r\n\r\nabc" % (FILE_LIMIT + 1)), ("Unfit", "file too large")),
        (saying(OK, b"\r\n", BLOCK, times=400), ("Unfit", "file too large")),
        (
            saying(OK, b"Transfer-Encoding: chunked\r\n\r\n", b"10000\r\n" + BLOCK + b"\r\n", times=400),
            ("Unfit", "file too large"),
        ),
        (saying(b"220 a mail server\r\n\r\n"), ("Temporary", "RemoteProtocolError")),
        (saying(b""), ("Temporary", "RemoteProtocolError")),
    ],
    ids=(
        "a file",
        "a longer file than it said",
        "a shorter file than it said",
        "a length without sense",
        "a length that is too large",
        "no length and no end",
        "pieces without end",
        "another protocol",
        "nothing",
    ),
)
def test_a_length_that_is_no_truth_does_no_harm(say: Say, came: object) -> None:
    """What counts is what comes."""
    assert fetch(say) == (came, 1)


def test_a_file_that_drips_is_left() -> None:
    """Each byte comes in time, the file does not."""
    drip = saying(OK, b"\r\n", b"a", pause=0.05, times=40)

    assert fetch(drip, whole=0.3) == (("Temporary", "file took too long"), 1)


def test_a_file_is_not_unfolded() -> None:
    """A thousandfold of what was counted would come out of it; none is asked for packed."""
    packed = gzip.compress(bytes(FILE_LIMIT + 1))
    head = OK + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed)

    async def act() -> tuple[object, bool]:
        async with serving(saying(head, packed)) as files:
            own = f"http://127.0.0.1:{files.port}"
            content = await told(connect_files(2.0, own), f"{own}/photo")
            return content, "\r\naccept-encoding: identity\r\n" in files.asked[0].lower()

    assert asyncio.run(act()) == (Content(packed, "image/jpeg"), True)


@pytest.mark.parametrize(
    ("location", "anywhere", "came", "asked"),
    [
        (b"/photo", True, ("Permanent", "file server leads elsewhere"), 2),
        (b"/photo", False, ("Permanent", "file server leads elsewhere"), 1),
        (b"http://files:photo/", True, ("Temporary", "RemoteProtocolError"), 1),
        (b"http://" + b"a" * 70 + b".example/", True, ("Temporary", "file server has no address"), 1),
        (b"file:///etc/hosts", True, ("Temporary", "file server has no address"), 1),
        (b"http://127.0.0.1:9/photo", True, ("Temporary", "file server has no public address"), 1),
        (b"http://[::1]:9/photo", True, ("Temporary", "file server has no public address"), 1),
        (b"http://169.254.169.254/token", True, ("Temporary", "file server has no public address"), 1),
        (b"http://localhost/photo", True, ("Temporary", "file server has no public address"), 1),
    ],
    ids=(
        "round and round",
        "where none is allowed",
        "no address",
        "a name that is too long",
        "a file of this machine",
        "another port of this machine",
        "this machine by IPv6",
        "a cloud's secrets",
        "this machine by name",
    ),
)
def test_a_redirect_is_followed_once_and_into_no_private_network(
    location: bytes, anywhere: object, came: object, asked: int
) -> None:
    """Even where every redirect were allowed by its name."""
    leading = saying(b"HTTP/1.1 307 On\r\nContent-Length: 0\r\nLocation: " + location + b"\r\n\r\n")

    assert fetch(leading, anywhere=bool(anywhere)) == (came, asked)


def test_an_address_that_cannot_be_read_is_never_asked() -> None:
    """Trying again would not mend it."""
    assert asyncio.run(told(connect_files(2.0, "http://127.0.0.1:9"), "http://files:photo/")) == (
        "Permanent",
        "file has no address",
    )
