"""TwiML: the answer that Twilio sends on to the citizen."""

import re
from collections.abc import Iterable
from typing import Final
from xml.sax.saxutils import escape

from conversations.bubble import Bubble

TYPE: Final = "text/xml; charset=utf-8"
_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>'
_FOREIGN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # no character of XML 1.0


def response(bubbles: Iterable[Bubble]) -> bytes:
    """Return the document that makes Twilio send the bubbles' texts, in order."""
    messages = "".join(f"<Message>{_text(bubble.text)}</Message>" for bubble in bubbles)
    body = f"<Response>{messages}</Response>" if messages else "<Response/>"
    return (_DECLARATION + body).encode()


def _text(text: str) -> str:
    return escape(_FOREIGN.sub("", text))
