"""`python -m tests.engines.textscan.measure [--misses] [--part open|held_out]`: precision and recall on our labelled set.

A label is a topic of a passage. A topic found and labelled is a hit; found and not labelled is false; labelled and
not found is a miss. A passage counts as caught when any of its labelled topics was found. Beside it, in the same run,
a plain keyword list: the words of ../shared/data/banned_terms.csv where that folder is there, and otherwise the words
of that list that this file keeps.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from tests.groups import SHARED
from xiaobao.engines.textscan import document_of, request_of, scan, shipped

LABELLED = Path(__file__).with_name("labelled.jsonl")
# Nothing is mended on this part and it does not teach the hints: it stands beside the set, not in it.
UNSEEN = "heldout6"
Found = Callable[[dict[str, Any]], set[str]]


def passages(part: str = "") -> list[dict[str, Any]]:
    """The labelled passages, all or of one part; the unseen part only by its name."""
    file = LABELLED.with_name(f"{UNSEEN}.jsonl") if part == UNSEEN else LABELLED
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    return [row for row in rows if not part or row["part"] == part]


def by_rules(row: dict[str, Any], *, hints: bool = True) -> set[str]:
    """The topics the rules find, and those that the hints ask about."""
    text = row["input"]
    request = request_of(text, material=row["material_type"], channel=row["channel"])
    book = shipped() if hints else shipped().without_hints()
    return {finding.topic for finding in scan(document_of(text), request, book.plan).findings}


def keywords() -> list[str]:
    """The literal words of the shared list of banned terms."""
    path = SHARED / "data/banned_terms.csv"
    if not path.is_file():
        return [
            "国家级",
            "最高级",
            "最佳",
            "最好",
            "第一",
            "顶级",
            "唯一",
            "首选",
            "保本",
            "无风险",
            "保收益",
            "零风险",
            "稳赚",
            "刚性兑付",
            "秒批",
            "人人可贷",
        ]
    with path.open(encoding="utf-8-sig", newline="") as opened:
        return [row["term"] for row in csv.DictReader(opened) if row["match"] == "literal"]


def by_words() -> Found:
    """The plain list: any word found says that the passage is wrong, about whatever it is labelled with."""
    words = keywords()

    def found(row: dict[str, Any]) -> set[str]:
        return set(row["labels"] or ["-"]) if any(word in row["input"] for word in words) else set()

    return found


def counted(rows: Iterable[dict[str, Any]], found: Found) -> tuple[Counter[str], list[str]]:
    """Counts of labels and passages, and every miss and false finding in words."""
    counts: Counter[str] = Counter()
    told = []
    for row in rows:
        gold, got = set(row["labels"]), found(row)
        counts += Counter(hit=len(gold & got), miss=len(gold - got), false=len(got - gold))
        counts["wrong"] += bool(gold)
        counts["caught"] += bool(gold & got)
        counts["flagged"] += bool(got)
        counts["alarm"] += bool(got) and not gold
        told += [
            f"- {topic} | {row['id']} {row['part']} {row['kind']} | {row['input']}"
            for topic in sorted(gold - got)
        ]
        told += [
            f"+ {topic} | {row['id']} {row['part']} {row['kind']} | {row['input']}"
            for topic in sorted(got - gold)
        ]
    return counts, told


def line(name: str, counts: Counter[str]) -> str:
    """One line of the table."""
    precision = counts["hit"] / max(1, counts["hit"] + counts["false"])
    recall = counts["hit"] / max(1, counts["hit"] + counts["miss"])
    caught = counts["caught"] / max(1, counts["wrong"])
    quiet = (counts["flagged"] - counts["alarm"]) / max(1, counts["flagged"])
    return (
        f"{name:<22} topics: P {precision:.3f} R {recall:.3f} ({counts['hit']} hit, {counts['miss']} missed, "
        f"{counts['false']} false)   passages: P {quiet:.3f} R {caught:.3f} ({counts['wrong']} wrong ones)"
    )


PARTS = (
    "open",
    "held_out",
    "second",
    "third",
    "fourth",
    "heldout2",
    "heldout3",
    "heldout4",
    "heldout5",
    UNSEEN,
)


def main() -> None:
    """Print the table, and with --misses every miss and false finding."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument(
        "--part",
        default="",
        choices=["", *PARTS],
    )
    options = parser.parse_args()
    for part in [options.part] if options.part else [*PARTS, ""]:
        rows = passages(part)
        ours, told = counted(rows, by_rules)
        print(line(f"rules and hints, {part or 'all'} {len(rows)}", ours))
        alone = counted(rows, lambda row: by_rules(row, hints=False))[0]
        print(line(f"rules, {part or 'all'} {len(rows)}", alone))
        print(line(f"keywords, {part or 'all'}", counted(rows, by_words())[0]))
        if options.misses and (part or options.part):
            print("\n".join(told))
    kinds = sorted({row["kind"] for row in passages()})
    for kind in kinds:
        rows = [row for row in passages(options.part) if row["kind"] == kind]
        print(line(f"  {kind} {len(rows)}", counted(rows, by_rules)[0]))


if __name__ == "__main__":
    main()
