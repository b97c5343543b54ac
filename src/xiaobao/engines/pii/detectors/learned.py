"""Names in running text by a trained model: the bank's own, given through `Options.further`."""

from __future__ import annotations

from collections.abc import Iterator

from xiaobao.engines.pii.detectors.base import Reading
from xiaobao.engines.pii.learned.model import NameModel
from xiaobao.engines.pii.values import Confidence, Kind, Span


class LearnedNameDetector:
    """A second pass beside the rules; a finding of the same places that is surer or longer stays before its own."""

    reads_signs = True

    def __init__(self, model: NameModel) -> None:
        self._model = model

    def find(self, reading: Reading) -> Iterator[Span]:
        """Findings, confidence medium; read unfolded, as the sentences were that the model learned from."""
        for start, end in self._model.names(reading.text):
            yield reading.span(start, end, Kind.NAME, Confidence.MEDIUM, "姓名模型")
