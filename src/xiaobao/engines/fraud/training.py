"""Training: trees on our features, calibrated, written as one ONNX file with its card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import lightgbm
import msgspec
import numpy as np
import onnx
from onnxmltools import convert_lightgbm
from onnxmltools.convert.common.data_types import FloatTensorType
from skl2onnx import convert_sklearn
from skl2onnx.common.data_types import FloatTensorType as SklearnFloat
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from xiaobao.engines.fraud.columns import Array
from xiaobao.engines.fraud.inputs import Inputs, usual
from xiaobao.engines.fraud.model import CARD_KEY, FORMAT, Card, Part
from xiaobao.engines.fraud.windows import FeatureSet

OPSET = 15
_FOLDS = 3
_TINY = 1e-9


class Classifier(Protocol):
    """What every member is, once fitted."""

    def fit(self, x: Array, y: Array) -> Any:
        """Learn."""
        ...

    def predict_proba(self, x: Array) -> Array:
        """Two columns: honest, fraud."""
        ...


@dataclass(frozen=True, slots=True)
class Member:
    """One learner of the mean: `lightgbm` or `forest`, with its parameters."""

    kind: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Recipe:
    """What is trained on what. The score is the mean of the members' probabilities."""

    name: str
    inputs: Inputs
    members: tuple[Member, ...]
    chosen_on: str
    seed: int = 0
    threads: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """The members after training."""

    recipe: Recipe
    members: Sequence[Classifier]

    def scores(self, matrix: Array) -> Array:
        """Mean probability of fraud, not calibrated."""
        found: Array = np.mean([member.predict_proba(matrix)[:, 1] for member in self.members], axis=0)
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """Training rows: inputs, truth, and the customer that keeps folds apart."""

    matrix: Array
    fraud: Array
    customer: Array


@dataclass(frozen=True, slots=True)
class Facts:
    """What the card says besides the model itself."""

    trained: Part
    delay_days: int
    tested: Part | None = None
    metrics: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    made_at: str = ""


def fit(recipe: Recipe, matrix: Array, fraud: Array) -> Fitted:
    """The recipe's members, trained."""
    return Fitted(recipe, [_new(recipe, member).fit(matrix, fraud) for member in recipe.members])


def calibrate(recipe: Recipe, material: Material) -> tuple[float, float]:
    """Slope and shift of the log odds, from scores of rows whose customers the members had not seen."""
    score = np.zeros(len(material.fraud))
    for train, rest in GroupKFold(_FOLDS).split(material.matrix, groups=material.customer):
        fitted = fit(recipe, material.matrix[train], material.fraud[train])
        score[rest] = fitted.scores(material.matrix[rest])
    score = np.clip(score, _TINY, 1 - _TINY)
    odds = np.clip(np.log(score / (1 - score)), -12, 12).reshape(-1, 1)
    line = LogisticRegression(C=1e6).fit(odds, material.fraud)
    return float(line.coef_[0, 0]), float(line.intercept_[0])


def onnx_file(fitted: Fitted, features: FeatureSet, material: Material, facts: Facts) -> bytes:
    """The model with its card, ready for `model.load`."""
    recipe = fitted.recipe
    slope, shift = calibrate(recipe, material)
    card = Card(
        name=recipe.name,
        format=FORMAT,
        inputs=recipe.inputs.names,
        feature_hash=recipe.inputs.hash(features),
        usual=tuple(usual(material.matrix)),
        slope=slope,
        shift=shift,
        trained=facts.trained,
        tested=facts.tested,
        delay_days=facts.delay_days,
        metrics={name: dict(found) for name, found in facts.metrics.items()},
        recipe={f"{place}:{one.kind}": dict(one.parameters) for place, one in enumerate(recipe.members)},
        chosen_on=recipe.chosen_on,
        made_at=facts.made_at,
    )
    graph = _mean([_converted(member, matrix_width(recipe)) for member in fitted.members])
    entry = graph.metadata_props.add()
    entry.key, entry.value = CARD_KEY, msgspec.json.encode(card).decode()
    data: bytes = graph.SerializeToString()
    return data


def matrix_width(recipe: Recipe) -> int:
    """How many inputs."""
    return len(recipe.inputs.names)


def logistic_regression(matrix: Array, fraud: Array) -> Classifier:
    """The book's baseline: scaled, scikit-learn's defaults."""
    fitted: Classifier = make_pipeline(StandardScaler(), LogisticRegression(random_state=0)).fit(
        matrix, fraud
    )
    return fitted


def random_forest(matrix: Array, fraud: Array, threads: int = 1) -> Classifier:
    """The book's forest: scaled or not is the same to trees, scikit-learn's defaults."""
    fitted: Classifier = RandomForestClassifier(random_state=0, n_jobs=threads).fit(matrix, fraud)
    return fitted


def _new(recipe: Recipe, member: Member) -> Classifier:
    shared: dict[str, Any] = {"random_state": recipe.seed, "n_jobs": recipe.threads}
    made: Classifier = (
        lightgbm.LGBMClassifier(
            verbose=-1, deterministic=True, force_row_wise=True, **shared, **member.parameters
        )
        if member.kind == "lightgbm"
        else RandomForestClassifier(**shared, **member.parameters)
    )
    return made


def _converted(member: Classifier, width: int) -> Any:
    if isinstance(member, lightgbm.LGBMClassifier):
        return convert_lightgbm(
            member, initial_types=[("x", FloatTensorType([None, width]))], zipmap=False, target_opset=OPSET
        )
    return convert_sklearn(
        member,
        initial_types=[("x", SklearnFloat([None, width]))],
        target_opset={"": OPSET, "ai.onnx.ml": 3},
        options={id(member): {"zipmap": False}},
    )


def _mean(graphs: Sequence[Any]) -> Any:
    """One graph that gives the mean of the members' probabilities."""
    if len(graphs) == 1:
        return graphs[0]
    nodes, constants = [], []
    for place, graph in enumerate(graphs):
        part = onnx.compose.add_prefix(graph, f"m{place}_", rename_inputs=False).graph
        for node in part.node:
            node.input[:] = ["x" if name == f"m{place}_x" else name for name in node.input]
        nodes += list(part.node)
        constants += list(part.initializer)
    names = [f"m{place}_probabilities" for place in range(len(graphs))]
    nodes.append(onnx.helper.make_node("Mean", names, ["probabilities"]))
    output = onnx.helper.make_tensor_value_info("probabilities", onnx.TensorProto.FLOAT, [None, 2])
    whole = onnx.helper.make_graph(nodes, "xiaobao", list(graphs[0].graph.input), [output], constants)
    return onnx.helper.make_model(
        whole,
        opset_imports=[onnx.helper.make_opsetid("", OPSET), onnx.helper.make_opsetid("ai.onnx.ml", 3)],
        ir_version=8,
    )
