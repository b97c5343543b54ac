"""The Handbook's simulated payments, made anew from its description and published seeds: 1,754,155 events, 14,681 frauds.

Customers (seed 0) and terminals (seed 1) lie on a square of 100; a customer pays at terminals within 5.
Each customer's payments follow that customer's own seed. Then three kinds of fraud: over 220; two
terminals a day compromised for 28 days; three customers a day whose next 14 days lose a third of
their payments to amounts five times as large. The same rows as the public data, in time order.
"""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np

from xiaobao.engines.fraud.columns import Array, Column, Table
from xiaobao.engines.fraud.files import fields_of_time

CUSTOMERS, TERMINALS, DAYS, NEAR = 5_000, 10_000, 183, 5.0
DAY = 86_400
FIRST_MS = 1_522_512_000_000  # 2018-04-01, China's midnight
EVENTS, FRAUDS = 1_754_155, 14_681


def cards(folder: Path) -> Table:
    """The whole table; kept in the folder for the next call."""
    kept = folder / "cards.npz"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        second, customer, terminal, amount = _payments()
        order = np.argsort(second, kind="stable")
        second, customer, terminal, amount = (part[order] for part in (second, customer, terminal, amount))
        fraud, amount = _frauds(second // DAY, customer, terminal, amount)
        assert (len(second), int(fraud.sum())) == (EVENTS, FRAUDS)
        fen = np.round(amount * 100).astype(np.int64)
        np.savez(kept, second=second, customer=customer, terminal=terminal, fen=fen, fraud=fraud)
    found = np.load(kept)
    moments = FIRST_MS + found["second"] * 1000
    return Table(
        {
            "event_id": Column(np.arange(len(moments))),
            "occurred_at": Column(moments),
            "customer": Column(found["customer"]),
            "terminal": Column(found["terminal"]),
            "amount_fen": Column(found["fen"]),
            "is_fraud": Column(found["fraud"]),
            **fields_of_time(moments),
        }
    )


def _payments() -> tuple[Array, ...]:
    people = np.random.RandomState(0)
    customers = [
        (people.uniform(0, 100), people.uniform(0, 100), people.uniform(5, 100), people.uniform(0, 4))
        for _ in range(CUSTOMERS)
    ]
    places = np.random.RandomState(1).uniform(0, 100, (TERMINALS, 2))
    rows: list[tuple[int, int, int, float]] = []
    for number, (x, y, mean, rate) in enumerate(customers):
        near = np.flatnonzero(np.hypot(places[:, 0] - x, places[:, 1] - y) < NEAR).tolist()
        rows += _of_customer(number, mean, rate, near)
    second, customer, terminal, amount = zip(*rows, strict=True)
    return np.array(second), np.array(customer), np.array(terminal), np.array(amount)


def _of_customer(number: int, mean: float, rate: float, near: list[int]) -> list[tuple[int, int, int, float]]:
    choose, draw = random.Random(number), np.random.RandomState(number)
    rows = []
    for day in range(DAYS):
        for _ in range(draw.poisson(rate)):
            second = int(draw.normal(DAY / 2, 20_000))
            if not 0 < second < DAY:
                continue
            amount = draw.normal(mean, mean / 2)
            if amount < 0:
                amount = draw.uniform(0, mean * 2)
            if near:
                rows.append((day * DAY + second, number, choose.choice(near), round(amount, 2)))
    return rows


def _frauds(day: Array, customer: Array, terminal: Array, amount: Array) -> tuple[Array, Array]:
    fraud, amount = (amount > 220).astype(np.int64), amount.copy()
    for start in range(DAYS - 1):
        caught = np.random.RandomState(start).choice(TERMINALS, size=2, replace=False)
        fraud[(day >= start) & (day < start + 28) & np.isin(terminal, caught)] = 1
    for start in range(DAYS - 1):
        caught = np.random.RandomState(start).choice(CUSTOMERS, size=3, replace=False)
        rows = np.flatnonzero((day >= start) & (day < start + 14) & np.isin(customer, caught))
        chosen = random.Random(start).sample(rows.tolist(), k=len(rows) // 3)
        amount[chosen] *= 5
        fraud[chosen] = 1
    return fraud, amount
