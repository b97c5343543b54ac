"""A rule set in shadow beside the live one: where they differ, in events, money and known frauds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from xiaobao.engines.fraud.columns import Array
from xiaobao.engines.fraud.decisions import Decision
from xiaobao.engines.fraud.rules import Outcome

_SIZE = len(Outcome)


class Comparison:
    """Counts by (live outcome, shadow outcome); fed with columns of a back-test or with decisions."""

    def __init__(self) -> None:
        self._counts = np.zeros((4, _SIZE, _SIZE), dtype=np.int64)  # events, fen, frauds, fraud fen

    def add(self, live: Array, shadow: Array, fen: Array, fraud: Array) -> None:
        """One chunk: outcomes of both, amounts, and 1 where it became known as fraud."""
        places = live.astype(np.int64) * _SIZE + shadow
        for at, weight in enumerate((np.ones(len(live)), fen, fraud, fen * fraud)):
            found = np.bincount(places, weights=weight, minlength=_SIZE * _SIZE)
            self._counts[at] += np.rint(found).astype(np.int64).reshape(_SIZE, _SIZE)

    def add_decisions(self, decisions: Iterable[tuple[Decision, int, bool]]) -> None:
        """Decisions of an engine with a shadow set, each with its amount and whether it was fraud."""
        rows = [(one, fen, fraud) for one, fen, fraud in decisions if one.shadow is not None]
        live = np.array([int(one.outcome) for one, _, _ in rows], dtype=np.int64)
        shadow = np.array([int(one.shadow or 0) for one, _, _ in rows], dtype=np.int64)
        fen, fraud = (np.array([row[at] for row in rows], dtype=np.int64) for at in (1, 2))
        self.add(live, shadow, fen, fraud)

    def report(self) -> dict[str, Any]:
        """All that was counted, and the same for where the shadow is stricter and where it is milder."""
        live, shadow = np.indices((_SIZE, _SIZE))
        cells = [
            {"live": _name(one), "shadow": _name(other), **self._sums((live == one) & (shadow == other))}
            for one in Outcome
            for other in Outcome
            if self._counts[0, one, other]
        ]
        return {
            "all": self._sums(live >= 0),
            "same": self._sums(live == shadow),
            "stricter": self._sums(shadow > live),
            "milder": self._sums(shadow < live),
            "cells": cells,
        }

    def _sums(self, where: Array) -> dict[str, int]:
        names = ("events", "fen", "frauds", "fraud_fen")
        return {name: int(self._counts[at][where].sum()) for at, name in enumerate(names)}


def _name(outcome: Outcome) -> str:
    return outcome.name.lower()
