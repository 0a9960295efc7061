"""Pictures and films as phones make them, with what phones write into them."""

from io import BytesIO
from typing import Final

from PIL import Image, PngImagePlugin

SECRET: Final = b"RUMAH-SITI"
"""What stands in every place of a file that nobody sees."""

CORNERS: Final = ("red", "lime", "blue", "white")
"""The colours of a drawing's quarters: top left, top right, bottom left, bottom right."""


def drawing(mode: str = "RGB", size: tuple[int, int] = (48, 32)) -> Image.Image:
    """Draw four quarters of different colours."""
    image = Image.new("RGB", size)
    half = (size[0] // 2, size[1] // 2)
    for number, colour in enumerate(CORNERS):
        image.paste(colour, (number % 2 * half[0], number // 2 * half[1], size[0], size[1]))
    return image.convert(mode)


def exif(orientation: int = 1) -> bytes:
    """Write what a phone does: who made it, when, where, and notes of its maker."""
    told = Image.Exif()
    told[0x010F] = SECRET.decode()  # Make
    told[0x0112] = orientation
    told[0x0132] = "2026:11:24 09:00:00"  # DateTime
    told.get_ifd(0x8769)[0x927C] = SECRET  # MakerNote
    told.get_ifd(0x8825).update({1: "S", 2: (7.0, 45.0, 31.3), 3: "E", 4: (110.0, 22.0, 55.0), 28: SECRET})  # GPS
    return told.tobytes()


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    """Save a picture in a format of Pillow's."""
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def seen(data: bytes) -> Image.Image:
    """Open a picture and read it to its end."""
    image = Image.open(BytesIO(data))
    image.load()
    return image


def photo(orientation: int = 1) -> bytes:
    """Return a JPEG as a phone's camera leaves it, with data in every segment that can hold some."""
    plain = saved(drawing(), "JPEG", exif=exif(orientation), comment=SECRET, xmp=SECRET, icc_profile=SECRET)
    parts = [segment(0xED, b"Photoshop 3.0\0" + SECRET), segment(0xE2, b"FPXR\0" + SECRET), segment(0xEA, SECRET)]
    return plain[:2] + b"".join(parts) + plain[2:] + SECRET + saved(drawing(), "JPEG")


def segment(marker: int, content: bytes) -> bytes:
    """Return a segment of a JPEG."""
    return bytes((0xFF, marker)) + (len(content) + 2).to_bytes(2) + content


def bare_photo() -> bytes:
    """Return a JPEG in which nothing is told but what is seen."""
    return saved(drawing(), "JPEG")


def screenshot(orientation: int = 1) -> bytes:
    """Return a PNG with data in every chunk that can hold some, and an older picture behind its end."""
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", SECRET.decode())
    words.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    words.add(b"tIME", b"\x07\xea\x0b\x18\x09\0\0")
    words.add(b"siTi", SECRET)
    data = saved(drawing(), "PNG", pnginfo=words, exif=exif(orientation), icc_profile=SECRET)
    return data + SECRET + saved(drawing(), "PNG")


def sticker(orientation: int = 1) -> bytes:
    """Return a WebP with data in every chunk that can hold some."""
    told = {"exif": exif(orientation), "xmp": SECRET, "icc_profile": SECRET}
    data = saved(drawing("RGBA"), "WEBP", lossless=True, **told)
    unknown = b"SITI" + len(SECRET).to_bytes(4, "little") + SECRET
    return b"RIFF" + (len(data) - 8 + len(unknown)).to_bytes(4, "little") + data[8:] + unknown + SECRET


def box(name: bytes, *content: bytes) -> bytes:
    """Return a box of an MP4 file."""
    whole = b"".join(content)
    return (len(whole) + 8).to_bytes(4) + name + whole


def film(*more: bytes, brand: bytes = b"isom", told: bytes = SECRET) -> bytes:
    """Return an MP4 as a phone leaves it: what is played, and a place in each box that can hold one."""
    handler = box(b"hdlr", b"\0" * 8 + b"vide")
    track = box(
        b"trak",
        box(b"tkhd", b"track"),
        box(b"udta", told),
        box(b"skip", told),
        box(b"mdia", handler, box(b"meta", told)),
    )
    header = box(b"mvhd", b"header"), box(b"udta", box(b"\xa9xyz", b"+07.7587-110.3818/" + told))
    movie = box(b"moov", *header, track, box(b"meta", told), box(b"uuid", told))
    return b"".join((box(b"ftyp", brand, b"\0\0\2\0"), movie, box(b"free", told), box(b"mdat", b"frames"), *more))
