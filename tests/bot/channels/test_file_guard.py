"""Files are fetched from the public internet, at the very address that was looked at."""

import asyncio
import datetime as dt
import ssl
from collections.abc import Sequence
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from bot.channels import Content, guard
from bot.channels.guard import Guard, public
from bot.channels.http import connect_files
from tests.bot.channels.file_server import saying, serving, told

OWN = "https://api.twilio.com"
HOST = "media.twiliocdn.com"
URL = f"https://{HOST}/photo?Signature=x"
FILE = saying(b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: 3\r\n\r\nabc")


class Network(httpx.AsyncBaseTransport):
    """Notes where it is led and under which name; some addresses do not answer."""

    def __init__(self, dead: Sequence[str] = ()) -> None:
        self.dead = dead
        self.led: list[tuple[str, str, object]] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer, or not."""
        self.led.append((str(request.url), request.headers["host"], request.extensions.get("sni_hostname")))
        if request.url.host in self.dead:
            raise httpx.ConnectError("refused")
        return httpx.Response(200, stream=httpx.ByteStream(b"abc"))


def fetch(url: str, network: Network, *looked_up: str) -> object:
    """Fetch a file by a name for which these addresses are looked up, none where there is no such name."""

    async def resolve(_host: str, _port: int) -> list[str]:
        if not looked_up:
            raise OSError("no such name")
        return list(looked_up)

    return asyncio.run(told(httpx.AsyncClient(transport=Guard(OWN, network, resolve)), url))


def test_the_address_that_was_checked_is_asked_under_the_name_of_its_host() -> None:
    """A second look-up could give another address; certificates and servers know the name only."""
    network = Network()

    came = fetch(URL, network, "10.0.0.8", "93.184.215.14", "2606:2800:21f::1")

    assert (came, network.led) == (
        Content(b"abc", ""),
        [("https://93.184.215.14/photo?Signature=x", HOST, HOST)],
    )


def test_where_one_address_does_not_answer_the_next_is_asked() -> None:
    """A machine may have no way to the first."""
    network = Network(dead=["2606:2800:21f::1"])

    came = fetch(URL, network, "2606:2800:21f::1", "93.184.215.14", "93.184.215.15")

    hosts = ["https://[2606:2800:21f::1]/photo?Signature=x", "https://93.184.215.14/photo?Signature=x"]
    assert (came, [url for url, _, _ in network.led]) == (Content(b"abc", ""), hosts)


@pytest.mark.parametrize(
    ("looked_up", "why"),
    [
        (("127.0.0.1", "10.1.2.3", "::1"), "file server has no public address"),
        ((), "file server has no address"),
    ],
    ids=("a name that leads inside", "no such name"),
)
def test_nothing_is_asked_where_no_address_is_public(looked_up: tuple[str, ...], why: str) -> None:
    """It may be a fault of the network of today, so the file is tried again."""
    network = Network()

    assert (fetch(URL, network, *looked_up), network.led) == (("Temporary", why), [])


def test_when_no_address_answers_the_file_is_tried_again() -> None:
    """As with any server that is down."""
    network = Network(dead=["93.184.215.14"])

    assert fetch(URL, network, "93.184.215.14") == ("Temporary", "ConnectError")


@pytest.mark.parametrize(
    ("url", "free"),
    [
        (f"{OWN}/2010-04-01/x", True),
        (f"{OWN}:443/2010-04-01/x", True),
        (f"{OWN}:8443/2010-04-01/x", False),
        ("http://api.twilio.com/2010-04-01/x", False),
        ("https://xapi.twilio.com/2010-04-01/x", False),
    ],
    ids=("it", "it with its port", "another port", "without TLS", "another name"),
)
def test_what_the_operator_configured_is_asked_wherever_it_lies(url: str, free: object) -> None:
    """A Bot API server may stand in the operator's own network; nothing else of it is reached."""
    network = Network()

    came = fetch(url, network, "10.0.0.8")

    refused = ("Temporary", "file server has no public address")
    assert (came, bool(network.led)) == ((Content(b"abc", ""), True) if free else (refused, False))


@pytest.mark.parametrize(
    ("address", "open_to_all"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f::1", True),
        ("::ffff:93.184.215.14", True),
        ("64:ff9b::5db8:d70e", True),
        ("127.0.0.1", False),
        ("0.0.0.0", False),
        ("10.0.0.1", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:100.64.0.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:7f00:1::", False),
        ("2001:0:4136:e378:8000:63bf:80ff:fffe", False),
    ],
)
def test_an_address_is_public_or_not(address: str, open_to_all: object) -> None:
    """Also where it is written as another kind of address."""
    assert public(address) is open_to_all


def certificate(folder: Path, name: str) -> Path:
    """Write a certificate of this name, signed by itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    signed = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    written = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / "server.pem"
    path.write_bytes(written + signed.public_bytes(pem))
    return path


@pytest.mark.parametrize(
    ("name", "came"),
    [(HOST, Content(b"abc", "image/jpeg")), ("elsewhere.example", ("Temporary", "ConnectError"))],
    ids=("its own certificate", "a certificate of another host"),
)
def test_the_certificate_must_be_that_of_the_name(
    name: str, came: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though it is an address that is asked; this machine's own counts as public here."""
    monkeypatch.setattr(guard, "public", lambda _address: True)
    pem = certificate(tmp_path, name)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(pem)
    trusting = httpx.AsyncHTTPTransport(verify=ssl.create_default_context(cafile=str(pem)))

    async def resolve(_host: str, _port: int) -> list[str]:
        return ["127.0.0.1"]

    async def act() -> object:
        async with serving(FILE, tls) as files:
            client = httpx.AsyncClient(transport=Guard(OWN, trusting, resolve))
            return await told(client, f"https://{HOST}:{files.port}/photo")

    assert asyncio.run(act()) == came


def test_where_all_traffic_goes_through_a_proxy_the_proxy_looks_names_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here there may be no way to look one up."""

    async def act() -> tuple[object, list[str]]:
        async with serving(FILE) as proxy:
            monkeypatch.setenv("all_proxy", f"http://127.0.0.1:{proxy.port}")
            client = connect_files(2.0, OWN)
            return await told(client, "http://media.twiliocdn.com/photo"), [proxy.asked[0].splitlines()[0]]

    assert asyncio.run(act()) == (
        Content(b"abc", "image/jpeg"),
        ["GET http://media.twiliocdn.com/photo HTTP/1.1"],
    )
