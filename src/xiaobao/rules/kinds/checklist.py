"""Checklists: items with named evidence. Tighter means a superset with stronger evidence."""

from __future__ import annotations

from typing import Any, NamedTuple

from xiaobao.rules.values import Finding, Step, Verdict


class Placed(NamedTuple):
    """The full citation one item of a list stands on, by the item's key."""

    key: str
    place: str


class ChecklistParams(NamedTuple):
    """`items` are triples (key, label, evidence); `every_months` is how often the list is gone through.

    `places` are the items that stand elsewhere than on the rule's basis.
    """

    items: tuple[tuple[str, str, str], ...]
    every_months: int = 0
    effect: Verdict = Verdict.FAIL
    places: tuple[Placed, ...] = ()


def by_place(
    places: tuple[Placed, ...], labels: dict[str, str], keys: tuple[str, ...], word: str
) -> tuple[Step, ...]:
    """One step for each place the keys stand on, in the order of the list; what has none stands on the basis."""
    known, found = {one.key: one.place for one in places}, dict[str, list[str]]()
    for key in keys:
        found.setdefault(known.get(key, ""), []).append(key)
    return tuple(
        Step(f"{word}：" + "、".join(labels.get(key, key) for key in group), tuple(group), place)
        for place, group in found.items()
    )


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
        return Finding(params.effect, failed, by_place(params.places, labels, failed, "未做到"), missing)
    if missing:
        return Finding(Verdict.UNDECIDED, missing=missing)
    return Finding(Verdict.PASS, (), (Step(f"{len(params.items)}项均有证据", len(params.items)),))
