"""One file that a citizen sent, made fit to be passed on."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from bot.channels import Content
from bot.errors import Failure, Unfit
from bot.kinds import is_heif, kind_of
from bot.media.films import wipe
from bot.media.pictures import STRIPS, redraw

PATIENCE: Final = 10.0  # seconds to wait while other pictures are drawn

LIMITS: Final = {"image": 20_000_000, "video": 20_000_000, "application": 20_000_000, "audio": 10_000_000}
"""Bytes, before and after; LAPOR! takes 20 MB, and 10 MB of speech last more than an hour."""

FILMS: Final = frozenset(("video/mp4", "video/quicktime", "video/3gpp", "audio/mp4"))


def clean(content: Content, patience: float = PATIENCE) -> Content:
    """Return a file as it may be passed on: its type told by its content, nothing left in it that nobody sees.

    Pictures (JPEG, PNG, WebP) keep only what is seen: no Exif, GPS, XMP, IPTC, maker notes, comments, thumbnails,
    colour profiles or hidden frames, nothing behind their end; they are turned upright. Films and sound in MP4,
    QuickTime and 3GPP lose user data and metadata (place, device, author), but keep the times of their making,
    subtitles, and tracks of measurements such as those that action cameras record. Ogg, MP3, AAC, AMR and PDF pass
    as they are: tags and the properties of a document stay. Every other kind is refused.

    Works in the calling thread, on a large picture for seconds. Raises Unfit for a file that is not taken, with a
    reason that repeats nothing of it, and Temporary when other pictures are drawn for `patience` seconds.
    """
    kind = kind_of(content.data)
    if kind is None:
        raise _refusal(content.data)
    _bound(kind, content.data)
    with _readable():
        data = _cleaned(content.data, kind, patience)
    _bound(kind, data)
    return Content(data, kind)


def _refusal(data: bytes) -> Unfit:
    """Return why bytes are no file of a kind that is taken."""
    if not data.strip(b"\0"):
        return Unfit("file cannot be read", "broken")
    return Unfit("kind of file not taken", "heic" if is_heif(data) else "kind")


def _cleaned(data: bytes, kind: str, patience: float) -> bytes:
    if kind in STRIPS:
        return redraw(data, kind, patience)
    return wipe(data) if kind in FILMS else data


def _bound(kind: str, data: bytes) -> None:
    if len(data) > LIMITS[kind.partition("/")[0]]:
        raise Unfit("file too large", "large")


@contextmanager
def _readable() -> Iterator[None]:
    """Refuse what cannot be read: a library meets broken files with errors of any kind."""
    try:
        yield
    except Failure:
        raise
    except Exception:  # noqa: BLE001 - see above
        raise Unfit("file cannot be read", "broken") from None
