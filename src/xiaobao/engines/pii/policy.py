"""Class x role x purpose -> keep, partial, token or drop. Authentication data are always dropped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from xiaobao.engines.pii.classes import PrivacyClass, class_of
from xiaobao.engines.pii.values import Kind

ANY = "*"


class Action(StrEnum):
    """What happens to a finding."""

    KEEP = "keep"
    PARTIAL = "partial"
    TOKEN = "token"  # noqa: S105 - an action, not a secret
    DROP = "drop"


class PolicyError(ValueError):
    """A policy that cannot be followed; the message names the row and the remedy."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the policy; `*` stands for every class, kind, role or purpose."""

    of: str
    role: str
    purpose: str
    action: Action

    def fits(self, kind: Kind, role: str, purpose: str) -> bool:
        """Whether the row speaks of this finding."""
        named = self.of in (ANY, kind.value, class_of(kind).value)
        return named and self.role in (ANY, role) and self.purpose in (ANY, purpose)


@dataclass(frozen=True, slots=True)
class Policy:
    """Rows in order; the first that fits decides, and what no row names is masked in part."""

    rows: tuple[Row, ...]

    def decide(self, kind: Kind, role: str = "", purpose: str = "") -> Action:
        """What to do with a finding of this kind.

        C3 is dropped whatever the rows say; a card's expiry alone may be shown (rule PI-014).

        >>> DEFAULT.decide(Kind.PASSWORD), DEFAULT.decide(Kind.MOBILE), DEFAULT.decide(Kind.USCC)
        (<Action.DROP: 'drop'>, <Action.PARTIAL: 'partial'>, <Action.KEEP: 'keep'>)
        """
        if class_of(kind) is PrivacyClass.C3 and kind is not Kind.EXPIRY:
            return Action.DROP
        return next((row.action for row in self.rows if row.fits(kind, role, purpose)), Action.PARTIAL)


DEFAULT = Policy(
    (
        Row("C3", ANY, ANY, Action.DROP),
        Row("C2", ANY, "analysis", Action.TOKEN),
        Row("C2", ANY, "training", Action.DROP),
        Row("AMOUNT", ANY, ANY, Action.KEEP),
        Row("C1", ANY, ANY, Action.KEEP),
        Row(ANY, ANY, ANY, Action.PARTIAL),
    )
)
_NAMES = {ANY} | {member.value for member in PrivacyClass} | {member.value for member in Kind}


def policy_from(document: Mapping[str, Any]) -> Policy:
    """A policy from `{"rows": [{"of", "role", "purpose", "action"}, …]}`.

    Raises: PolicyError, naming the row, for an unknown class, kind or action, or a row that
    would let authentication data through.
    """
    rows = document.get("rows")
    if not isinstance(rows, list) or not rows:
        raise PolicyError("策略文件缺少 rows：请列出至少一行，例如 {of: C2, action: partial}")
    return Policy(tuple(_row(place, entry) for place, entry in enumerate(rows, 1)))


def _row(place: int, entry: Any) -> Row:
    if not isinstance(entry, Mapping):
        raise PolicyError(f"策略第 {place} 行不是键值对")
    of, action = str(entry.get("of", ANY)), str(entry.get("action", ""))
    if of not in _NAMES:
        raise PolicyError(f"策略第 {place} 行：of 的“{of}”不是已知的类别或类型")
    if action not in set(Action):
        raise PolicyError(f"策略第 {place} 行：action 只能是 keep、partial、token、drop，收到“{action}”")
    if of == PrivacyClass.C3 and action != Action.DROP:
        raise PolicyError(f"策略第 {place} 行：C3 鉴别信息只能 drop（规则 PI-014），不能 {action}")
    return Row(of, str(entry.get("role", ANY)), str(entry.get("purpose", ANY)), Action(action))
