"""What people see and do on the demo's page, in a real browser, with a bot that only writes down."""

import json
from collections.abc import Iterator
from pathlib import Path

import flask
import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bot.config import Settings
from bot.demo.twins.app import Twins
from tests.bot.demo.stage import Echo

SAMPLE = Path(__file__).parents[3] / "bot" / "demo" / "static" / "lubang.jpg"
CHAT = 1708170800


@pytest.fixture
def page(browser: Browser, settings: Settings, twins: Twins) -> Iterator[Page]:  # noqa: ARG001 - they run behind it
    """Yield the page, as it opens."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(settings.public_url)
    yield page
    page.close()


def phone(page: Page, channel: str) -> Locator:
    """Find a phone by the name above it."""
    return page.get_by_role("region", name=channel, exact=True)


def write(page: Page, channel: str, text: str) -> None:
    """Type a message and press Enter."""
    box = phone(page, channel).get_by_label("Tulis pesan")
    box.fill(text)
    box.press("Enter")


def entries(page: Page, channel: str) -> Locator:
    """Find what stands on a phone's screen."""
    return phone(page, channel).get_by_role("log").get_by_role("listitem")


def telegram_says(echo: Echo, text: str, **markup: object) -> None:
    """Let the bot answer the next update with a message."""
    call = {"method": "sendMessage", "chat_id": CHAT, "text": text, **markup}
    echo.answers.append(flask.Response(json.dumps(call), mimetype="application/json"))


def twilio_says(echo: Echo, text: str) -> None:
    """Let the bot answer the next message with TwiML."""
    echo.answers.append(flask.Response(f"<Response><Message>{text}</Message></Response>"))


def test_what_is_typed_reaches_the_webhook_and_the_answer_the_screen(page: Page, echo: Echo) -> None:
    """Enter sends, and the phone shows both sides."""
    twilio_says(echo, "Di mana?")
    write(page, "WhatsApp", "jalan rusak")
    expect(entries(page, "WhatsApp").locator(".text")).to_have_text(["jalan rusak", "Di mana?"])
    assert echo.hit().form["Body"] == "jalan rusak"


def test_each_phone_comes_in_by_a_webhook_of_its_own(page: Page, echo: Echo) -> None:
    """An SMS comes by the gateway, the others by their providers."""
    paths = []
    for channel in ("SMS", "WhatsApp", "Telegram"):
        write(page, channel, "LAPOR")
        paths.append(echo.hit().path)
    assert paths == ["sms", "twilio", "telegram"]


def test_what_anyone_writes_is_text_and_never_markup(page: Page, echo: Echo) -> None:
    """Neither side can put an element or a script on the page."""
    hostile = "<img src=x onerror=document.title='taken'><b>halo</b>"
    telegram_says(echo, hostile)
    write(page, "Telegram", hostile)
    expect(entries(page, "Telegram").locator(".text")).to_have_text([hostile, hostile])
    assert (page.title(), entries(page, "Telegram").locator("b, img").count()) == (
        "Peragaan LAPOR! di tiga ponsel",
        0,
    )


def test_a_button_below_a_message_can_be_tapped(page: Page, echo: Echo) -> None:
    """The tap reaches the webhook with the button's data, and the button shows it."""
    buttons = [[{"text": "Terbuka", "callback_data": "privacy.1.open"}, {"text": "Anonim", "callback_data": "x"}]]
    telegram_says(echo, "Siapa boleh melihat?", reply_markup={"inline_keyboard": buttons})
    write(page, "Telegram", "LAPOR")
    phone(page, "Telegram").get_by_role("button", name="Terbuka").click()
    expect(phone(page, "Telegram").locator(".tapped")).to_have_text("Terbuka")
    assert (echo.hit().path, echo.hit().json["callback_query"]["data"]) == ("telegram", "privacy.1.open")


