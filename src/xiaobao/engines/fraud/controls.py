"""What an officer may tell a running engine: leave a rule out for a customer, let a rule act again."""

from __future__ import annotations

import msgspec

from xiaobao.engines.fraud.lifecycle import same_person

DAY = 86_400_000
LONGEST = 366  # days a rule may be left out for a customer
_NAME, _TEXT = 128, 500


class ControlError(ValueError):
    """An instruction that is not followed; the message says why and what to do."""


class PublishError(ControlError):
    """Settings that a running engine cannot take over."""


class Snooze(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A rule is left out for a customer until this event time; who said so, why, and when (ms).

    `until` 0 takes it back.
    """

    customer: str
    rule: str
    until: int
    by: str = ""
    reason: str = ""
    at: int = 0

    def check(self, known: frozenset[str]) -> None:
        """Raises: ControlError unless it names a known rule, a person, a reason and an end."""
        _said(customer=self.customer, by=self.by, reason=self.reason)
        if self.rule not in known:
            raise ControlError(f"现行规则里没有“{self.rule}”，不能免打扰")
        if self.until and not self.at < self.until <= self.at + LONGEST * DAY:
            raise ControlError(f"until（毫秒）须在现在之后、{LONGEST} 天之内；写 0 即撤回")


class Lift(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A rule that the brake set aside acts again: who asked, who approved, why, and when (ms)."""

    rule: str
    by: str
    approved_by: str
    reason: str
    at: int = 0

    def check(self, shadowed: frozenset[str], author: str) -> None:
        """Raises: ControlError unless the rule is set aside and a second person agrees, not its author."""
        _said(by=self.by, approved_by=self.approved_by, reason=self.reason)
        if self.rule not in shadowed:
            raise ControlError(f"规则“{self.rule}”没有被刹车停用")
        if same_person(self.by, self.approved_by):
            raise ControlError("申请人与复核人不能是同一人，请由另一人复核")
        if same_person(self.approved_by, author):
            raise ControlError(f"复核人不能是规则“{self.rule}”的起草人（{author}）")


def _said(**texts: str) -> None:
    for name, text in texts.items():
        longest = _TEXT if name == "reason" else _NAME
        if not text.strip() or len(text) > longest:
            raise ControlError(f"{name} 不能为空，且不超过 {longest} 字")
