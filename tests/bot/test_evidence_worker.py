"""Files on their way through a worker: tried again, told when they fail or take long, never in a report's way."""

import pytest
import redis

from bot.errors import Failure, Permanent, Rejected, Temporary, Uncertain, Unfit
from bot.inbound import Inbound
from conversations.effects import Attach
from conversations.events import SentMedia
from tests.bot.office import Office
from tests.pictures import film
from tests.stage import NOW

CHAT = "telegram:12345"
HOUR, DAY = 3600, 86400


@pytest.fixture
def office(client: "redis.Redis", redis_url: str) -> Office:
    office = Office(client, redis_url, phone=CHAT)
    office.says("LAPOR lampu jalan mati di Jl. Kaliurang km 5, Depok, Sleman sejak kemarin")
    return office


def sends(office: Office, kind: str = "photo") -> None:
    office.takes(SentMedia(kind, "ref"))  # type: ignore[arg-type]


def told(office: Office) -> list[str]:
    """Return what was said of files."""
    return [text for text in office.phone.texts if text.startswith("Lampiran ke-")]


def until_done(office: Office, seconds: float, steps: int = 1) -> None:
    """Let workers work, and let time go by so often."""
    for _ in range(steps):
        office.works(office.done)
        office.time += seconds
    office.works(office.done)


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (b"", "rusak atau kosong"),
        (b"just words", "bukan foto, video, suara, atau PDF"),
        (film()[:-3], "rusak atau kosong"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "Kirim lagi sebagai foto, bukan dokumen"),
        (b"%PDF-".ljust(21_000_000), "terlalu besar"),
        (Unfit("Telegram says so", "large"), "terlalu besar"),
        (Permanent("file does not lie in the bot's folder"), "tidak dapat diterima LAPOR!"),
    ],
    ids=("empty", "words", "cut off", "HEIC", "21 MB", "too large for the provider", "not ours"),
)
def test_a_file_that_cannot_be_taken_is_told_once_with_what_to_do(
    office: Office, file: bytes | Failure, said: str
) -> None:
    office.phone.files = [file]
    sends(office)
    until_done(office, 60)
    (text,) = told(office)
    assert (said in text, text.startswith("Lampiran ke-1 "), office.empty()) == (True, True, True)


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (Unfit("answered 413", "large"), "terlalu besar"),
        (Unfit("answered 415", "kind"), "bukan foto"),
        (Rejected("answered 422"), "tidak dapat diterima LAPOR!"),
    ],
    ids=("413", "415", "422"),
)
def test_a_file_that_the_backend_refuses_is_told_once(office: Office, failure: Failure, said: str) -> None:
    office.backend.unstored = [failure]
    sends(office)
    until_done(office, 60)
    (text,) = told(office)
    assert (said in text, office.backend.files) == (True, [])


def test_a_file_that_is_not_there_yet_is_fetched_again(office: Office) -> None:
    office.phone.files = [Unfit("file server answered 404", "gone")] * 3
    sends(office)
    until_done(office, 10, steps=4)
    assert (office.backend.files, told(office), office.empty()) == (["image/jpeg"], [], True)


def test_a_file_that_never_comes_is_told_after_a_minute(office: Office) -> None:
    office.phone.files = [Unfit("file server answered 404", "gone")] * 20
    sends(office)
    until_done(office, 70, steps=8)
    (text,) = told(office)
    assert ("tidak dapat kami ambil. Mohon kirim lagi" in text, office.empty()) == (True, True)


def test_a_file_that_fails_for_now_is_tried_until_it_works_and_the_report_does_not_wait(office: Office) -> None:
    office.phone.files = [Temporary("file server answered 503")] * 3
    office.backend.unstored = [Uncertain("no answer"), Temporary("answered 500")]
    sends(office)
    office.says("kirim")
    until_done(office, 3)
    (report,) = office.backend.filed.values()
    assert (report.attachments, office.backend.replies) == ((), [])
    until_done(office, 60, steps=5)
    ((key, ids),) = [(reply.report_id, reply.attachments) for reply in office.backend.replies]
    assert (key, ids, told(office)) == ("R1", ("A1",), [])


def test_a_file_that_takes_long_is_told_once_and_then_arrives(office: Office) -> None:
    office.backend.unstored = [Temporary("answered 503")] * 16
    sends(office)
    until_done(office, 600, steps=10)
    assert [text.endswith("Laporan tetap berjalan.") and "masih kami kirim" in text for text in told(office)] == [
        True
    ]
    until_done(office, 600, steps=8)
    assert (len(told(office)), office.backend.files) == (1, ["image/jpeg"])


def test_a_file_that_fails_for_thirteen_days_is_told_before_the_outbox_gives_it_up(office: Office) -> None:
    office.backend.unstored = [Temporary("answered 503")] * 99
    sends(office)
    until_done(office, 7 * HOUR)
    office.time += 13 * DAY
    until_done(office, 60)
    assert (["masih kami kirim" in text for text in told(office)], office.empty(), office.parked()) == (
        [True, False],
        True,
        [],
    )


def test_a_file_that_failed_can_be_sent_again_and_joins_the_report(office: Office) -> None:
    office.phone.files = [b""]
    sends(office)
    office.says("kirim")
    until_done(office, 3)
    sends(office)
    until_done(office, 60)
    assert [reply.attachments for reply in office.backend.replies] == [("A1",)]
    assert any("kami tambahkan ke laporan 9165816" in text for text in office.phone.texts)


def test_what_the_bytes_say_goes_to_the_backend(office: Office) -> None:
    office.phone.files = [film()]
    office.puts(Attach("some/1", "ref", "photo", "image/jpeg"), "telegram")
    until_done(office, 1)
    assert office.backend.files == ["video/mp4"]


def test_a_message_delivered_twice_is_one_file(office: Office) -> None:
    for _ in range(2):
        office.dispatcher.receive(Inbound(CHAT, "tg:1", SentMedia("photo", "ref"), NOW, provider="telegram"))
    until_done(office, 60)
    assert office.backend.files == ["image/jpeg"]
