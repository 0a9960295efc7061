"""Files and places reach the report from every phone that sends them: the same bytes, cleaned."""

from collections.abc import Callable

import pytest

from bot.channels import Content
from bot.demo.twins.files import File
from bot.media import clean
from tests.contract.phones import STORY, Phone
from tests.contract.product import Product
from tests.contract.providers import PROVIDERS, Provider
from tests.pictures import SECRET, film, photo

SENDING = [provider for provider in PROVIDERS if provider.media]
PHOTO = photo()
VOICE = b"OggS\0\2" + bytes(22) + b"OpusHead" + bytes(60)
PDF = b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"
FILM = film(brand=b"isom")
FILES = {
    "a photo": (PHOTO, "image/jpeg"),
    "a voice note": (VOICE, "audio/ogg"),
    "a document": (PDF, "application/pdf"),
    "a film": (FILM, "video/mp4"),
}


@pytest.fixture(params=SENDING, ids=repr)
def phone(request: pytest.FixtureRequest, product_for: Callable[[Provider], Product]) -> Phone:
    """Return the phone of somebody who has never written, once for each provider that brings files."""
    return Phone(product_for(request.param), request.param)


def kept(phone: Phone) -> list[Content]:
    """Return the files of the citizen's report that the backend has, in order."""
    assert phone.session.draft is not None
    return [phone.product.backend.kept[medium.key] for medium in phone.session.draft.media]


@pytest.mark.parametrize("name", FILES)
def test_a_file_reaches_the_backend_cleaned(name: str, phone: Phone) -> None:
    """Where it is asked for; what it tells of its phone and place is gone."""
    data, kind = FILES[name]
    phone.reach("evidence")

    told = phone.send(data, kind)

    assert (len(told), kept(phone)) == (1, [clean(Content(data, kind))])
    assert SECRET not in kept(phone)[0].data


def test_a_photo_with_a_caption_begins_a_report_with_these_words(phone: Phone) -> None:
    """The first message of all may be a picture."""
    phone.send(PHOTO, "image/jpeg", f"{STORY} {phone.mark}")

    assert phone.session.draft is not None
    assert (phone.session.draft.story, phone.session.state) == (f"{STORY} {phone.mark}", "place")
    assert kept(phone) == [clean(Content(PHOTO, "image/jpeg"))]


def test_files_that_are_sent_together_are_all_kept(phone: Phone) -> None:
    """One answer to all of them is enough."""
    phone.reach("evidence")
    files = [File(*FILES[name]) for name in ("a photo", "a film", "a photo")]

    told = phone.does(lambda: phone.twin.send_together(phone.address, files))

    assert [content.type for content in kept(phone)] == ["image/jpeg", "video/mp4", "image/jpeg"]
    assert len(set(told)) == len(told) == 1


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"MZ a program", "application/x-msdownload"),
        (b"<svg onload=alert(1)>", "image/svg+xml"),
        (b"", "image/jpeg"),
    ],
    ids=("a program", "a drawing with a script", "nothing at all"),
)
def test_a_file_that_is_no_evidence_is_refused_and_the_report_goes_on(data: bytes, kind: str, phone: Phone) -> None:
    """The citizen is told, and nothing of it reaches the backend."""
    before = len(phone.product.backend.kept)
    phone.reach("evidence")

    told = phone.send(data, kind)
    phone.say("LEWATI")

    assert (len(phone.product.backend.kept) - before, phone.session.state) == (0, "privacy")
    assert any("tidak" in text for text in told)


@pytest.mark.parametrize("answer", ["ya", "Jl Kaliurang km 5, Depok, Sleman"])
def test_a_shared_point_is_named_and_goes_with_the_report(answer: str, phone: Phone) -> None:
    """The citizen confirms the name, or gives a better one."""
    phone.reach("place", f"{STORY} {phone.mark}")

    (named,) = phone.share(-7.75871, 110.38183)

    assert ("Sleman" in named, phone.session.state) == (True, "pin")
    phone.say(answer)
    phone.go_on("review")
    phone.say("kirim")
    (report,) = [each for each in phone.product.backend.filed.values() if phone.mark in each.body]
    assert report.place is not None


def test_a_sticker_is_answered_by_what_to_do(phone: Phone) -> None:
    """It is no evidence, and the question stays open."""
    phone.reach("place")

    told = phone.send(b"RIFF\0\0\0\0WEBPVP8 ", "image/webp")

    assert (len(told), phone.session.state) == (1, "place")
