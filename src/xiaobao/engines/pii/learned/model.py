"""The model as it is kept in a file and asked for names."""

from __future__ import annotations

import io
import json
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

from xiaobao.engines.pii.learned.letters import pieces, seen_of
from xiaobao.engines.pii.learned.places import Places, places

BEGINS, GOES_ON, OUTSIDE = "B", "I", "O"
LIKELY = 0.3  # probability from which a letter is taken for part of a name: to overlook one costs more
_CRF, _PAIRS = "names.crf", "pairs.json"
_LARGEST = 256 * 1024 * 1024
_SHORTEST, _LONGEST = 2, 24
_MISSING = "姓名模型需要另装：pip install 'xiaobao[pii-names]'"


class NameModelError(Exception):
    """The model cannot be read or made; the sentence is Chinese and says what to do."""


class NameModel:
    """Names of persons in running text. Reads only the windows where one may begin."""

    def __init__(self, crf: bytes, places_: Places) -> None:
        self._crf, self._places = crf, places_
        self._tagger = crfsuite().Tagger()
        self._tagger.open_inmemory(crf)
        self._pieces = pieces(self._tagger.info().attributes)

    def names(self, text: str) -> list[tuple[int, int]]:
        """Where names stand, in the order of the text."""
        return [name for start, end in self._places.windows(text) for name in self._read(text, start, end)]

    def save(self, path: Path) -> None:
        """Write the model as one file."""
        pairs = {
            "usual": sorted(self._places.usual),
            "never": sorted(self._places.never),
            "digest": sha256(self._crf).hexdigest(),
        }
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in (
                (_PAIRS, json.dumps(pairs, ensure_ascii=False).encode()),
                (_CRF, self._crf),
            ):
                archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)

    def _read(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        """The likeliest reading of a window, and what it leaves out although a name is likely enough."""
        tagger = self._tagger
        labels = tagger.tag(seen_of(text, start, end, self._pieces))
        found, at = [], 0
        while at < len(labels):
            last = at + 1
            if labels[at] == BEGINS:
                while last < len(labels) and labels[last] == GOES_ON:
                    last += 1
            elif labels[at] == OUTSIDE and tagger.marginal(BEGINS, at) > LIKELY:
                while last < len(labels) and tagger.marginal(GOES_ON, last) > LIKELY:
                    last += 1
            if _SHORTEST <= last - at <= _LONGEST:
                found.append((start + at, start + last))
            at = last
        return found


def crfsuite() -> Any:
    """The package that learns and reads. Raises: NameModelError where it is not installed."""
    try:
        import pycrfsuite
    except ImportError:
        raise NameModelError(_MISSING) from None
    return pycrfsuite


def load(path: Path) -> NameModel:
    """The model of a file that `pii train` wrote; read none that a stranger made.

    Raises: NameModelError, FileNotFoundError.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
            if sum(member.file_size for member in archive.infolist()) > _LARGEST:
                raise NameModelError("姓名模型超过 256 MB，已拒绝")
            crf, pairs = archive.read(_CRF), json.loads(archive.read(_PAIRS))
        if sha256(crf).hexdigest() != pairs["digest"]:  # the package does not survive a torn model
            raise ValueError(path)
        return NameModel(crf, places(frozenset(pairs["usual"]), frozenset(pairs["never"])))
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError, IndexError, EOFError):
        raise NameModelError("姓名模型文件已损坏，或不是 pii train 写出的文件，请重新训练") from None
