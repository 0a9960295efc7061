"""How messages and effects look in a transcript."""

from conversations.bubble import Bubble
from conversations.effects import (
    Attach,
    Effect,
    Expel,
    File,
    Find,
    Follow,
    Forget,
    Offer,
    Rate,
    Reply,
    Unfollow,
)
from conversations.transcript import written


def drawn(bubble: Bubble) -> str:
    """Return a message as a transcript shows it: the text, then its buttons, then what the phone is asked for."""
    buttons = " ".join(f"[{button.label}]" for button in bubble.buttons)
    request = f"<{bubble.request.label}>" if bubble.request else ""
    return "\n".join(part for part in (bubble.text, buttons, request) if part)


def described(effect: Effect) -> str:
    """Return an effect as a transcript shows it."""
    match effect:
        case File():
            return written("report", _report(effect))
        case Attach():
            return written("attach", {"kind": effect.kind})
        case Reply():
            disputes = "ya" if effect.disputes_closing else "tidak"
            files = ",".join(effect.attachments)
            return written("reply", {"body": effect.body, "disputes": disputes, "attachments": files})
        case Rate():
            return written(
                "rating", {"solved": "ya" if effect.solved else "tidak", "stars": str(effect.stars or "")}
            )
        case Forget():
            return written("forget", {"reports": ",".join(effect.report_ids), "kept": ",".join(effect.kept)})
        case _:
            return _shared(effect)


def _shared(effect: Effect) -> str:
    """Return an effect that is about following a report."""
    match effect:
        case Offer():
            return written("offer", {"code": effect.code})
        case Follow():
            return written("follow", {"code": effect.code})
        case Find():
            return written("find", {"phone": effect.phone})
        case Unfollow():
            return written("unfollow", {"reports": ",".join(effect.report_ids)})
        case Expel():
            return written("expel", {"reports": ",".join(effect.report_ids)})
        case _:
            return ""


def _report(effect: File) -> dict[str, str]:
    return {
        "body": effect.body,
        "place": effect.place.text if effect.place else "",
        "day": str(effect.occurred_on or ""),
        "anonymous": "ya" if effect.anonymous else "tidak",
        "secret": "ya" if effect.secret else "tidak",
        "language": effect.language,
        "region": effect.place.region_code if effect.place else "",
        "category": effect.category,
        "agency": effect.agency,
        "attachments": ",".join(effect.attachments),
        "key": effect.key,
    }
