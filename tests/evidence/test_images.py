"""Pictures of every common make come out as plain pixels. No database."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from xiaobao.base.evidence.formats import BY_EXTENSION
from xiaobao.base.evidence.images import rewritten
from xiaobao.kernel.errors import InvalidInput


def made(mode: str, form: str, size: tuple[int, int] = (30, 20), **options: object) -> bytes:
    """An image of this mode."""
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert(mode).save(out, form, **options)
    return out.getvalue()


def reopened(data: bytes, extension: str) -> Image.Image:
    """The image after it was written anew."""
    image = Image.open(io.BytesIO(rewritten(data, BY_EXTENSION[extension])))
    image.load()
    return image


@pytest.mark.parametrize(
    ("mode", "form", "extension", "kept"),
    [
        ("RGB", "JPEG", "jpg", ("JPEG", "RGB")),
        ("L", "JPEG", "jpg", ("JPEG", "L")),
        ("CMYK", "JPEG", "jpg", ("JPEG", "RGB")),
        ("1", "PNG", "png", ("PNG", "1")),
        ("P", "PNG", "png", ("PNG", "P")),
        ("LA", "PNG", "png", ("PNG", "LA")),
        ("RGBA", "PNG", "png", ("PNG", "RGBA")),
        ("RGBA", "WEBP", "webp", ("WEBP", "RGB")),
        ("P", "GIF", "gif", ("PNG", "P")),
        ("RGB", "BMP", "bmp", ("PNG", "RGB")),
    ],
)
def test_every_mode_survives(mode: str, form: str, extension: str, kept: tuple[str, str]) -> None:
    image = reopened(made(mode, form), extension)
    assert ((image.format, image.mode), image.size) == (kept, (30, 20))


def test_transparency_of_a_palette_is_kept() -> None:
    assert reopened(made("P", "PNG", transparency=3), "png").info.get("transparency") == 3


def test_profiles_and_words_are_dropped() -> None:
    from PIL.PngImagePlugin import PngInfo

    words = PngInfo()
    words.add_text("Author", "Wang")
    image = reopened(made("RGB", "PNG", pnginfo=words, icc_profile=b"profile" * 20), "png")
    assert image.info == {}


def test_a_phones_second_picture_is_dropped() -> None:
    second = Image.new("RGB", (10, 10))
    image = reopened(made("RGB", "MPO", save_all=True, append_images=[second]), "jpg")
    assert (image.format, getattr(image, "n_frames", 1)) == ("JPEG", 1)


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9])
@pytest.mark.parametrize(
    ("form", "extension"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp"), ("BMP", "bmp")]
)
def test_torn_anywhere_is_refused(form: str, extension: str, cut: float) -> None:
    data = made("RGB", form, (300, 200))
    with pytest.raises(InvalidInput) as caught:
        rewritten(data[: int(len(data) * cut)], BY_EXTENSION[extension])
    assert caught.value.code == "evidence.torn"
