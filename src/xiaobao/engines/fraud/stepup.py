"""The strong authentication that a challenge asks for: by reason, else by event type, else the usual one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from xiaobao.engines.fraud.events import EventType
from xiaobao.engines.fraud.rules import Rule


class Factor(StrEnum):
    """Ways to prove who is there, from light to strong."""

    NUMBER_CHECK = "number_check"
    DEVICE_BINDING = "device_binding"
    FINGERPRINT = "fingerprint"
    CLOUD_CERTIFICATE = "cloud_certificate"

    @property
    def label(self) -> str:
        """The word the customer and the officer read."""
        return _LABELS[self]


_LABELS = {
    Factor.NUMBER_CHECK: "号码认证",
    Factor.DEVICE_BINDING: "设备绑定",
    Factor.FINGERPRINT: "指纹",
    Factor.CLOUD_CERTIFICATE: "云证书",
}
_STRENGTH = {factor: place for place, factor in enumerate(Factor)}


@dataclass(frozen=True, slots=True)
class StepUp:
    """Which factor is asked for; `by_reason` goes by the reason codes of rules."""

    usual: Factor = Factor.FINGERPRINT
    by_type: Mapping[EventType, Factor] = field(
        default_factory=lambda: {
            EventType.LOGIN: Factor.NUMBER_CHECK,
            EventType.DEVICE_BIND: Factor.CLOUD_CERTIFICATE,
            EventType.PASSWORD_RESET: Factor.CLOUD_CERTIFICATE,
        }
    )
    by_reason: Mapping[str, Factor] = field(default_factory=dict)

    def factor(self, kind: EventType, fired: Sequence[Rule]) -> Factor:
        """The strongest that a rule which fired asks for; without one, that of the event type."""
        asked = [self.by_reason[rule.reason] for rule in fired if rule.reason in self.by_reason]
        return max(asked, key=_STRENGTH.__getitem__) if asked else self.by_type.get(kind, self.usual)
