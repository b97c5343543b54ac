"""Ours beside the book's baselines on one split, from the same raw rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from xiaobao.engines.fraud.batch import in_chunks, merge
from xiaobao.engines.fraud.columns import Array, Column, Table
from xiaobao.engines.fraud.documents import document_of
from xiaobao.engines.fraud.evaluation import Period, Scores, Split, scores_of, split_rows, summary
from xiaobao.engines.fraud.handbook import INPUTS
from xiaobao.engines.fraud.inputs import Inputs
from xiaobao.engines.fraud.model import Part
from xiaobao.engines.fraud.rules import Outcome, Rule, RuleSet
from xiaobao.engines.fraud.training import (
    Facts,
    Fitted,
    Material,
    Recipe,
    fit,
    logistic_regression,
    onnx_file,
    random_forest,
)
from xiaobao.engines.fraud.windows import Condition, FeatureSet, Operator

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A table with its features, and the split over it."""

    columns: Mapping[str, Column]
    split: Split
    train: Period
    test: Period
    delay_days: int

    def matrix(self, inputs: Inputs, rows: Array) -> Array:
        """Inputs of the rows."""
        return inputs.matrix({name: self.columns[name].part(rows) for name in inputs.fields})


def prepare(
    table: Table,
    features: FeatureSet,
    periods: tuple[Period, Period],
    delay_days: int,
    progress: Progress = lambda *_: None,
) -> Prepared:
    """Features of every row of the table, chunk by chunk, and the book's split.

    Raises: PeriodError for periods that cannot be evaluated.
    """
    train, test = periods
    split = split_rows(table, train, test, delay_days)
    return Prepared(featured(table, features, progress), split, train, test, delay_days)


def featured(table: Table, features: FeatureSet, progress: Progress = lambda *_: None) -> dict[str, Column]:
    """The table's columns and every window."""
    parts = []
    for start, part in in_chunks(features, table):
        parts.append(part)
        progress("计算特征", start + len(next(iter(part.values())).values), len(table))
    return {**table.columns, **merge(parts)}


def compare(
    prepared: Prepared, recipe: Recipe, progress: Progress = lambda *_: None
) -> tuple[dict[str, Any], Fitted]:
    """The three models' figures on the test rows, and our trained model.

    The baselines read the book's fifteen inputs with scikit-learn's defaults, as the book's do.
    """
    split = prepared.split
    truth = split.fraud[split.train]
    ours, book = recipe.inputs, Inputs(INPUTS)
    x, z = (prepared.matrix(book, rows) for rows in (split.train, split.test))
    found: dict[str, Scores] = {}
    progress("逻辑回归", 0, 3)
    found["logistic_regression"] = _scored(split, logistic_regression(x, truth).predict_proba(z))
    progress("随机森林", 1, 3)
    found["random_forest"] = _scored(split, random_forest(x, truth).predict_proba(z))
    progress("本模型", 2, 3)
    fitted = fit(recipe, prepared.matrix(ours, split.train), truth)
    found["ours"] = scores_of(split, fitted.scores(prepared.matrix(ours, split.test)))
    progress("完成", 3, 3)
    report: dict[str, Any] = {
        name: {key: round(value, 6) for key, value in asdict(found[name]).items()}
        for name in ("ours", "logistic_regression", "random_forest")
    }
    report |= {"train": summary(split, split.train), "test": summary(split, split.test)}
    report["inputs"] = {"ours": list(ours.names), "baselines": list(INPUTS)}
    report["model"] = {"name": recipe.name, "chosen_on": recipe.chosen_on}
    return report, fitted


def write_model(
    report: Mapping[str, Any], fitted: Fitted, prepared: Prepared, features: FeatureSet, *, made_at: str
) -> bytes:
    """The trained model as an ONNX file; its card says on what it was trained and tested."""
    split = prepared.split
    material = Material(
        prepared.matrix(fitted.recipe.inputs, split.train),
        split.fraud[split.train],
        split.customer[split.train],
    )
    facts = Facts(
        trained=_part(prepared.train, report["train"]),
        tested=_part(prepared.test, report["test"]),
        delay_days=prepared.delay_days,
        metrics={name: report[name] for name in ("ours", "logistic_regression", "random_forest")},
        made_at=made_at,
    )
    return onnx_file(fitted, features, material, facts)


def skeleton(fitted: Fitted, features: FeatureSet) -> dict[str, Any]:
    """A rule file to begin with: the windows that the model reads, and one rule on its score.

    Nobody stands as its author, so it cannot be approved before somebody has read and signed it.
    """
    rule = Rule(
        "M01",
        (Condition("score", Operator.GT, 0.5),),
        reason="model_score",
        say="为保障您的资金安全，请核实本次交易",
        owner="请填写负责部门",
        outcome=Outcome.CHALLENGE,
    )
    rules = RuleSet(f"{fitted.recipe.name} 骨架", (rule,), ())
    return {"author": "", **document_of(rules, fitted.recipe.inputs.windows(features))}


def _part(period: Period, rows: Mapping[str, int]) -> Part:
    return Part(period.first.isoformat(), period.last.isoformat(), **rows)


def _scored(split: Split, probabilities: Array) -> Scores:
    return scores_of(split, np.ascontiguousarray(probabilities[:, 1]))
