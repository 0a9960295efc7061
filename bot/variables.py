"""The variables of the environment: what each is for, and what holds without it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

LOCALES: Final = Path(__file__).parent.parent / "locales"


@dataclass(frozen=True, slots=True)
class Variable:
    """An environment variable: what it is for and what holds without it."""

    name: str
    purpose: str
    default: str = ""
    secret: bool = False


VARIABLES: Final = tuple(
    Variable(*row)
    for row in (
        (
            "REDIS_URL",
            "where conversations and the outbox are kept: one Redis, Sentinel or Cluster",
            "redis://127.0.0.1:6379/0",
        ),
        ("REDIS_VOLATILE", "refuse to run on a Redis that may lose what it took, or allow it", "refuse"),
        ("PUBLIC_URL", "the address under which the webhooks are reached, without a path", ""),
        ("PORT", "the port of the web process", "8000"),
        ("TRUSTED_PROXIES", "networks of your own proxies, whose X-Forwarded-For and -Proto are believed", ""),
        ("LOCALES_DIR", "the folder of the locale files", str(LOCALES)),
        ("STUDIO_PASSWORD", "what an administrator signs in with; without it the studio is off", "", True),
        ("TRANSCRIPTS_DIR", "recorded conversations for the studio to play; those of the source tree if empty", ""),
        (
            "AGENCIES_FILE",
            "the list of agencies by the keywords that citizens write; the product's own if empty",
            "",
        ),
        ("DEFAULT_LOCALE", "the language of a citizen who chose none", "id"),
        ("TIMEZONE", "whose calendar and clock the dialog uses", "Asia/Jakarta"),
        ("DATA_KEY", "keys for personal data at rest, urlsafe base64 of 32 bytes, newest first", "", True),
        ("LEASE_SECONDS", "for how long a worker that gives no sign of life keeps its share of the work", "10"),
        ("DRAFT_DAYS", "days that a conversation without a confirmed report is kept", "30"),
        ("CASE_DAYS", "days that a conversation with reports is kept after its last message", "180"),
        ("OWNER_DAYS", "days that it is known whose report it is, so that news finds the phone", "400"),
        ("VERIFY_DAYS", "working days within which LAPOR! verifies a report, as citizens are told", "3"),
        ("ANSWER_DAYS", "working days within which an agency answers, as citizens are told", "5"),
        ("SILENT_DAYS", "working days after which a case is closed where the citizen is silent", "10"),
        ("NEWS_WAIT", "seconds that news of a report waits for more of it, to be told in one message", "60"),
        ("QUIET_HOURS", "hours at the report's place in which no news is sent unasked, or none", "21-7"),
        ("CITIZEN_RATE", "messages a minute that one citizen may send, 0 for any number", "60"),
        ("CHANNEL_RATE", "messages a second that one channel may bring, 0 for any number", "1000"),
        ("TELEGRAM_RATE", "messages a second that Telegram takes from us", "30"),
        ("TWILIO_RATE", "messages a second that Twilio takes from us", "80"),
        ("META_RATE", "messages a second that Meta takes from us", "80"),
        ("SMS_GATEWAY_RATE", "messages a second that the gateway takes from us", "100"),
        ("LAPOR_API_URL", "the case backend: what stands before /v1", "http://127.0.0.1:8001"),
        ("LAPOR_API_TOKEN", "the bearer token for the case backend", "", True),
        ("LAPOR_WEBHOOK_SECRET", "signs the case backend's events; while it is changed, new and old", "", True),
        ("TELEGRAM_BOT_TOKEN", "the bot's token from BotFather", "", True),
        ("TELEGRAM_WEBHOOK_SECRET", "what Telegram sends along; while it is changed, new and old", "", True),
        ("TELEGRAM_API_URL", "the Bot API", "https://api.telegram.org"),
        ("TWILIO_ACCOUNT_SID", "the Twilio account", ""),
        ("TWILIO_AUTH_TOKEN", "signs Twilio's webhooks and our calls; while it is changed, new and old", "", True),
        ("TWILIO_API_URL", "Twilio's REST API", "https://api.twilio.com"),
        ("TWILIO_SMS_FROM", "the number that SMS are sent from", ""),
        ("TWILIO_WHATSAPP_FROM", "the number that WhatsApp messages are sent from", ""),
        ("TWILIO_TEMPLATES", "the file of content templates, for menus and news on WhatsApp", ""),
        ("META_ACCESS_TOKEN", "the token of a system user at Meta, for our calls", "", True),
        ("META_APP_SECRET", "signs Meta's webhooks; while it is changed, new and old", "", True),
        ("META_VERIFY_TOKEN", "what Meta shows when the webhook is registered", "", True),
        ("META_PHONE_NUMBER_ID", "Meta's id of the number that WhatsApp messages are sent from", ""),
        ("META_BUSINESS_ACCOUNT_ID", "Meta's id of the WhatsApp business account, for its templates", ""),
        ("META_API_URL", "Meta's Graph API with its version", "https://graph.facebook.com/v25.0"),
        ("SMS_GATEWAY_URL", "the address that SMS are sent to; for Kannel the whole sendsms address", ""),
        ("SMS_GATEWAY_USERNAME", "the gateway's user", ""),
        ("SMS_GATEWAY_PASSWORD", "the gateway's password", "", True),
        ("SMS_GATEWAY_TOKEN", "the gateway's token, for one that takes a token", "", True),
        ("SMS_GATEWAY_FORMAT", "what gateway it is: kannel, jasmin, json, or the file that describes it", "kannel"),
        ("SMS_GATEWAY_SECRET", "what the gateway sends along; while it is changed, new and old", "", True),
        ("SMS_GATEWAY_NETWORKS", "networks that the gateway calls from; any if empty", ""),
        ("SMS_SHORTCODE", "the number that citizens text", "1708"),
        ("DESK_DATABASE_URL", "the case desk's database", "sqlite:///desk.sqlite3"),
        ("DESK_PORT", "the port of the case desk", "8001"),
        ("DESK_PASSWORD", "what an officer signs in with; without it the desk's pages are off", "", True),
        ("DESK_EVENTS_URL", "where the desk sends its events", "http://127.0.0.1:8000/webhooks/lapor"),
        ("DESK_TRACKING", "who gives tracking ids: manual (an officer) or auto (the desk, at once)", "manual"),
    )
)
