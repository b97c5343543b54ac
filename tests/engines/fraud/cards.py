"""Payments of a month of a small bank, some of them fraud that shows in the amount, for models and commands."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import numpy as np

from xiaobao.engines.fraud.columns import Column, Table
from xiaobao.engines.fraud.files import fields_of_time

FIRST = datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=8)))
DAYS = 24
HEAD = "TRANSACTION_ID,TX_DATETIME,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,TX_FRAUD"


def payments(size: int, seed: int = 1) -> Table:
    """In time order; about 4 % fraud, mostly of larger amounts."""
    rng = np.random.default_rng(seed)
    moments = int(FIRST.timestamp() * 1000) + np.sort(rng.integers(0, DAYS * 86_400, size)) * 1000
    customer = rng.integers(0, 150, size)
    fraud = (rng.random(size) < 0.04).astype(np.int64)
    fen = (rng.gamma(4, 1_000, size) * (1 + customer % 3) * np.where(fraud == 1, 4, 1)).astype(np.int64)
    return Table(
        {
            "event_id": Column(np.arange(size)),
            "occurred_at": Column(moments),
            "customer": Column(customer),
            "terminal": Column(rng.integers(0, 40, size)),
            "amount_fen": Column(fen),
            "is_fraud": Column(fraud),
            **fields_of_time(moments),
        }
    )


def written(path: Path, table: Table) -> Path:
    """The table as a file of the Handbook's columns."""
    lines = [HEAD]
    for row in table.rows():
        when = FIRST + timedelta(milliseconds=row["occurred_at"] - FIRST.timestamp() * 1000)
        lines.append(
            f"{row['event_id']},{when:%Y-%m-%d %H:%M:%S},{row['customer']},{row['terminal']},"
            f"{row['amount_fen'] / 100:.2f},{row['is_fraud']}"
        )
    path.write_text("\n".join(lines) + "\n")
    return path
