"""A picture keeps what is seen and nothing else."""

import asyncio

import pytest
from PIL import Image, ImageOps

from bot.channels import Content
from bot.errors import Failure, Temporary
from bot.media import clean, pictures
from tests.pictures import SECRET, bare_photo, drawing, exif, photo, saved, screenshot, seen, sticker


def cleaned(data: bytes) -> bytes:
    """Clean a file of which the sender says nothing."""
    return clean(Content(data, "")).data


@pytest.mark.parametrize("orientation", [1, 6], ids=("upright", "on its side"))
@pytest.mark.parametrize(
    ("make", "kind"),
    [(photo, "image/jpeg"), (screenshot, "image/png"), (sticker, "image/webp")],
    ids=("JPEG", "PNG", "WebP"),
)
def test_nothing_is_left_in_a_picture_but_what_is_seen(make: object, kind: str, orientation: int) -> None:
    """No place, phone, maker's note, thumbnail, text or profile, and nothing behind its end."""
    data = make(orientation)  # type: ignore[operator]
    assert data.count(SECRET) >= 4

    found = clean(Content(data, "application/octet-stream"))

    after = seen(found.data)
    told = {"exif", "xmp", "icc_profile", "comment", "photoshop", "Author", "XML:com.adobe.xmp", "mp"} & set(
        after.info
    )
    assert (found.type, found.data.count(SECRET), dict(after.getexif()), told) == (kind, 0, {}, set())


@pytest.mark.parametrize("make", [photo, screenshot, sticker], ids=("JPEG", "PNG", "WebP"))
def test_an_upright_picture_keeps_every_bit_of_its_drawing(make: object) -> None:
    """It is not compressed a second time."""
    data = make()  # type: ignore[operator]

    assert seen(cleaned(data)).tobytes() == seen(data).tobytes()


@pytest.mark.parametrize(
    ("kind", "mode", "options"),
    [
        ("JPEG", "L", {}),
        ("JPEG", "CMYK", {}),
        ("JPEG", "RGB", {"progressive": True}),
        ("JPEG", "RGB", {"keep_rgb": True, "quality": 95}),
        ("PNG", "1", {}),
        ("PNG", "LA", {}),
        ("PNG", "P", {"transparency": b"\x07" * 256}),
        ("PNG", "I;16", {}),
        ("WEBP", "RGB", {"quality": 60}),
        ("WEBP", "RGBA", {"quality": 60}),
    ],
)
def test_a_picture_of_any_sort_stays_what_it_is(kind: str, mode: str, options: dict[str, object]) -> None:
    """Its colours and its transparency stay, and cleaning it again changes nothing."""
    image = Image.new(mode, (40, 24), 7000) if mode == "I;16" else drawing(mode)
    data = saved(image, kind, exif=exif(), **options)

    once = cleaned(data)

    before, after = seen(data), seen(once)
    assert (after.mode, after.convert("RGBA").tobytes(), cleaned(once)) == (
        before.mode,
        before.convert("RGBA").tobytes(),
        once,
    )


def test_a_picture_in_colours_that_only_adobe_names_keeps_them() -> None:
    """Its parts are numbered as those of a usual JPEG; without Adobe's word they would be read as such."""
    data = saved(drawing(), "JPEG", keep_rgb=True, quality=95)
    for between in (b"\x11\0", b"\0"):  # in the frame, in the scan
        data = data.replace(b"R%bG%bB%b" % ((between,) * 3), b"\1%b\2%b\3%b" % ((between,) * 3))

    after = seen(cleaned(data))

    assert (after.tobytes(), after.getpixel((4, 4))) == (seen(data).tobytes(), (255, 0, 0))


def test_a_picture_announces_only_what_it_holds() -> None:
    """Of Exif, XMP and a profile, none is still there."""
    before, after = sticker(), cleaned(sticker())

    assert (before[12:16], before[20], after[12:16], after[20]) == (b"VP8X", 0x2C, b"VP8X", 0)


@pytest.mark.parametrize("orientation", range(10))
def test_a_picture_is_turned_as_its_phone_was_held(orientation: int) -> None:
    """The note of how it was held goes, so the drawing itself is turned; a note without sense turns nothing."""
    data = saved(drawing(), "PNG", exif=exif(orientation))

    after = seen(cleaned(data))

    upright = ImageOps.exif_transpose(seen(data))
    assert (after.size, after.tobytes()) == (upright.size, upright.tobytes())


@pytest.mark.parametrize(
    ("data", "size"),
    [(photo(6), (32, 48)), (saved(drawing("CMYK"), "JPEG", exif=exif(6)), (32, 48)), (sticker(6), (32, 48))],
    ids=("JPEG", "JPEG for print", "WebP"),
)
def test_what_must_be_drawn_anew_still_looks_the_same(data: bytes, size: tuple[int, int]) -> None:
    """Held to the right, the blue corner comes to the top left."""
    after = seen(cleaned(data)).convert("RGB")

    corners = [after.getpixel(at) for at in ((4, 4), (27, 4), (4, 43), (27, 43))]
    rounded = ["".join("X" if value > 127 else "-" for value in corner) for corner in corners]  # type: ignore[union-attr]
    assert (after.size, rounded) == (size, ["--X", "X--", "XXX", "-X-"])


def test_of_a_moving_picture_the_first_frame_is_kept() -> None:
    """What the others show would pass unseen by the officer."""
    frames = {"save_all": True, "append_images": [Image.new("RGB", (48, 32), "black")], "lossless": True}
    moving = [saved(drawing(), kind, **frames) for kind in ("WEBP", "PNG")]

    after = [seen(cleaned(data)) for data in moving]

    shown = [(getattr(image, "n_frames", 1), image.convert("RGB").getpixel((4, 4))[0] > 127) for image in after]  # type: ignore[index]
    assert ([seen(data).n_frames for data in moving], shown) == ([2, 2], [(1, True), (1, True)])  # type: ignore[attr-defined]


def test_the_sender_does_not_say_what_a_file_is() -> None:
    """Its content does."""
    data = saved(drawing(), "PNG")

    assert clean(Content(data, "application/pdf; name=../../etc/passwd")) == Content(data, "image/png")


def test_only_so_many_pictures_are_drawn_at_a_time() -> None:
    """Each takes memory; the others come again later."""
    held = [pictures.ROOM.acquire(blocking=False) for _ in range(2)]
    try:
        with pytest.raises(Failure) as failure:
            clean(Content(bare_photo(), ""), patience=0.0)
    finally:
        pictures.ROOM.release(2)

    assert (held, type(failure.value), cleaned(bare_photo())) == ([True, True], Temporary, bare_photo())


def test_a_picture_is_cleaned_in_a_thread() -> None:
    """The worker has other things to do meanwhile."""
    found = asyncio.run(asyncio.to_thread(clean, Content(photo(), "image/jpeg")))

    assert found == Content(bare_photo(), "image/jpeg")