@pytest.mark.parametrize("channel", ["WhatsApp", "Telegram"])
def test_photos_and_a_place_can_be_sent(channel: str, page: Page, echo: Echo) -> None:
    """From the menu of what to attach: a sample, a file, a point on the map."""
    menu = phone(page, channel).locator(".attach summary")
    menu.click()
    phone(page, channel).get_by_role("button", name="Foto contoh").click()
    expect(entries(page, channel).get_by_alt_text("Foto yang dikirim")).to_have_count(1)
    menu.click()
    with page.expect_file_chooser() as choosing:
        phone(page, channel).get_by_role("button", name="Pilih berkas").click()
    choosing.value.set_files(SAMPLE)
    expect(entries(page, channel).get_by_alt_text("Foto yang dikirim")).to_have_count(2)
    menu.click()
    phone(page, channel).get_by_role("button", name="Lokasi contoh").click()
    expect(entries(page, channel).last).to_contain_text("Lokasi -7.75871, 110.38183")
    brought = [echo.hit() for _ in range(3)]
    kinds = [set(hit.json["message"]) & {"photo", "location"} if hit.json else kind_of(hit.form) for hit in brought]
    assert kinds == [{"photo"}, {"photo"}, {"location"}]


@pytest.mark.parametrize(
    ("channel", "brought"),
    [("WhatsApp", ["image/jpeg", "application/pdf", "audio/ogg"]), ("Telegram", ["photo", "document", "voice"])],
)
def test_several_files_and_a_voice_note_can_be_sent(
    channel: str, brought: list[str], page: Page, echo: Echo, tmp_path: Path
) -> None:
    """What cannot be shown is named; Telegram says which files belong together."""
    letter = tmp_path / "surat.pdf"
    letter.write_bytes(b"%PDF-1.7")
    menu = phone(page, channel).locator(".attach summary")
    menu.click()
    with page.expect_file_chooser() as choosing:
        phone(page, channel).get_by_role("button", name="Pilih berkas").click()
    choosing.value.set_files([SAMPLE, letter])
    expect(entries(page, channel).last).to_contain_text("Dokumen")
    menu.click()
    phone(page, channel).get_by_role("button", name="Pesan suara contoh").click()
    expect(entries(page, channel).last).to_contain_text("Pesan suara")
    hits = [echo.hit() for _ in range(3)]
    messages = [hit.json["message"] if hit.json else {hit.form["MediaContentType0"]: ""} for hit in hits]
    albums = [message.get("media_group_id", "") for message in messages]
    assert [next(kind for kind in message if kind in brought) for message in messages] == brought
    assert (albums[0] == albums[1], albums[2], bool(albums[0])) == (True, "", channel == "Telegram")


def kind_of(form: dict[str, str]) -> set[str]:
    """Tell what a message from Twilio carries."""
    if "Latitude" in form:
        return {"location"}
    return {"photo"} if form["NumMedia"] == "1" else set()


def test_sent_twice_is_shown_once_with_a_note(page: Page, echo: Echo) -> None:
    """The same message comes to the webhook twice; the phone shows it once, with one answer."""
    for _ in range(2):
        twilio_says(echo, "Di mana?")
    phone(page, "WhatsApp").get_by_label("Tulis pesan").fill("jalan rusak")
    phone(page, "WhatsApp").get_by_role("button", name="Kirim dua kali").click()
    expect(entries(page, "WhatsApp").locator(".text")).to_have_text(["jalan rusak", "Di mana?"])
    expect(entries(page, "WhatsApp").first).to_contain_text("dikirim 2")
    assert echo.hit().form == echo.hit().form


