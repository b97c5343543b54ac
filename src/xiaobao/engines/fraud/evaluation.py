"""Detection measured as the Fraud Detection Handbook does: its split, AUC, average precision, card precision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from xiaobao.engines.fraud.columns import Array, Table

EPOCH = date(1970, 1, 1)
CARDS_A_DAY = 100
_DAY, _CHINA = 86_400_000, 8 * 3_600_000


class PeriodError(ValueError):
    """Periods that cannot be evaluated; the message says why."""


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1

    def shifted(self, days: int) -> Period:
        """The same length, so many days later."""
        return Period(self.first + timedelta(days), self.last + timedelta(days))

    def holds(self, day: Array) -> Array:
        """Which days since 1970 lie in the period."""
        inside: Array = (day >= (self.first - EPOCH).days) & (day <= (self.last - EPOCH).days)
        return inside


def period_from(text: str) -> Period:
    """A period from `2018-07-25:2018-07-31`. Raises: PeriodError."""
    try:
        first, last = (date.fromisoformat(part) for part in text.split(":"))
    except ValueError:
        raise PeriodError(f"时段“{text}”应写作 2018-07-25:2018-07-31") from None
    if last < first:
        raise PeriodError(f"时段“{text}”的止日早于起日")
    return Period(first, last)


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """Places of the training and test rows, and every row's customer, day and truth."""

    train: Array
    test: Array
    day: Array
    customer: Array
    fraud: Array


def split_rows(table: Table, train: Period, test: Period, delay_days: int) -> Split:
    """Test rows leave out cards known as compromised: in the training days, or until `delay_days` before.

    Raises: PeriodError for a test that begins before the training labels are known, or an empty
    part, or a training part without fraud.
    """
    if (test.first - train.last).days <= delay_days:
        raise PeriodError(f"测试期须在训练期结束 {delay_days} 天之后开始，否则用到了当时还不知道的结果")
    day = (table.columns["occurred_at"].values + _CHINA) // _DAY
    customer, fraud = table.columns["customer"].values, table.columns["is_fraud"].values
    trained = train.holds(day)
    parts = []
    for one in range((test.first - EPOCH).days, (test.last - EPOCH).days + 1):
        until = max((train.last - EPOCH).days, one - delay_days - 1)
        seen = (day >= (train.first - EPOCH).days) & (day <= until) & (fraud == 1)
        parts.append(np.flatnonzero((day == one) & ~np.isin(customer, customer[seen])))
    found = Split(np.flatnonzero(trained), np.concatenate(parts), day, customer, fraud)
    if not len(found.train) or not len(found.test):
        raise PeriodError("训练期或测试期内没有交易，请核对 --train、--test 与文件的日期")
    if not fraud[found.train].any() or not fraud[found.test].any():
        raise PeriodError("训练期或测试期内没有欺诈交易，不能评估")
    return found


@dataclass(frozen=True, slots=True)
class Scores:
    """The three figures of the book's tables."""

    auc: float
    ap: float
    cp100: float


def scores_of(split: Split, score: Array) -> Scores:
    """Figures of the scores given to the test rows, in their order."""
    rows = split.test
    truth = split.fraud[rows]
    return Scores(
        auc=area_under_roc(truth, score),
        ap=average_precision(truth, score),
        cp100=cards_found(split.day[rows], split.customer[rows], truth, score, CARDS_A_DAY),
    )


def area_under_roc(truth: Array, score: Array) -> float:
    """Chance that a fraud scores above an honest row; ties count half."""
    _, place, count = np.unique(score, return_inverse=True, return_counts=True)
    rank = (np.cumsum(count) - (count - 1) / 2)[place]
    frauds = int(truth.sum())
    honest = len(truth) - frauds
    return float((rank[truth == 1].sum() - frauds * (frauds + 1) / 2) / (frauds * honest))


def average_precision(truth: Array, score: Array) -> float:
    """Mean of the precision at each step of recall; rows of one score are one step."""
    order = np.argsort(-score, kind="stable")
    last = np.append(np.flatnonzero(np.diff(score[order])), len(score) - 1)
    found = np.cumsum(truth[order])[last]
    steps = np.diff(np.append(0, found)) / found[-1]
    return float((steps * found / (last + 1)).sum())


def summary(split: Split, which: Array) -> Mapping[str, int]:
    """Rows and frauds of a part."""
    return {"rows": len(which), "frauds": int(split.fraud[which].sum())}


def cards_found(day: Array, customer: Array, fraud: Array, rank: Array, cards: int = CARDS_A_DAY) -> float:
    """Mean over the days of the share of frauds among the highest cards; a card found is not asked again."""
    found = np.empty(0, dtype=customer.dtype)
    shares = []
    for one in np.unique(day):
        here = np.flatnonzero(day == one)
        here = here[~np.isin(customer[here], found)]
        here = here[np.argsort(-rank[here], kind="stable")]
        names, best = np.unique(customer[here], return_index=True)
        top = names[np.argsort(best)][:cards]
        hits = top[np.isin(top, customer[here][fraud[here] == 1])]
        found = np.concatenate((found, hits))
        shares.append(len(hits) / cards)
    return float(np.mean(shares)) if shares else 0.0
