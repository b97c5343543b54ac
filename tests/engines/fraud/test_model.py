"""Models: trained, written with a card, refused where the features differ, explained."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import msgspec
import numpy as np
import onnx
import pytest

from tests.engines.fraud.cards import payments
from xiaobao.engines.fraud.columns import Table
from xiaobao.engines.fraud.contest import compare, prepare, write_model
from xiaobao.engines.fraud.evaluation import Period
from xiaobao.engines.fraud.handbook import handbook_features
from xiaobao.engines.fraud.inputs import Inputs, Reader
from xiaobao.engines.fraud.model import CARD_KEY, Card, ModelError, OnnxModel
from xiaobao.engines.fraud.training import Member, Recipe
from xiaobao.engines.fraud.windows import DefinitionError, FeatureSet

FEATURES = handbook_features(2)
RECIPE = Recipe(
    "small",
    Inputs(("amount_fen", "night", "customer_mean_fen_7d", "amount_fen/customer_mean_fen_7d")),
    (
        Member("lightgbm", {"n_estimators": 20, "max_depth": 3}),
        Member("forest", {"n_estimators": 10, "max_depth": 5}),
    ),
    "nothing: a test",
)


@cache
def trained() -> tuple[Table, bytes, dict[str, object]]:
    table = payments(4_000)
    periods = (Period(date(2026, 1, 5), date(2026, 1, 12)), Period(date(2026, 1, 16), date(2026, 1, 20)))
    prepared = prepare(table, FEATURES, periods, 2)
    report, fitted = compare(prepared, RECIPE)
    data = write_model(report, fitted, prepared, FEATURES, made_at="2026-02-01T00:00:00+08:00")
    columns = Table(prepared.columns)
    return columns, data, {"report": report, "raw": fitted.scores(RECIPE.inputs.matrix(columns.columns))}


def test_the_card_says_what_it_was_trained_on() -> None:
    _, data, found = trained()
    card = OnnxModel(data, FEATURES).card
    assert (card.trained.first, card.trained.last, card.delay_days) == ("2026-01-05", "2026-01-12", 2)
    assert card.metrics["ours"] == found["report"]["ours"]  # type: ignore[index]
    assert card.feature_hash == RECIPE.inputs.hash(FEATURES)
    assert set(card.recipe) == {"0:lightgbm", "1:forest"}


def test_the_file_scores_like_what_was_trained_and_one_like_many() -> None:
    table, data, found = trained()
    model = OnnxModel(data, FEATURES)
    scores = model.scores(table.columns)
    raw = np.clip(found["raw"], 1e-9, 1 - 1e-9)  # type: ignore[call-overload]
    logit = np.log(raw / (1 - raw))
    assert np.abs(scores - 1 / (1 + np.exp(-(model.card.slope * logit + model.card.shift)))).max() < 1e-5
    for place, row in zip(range(0, 4_000, 97), table.rows(list(range(0, 4_000, 97))), strict=True):
        assert model.score(row) == pytest.approx(scores[place], abs=1e-6)


def test_scores_are_calibrated() -> None:
    table, data, _ = trained()
    scores = OnnxModel(data, FEATURES).scores(table.columns)
    assert scores.mean() == pytest.approx(table.columns["is_fraud"].values.mean(), rel=0.35)


def test_an_alert_names_what_moved_its_score() -> None:
    table, data, _ = trained()
    model = OnnxModel(data, FEATURES)
    place = int(np.argmax(model.scores(table.columns)))
    (row,) = table.rows([place])
    first = model.contributions(row)[0]
    assert first.change > 0
    assert "amount_fen" in first.input
    assert first.value != first.usual


def test_features_unused_by_the_model_may_differ_those_it_reads_may_not() -> None:
    _, data, _ = trained()
    used = [window for window in FEATURES.windows if window.name == "customer_mean_fen_7d"]
    OnnxModel(data, FeatureSet(tuple(used)))
    shorter = replace(used[0], length=9)
    for features in (FeatureSet((shorter,)), FeatureSet(())):
        with pytest.raises(ModelError, match="另一套特征"):
            OnnxModel(data, features)


def test_files_that_are_no_model() -> None:
    _, data, _ = trained()
    graph = onnx.load_from_string(data)
    card = msgspec.json.decode(graph.metadata_props[0].value, type=Card)
    graph.metadata_props[0].value = msgspec.json.encode(msgspec.structs.replace(card, format=9)).decode()
    future = graph.SerializeToString()
    graph.metadata_props[0].value = "{}"
    empty = graph.SerializeToString()
    assert graph.metadata_props[0].key == CARD_KEY
    del graph.metadata_props[:]
    for wrong, says in (
        (b"\x00", "不是可用的 ONNX"),
        (data[: len(data) // 2], "不是可用的 ONNX"),
        (graph.SerializeToString(), "没有附模型卡"),
        (empty, "模型卡不能解读"),
        (future, "模型卡版本为 9"),
    ):
        with pytest.raises(ModelError, match=says):
            OnnxModel(wrong, FEATURES)


def test_inputs_missing_and_divided_by_nothing() -> None:
    inputs = Inputs(("a", "b", "a/b"))
    assert inputs.row({"a": 6, "b": 3}) == [6, 3, 2]
    assert inputs.row({"a": 6, "b": 0}) == [6, 0, 0]
    assert inputs.row({"a": None, "b": "x"}) == [-1, -1, 0]
    line = np.zeros(3, np.float32)
    for row in ({"a": 6, "b": 3}, {"a": 6, "b": 0}, {"a": None, "b": 4}, {"a": 1}, {"a": 1, "b": "x"}, {}):
        Reader(inputs).fill(line, row)
        assert line.tolist() == inputs.row(row), row
    with pytest.raises(DefinitionError, match="a、b"):
        inputs.matrix({})
