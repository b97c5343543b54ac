"""The back-test: a rule set and a model over past events, column by column, with its report.

Says what the rules would have said, and the lists where `list_columns` put them beside the events:
no snoozes, and no brake, which would hide a rule that fires too often. The answers equal the
engine's own on the same events.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

import numpy as np

from xiaobao.engines.fraud.batch import CHUNK, in_chunks
from xiaobao.engines.fraud.checks import check_rules, feature_types
from xiaobao.engines.fraud.columns import Array, Column, Table, column_from, mask_of
from xiaobao.engines.fraud.evaluation import cards_found
from xiaobao.engines.fraud.events import EVENT_FIELDS, EventType
from xiaobao.engines.fraud.listed import by_lists, hits, list_fields
from xiaobao.engines.fraud.lists import ListKind
from xiaobao.engines.fraud.rules import Outcome, RuleSet
from xiaobao.engines.fraud.windows import FeatureSet

Progress = Callable[[str, int, int], None]
_CHINA, _DAY = 8 * 3_600_000, 86_400_000
TRUTH = "truth"  # what became known, put beside the events for the report alone
GRACE = 300_000  # as the engine's own settings have it
HIDDEN = "is_fraud"  # known only afterwards: no rule may read it


class Scorer(Protocol):
    """A model over columns."""

    hash: str

    def scores(self, columns: Mapping[str, Column]) -> Array:
        """Probability of fraud, one a row."""
        ...


class ReplayError(ValueError):
    """A rule set that may not be tested; the message lists every problem."""


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """What was decided on a chunk of events; `fired` has a column a rule."""

    table: Table
    outcome: Array
    points: Array
    score: Array | None
    fired: Array

    def __len__(self) -> int:
        """How many events."""
        return len(self.outcome)

    def rule_words(self, rules: RuleSet) -> Array:
        """The rules that fired, as `R1;R2`."""
        packed = np.packbits(self.fired, axis=1) if rules.rules else np.zeros((len(self), 1), np.uint8)
        packed = np.ascontiguousarray(packed)
        kinds, first, place = np.unique(
            packed.view([("", packed.dtype, packed.shape[1])]).ravel(), return_index=True, return_inverse=True
        )
        words = np.empty(len(kinds), dtype=object)
        for at, row in enumerate(first):
            words[at] = ";".join(
                rule.id for rule, hit in zip(rules.rules, self.fired[row], strict=True) if hit
            )
        return words[place]


def known_fields(features: FeatureSet, *, scored: bool) -> dict[str, type]:
    """Fields a rule may read in a back-test."""
    fields: dict[str, type] = {name: kind for name, kind in EVENT_FIELDS.items() if name != HIDDEN}
    fields |= feature_types(features)
    return fields | ({"score": float} if scored else {})


def answers(
    rules: RuleSet,
    features: FeatureSet,
    table: Table,
    *,
    model: Scorer | None = None,
    size: int = CHUNK,
) -> Iterator[Answers]:
    """Decisions on every event but labels, chunk by chunk in order of arrival.

    Raises: ReplayError for a rule set that the static checks refuse.
    """
    fields = known_fields(features, scored=model is not None) | list_fields(table.columns)
    problems = check_rules(rules, fields)
    if problems:
        raise ReplayError("规则不能回测：" + "；".join(f"{one.rule} {one.say}" for one in problems[:10]))
    for start, values in in_chunks(features, table, size=size, grace=GRACE):
        part = table.part(slice(start, start + size)).plus(values)
        labels = _labels(part)
        if labels.any():
            part = part.part(~labels)
        if len(part):
            yield _decided(rules, part, model)


def _decided(rules: RuleSet, part: Table, model: Scorer | None) -> Answers:
    score = model.scores(part.columns) if model else None
    if score is not None:
        part = part.plus({"score": Column(score)})
    moments = part.columns["occurred_at"].values
    fired = np.zeros((len(part), len(rules.rules)), dtype=bool)
    points = np.zeros(len(part), dtype=np.int64)
    direct = np.zeros(len(part), dtype=np.int8)
    for place, rule in enumerate(rules.rules):
        mask = mask_of(rule.when, part)
        if rule.since or rule.until:
            mask &= (moments >= rule.since) & ((moments < rule.until) if rule.until else True)
        fired[:, place] = mask
        points[mask] += rule.points
        if rule.outcome is not None:
            direct[mask] = np.maximum(direct[mask], rule.outcome)
    outcome = by_lists(np.maximum(direct, _levels(rules, points)), part)
    return Answers(part, outcome, points, score, fired)


def _levels(rules: RuleSet, points: Array) -> Array:
    """The outcome the points reach: that of the highest level at or below them."""
    reached = np.full(len(points), int(Outcome.ALLOW), dtype=np.int8)
    for level in sorted(rules.thresholds, key=lambda level: level.points):
        reached[points >= level.points] = level.outcome
    return reached


def _labels(part: Table) -> Array:
    kinds = part.columns.get("type")
    if kinds is None or kinds.words is None or EventType.LABEL.value not in kinds.words:
        return np.zeros(len(part), dtype=bool)
    found: Array = kinds.values == kinds.words.index(EventType.LABEL.value)
    return found


def decision_columns(found: Answers, rules: RuleSet) -> dict[str, Array]:
    """The decisions as a file holds them."""
    names = np.array([outcome.name.lower() for outcome in Outcome], dtype=object)
    columns = {
        "event_id": plain(found.table.columns["event_id"]),
        "occurred_at": found.table.columns["occurred_at"].values,
        "outcome": names[found.outcome],
        "points": found.points,
        "rules": found.rule_words(rules),
    }
    return columns if found.score is None else {**columns, "score": found.score}


def plain(column: Column) -> Array:
    """Values as they are, words in place of their numbers."""
    if column.words is None:
        return column.values
    return np.array([*column.words, None], dtype=object)[column.values]


def truth_of(table: Table) -> Column:
    """1 for a fraud: from the row itself, or from a later label event that names it."""
    if "label_of" not in table.columns:
        return table.columns[HIDDEN]
    said, fraud = plain(table.columns["label_of"]), table.columns[HIDDEN].values == 1
    known = {name for name, is_fraud in zip(said.tolist(), fraud.tolist(), strict=True) if is_fraud and name}
    return column_from([int(name in known) for name in plain(table.columns["event_id"]).tolist()])


class Tally:
    """Counts for the report, chunk after chunk. The table carries `truth_of` it as column `truth`."""

    def __init__(self, rules: RuleSet) -> None:
        self._rules = rules
        self._outcomes = np.zeros(len(Outcome), dtype=np.int64)
        self._amounts = np.zeros((len(Outcome), 2), dtype=np.int64)  # honest and fraud fen by outcome
        self._frauds = np.zeros(len(Outcome), dtype=np.int64)
        self._by_rule = np.zeros((len(rules.rules), 4), dtype=np.int64)
        self._listed = dict.fromkeys(ListKind, 0)
        self._ranked: list[tuple[Array, ...]] = []
        self._scored = False

    def add(self, found: Answers) -> None:
        """One more chunk."""
        fraud = found.table.columns[TRUTH].values.astype(np.int64)
        fen = np.nan_to_num(found.table.columns["amount_fen"].values).astype(np.int64)
        for outcome in Outcome:
            here = found.outcome == outcome
            self._outcomes[outcome] += here.sum()
            self._frauds[outcome] += fraud[here].sum()
            self._amounts[outcome] += (fen[here & (fraud == 0)].sum(), fen[here & (fraud == 1)].sum())
        for kind in ListKind:
            self._listed[kind] += int(hits(found.table, kind).sum())
        alone = found.fired.sum(axis=1) == 1
        for place, mask in enumerate(found.fired.T):
            hit = fraud[mask]
            self._by_rule[place] += (len(hit), hit.sum(), (fen[mask] * hit).sum(), (mask & alone).sum())
        day = (found.table.columns["occurred_at"].values + _CHINA) // _DAY
        score = np.zeros(len(found)) if found.score is None else found.score
        self._scored |= found.score is not None
        rank = found.outcome * 1e9 + found.points + score
        self._ranked.append((day, _numbers(found.table.columns["customer"]), fraud, rank, score))

    def report(self) -> dict[str, Any]:
        """The figures, money in fen. Cards are ranked by outcome, points and score; and by the score alone.

        Raises: ReplayError when no event was to be decided.
        """
        if not self._ranked:
            raise ReplayError("文件里没有需要处置的事件（只有结果回标），不能回测")
        joined = (np.concatenate(parts) for parts in zip(*self._ranked, strict=True))
        day, customer, fraud, rank, score = joined
        by_score = round(cards_found(day, customer, fraud, score), 6) if self._scored else None
        days = len(np.unique(day))
        alerts = int(self._outcomes[1:].sum())
        stopped = slice(Outcome.HOLD, None)
        return {
            "events": len(day),
            "days": days,
            "first_day": _date(day.min()),
            "last_day": _date(day.max()),
            "labelled": bool(self._frauds.sum()),
            "frauds": int(self._frauds.sum()),
            "outcomes": {one.name.lower(): int(self._outcomes[one]) for one in Outcome},
            "alerts": alerts,
            "alerts_a_day": round(alerts / days, 2),
            "frauds_alerted": int(self._frauds[1:].sum()),
            "money": {
                "fraud_fen": int(self._amounts[:, 1].sum()),
                "fraud_stopped_fen": int(self._amounts[stopped, 1].sum()),
                "fraud_challenged_fen": int(self._amounts[Outcome.CHALLENGE, 1]),
                "honest_stopped_fen": int(self._amounts[stopped, 0].sum()),
            },
            "list_hits": {kind.value: count for kind, count in self._listed.items()},
            "precision_at_100_cards": round(cards_found(day, customer, fraud, rank), 6),
            "precision_at_100_cards_by_score": by_score,
            "rules": [
                {"id": rule.id, **_of_rule(counts)}
                for rule, counts in zip(self._rules.rules, self._by_rule.tolist(), strict=True)
            ],
        }


def _date(day: Any) -> str:
    return (date(1970, 1, 1) + timedelta(days=int(day))).isoformat()


def _of_rule(counts: Sequence[int]) -> dict[str, Any]:
    hits, frauds, fen, alone = counts
    precision = round(frauds / hits, 6) if hits else None
    return {"hits": hits, "frauds": frauds, "precision": precision, "fraud_fen": fen, "only_this": alone}


def _numbers(column: Column) -> Array:
    return column.values if column.words is None else column.values.astype(np.int64)
