"""Learning from a bank's own closed complaints: hashed letters, a linear model, a promise of precision.

Training needs scikit-learn (extra `text`); a trained model reads with numpy alone. The newest part of the
samples is held back: the temperature and the thresholds are chosen on one half of it, the report is of the other.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from xiaobao.engines.topics.wording import plain

_BITS = 18
_LEAST = 20  # samples without which nothing is learned
_HELD = 0.3
_FORMAT = 1
_TEMPERATURES = (0.25, 0.35, 0.5, 0.7, 1.0, 1.4, 2.0, 2.8, 4.0)


class TooFewError(ValueError):
    """Not enough to learn from, or a file that holds no model of ours."""


@dataclass(frozen=True, slots=True)
class Report:
    """What the held-back newest samples say: share answered, and of the answered the share right."""

    samples: int
    tested: int
    classes: int
    accuracy: float
    coverage: float
    precision: float
    calibration_error: float


@dataclass(frozen=True, slots=True)
class Guess:
    """A label or None, its probability, and the pieces of text that spoke most for it."""

    label: str | None
    probability: float
    terms: tuple[str, ...]


@dataclass(frozen=True)
class Model:
    """A trained model; `thresholds` are the least probabilities at which a class is answered."""

    labels: tuple[str, ...]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    temperature: float
    thresholds: NDArray[np.float32]

    def guess(self, text: str) -> Guess:
        """The label of a text, or None below its threshold."""
        pieces = _pieces(plain(text))
        if not pieces:
            return Guess(None, 0.0, ())
        chances = self._chances(pieces)
        best = int(chances.argmax())
        label = self.labels[best] if chances[best] >= self.thresholds[best] else None
        return Guess(label, float(chances[best]), self._terms(pieces, best))

    def save(self, path: Path) -> None:
        """Write one .npz file, without any pickled object."""
        about = json.dumps({"format": _FORMAT, "labels": self.labels, "temperature": self.temperature})
        with path.open("wb") as file:
            np.savez_compressed(
                file, weights=self.weights, bias=self.bias, thresholds=self.thresholds, about=np.array(about)
            )

    def _chances(self, pieces: Counter[str]) -> NDArray[np.float32]:
        places, values = _vector(pieces)
        scores = (self.weights[:, places] @ values + self.bias) / self.temperature
        chances: NDArray[np.float32] = _softmax(scores[None, :])[0]
        return chances

    def _terms(self, pieces: Counter[str], label: int) -> tuple[str, ...]:
        """The five pieces that speak most for the label against the mean of the others."""
        names = list(pieces)
        places = [_place(name) for name in names]
        against = self.weights[:, places].mean(axis=0)
        speaks = self.weights[label, places] - against
        return tuple(names[at] for at in np.argsort(-speaks)[:5] if speaks[at] > 0)


def load(path: Path) -> Model:
    """Read a model written by `save`. Raises: TooFewError for anything else."""
    try:
        with np.load(path, allow_pickle=False) as parts:
            about = json.loads(str(parts["about"]))
            if about["format"] != _FORMAT:
                raise TooFewError(f"模型文件的版本是 {about['format']}，本程序读 {_FORMAT}")
            return Model(
                tuple(about["labels"]),
                parts["weights"],
                parts["bias"],
                float(about["temperature"]),
                parts["thresholds"],
            )
    except TooFewError:
        raise
    except (ValueError, KeyError, OSError, EOFError, BadZipFile) as error:
        raise TooFewError(f"不是本程序的模型文件：{path}（{error}）") from None


def train(samples: Sequence[tuple[str, str]], *, promise: float = 0.9) -> tuple[Model, Report]:
    """Learn from (text, label) in order of time; classes are answered where `promise` of the answers are right.

    Raises: TooFewError below 20 samples or two labels.
    """
    labels = tuple(sorted({label for _, label in samples}))
    if len(samples) < _LEAST or len(labels) < 2:
        raise TooFewError(f"至少需要 {_LEAST} 条、两类以上的样本，现有 {len(samples)} 条、{len(labels)} 类")
    pieces = [_pieces(plain(text)) for text, _ in samples]
    truth = np.array([labels.index(label) for _, label in samples])
    cut = int(len(samples) * (1 - _HELD))
    middle = (cut + len(samples)) // 2
    weights, bias = _fitted(pieces[:cut], truth[:cut], len(labels))
    tuning = _scores(weights, bias, pieces[cut:middle])
    temperature = min(_TEMPERATURES, key=lambda one: _loss(_softmax(tuning / one), truth[cut:middle]))
    thresholds = _thresholds(_softmax(tuning / temperature), truth[cut:middle], promise)
    model = Model(labels, weights, bias, temperature, thresholds)
    chances = _softmax(_scores(weights, bias, pieces[middle:]) / temperature)
    return model, _report(chances, truth[middle:], thresholds, len(samples))


def as_dict(report: Report) -> dict[str, float | int]:
    """The report for JSON, shares to four places."""
    return {
        name: round(value, 4) if isinstance(value, float) else value for name, value in asdict(report).items()
    }


def _pieces(text: str) -> Counter[str]:
    """Letters by one, two and three."""
    said = "".join(text.split())
    return Counter(said[at : at + size] for size in (1, 2, 3) for at in range(len(said) - size + 1))


def _place(piece: str) -> int:
    return zlib.crc32(piece.encode()) & ((1 << _BITS) - 1)


def _vector(pieces: Counter[str]) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    places = np.array([_place(piece) for piece in pieces], dtype=np.int32)
    values = 1 + np.log(np.array(list(pieces.values()), dtype=np.float32))
    return places, values / np.sqrt((values**2).sum())


def _fitted(
    pieces: Sequence[Counter[str]], truth: NDArray[np.int64], classes: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    from scipy.sparse import csr_array
    from sklearn.linear_model import SGDClassifier

    rows = [_vector(one) for one in pieces]
    ends = np.cumsum([0, *(len(places) for places, _ in rows)], dtype=np.int32)
    shape = (len(rows), 1 << _BITS)
    data = csr_array(
        (
            np.concatenate([values for _, values in rows]),
            np.concatenate([places for places, _ in rows]),
            ends,
        ),
        shape,
    )
    learner = SGDClassifier(loss="log_loss", alpha=2e-6, max_iter=60, tol=1e-4, random_state=1)
    learner.fit(data, truth)
    weights = np.zeros((classes, 1 << _BITS), dtype=np.float32)
    bias = np.full(classes, -10.0, dtype=np.float32)
    if len(learner.classes_) == 2:  # one row of coefficients, for the second class
        first, second = learner.classes_
        weights[second], weights[first] = learner.coef_[0], -learner.coef_[0]
        bias[second], bias[first] = learner.intercept_[0], -learner.intercept_[0]
    else:
        weights[learner.classes_], bias[learner.classes_] = learner.coef_, learner.intercept_
    return weights, bias


def _scores(
    weights: NDArray[np.float32], bias: NDArray[np.float32], pieces: Sequence[Counter[str]]
) -> NDArray[np.float32]:
    scores = np.zeros((len(pieces), len(bias)), dtype=np.float32)
    for row, one in enumerate(pieces):
        if one:
            places, values = _vector(one)
            scores[row] = weights[:, places] @ values
    return scores + bias


def _softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances: NDArray[np.float32] = powers / powers.sum(axis=1, keepdims=True)
    return chances


def _loss(chances: NDArray[np.float32], truth: NDArray[np.int64]) -> float:
    return float(-np.log(chances[np.arange(len(truth)), truth] + 1e-9).mean())


def _thresholds(
    chances: NDArray[np.float32], truth: NDArray[np.int64], promise: float
) -> NDArray[np.float32]:
    """Per class the least probability from which on its answers keep the promise; one for all where few were seen."""
    best, sure = chances.argmax(axis=1), chances.max(axis=1)
    general = _least(sure, best == truth, promise)
    own = np.full(chances.shape[1], general, dtype=np.float32)
    for label in range(chances.shape[1]):
        chosen = best == label
        if chosen.sum() >= _LEAST:
            own[label] = _least(sure[chosen], (best == truth)[chosen], promise)
    return own


def _least(sure: NDArray[np.float32], right: NDArray[np.bool_], promise: float) -> float:
    order = np.argsort(-sure)
    precision = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    kept = np.flatnonzero(precision >= promise)
    return float(sure[order][kept[-1]]) if len(kept) else 1.01


def _report(
    chances: NDArray[np.float32], truth: NDArray[np.int64], thresholds: NDArray[np.float32], samples: int
) -> Report:
    best, sure = chances.argmax(axis=1), chances.max(axis=1)
    right = best == truth
    answered = sure >= thresholds[best]
    bins = np.minimum((sure * 10).astype(int), 9)
    gaps = [
        abs(right[bins == one].mean() - sure[bins == one].mean()) * (bins == one).sum() for one in set(bins)
    ]
    return Report(
        samples=samples,
        tested=len(truth),
        classes=chances.shape[1],
        accuracy=float(right.mean()),
        coverage=float(answered.mean()),
        precision=float(right[answered].mean()) if answered.any() else 0.0,
        calibration_error=float(sum(gaps) / len(truth)),
    )
