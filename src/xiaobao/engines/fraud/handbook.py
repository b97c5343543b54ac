"""The Fraud Detection Handbook's twelve windows in our definitions, and its column names.

Reproducible Machine Learning for Credit Card Fraud Detection (Le Borgne, Siblini, Lebichot,
Bontempi), chapter 3: customer windows end now, terminal windows end one delay ago because
a fraud becomes known only then.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from xiaobao.engines.fraud.columns import Array, Column, Table
from xiaobao.engines.fraud.windows import DAY, Aggregate, FeatureSet, Window

DAYS = (1, 7, 30)


def handbook_features(delay_days: int = 7) -> FeatureSet:
    """The book's windows; `delay_days` is how long a fraud takes to become known."""
    customer = [
        window
        for days in DAYS
        for window in (
            Window(f"customer_count_{days}d", "customer", Aggregate.COUNT, days * DAY),
            Window(f"customer_mean_fen_{days}d", "customer", Aggregate.MEAN, days * DAY, "amount_fen"),
        )
    ]
    delay = delay_days * DAY
    terminal = [
        window
        for days in DAYS
        for window in (
            Window(f"terminal_count_{days}d", "terminal", Aggregate.COUNT, days * DAY, delay=delay),
            Window(f"terminal_risk_{days}d", "terminal", Aggregate.MEAN, days * DAY, "is_fraud", delay),
        )
    ]
    return FeatureSet((*customer, *terminal))


INPUTS: tuple[str, ...] = ("amount_fen", "weekend", "night", *handbook_features().names)


def published_names() -> dict[str, str]:
    """Our window name -> the book's column name, in the order the book prints them."""
    names: dict[str, str] = {}
    for days in DAYS:
        names[f"customer_count_{days}d"] = f"CUSTOMER_ID_NB_TX_{days}DAY_WINDOW"
        names[f"customer_mean_fen_{days}d"] = f"CUSTOMER_ID_AVG_AMOUNT_{days}DAY_WINDOW"
    for days in DAYS:
        names[f"terminal_count_{days}d"] = f"TERMINAL_ID_NB_TX_{days}DAY_WINDOW"
        names[f"terminal_risk_{days}d"] = f"TERMINAL_ID_RISK_{days}DAY_WINDOW"
    return names


def published_columns(table: Table, features: Mapping[str, Column]) -> dict[str, Array]:
    """What the book's file holds for these events, money in yuan, times as seconds and days are left out."""
    fraud = {"TX_FRAUD": table.columns["is_fraud"].values} if "is_fraud" in table.columns else {}
    return {
        "TRANSACTION_ID": _plain(table.columns["event_id"]),
        "TX_DATETIME": _naive(table.columns["occurred_at"].values),
        "CUSTOMER_ID": _plain(table.columns["customer"]),
        "TERMINAL_ID": _plain(table.columns["terminal"]),
        "TX_AMOUNT": table.columns["amount_fen"].values / 100,
        **fraud,
        "TX_DURING_WEEKEND": table.columns["weekend"].values,
        "TX_DURING_NIGHT": table.columns["night"].values,
        **{
            name: features[ours].values / (100 if "mean_fen" in ours else 1)
            for ours, name in published_names().items()
        },
    }


def own_columns(table: Table, features: Mapping[str, Column]) -> dict[str, Array]:
    """Any features beside the event's number, time and customer."""
    names = ("event_id", "occurred_at", "customer")
    return {
        name: _plain(column) for name, column in {**{n: table.columns[n] for n in names}, **features}.items()
    }


def _plain(column: Column) -> Array:
    """Values as they are, words in place of their numbers, None where missing."""
    return (
        column.values
        if column.words is None
        else np.array([*column.words, None], dtype=object)[column.values]
    )


def _naive(moments: Array) -> Array:
    """China's time of day, as the file had it."""
    return (moments + 8 * 3_600_000).astype("datetime64[ms]")
