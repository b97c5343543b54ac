"""Models as ONNX files that carry their own card; one whose features differ is refused."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import onnxruntime

from xiaobao.engines.fraud.columns import Array, Column
from xiaobao.engines.fraud.decisions import Contribution
from xiaobao.engines.fraud.inputs import Inputs, Reader
from xiaobao.engines.fraud.windows import FeatureSet

CARD_KEY = "xiaobao.card"
FORMAT = 1
_TINY = 1e-9
_ROWS = 200_000


class ModelError(ValueError):
    """A model file that may not be used; the message says why and what to do."""


class Part(msgspec.Struct, frozen=True):
    """Days, rows and frauds of a training or a test part."""

    first: str
    last: str
    rows: int
    frauds: int


class Card(msgspec.Struct, frozen=True):
    """What a second person reads before approving a model."""

    name: str
    format: int
    inputs: tuple[str, ...]
    feature_hash: str
    usual: tuple[float, ...]
    slope: float  # calibration: probability = 1 / (1 + exp(-(slope * logit + shift)))
    shift: float
    trained: Part
    tested: Part | None
    delay_days: int
    metrics: dict[str, dict[str, float]]
    recipe: dict[str, Any]
    chosen_on: str
    made_at: str = ""


class OnnxModel:
    """A scorer bound to one set of features. `hash` is of the file."""

    def __init__(self, data: bytes, features: FeatureSet) -> None:
        self._session = _session(data)
        self.card = _card(self._session)
        self.inputs = Inputs(self.card.inputs)
        self.feature_hash = self.inputs.hash(features)
        if self.feature_hash != self.card.feature_hash:
            raise ModelError(
                f"模型“{self.card.name}”是按另一套特征训练的"
                f"（模型 {self.card.feature_hash[:12]}，引擎 {self.feature_hash[:12]}）；请换回原特征集或重新训练"
            )
        self.hash = hashlib.sha256(data).hexdigest()
        self._one = np.zeros((1, len(self.inputs.names)), dtype=np.float32)
        self._line = self._one[0]
        self._reader = Reader(self.inputs)
        self._name = self._session.get_inputs()[0].name

    def score(self, row: Mapping[str, Any]) -> float:
        """Calibrated probability of fraud, 0 to 1, of one event with its features."""
        self._reader.fill(self._line, row)
        return _calibrated(float(self._run(self._one)[0]), self.card)

    def score_rows(self, rows: Sequence[Mapping[str, Any]]) -> list[float]:
        """The same scores for a group of events, in one run."""
        return [_calibrated(raw, self.card) for raw in self._run(self._reader.values(rows)).tolist()]

    def scores(self, columns: Mapping[str, Column]) -> Array:
        """The same for many events at once."""
        matrix = self.inputs.matrix(columns)
        parts = [self._run(matrix[at : at + _ROWS]) for at in range(0, len(matrix), _ROWS)]
        raw = np.concatenate(parts) if parts else np.empty(0, np.float32)
        raw = np.clip(raw.astype(np.float64), _TINY, 1 - _TINY)
        logit = np.log(raw / (1 - raw))
        scores: Array = 1 / (1 + np.exp(-(self.card.slope * logit + self.card.shift)))
        return scores

    def contributions(self, row: Mapping[str, Any], most: int = 5) -> tuple[Contribution, ...]:
        """The inputs that moved this score most, each put back to its usual value by itself.

        One run of the model on a row an input: for alerts, not for every event.
        """
        values = self.inputs.row(row)
        table = np.tile(np.array(values, dtype=np.float32), (len(values) + 1, 1))
        for place, middle in enumerate(self.card.usual):
            table[place + 1, place] = middle
        here, *without = (_calibrated(float(raw), self.card) for raw in self._run(table))
        found = [
            Contribution(name, value, middle, here - other)
            for name, value, middle, other in zip(
                self.inputs.names, values, self.card.usual, without, strict=True
            )
        ]
        found.sort(key=lambda one: -abs(one.change))
        return tuple(one for one in found[:most] if one.change)

    def _run(self, matrix: Array) -> Array:
        found: Array = self._session.run(["probabilities"], {self._name: matrix})[0][:, 1]
        return found


def load(path: Path, features: FeatureSet) -> OnnxModel:
    """The model in a file, checked against the engine's features. Raises: ModelError."""
    try:
        data = path.read_bytes()
    except OSError as failed:
        raise ModelError(f"不能读取模型文件 {path}：{failed.strerror}") from None
    return OnnxModel(data, features)


def _session(data: bytes) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    try:
        return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
    except Exception as wrong:  # the runtime has no common error class
        raise ModelError(f"不是可用的 ONNX 模型：{str(wrong).splitlines()[0][:160]}") from None


def _card(session: Any) -> Card:
    text = session.get_modelmeta().custom_metadata_map.get(CARD_KEY)
    if text is None:
        raise ModelError("模型没有附模型卡，不能上线；请用 xiaobao fraud train 训练")
    try:
        card = msgspec.json.decode(text, type=Card)
    except msgspec.MsgspecError as wrong:
        raise ModelError(f"模型卡不能解读：{wrong}") from None
    if card.format != FORMAT:
        raise ModelError(f"模型卡版本为 {card.format}，本引擎只接受 {FORMAT}；请重新训练")
    return card


def _calibrated(raw: float, card: Card) -> float:
    raw = min(max(raw, _TINY), 1 - _TINY)
    return 1 / (1 + math.exp(-(card.slope * math.log(raw / (1 - raw)) + card.shift)))
