"""Triage learned from real labelled complaints, oldest first; accuracy and the promise measured on the newest held back.

`gov`: 288 messages to local governments in 7 classes. `cfpb`: 2,059 complaints to the US bureau with their words, by product
(the nine most frequent). The model learns on the first 70 %, sets its thresholds on the next 15 %, and is judged on the last.
"""

from __future__ import annotations

import csv
import gzip
import re
from collections import Counter
from pathlib import Path

from bench.table import Row, heading
from tests.groups import SHARED

PROMISE = 0.9
Samples = list[tuple[str, str]]


def measure(quick: bool) -> list[Row]:
    """Nothing without the shared complaints."""
    heading("topics")
    folder = Path(SHARED, "data")
    if not (folder / "complaints_gov_zh").is_dir():
        print("the shared complaints are not at hand: not measured")
        return []
    return [*_judged("gov", gov(folder)), *_judged("cfpb", cfpb(folder))]


def _judged(name: str, samples: Samples) -> list[Row]:
    from xiaobao.engines.topics.learning import train

    _, report = train(samples, promise=PROMISE)
    note = f"{report.samples} samples, {report.classes} classes, {report.tested} held back"
    return [
        Row(f"topics, {name}: accuracy, all answered", report.accuracy, "", None, note),
        Row(f"topics, {name}: answered", report.coverage, "", None, f"promise {PROMISE:.0%}"),
        Row(f"topics, {name}: right of these", report.precision, ""),
        Row(f"topics, {name}: calibration error", report.calibration_error, ""),
    ]


def gov(folder: Path) -> Samples:
    """Subject and words with the first class, in order of time."""
    with (folder / "complaints_gov_zh/labelled_7class.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = sorted(csv.DictReader(lines), key=lambda row: _moment(row["留言时间"]))
    return [(f"{row['留言主题']} {row['留言详情']}", row["一级分类"]) for row in rows]


def cfpb(folder: Path) -> Samples:
    """The complainant's words with the product, in order of time."""
    with gzip.open(
        folder / "complaints_cfpb_en/complaints.csv.gz", "rt", encoding="utf-8", newline=""
    ) as lines:
        rows = [row for row in csv.DictReader(lines) if row["Consumer complaint narrative"]]
    rows.sort(key=lambda row: row["Date received"])
    known = {name for name, _ in Counter(row["Product"] for row in rows).most_common(9)}
    return [(row["Consumer complaint narrative"], row["Product"]) for row in rows if row["Product"] in known]


def _moment(text: str) -> tuple[int, ...]:
    """2019/5/8 9:23:35 as numbers that can be ordered."""
    return tuple(map(int, re.findall(r"\d+", text)))
