"""The officer's pages, as a browser sees them."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from case_browser import Officer, hidden, page_of
from case_samples import JPEG, NOON, a_key, new_report
from flask import Flask

from bot.cases.desk.ledger import Ledger
from bot.cases.desk.tables import EventRow
from bot.cases.wire import Location, NewReply, Rating, Reporter

SOON = (datetime.now(UTC) + timedelta(days=10)).date()


def test_the_same_form_sent_twice_counts_once(officer: Officer, page: str, ledger: Ledger) -> None:
    """A double click looks like a single one to the officer and to the citizen."""
    form = hidden(officer.open(page), f"{page}/pesan") | {"message": "Tim akan datang besok"}
    answers = [officer.browser.post(f"{page}/pesan", data=form) for _ in range(2)]
    assert [(answer.status_code, answer.headers["Location"]) for answer in answers] == [(303, page)] * 2
    assert [event.message for event in ledger.events("", 9)[0]] == ["Tim akan datang besok"]


@pytest.mark.parametrize(
    ("form", "told"),
    [
        (("nomor", {"tracking_id": " #9165816 "}), ("tracking_id_assigned", "submitted", "9165816", None, None)),
        (
            ("status", {"status": "in_progress", "agency": "", "message": "Dikerjakan\r\nbesok ", "closes_on": ""}),
            ("status_changed", "in_progress", None, "Dikerjakan\nbesok", None),
        ),
        (
            ("status", {"status": "closed", "closes_on": SOON.isoformat()}),
            ("status_changed", "closed", None, None, SOON),
        ),
        (
            ("pertanyaan", {"message": "Di RT berapa?"}),
            ("agency_question", "submitted", None, "Di RT berapa?", None),
        ),
        (("pesan", {"message": "Halo\x00"}), ("agency_message", "submitted", None, "Halo", None)),
        (
            ("peringatan", {"closes_on": SOON.isoformat(), "message": ""}),
            ("closing_soon", "submitted", None, None, SOON),
        ),
    ],
)
def test_each_form_becomes_one_event(
    officer: Officer, page: str, ledger: Ledger, form: tuple[str, dict[str, str]], told: tuple[object, ...]
) -> None:
    """What the officer filled in is what the citizen will hear."""
    action, fields = form
    officer.send(f"{page}/{action}", **fields)
    (event,), _ = ledger.events("", 9)
    assert (event.type, event.status, event.tracking_id, event.message, event.closes_on) == told
    assert 'role="status"' in officer.open(page).text


@pytest.mark.parametrize(
    ("form", "refusal"),
    [
        (("nomor", {"tracking_id": "12a4567"}), (422, "Nomor laporan hanya berisi angka")),
        (("nomor", {"tracking_id": "123"}), (422, "Nomor laporan hanya berisi angka")),
        (("nomor", {"tracking_id": "\u0661\u0662\u0663\u0664"}), (422, "Nomor laporan hanya berisi angka")),
        (("status", {"status": "lost"}), (422, "Pilih salah satu status.")),
        (("status", {"status": "submitted"}), (409, "Tidak ada yang berubah.")),
        (("status", {"status": "closed", "closes_on": "2020-01-01"}), (422, "Tanggal itu sudah lewat.")),
        (("pertanyaan", {"message": " \r\n "}), (422, "Tulis pesannya lebih dahulu.")),
        (("pesan", {"message": "x" * 2001}), (422, "Teks terlalu panjang.")),
        (("peringatan", {"closes_on": ""}), (422, "Isi tanggal yang benar.")),
        (("peringatan", {"closes_on": "besok"}), (422, "Isi tanggal yang benar.")),
    ],
)
def test_a_form_that_is_wrong_says_why(
    officer: Officer, page: str, ledger: Ledger, form: tuple[str, dict[str, str]], refusal: tuple[int, str]
) -> None:
    """The reason stands at the form, in plain words, and nothing is told to the citizen."""
    (action, fields), (code, said) = form, refusal
    answer = officer.send(f"{page}/{action}", **fields)
    assert (answer.status_code, said in answer.text) == (code, True)
    assert ledger.events("", 9)[0] == []


def test_a_form_that_is_wrong_keeps_what_was_typed(officer: Officer, page: str) -> None:
    """The officer puts one field right and sends the rest again."""
    typed = {
        "status": "closed",
        "agency": "Kabupaten Sleman",
        "message": 'Sudah "ditambal"',
        "closes_on": "2020-01-01",
    }
    answer = officer.send(f"{page}/status", **typed)
    kept = ['value="closed" selected', 'value="Kabupaten Sleman"', "Sudah &#34;ditambal&#34;", 'value="2020-01-01"']
    assert [field for field in kept if field in answer.text] == kept


def test_a_tracking_id_of_another_report_is_refused(officer: Officer, page: str, ledger: Ledger) -> None:
    """The officer is told to look again."""
    other = page_of(ledger, new_report())
    officer.send(f"{page}/nomor", tracking_id="9165816")
    answer = officer.send(f"{other}/nomor", tracking_id="9165816")
    assert (answer.status_code, "Nomor itu sudah dipakai laporan lain." in answer.text) == (409, True)


@pytest.mark.parametrize("path", ["/laporan/unknown", "/lampiran/unknown", "/elsewhere"])
def test_what_does_not_exist_is_said_in_plain_words(officer: Officer, path: str) -> None:
    """The page for people, not the problem for programs."""
    answer = officer.open(path)
    assert (answer.status_code, answer.mimetype, "Tidak ditemukan" in answer.text) == (404, "text/html", True)


def test_unknown_forms_and_forms_without_a_nonce_are_refused(officer: Officer, page: str) -> None:
    """Nothing is guessed from a form that this desk did not give."""
    form = hidden(officer.open(page), f"{page}/pesan") | {"message": "Halo"}
    answers = [
        officer.browser.post(f"{page}/hapus", data=form),
        officer.browser.post(f"{page}/pesan", data=form | {"nonce": ""}),
        officer.browser.post(f"{page}/pesan", data=form | {"nonce": "n" * 65}),
    ]
    assert [answer.status_code for answer in answers] == [404, 400, 400]


def test_the_citizens_words_are_text_and_never_markup(officer: Officer, ledger: Ledger) -> None:
    """In the queue, in the report, in the copy block and in the history."""
    evil = "</textarea><script>alert('x')</script>\n\"baris\" kedua"
    page = page_of(ledger, new_report(body=evil, title=evil, agency=evil, category=evil, place=Location(text=evil)))
    ledger.reply(page.rpartition("/")[2], a_key(), NewReply(evil), NOON)
    ledger.rate(page.rpartition("/")[2], Rating(solved=False, comment=evil), NOON)
    shown = officer.open(page).text + officer.open("/laporan").text
    assert "<script" not in shown
    assert shown.count("</textarea>") == shown.count("<textarea")
    assert shown.count("&lt;script&gt;") >= 9


@pytest.mark.parametrize("anonymous", [True, False])
def test_an_anonymous_reporter_is_hidden(officer: Officer, ledger: Ledger, *, anonymous: bool) -> None:
    """Neither the number nor the name stands on the page."""
    reporter = Reporter("sms:+6281234567890", "Sri")
    shown = officer.open(page_of(ledger, new_report(anonymous=anonymous, reporter=reporter))).text
    assert ("+6281234567890" in shown, "Sri" in shown) == (not anonymous, not anonymous)


def test_a_report_shows_all_that_was_filed(officer: Officer, ledger: Ledger) -> None:
    """The block to copy holds the fields of LAPOR!'s form, in its order."""
    new = new_report(
        title="Jalan berlubang",
        occurred_on=date(2026, 11, 11),
        place=Location("Jl Kaliurang km 5", latitude=-7.75, longitude=110.38),
        agency="Kabupaten Sleman",
        secret=True,
    )
    shown = officer.open(page_of(ledger, new)).text
    block = re.search(r"readonly>(.*?)</textarea>", shown, re.DOTALL)
    assert block
    assert block[1].split("\n\n") == [
        "JUDUL\nJalan berlubang",
        "ISI LAPORAN\nJalan berlubang besar depan SD 2",
        "TANGGAL KEJADIAN\n11 November 2026",
        "LOKASI\nJl Kaliurang km 5 (titik peta -7.75, 110.38)",
        "INSTANSI TUJUAN\nKabupaten Sleman",
        "KATEGORI\nbelum ditentukan",
        "LAMPIRAN\ntidak ada",
        "ANONIM\ntidak",
        "RAHASIA\nya",
    ]
    assert "12 November 2026, 12.00 WIB" in shown


