"""Pictures: nothing left in them but what is seen, the right way up."""

from collections.abc import Callable, Mapping
from io import BytesIO
from threading import BoundedSemaphore
from typing import Any, Final

from PIL.Image import Image, Transpose
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from bot.errors import Temporary, Unfit
from bot.media import jpeg, png, webp
from bot.media.bare import Bare

PIXELS: Final = 50_000_000  # as many as phones' largest pictures have; 200 MB while it is drawn
ROOM: Final = BoundedSemaphore(2)  # pictures drawn at a time in this process
QUALITY: Final = 90  # of JPEG and WebP that must be drawn anew

STRIPS: Final[Mapping[str, Callable[[bytes], Bare]]] = {
    "image/jpeg": jpeg.strip,
    "image/png": png.strip,
    "image/webp": webp.strip,
}
# Pillow's own classes rather than its open(), which tries every format and warns of large pictures.
READERS: Final[Mapping[str, type[ImageFile]]] = {
    "image/jpeg": JpegImageFile,
    "image/png": PngImageFile,
    "image/webp": WebPImageFile,
}
SAVING: Final[Mapping[str, dict[str, Any]]] = {
    "image/jpeg": {"format": "JPEG", "quality": QUALITY},
    "image/png": {"format": "PNG"},
    "image/webp": {"format": "WEBP", "quality": QUALITY},
}

TURNS: Final = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
"""What puts a picture upright, by its orientation (Exif 2.32, 4.6.4 A)."""


def redraw(data: bytes, kind: str, patience: float) -> bytes:
    """Return a picture of this media type without any data about it; of a moving one, the first frame.

    One that stands upright keeps every bit of its drawing. The same picture always gives the same bytes, so that
    storing it again under its key is no other file. Pillow sees no data but what is drawn. Raises Unfit for one of
    too many pixels, Temporary when no room gets free in `patience` seconds, and whatever Pillow raises for one
    that is broken.
    """
    bare = STRIPS[kind](data)
    if not ROOM.acquire(timeout=patience):
        raise Temporary("other pictures are being drawn")
    try:
        with READERS[kind](BytesIO(bare.data)) as image:
            return _drawn(image, bare, kind)
    finally:
        ROOM.release()


def _drawn(image: ImageFile, bare: Bare, kind: str) -> bytes:
    if image.width * image.height > PIXELS:
        raise Unfit("picture of too many pixels", "large")
    if bare.turn not in TURNS and not bare.moving:
        image.draft(image.mode, (1, 1))  # a JPEG need only be read to its end, at an eighth of its size
        image.load()
        return bare.data
    turned = image.transpose(TURNS[bare.turn]) if bare.turn in TURNS else image.copy()
    return _saved(turned, kind)


def _saved(image: Image, kind: str) -> bytes:
    file = BytesIO()
    plain = image.convert("RGB") if image.mode == "CMYK" else image
    plain.save(file, **SAVING[kind])
    return file.getvalue()
