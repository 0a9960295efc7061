"""What every payload file of a provider stands for: one row for each file."""

from collections.abc import Mapping
from typing import Final

import msgspec

from bot.inbound import Inbound
from conversations.events import Event, Left, Said, SentMedia, SharedNumber, SharedPlace, Tapped
from tests.webhooks.rest import NOW


class Heard(msgspec.Struct, frozen=True):
    """What is handed over: events, delivery reports (message and status), and why something was parked.

    `reworded` are messages (address, provider, message) to be said in approved words, the window being closed.
    """

    inbound: tuple[Inbound, ...] = ()
    receipts: tuple[tuple[str, str], ...] = ()
    parked: tuple[str, ...] = ()
    reworded: tuple[tuple[str, str, str], ...] = ()
    reports: tuple[tuple[str, str, str], ...] = ()


NOTHING: Final = Heard()
REPORTED: Final = "ob-17"
"""The message that the delivery reports are about."""

PHONE: Final = "+6281234567890"
MEDIA: Final = "https://api.twilio.com/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/Messages"
KANNEL: Final = "67b1-4a43-8a63-5d1f2d9c1b7e"


def telegram(number: int, event: Event) -> Heard:
    """Expect an event of an update; its answer can ride."""
    return Heard((Inbound("telegram:5550123", f"tg:8812004{number:02}", event, NOW, "telegram", rides=1),))


def tap(number: int, data: str) -> Heard:
    """Expect a tap, which counts once per callback query, wherever its message went, and can be acknowledged."""
    query = f"238354213395{number}"
    return Heard((Inbound("telegram:5550123", f"cb:{query}", Tapped(data), NOW, "telegram", rides=1, tap=query),))


def twilio(sid: str, *events: Event, address: str = f"whatsapp:{PHONE}") -> Heard:
    """Expect events of one message; their answers can ride, as words only."""
    ids = (sid, *(f"{sid}:{number}" for number in range(1, len(events))))
    return Heard(
        tuple(
            Inbound(address, own, event, NOW, "twilio", rides=10, words=True)
            for own, event in zip(ids, events, strict=True)
        )
    )


def file(place: str, kind: str, content_type: str, caption: str = "", group: str = "") -> SentMedia:
    """Expect a file of Twilio's; `place` has a sign of its message and one of its own."""
    message, own = (sign * 32 for sign in place)
    return SentMedia(kind, f"{MEDIA}/MM{message}/Media/ME{own}", content_type, caption, group)  # type: ignore[arg-type]


def meta(number: int, event: Event, address: str = f"whatsapp:{PHONE}") -> Heard:
    """Expect an event of a message, the one of that number among the payload files; nothing rides."""
    wamid = f"wamid.HBgNNjI4MTIzNDU2Nzg5MBUCABIYFDNB{number:04}AA=="
    return Heard((Inbound(address, wamid, event, NOW, "meta"),))


def gateway(first: str, event: Event) -> Heard:
    """Expect an event of the gateway's; nothing rides."""
    return Heard((Inbound(f"sms:{PHONE}", f"{first}-{KANNEL}", event, NOW, "gateway"),))


def jasmin(number: int, event: Event) -> Heard:
    """Expect an event of Jasmin's; nothing rides."""
    return Heard(
        (Inbound(f"sms:{PHONE}", f"7fb84b18-6b1c-4b8c-a0de-5c4b4c1d0a{number:02}", event, NOW, "gateway"),)
    )


