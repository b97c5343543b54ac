"""Pictures, through an OCR port: whoever has a better reader of characters puts it in with `use`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from xiaobao.engines.textscan.documents import Block
from xiaobao.engines.textscan.files.values import UnreadableError

PIXELS = 60_000_000


class Line(NamedTuple):
    """One line that was read, and how high its characters are in pixels."""

    text: str
    height: float


class Ocr(Protocol):
    """A reader of pictures."""

    def lines(self, path: Path) -> list[Line]:
        """The lines, from the top."""


class RapidOcr:
    """The optional extra `text-ocr`: models come in the wheel, nothing is downloaded."""

    def __init__(self) -> None:
        try:
            from rapidocr import RapidOCR
        except ImportError:
            raise UnreadableError(
                "读图片需要另装：pip install 'xiaobao[text-ocr]'，或者接入本行的识别服务"
            ) from None
        self._engine: Any = RapidOCR()

    def lines(self, path: Path) -> list[Line]:
        """The lines, from the top; none where nothing could be read."""
        found = self._engine(str(path))
        if found.txts is None or found.boxes is None:
            return []
        pairs = zip(found.txts, found.boxes, strict=True)
        return [Line(str(text), float(box[3][1] - box[0][1])) for text, box in pairs]


_PORT: list[Ocr] = []


def use(ocr: Ocr | None) -> None:
    """Read pictures with `ocr` from now on; None goes back to the optional extra."""
    _PORT[:] = [ocr] if ocr else []


def blocks(path: Path) -> Iterator[Block]:
    """The lines of the picture; heights stand for sizes. Raises: UnreadableError."""
    _check(path)
    if not _PORT:
        _PORT.append(RapidOcr())
    for line in _PORT[0].lines(path):
        yield Block(line.text, font_pt=line.height)


def _check(path: Path) -> None:
    """Refuse what is no picture or would not fit into memory."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(path) as picture:
            width, height = picture.size
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError, ValueError):
        raise UnreadableError("图片已损坏或格式不认识") from None
    if width * height > PIXELS:
        raise UnreadableError(f"图片超过 {PIXELS // 1_000_000} 百万像素，请缩小后再试")
