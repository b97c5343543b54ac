"""What a customer whose payment or account was stopped must be told (rule AF-002, 反电信网络诈骗法 第三十二条)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from xiaobao.engines.fraud.rules import Outcome, Rule

STOPPED = Outcome.HOLD  # from here on the customer is restricted and must be told why


@dataclass(frozen=True, slots=True)
class Notice:
    """The four things the law names: cause, remedy, papers needed, where to appeal.

    The cause is the customer-safe sentence of each rule; thresholds and lists are never in it.
    """

    cause: tuple[str, ...]
    remedy: str
    papers: tuple[str, ...]
    appeal: str


@dataclass(frozen=True, slots=True)
class DueProcess:
    """The bank's words; `papers` by reason code, `usual_papers` where a code has none of its own."""

    remedy: str = "您可在本行任一网点或客服电话核实身份，核实通过后即时解除"
    appeal: str = "如有异议，可向本行申诉，本行受理后及时核查并告知结果"
    usual_papers: tuple[str, ...] = ("本人有效身份证件",)
    papers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    listed: str = "交易对方或账户存在风险，本行依法采取保护措施"
    unknown: str = "系统暂时不能完成风险核验"

    def notice(self, outcome: Outcome, fired: Sequence[Rule], *, listed: bool = False) -> Notice | None:
        """The payload for an outcome that stops something; None otherwise."""
        if outcome < STOPPED:
            return None
        causes = [rule.say for rule in fired if rule.say]
        if listed:
            causes.append(self.listed)
        papers = [paper for rule in fired for paper in self.papers.get(rule.reason, self.usual_papers)]
        return Notice(
            cause=tuple(dict.fromkeys(causes)) or (self.unknown,),
            remedy=self.remedy,
            papers=tuple(dict.fromkeys(papers)) or self.usual_papers,
            appeal=self.appeal,
        )
