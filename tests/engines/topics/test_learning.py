"""A model of a bank's own closed complaints: what it learns, promises, refuses."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from xiaobao.engines.topics.drift import weekly
from xiaobao.engines.topics.learning import TooFewError, load, train

WORDS = {
    "贷款/利率争议": ("利率", "利息", "房贷", "没降", "重定价"),
    "收费/年费争议": ("年费", "扣了", "信用卡", "激活", "减免"),
    "服务质量/服务态度": ("柜员", "态度", "不耐烦", "窗口", "大堂"),
}


def samples(count: int, noise: float = 0.0) -> list[tuple[str, str]]:
    drawn = random.Random(11)
    made = []
    for _ in range(count):
        label = drawn.choice(list(WORDS))
        words = drawn.choices(WORDS[label], k=3) + drawn.choices("我要投诉请处理", k=4)
        told = drawn.choice(list(WORDS)) if drawn.random() < noise else label
        made.append(("".join(words), told))
    return made


def test_what_was_learned_is_answered_with_its_terms(tmp_path: Path) -> None:
    model, report = train(samples(400))
    assert report.accuracy > 0.95
    guess = model.guess("信用卡年费又扣了")
    assert guess.label == "收费/年费争议"
    assert any(term in "信用卡年费又扣了" for term in guess.terms)
    model.save(tmp_path / "m.npz")
    assert load(tmp_path / "m.npz").guess("信用卡年费又扣了") == guess


def test_the_promise_is_kept_by_abstaining() -> None:
    model, report = train(samples(1200, noise=0.3), promise=0.85)
    assert report.precision >= report.accuracy
    assert report.coverage < 1
    assert model.guess("").label is None
    loose = train(samples(1200, noise=0.3), promise=0.3)[1]
    assert loose.coverage > report.coverage


def test_learning_twice_gives_the_same_model() -> None:
    first, second = train(samples(200))[0], train(samples(200))[0]
    assert np.array_equal(first.weights, second.weights)


@pytest.mark.parametrize("given", [[], samples(10), [("年费", "收费")] * 50])
def test_too_little_is_refused(given: list[tuple[str, str]]) -> None:
    with pytest.raises(TooFewError, match="至少需要"):
        train(given)


def test_a_foreign_file_is_no_model(tmp_path: Path) -> None:
    path = tmp_path / "m.npz"
    path.write_bytes(b"PK\x03\x04 not a model")
    with pytest.raises(TooFewError, match="不是本程序的模型文件"):
        load(path)
    with path.open("wb") as file:
        np.savez(file, about=np.array('{"format": 99, "labels": []}'))
    with pytest.raises(TooFewError, match="99"):
        load(path)


def week(monday: date, topics: dict[str | None, int]) -> list[tuple[date, str | None]]:
    return [(monday + timedelta(n % 7), topic) for topic, count in topics.items() for n in range(count)]


def test_a_quiet_week_has_not_moved_and_a_wave_has() -> None:
    start = date(2026, 3, 2)
    calm: dict[str | None, int] = {"收费": 30, "贷款": 30, None: 6}
    days = [one for n in range(4) for one in week(start + timedelta(7 * n), calm)]
    wave = week(start + timedelta(28), {"收费": 28, "贷款": 25, "理财": 60, None: 6})
    weeks = weekly(days + wave)
    assert [one.has_moved for one in weeks] == [False, False, False, False, True]
    assert weeks[4].risen[0][0] == "理财"
    assert weeks[0].index is None
    assert weeks[1].abstained == pytest.approx(6 / 66)


def test_few_complaints_raise_no_alarm() -> None:
    start = date(2026, 3, 2)
    weeks = weekly(week(start, {"收费": 3}) + week(start + timedelta(7), {"贷款": 3}))
    assert [one.has_moved for one in weeks] == [False, False]
    assert weekly([]) == []