ALBUM: Final = "MM" + "8" * 32
TELEGRAM: Final[Mapping[str, Heard]] = {
    "a-text": telegram(1, Said("Jalan berlubang besar depan SD 2, motor sering jatuh 😢")),
    "a-start-command": telegram(2, Said("start", command=True)),
    "a-start-command-with-a-deep-link": telegram(3, Said("start qr-sleman", command=True)),
    "a-command-with-the-name-of-the-bot": telegram(4, Said("status 9165816", command=True)),
    "a-path-that-is-no-command": telegram(5, Said("/jalan/desa rusak")),
    "a-photo-with-a-caption": telegram(
        6, SentMedia("photo", "AgACAgUAAxkBAAM-x", "image/jpeg", "lubangnya sedalam lutut")
    ),
    "one-photo-of-an-album": telegram(
        7, SentMedia("photo", "AgACAgUAAxkBAAN-x", "image/jpeg", group="13900412345678901")
    ),
    "a-document": telegram(8, SentMedia("document", "BQACAgUAAxkBAAO", "application/pdf")),
    "a-video": telegram(9, SentMedia("video", "BAACAgUAAxkBAAP", "video/mp4", "banjir pagi ini")),
    "a-round-video": telegram(10, SentMedia("video", "DQACAgUAAxkBAAQ")),
    "an-animation": telegram(11, SentMedia("video", "CgACAgUAAxkBAAR", "video/mp4")),
    "a-voice-message": telegram(12, SentMedia("voice", "AwACAgUAAxkBAAS", "audio/ogg")),
    "an-audio-file": telegram(13, SentMedia("voice", "CQACAgUAAxkBAAT", "audio/mpeg")),
    "a-sticker": telegram(14, SentMedia("sticker", "CAACAgUAAxkBAAU")),
    "a-contact-of-someone-else": telegram(15, SentMedia("contact")),
    "a-contact-without-an-account": telegram(52, SentMedia("contact")),
    "the-citizens-own-contact": telegram(51, SharedNumber("+6281234567890")),
    "a-shared-location": telegram(16, SharedPlace(-7.716165, 110.355492)),
    "a-venue": telegram(17, SharedPlace(-7.7956, 110.3695, "Pasar Beringharjo, Jl. Margo Mulyo 16")),
    "a-poll": telegram(18, SentMedia("other")),
    "a-thrown-dice": telegram(19, SentMedia("other")),
    "an-edited-message": telegram(24, SentMedia("edited")),
    "a-tap": tap(20, "review.7.send"),
    "a-tap-below-an-old-message": tap(20, "review.2.send"),
    "a-tap-without-its-message": tap(21, "menu.1.new"),
    "a-tap-on-a-game": tap(20, ""),
    "the-citizen-blocked-the-bot": Heard((Inbound("telegram:5550123", "tg:881200425", Left(), NOW),)),
    "the-citizen-let-the-bot-in-again": NOTHING,
    "a-text-in-a-group": NOTHING,  # the refusal rides: tests/webhooks/test_telegram_webhook.py
    "a-group-threw-the-bot-out": NOTHING,
    "a-group-takes-the-bot-in": NOTHING,
    "a-live-location-that-moves": NOTHING,
    "the-citizen-lets-messages-vanish": NOTHING,
    "a-tap-in-a-group": NOTHING,
    "someone-joins-a-group": NOTHING,
    "a-channel-post": NOTHING,
    "an-answer-to-a-poll": NOTHING,
    "a-message-of-a-shape-we-do-not-know": Heard(parked=("unusable",)),
}
CLOSED: Final = Heard(receipts=((REPORTED, "failed"),), reworded=((f"whatsapp:{PHONE}", "twilio", REPORTED),))
TWILIO: Final[Mapping[str, Heard]] = {
    "a-text-by-sms": twilio(
        f"SM{'a' * 32}", Said("LAPOR jalan rusak & gelap\nbanyak lubang ✓"), address=f"sms:{PHONE}"
    ),
    "an-empty-sms": twilio(f"SM{'b' * 32}", Said(""), address=f"sms:{PHONE}"),
    "an-sms-of-an-advertiser": NOTHING,  # it cannot be answered, and an answer would make a loop
    "a-text-by-whatsapp": twilio(f"SM{'d' * 32}", Said("sampah menumpuk di pasar")),
    "a-text-of-a-citizen-with-a-user-name": twilio(f"SM{'e' * 32}", Said("halo"), address="whatsapp:ID.4566778899"),
    "a-tap-on-a-quick-reply": twilio(f"SM{'f' * 32}", Tapped("review.7.send")),
    "a-choice-from-a-list": twilio(f"SM{'0' * 32}", Tapped("privacy.3.open")),
    "a-place-by-whatsapp": twilio(
        f"SM{'1' * 32}", SharedPlace(-7.716165, 110.355492, "Balai Desa, Jl. Kaliurang km 5")
    ),
    "a-place-that-is-nowhere": twilio(f"SM{'2' * 32}", Said("di sini")),
    "a-photo-by-whatsapp": twilio(f"MM{'3' * 32}", file("33", "photo", "image/jpeg", "lubangnya")),
    "a-voice-message-by-whatsapp": twilio(f"MM{'4' * 32}", file("44", "voice", "audio/ogg; codecs=opus")),
    "a-sticker-by-whatsapp": twilio(f"MM{'5' * 32}", file("55", "sticker", "image/webp")),
    "a-contact-by-whatsapp": twilio(f"MM{'6' * 32}", file("66", "contact", "text/vcard")),
    "a-document-by-whatsapp": twilio(f"MM{'7' * 32}", file("77", "document", "application/pdf")),
    "three-files-in-one-message": twilio(
        ALBUM,
        file("88", "photo", "image/jpeg", "dari tiga sisi", ALBUM),
        file("89", "photo", "image/png", group=ALBUM),
        file("8a", "video", "video/3gpp", group=ALBUM),
        address=f"sms:{PHONE}",
    ),
    "a-delivery-report": CLOSED,
    "a-delivery-report-of-a-closed-window": CLOSED,
    "a-delivery-report-of-a-citizen-who-opted-out": Heard(
        (Inbound(f"sms:{PHONE}", f"left:SM{'7' * 32}", Left(), NOW),), ((REPORTED, "failed"),)
    ),
}
GONE: Final = Heard((Inbound(f"whatsapp:{PHONE}", "left:wamid.HBgNOURS", Left(), NOW),), (("7f-0", "failed"),))
META: Final[Mapping[str, Heard]] = {
    "a-text": meta(1, Said("Jalan berlubang besar depan SD 2,\nmotor sering jatuh 😢")),
    "a-text-of-a-citizen-with-a-user-name": meta(2, Said("halo"), "whatsapp:ID.13491208655302741918"),
    "a-tap-on-a-button": meta(3, Tapped("review.7.send")),
    "a-choice-from-a-list": meta(4, Tapped("privacy.3.open")),
    "a-form-of-whatsapp": meta(5, SentMedia("other")),
    "a-tap-below-a-template": meta(6, Tapped("verdict.2.unsolved")),
    "a-tap-below-a-template-without-our-data": meta(7, Said("Belum")),
    "a-shared-location": meta(8, SharedPlace(-7.716165, 110.355492)),
    "a-place-with-a-name": meta(9, SharedPlace(-7.7956, 110.3695, "Pasar Beringharjo, Jl. Margo Mulyo 16")),
    "a-photo-with-a-caption": meta(
        10, SentMedia("photo", "1479537139650973", "image/jpeg", "lubangnya sedalam lutut")
    ),
    "a-video": meta(11, SentMedia("video", "1479537139650974", "video/mp4")),
    "a-voice-message": meta(12, SentMedia("voice", "1479537139650975", "audio/ogg; codecs=opus")),
    "a-document": meta(13, SentMedia("document", "1479537139650976", "application/pdf")),
    "a-sticker": meta(14, SentMedia("sticker", "1479537139650977", "image/webp")),
    "a-contact": meta(15, SentMedia("contact")),
    "a-message-of-an-unknown-kind": meta(16, SentMedia("other")),
    "an-edited-message": meta(17, SentMedia("edited")),
    "a-deleted-message": meta(18, SentMedia("edited")),
    "an-order": meta(19, SentMedia("other")),
    "a-place-that-is-nowhere": Heard(meta(21, SentMedia("other")).inbound, parked=("unusable",)),
    "a-batch-of-entries-changes-and-messages": Heard(
        (
            *meta(24, Said("satu")).inbound,
            *meta(25, Said("dua")).inbound,
            *meta(26, Said("tiga"), "whatsapp:+6281298765432").inbound,
            *meta(27, Said("empat")).inbound,
        ),
        (("7f-0", "delivered"),),
    ),
    "a-reaction": NOTHING,  # a mark on a message of ours, which WhatsApp itself shows: docs/channels/whatsapp.md
    "a-message-in-a-group": NOTHING,
    "a-message-to-another-number": NOTHING,
    "a-changed-number": NOTHING,
    "news-of-a-template": NOTHING,
    "an-error-at-the-number": NOTHING,
    "a-message-of-ours-was-delivered": Heard(receipts=(("7f-0", "delivered"),)),
    "a-message-of-ours-came-after-the-window": Heard(
        receipts=(("7f-0", "failed"),), reworded=((f"whatsapp:{PHONE}", "meta", "7f-0"),)
    ),
    "a-message-of-ours-reaches-nobody": GONE,
    "a-citizen-wants-no-more-messages": GONE,
}
JASMIN: Final[Mapping[str, Heard]] = {
    "a-text": jasmin(1, Said("LAPOR jalan rusak & gelap")),
    "a-text-in-unicode": jasmin(2, Said("jalan rusak 😡 “parah”")),
    "an-advert-of-the-operator": NOTHING,
    "a-delivery-report": Heard(receipts=((REPORTED, "delivered"),)),
}
AGGREGATOR: Final[Mapping[str, Heard]] = {
    "a-text": Heard((Inbound(f"sms:{PHONE}", "in-1", Said("LAPOR jalan rusak & gelap"), NOW, "gateway"),)),
    "several-messages-in-one-call": Heard(
        (
            Inbound(f"sms:{PHONE}", "in-2", Said("satu"), NOW, "gateway"),
            Inbound(f"sms:{PHONE}", "3", Said("dua"), NOW, "gateway"),
        )
    ),
    "a-delivery-report": Heard(reports=(("gateway", "m-1", "delivered"), ("gateway", "m-2", "failed"))),
}
GATEWAY: Final[Mapping[str, Heard]] = {
    "a-text": gateway("3f0c1f5a", Said("LAPOR jalan rusak & gelap")),
    "a-message-without-text": gateway("11111111", Said("")),
    "a-text-in-latin-1": gateway("33333333", Said("caf\ufffd di desa")),
    "an-advert-of-the-operator": NOTHING,
    "a-delivery-report": Heard(receipts=((REPORTED, "delivered"),)),
}

FOLDERS: Final = {
    "telegram": TELEGRAM,
    "twilio": TWILIO,
    "meta": META,
    "gateway": GATEWAY,
    "jasmin": JASMIN,
    "aggregator": AGGREGATOR,
}
EXPECTED: Final = {f"{folder}/{name}": heard for folder, rows in FOLDERS.items() for name, heard in rows.items()}
