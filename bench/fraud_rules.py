"""Twenty rules over the Handbook's fifteen fields: the table every peer is given."""

from __future__ import annotations

from typing import Any

SAY = "为保障您的资金安全，请核实本次交易"
# Number, comparisons, points.
TABLE: tuple[tuple[str, tuple[tuple[str, str, float], ...], int], ...] = (
    ("R01", (("amount_fen", ">", 22000),), 80),
    (
        "R02",
        (
            ("amount_fen", ">", 15000),
            ("night", ">=", 1),
        ),
        20,
    ),
    ("R03", (("customer_count_1d", ">", 8),), 15),
    ("R04", (("customer_count_1d", ">", 12),), 30),
    ("R05", (("customer_mean_fen_1d", ">", 18000),), 20),
    ("R06", (("customer_mean_fen_7d", ">", 15000),), 10),
    ("R07", (("terminal_risk_1d", ">", 0.5),), 60),
    ("R08", (("terminal_risk_7d", ">", 0.3),), 50),
    ("R09", (("terminal_risk_30d", ">", 0.15),), 40),
    (
        "R10",
        (
            ("terminal_risk_7d", ">", 0.05),
            ("amount_fen", ">", 10000),
        ),
        15,
    ),
    ("R11", (("terminal_count_1d", ">", 6),), 5),
    (
        "R12",
        (
            ("weekend", ">=", 1),
            ("night", ">=", 1),
        ),
        3,
    ),
    (
        "R13",
        (
            ("customer_count_7d", "<", 2),
            ("amount_fen", ">", 10000),
        ),
        10,
    ),
    (
        "R14",
        (
            ("customer_count_30d", "<", 3),
            ("amount_fen", ">", 8000),
        ),
        10,
    ),
    ("R15", (("terminal_count_30d", "<", 3),), 4),
    ("R16", (("terminal_count_7d", ">", 20),), 6),
    ("R17", (("amount_fen", "<", 100),), 5),
    (
        "R18",
        (
            ("customer_mean_fen_30d", "<", 2000),
            ("amount_fen", ">", 10000),
        ),
        25,
    ),
    (
        "R19",
        (
            ("customer_mean_fen_1d", ">", 12000),
            ("customer_mean_fen_30d", "<", 4000),
        ),
        25,
    ),
    ("R20", (("amount_fen", ">", 50000),), 100),
)

TWENTY: dict[str, Any] = {
    "name": "twenty",
    "rules": [
        {
            "id": name,
            "when": [{"field": field, "operator": sign, "constant": value} for field, sign, value in when],
            "points": points,
            "reason": name.lower(),
            "say": SAY,
            "owner": "风险部",
        }
        for name, when, points in TABLE
    ],
    "thresholds": [
        {"points": 25, "outcome": "challenge"},
        {"points": 50, "outcome": "hold"},
        {"points": 80, "outcome": "refuse"},
    ],
}
