"""Images: decoded to the last pixel and written anew, so that nothing but pixels is kept."""

from __future__ import annotations

import io
import warnings
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from xiaobao.base.evidence.formats import Format
from xiaobao.base.evidence.limits import LIMITS
from xiaobao.kernel.errors import InvalidInput

_WRITERS = {
    "jpg": ("JPEG", {"quality": 92, "subsampling": 0}, ("L", "RGB")),
    "png": ("PNG", {}, ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")),
    "webp": ("WEBP", {"quality": 92}, ("RGB", "RGBA")),
}


def rewritten(data: bytes, form: Format) -> bytes:
    """The same picture, upright, without EXIF, comments, profiles or anything behind its end.

    Raises: InvalidInput `evidence.pixels`, `evidence.animated`, `evidence.torn`.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _written(_picture(data, form), form)
    except Image.DecompressionBombError:
        raise _too_many(0) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, IndexError) as error:
        raise InvalidInput("evidence.torn", field="file", what="图片", detail=type(error).__name__) from None


def _picture(data: bytes, form: Format) -> Image.Image:
    image = Image.open(io.BytesIO(data), formats=[form.key.upper()])
    pixels = image.width * image.height
    if pixels > LIMITS.pixels:
        raise _too_many(pixels)
    # A second picture inside a phone's JPEG is a preview; anywhere else it would be lost unseen.
    if form.key != "jpeg" and getattr(image, "n_frames", 1) > 1:
        raise InvalidInput("evidence.animated", field="file")
    image.load()
    return ImageOps.exif_transpose(image)


def _written(image: Image.Image, form: Format) -> bytes:
    name, options, modes = _WRITERS[form.stored_as]
    kept: dict[Any, Any] = {key: image.info[key] for key in ("transparency",) if key in image.info}
    if image.mode not in modes:
        has_alpha = "A" in image.getbands() or bool(kept)
        image = image.convert("RGBA" if has_alpha and "RGBA" in modes else "RGB")
        kept = {}
    image.info = kept
    out = io.BytesIO()
    image.save(out, name, **options)
    return out.getvalue()


def _too_many(pixels: int) -> InvalidInput:
    limit = LIMITS.pixels // 10_000
    return InvalidInput(
        "evidence.pixels", field="file", pixels=f"{pixels // 10_000} 万" if pixels else "过多", limit=limit
    )
