"""What must hold of everything the stranger sees: short SMS, valid requests, silent logs, routes that are off."""

from collections.abc import Iterator

import httpx
import pytest

from tests.stranger.carriers import Gateway, Screens
from tests.stranger.citizens import Citizen
from tests.stranger.gsm import one_segment
from tests.stranger.hooks import Hooks
from tests.stranger.office import Office
from tests.stranger.town import PUBLIC_URL, SECRETS, Programs, Town, free_port, ready, variables

LONG = "Jembatan “gantung” desa kami putus 🌉 " + "dan anak-anak menyeberang sungai tiap pagi, " * 12
FAR = "Jl Kaliurang km 12, Ngaglik, Sleman €€€ [dekat masjid] ~ " + "masuk gang kedua, belok kiri, " * 8
SMS = ("gateway", "twilio_sms")


@pytest.mark.parametrize("route", SMS)
def test_every_sms_is_one_segment_of_the_7_bit_alphabet(town: Town, route: str) -> None:
    citizen = town.citizen(route)
    town.citizen(route).reach(
        "halo", "BANTUAN", "apa?", "STATUS", "BALAS", "BATAL", "LAPOR", "rusak", "KEMBALI", "ULANG"
    )
    citizen.prepare(story=LONG, place=FAR)
    citizen.reach("ubah", "9", "tidak jadi", "kirim", "STATUS", "BAHASA", "2", "HELP", "STATUS", "HAPUS DATA", "no")
    before = len(citizen.screen)
    event = town.office.event(
        citizen.address, "agency_question", agency="Dinas Pekerjaan Umum dan Penataan Ruang " * 4, message=LONG * 4
    )
    assert town.hooks.lapor(event).status_code == 200
    citizen.hear(before)
    assert [text for text in town.screens.all_sms() if not one_segment(text)] == []


def test_nothing_is_sent_to_the_backend_that_its_document_does_not_allow(town: Town) -> None:
    citizen = town.citizen("whatsapp")
    citizen.prepare(story="x" * 20 + " \x00\x0b ada yang aneh di jalan")
    citizen.say("kirim")
    assert (len(town.office.filed(citizen.address)), town.office.breaches) == (1, [])


def test_logs_and_metrics_tell_neither_words_nor_numbers_nor_secrets(town: Town) -> None:
    citizen = town.citizen("gateway")
    citizen.prepare(story="LAPOR kucing oranye menggigit lurah di kantor desa")
    citizen.say("kirim")
    said = town.programs.logs() + town.hooks.http.get("/metrics").text
    secrets = [SECRETS.telegram_token, SECRETS.twilio, SECRETS.gateway_password, SECRETS.lapor, SECRETS.lapor_token]
    assert [word for word in ("kucing", citizen.phone[1:], *secrets) if word in said] == []


def test_an_event_with_a_sequence_far_ahead_is_told_and_takes_no_memory(town: Town) -> None:
    citizen = town.citizen("telegram")
    citizen.file()
    before = len(citizen.screen)
    for sequence in (2**40, 2**62):
        event = town.office.event(citizen.address, "agency_message", sequence, message=f"pesan {sequence}")
        town.hooks.lapor(event)
        assert str(sequence) in citizen.hear(before)
        before += 1


@pytest.fixture(scope="module")
def village(redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, Gateway, Citizen]]:
    """Yield a bot with a gateway and nothing else, whose backend tells its events only to those who ask."""
    port, screens = free_port(), Screens()
    with (
        Office(SECRETS.lapor_token) as office,
        Gateway(SECRETS.gateway_password, screens) as gateway,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=10, trust_env=False) as http,
    ):
        given = variables(office, port, redis_url.removesuffix("/0") + "/1") | {
            "SMS_GATEWAY_URL": f"{gateway.url}/cgi-bin/sendsms",
            "SMS_GATEWAY_SECRET": SECRETS.gateway,
            "SMS_GATEWAY_PASSWORD": SECRETS.gateway_password,
            "LAPOR_WEBHOOK_SECRET": "",
        }
        programs = Programs(given, tmp_path_factory.mktemp("village"))
        office.events.append(FUTURE)
        try:
            programs.start("worker")
            ready(http, programs.start("serve"))
            yield office, gateway, Citizen("gateway", Hooks(http, PUBLIC_URL, SECRETS), screens)
        finally:
            programs.stop()


FUTURE = {
    "event_id": "E-early", "type": "status_changed", "report_id": "R-9170001", "status": "verified", "sequence": 1,
    "occurred_at": "2026-11-24T09:00:00Z", "message": "Sudah diperiksa",
}  # fmt: skip


def test_the_routes_of_channels_whose_variables_are_absent_do_not_exist(
    village: tuple[Office, Gateway, Citizen],
) -> None:
    http = village[2].hooks.http
    paths = ("telegram", "twilio", "twilio/status", "lapor", "sms", "sms/status")
    assert [http.post(f"/webhooks/{path}", content=b"{}").status_code for path in paths] == [
        404, 404, 404, 404, 403, 403,
    ]  # fmt: skip


def test_events_that_nobody_pushes_are_asked_for(village: tuple[Office, Gateway, Citizen]) -> None:
    office, _, citizen = village
    citizen.file()
    before = len(citizen.screen)
    assert "Sudah diperiksa" in citizen.hear(before, 20)
    assert [each.path for each in office.asked].count("/v1/events") == 1
