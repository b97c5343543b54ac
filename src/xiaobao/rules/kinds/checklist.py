"""Checklists: items with named evidence. Tighter means a superset with stronger evidence."""

from __future__ import annotations

from typing import Any, NamedTuple

from xiaobao.rules.values import Finding, Step, Verdict


class ChecklistParams(NamedTuple):
    """`items` are triples (key, label, evidence); `every_months` is how often the list is gone through."""

    items: tuple[tuple[str, str, str], ...]
    every_months: int = 0
    effect: Verdict = Verdict.FAIL


def decide(params: ChecklistParams, facts: dict[str, Any]) -> Finding:
    """Pass, or the open items; undecided when nobody has gone through the list.

    The fact `done` maps item keys to true or false; an item nobody speaks of is missing, not failed.
    """
    done = facts.get("done")
    if done is None:
        return Finding(Verdict.UNDECIDED, missing=("done",))
    failed = tuple(key for key, _, _ in params.items if done.get(key) is False)
    missing = tuple(f"done.{key}" for key, _, _ in params.items if done.get(key) is None)
    if failed:
        labels = {key: label for key, label, _ in params.items}
        say = "未做到：" + "、".join(labels[key] for key in failed)
        return Finding(params.effect, failed, (Step(say, failed),), missing)
    if missing:
        return Finding(Verdict.UNDECIDED, missing=missing)
    return Finding(Verdict.PASS, (), (Step(f"{len(params.items)}项均有证据", len(params.items)),))