def test_a_message_that_no_one_takes_is_marked(page: Page, echo: Echo) -> None:
    """The twin gives up after a few attempts and says so."""
    echo.answers = [flask.Response(status=500) for _ in range(3)]
    write(page, "SMS", "LAPOR")
    expect(entries(page, "SMS").first).to_contain_text("tidak terkirim")


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("", "0/160 · 1 SMS"),
        ("a" * 160, "160/160 · 1 SMS"),
        ("a" * 161, "161/160 · 2 SMS"),
        ("a" * 307, "307/160 · 3 SMS"),
        ("5 € [a]", "10/160 · 1 SMS"),
        ("😀", "2/70 · 1 SMS"),
        ("“" * 71, "71/70 · 2 SMS"),
    ],
)
def test_the_sms_phone_counts_what_a_text_costs(text: str, counted: str, page: Page) -> None:
    """GSM-7 with its double characters, UCS-2 as soon as one is outside of it."""
    phone(page, "SMS").get_by_label("Tulis pesan").fill(text)
    expect(phone(page, "SMS").get_by_role("status")).to_have_text(counted)
    assert phone(page, "SMS").locator(".over").count() == int(not counted.endswith("1 SMS"))


def test_the_example_is_a_click_away(page: Page, echo: Echo) -> None:
    """A click writes it, Enter sends it."""
    phone(page, "SMS").get_by_role("button", name="LAPOR jalan berlubang").click()
    page.keyboard.press("Enter")
    assert echo.hit().args["text"] == "LAPOR jalan berlubang besar depan SD 2, motor sering jatuh"


def test_what_was_said_is_still_there_when_the_page_opens_again(page: Page, echo: Echo) -> None:
    """The screens are the twins', not the page's."""
    twilio_says(echo, "Di mana?")
    write(page, "WhatsApp", "jalan rusak")
    expect(entries(page, "WhatsApp").locator(".text")).to_have_text(["jalan rusak", "Di mana?"])
    page.reload()
    expect(entries(page, "WhatsApp").locator(".text")).to_have_text(["jalan rusak", "Di mana?"])
    assert echo.hits.qsize() == 1


@pytest.mark.usefixtures("twins")
def test_everything_but_the_desk_comes_from_the_page_itself(browser: Browser, settings: Settings) -> None:
    """No font, script or picture is loaded from elsewhere, and nothing is blocked."""
    page = browser.new_page()
    origins, complaints = set(), []
    page.on("request", lambda request: origins.add("/".join(request.url.split("/")[:3])))
    page.on(
        "console", lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None
    )
    page.goto(settings.public_url)
    expect(phone(page, "SMS")).to_be_visible()
    page.close()
    assert (origins, complaints) == ({settings.public_url, settings.lapor.api_url}, [])


def test_on_a_small_screen_the_phones_stand_one_below_the_other(page: Page) -> None:
    """Nothing has to be scrolled sideways."""
    page.set_viewport_size({"width": 360, "height": 740})
    boxes = [phone(page, channel).bounding_box() for channel in ("SMS", "WhatsApp", "Telegram")]
    tops = [box["y"] for box in boxes if box]
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert (tops == sorted(tops), len({box["x"] for box in boxes if box}), wide <= 360) == (True, 1, True)


HEADER = {"X-Lapor-Demo": "1"}


@pytest.mark.usefixtures("twins")
@pytest.mark.parametrize(
    ("path", "headers", "content", "status"),
    [
        ("sms/say", HEADER, b'{"text": "LAPOR"}', 202),
        ("sms/say", {}, b'{"text": "LAPOR"}', 403),
        ("sms/say", HEADER, b"{", 400),
        ("sms/say", HEADER, b'{"text": 5}', 400),
        ("fax/say", HEADER, b'{"text": "LAPOR"}', 404),
        ("sms/share", HEADER, b'{"latitude": 1, "longitude": 2}', 404),
        ("telegram/tap", HEADER, b'{"entry": 1, "data": "x"}', 404),
        ("whatsapp/send", HEADER, b"", 400),
        ("whatsapp/send", HEADER, b"x" * (10 * 1024 * 1024 + 1), 413),
    ],
)
def test_only_the_page_itself_can_use_the_phones(
    path: str, headers: dict[str, str], content: bytes, status: int, settings: Settings
) -> None:
    """A page of another site cannot send the header, and what is broken is refused."""
    url = f"{settings.public_url}/demo/phones/{path}"
    assert httpx.post(url, headers=headers, content=content, trust_env=False).status_code == status