def test_the_queue_is_filtered_and_says_where_an_answer_waits(officer: Officer, page: str, ledger: Ledger) -> None:
    """A status without reports shows none."""
    ledger.reply(page.rpartition("/")[2], a_key(), NewReply("Halo?"), NOON)
    waiting, closed = (officer.open(f"/laporan?status={status}").text for status in ("submitted", "closed"))
    assert (page in waiting, "Balasan baru" in waiting) == (True, True)
    assert (page in closed, "Belum ada laporan di sini." in closed) == (False, True)


@pytest.mark.parametrize(("shown_in", "reloads"), [("iframe", True), ("document", False)])
def test_the_queue_reloads_itself_only_beside_the_phones_of_the_demo(
    officer: Officer, *, shown_in: str, reloads: bool
) -> None:
    """An officer who reads with a screen reader or a keyboard is not interrupted."""
    answer = officer.browser.get("/laporan", headers={"Sec-Fetch-Dest": shown_in})
    assert ('http-equiv="refresh"' in answer.text) == reloads


def test_a_file_is_handed_out_to_save_and_never_to_show(officer: Officer, ledger: Ledger) -> None:
    """The browser is told its kind, to trust that, and to save it."""
    attachment_id = ledger.attach(a_key(), JPEG, NOON).answer.attachment_id
    page = page_of(ledger, new_report(attachments=(attachment_id,)))
    assert f'href="/lampiran/{attachment_id}"' in officer.open(page).text
    answer = officer.open(f"/lampiran/{attachment_id}")
    assert (answer.data, answer.mimetype) == (JPEG, "image/jpeg")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="lampiran-{attachment_id[:8]}.jpg"'


def test_the_history_says_whether_the_bot_was_told(officer: Officer, page: str, desk: Flask) -> None:
    """An event that the bot refused shows the reason."""
    officer.send(f"{page}/pesan", message="Halo")
    waiting = officer.open(page).text
    with desk.extensions["database"].writing() as db:
        event = db.get_one(EventRow, 1)
        event.attempts, event.refusal = 3, "401"
    refused = officer.open(page).text
    assert "Menunggu diteruskan ke bot" in waiting
    assert "percobaan 3, jawaban 401" in refused


def test_a_category_is_shown_by_its_name(officer: Officer, ledger: Ledger) -> None:
    """An officer reads what it is called, not its code."""
    page = officer.open(page_of(ledger, new_report(category="lingkungan-hidup"))).text
    assert ("Lingkungan Hidup" in page, "lingkungan-hidup" in page) == (True, False)