def test_while_the_twins_are_away_the_page_says_so(browser: Browser, settings: Settings) -> None:
    """Nothing is lost: the text stays where it was typed."""
    page = browser.new_page()
    page.goto(settings.public_url)
    write(page, "SMS", "LAPOR")
    expect(page.get_by_text("Sambungan terputus")).to_be_visible()
    expect(phone(page, "SMS").get_by_label("Tulis pesan")).to_have_value("LAPOR")
    assert page.title() == "Peragaan LAPOR! di tiga ponsel"
    page.close()


def test_what_telegram_asks_the_phone_for_is_one_tap_and_is_gone_again(page: Page, echo: Echo) -> None:
    """A message without buttons takes it away where the citizen types instead."""
    telegram = phone(page, "Telegram")
    asked = {"keyboard": [[{"text": "Kirim lokasi saya", "request_location": True}]], "one_time_keyboard": True}
    telegram_says(echo, "Di mana?", reply_markup=asked)
    write(page, "Telegram", "jalan rusak")
    button = telegram.get_by_role("button", name="Kirim lokasi saya")
    expect(button).to_be_visible()
    echo.hit()
    telegram_says(echo, "Di mana tepatnya?", reply_markup=asked)
    button.click()
    assert "location" in echo.hit().json["message"]
    expect(entries(page, "Telegram").locator(".text")).to_have_text(
        ["jalan rusak", "Di mana?", "Di mana tepatnya?"]
    )
    expect(button).to_be_visible()
    telegram_says(echo, "Kapan?", reply_markup={"remove_keyboard": True})
    write(page, "Telegram", "Jl. Kaliurang")
    expect(button).to_be_hidden()


def test_the_commands_menu_is_the_one_that_the_bot_has_set(page: Page, echo: Echo, settings: Settings) -> None:
    """A command is sent as it is written."""
    assert settings.telegram is not None
    commands = [{"command": "lapor", "description": "Membuat laporan"}]
    url = f"{settings.telegram.api_url}/bot{settings.telegram.token}/setMyCommands"
    httpx.post(url, json={"commands": commands, "language_code": "id"}, trust_env=False)
    telegram = phone(page, "Telegram")
    telegram.get_by_label("Menu perintah").click()
    telegram.get_by_role("button", name="/lapor Membuat laporan").click()
    assert echo.hit().json["message"]["text"] == "/lapor"


def test_a_day_later_whatsapp_takes_no_free_words(page: Page, twins: Twins, settings: Settings) -> None:
    """Until the phone writes again; what is sent meanwhile does not come."""
    write(page, "WhatsApp", "halo")
    expect(entries(page, "WhatsApp")).to_have_count(1)
    phone(page, "WhatsApp").get_by_label("Lampirkan").click()
    with page.expect_response("**/whatsapp/close"):
        phone(page, "WhatsApp").get_by_role("button", name="24 jam kemudian").click()
    assert settings.twilio is not None
    account, citizen = settings.twilio, "whatsapp:+6281310001708"
    url = f"{account.api_url}/2010-04-01/Accounts/{account.sid}/Messages.json"
    form = {"To": citizen, "From": f"whatsapp:{account.whatsapp_from}", "Body": "Kabar"}
    answer = httpx.post(url, data=form, auth=(account.sid, account.token), trust_env=False)
    assert (answer.status_code, twins.twilio.inbox(citizen)) == (201, ())


def test_the_bot_is_blocked_and_let_in_again(page: Page, echo: Echo) -> None:
    """The webhook hears of both; the phone's own number is sent from the same menu."""
    telegram = phone(page, "Telegram")
    for name in ("Blokir bot", "Buka blokir", "Nomor saya"):
        telegram.get_by_label("Lampirkan").click()
        telegram.get_by_role("button", name=name).click()
    told = [echo.hit().json for _ in range(3)]
    assert [each["my_chat_member"]["new_chat_member"]["status"] for each in told[:2]] == ["kicked", "member"]
    assert told[2]["message"]["contact"] == {
        "phone_number": "6281210001708",
        "first_name": "Warga",
        "user_id": CHAT,
    }
