"""A small bank's settings for the tests of the decision."""

from __future__ import annotations

from typing import Any

from xiaobao.engines.fraud.approvals import approve
from xiaobao.engines.fraud.documents import document_of
from xiaobao.engines.fraud.events import Event, EventType
from xiaobao.engines.fraud.rules import Outcome, Rule, RuleSet, Threshold
from xiaobao.engines.fraud.windows import HOUR, MINUTE, Aggregate, Condition, FeatureSet, Operator, Window

START = 1_780_000_000_000
FEATURES = FeatureSet(
    (
        Window("count_1h", "customer", Aggregate.COUNT, HOUR),
        Window("sum_1h", "customer", Aggregate.SUM, HOUR, "amount_fen"),
        Window("payees_10m", "customer", Aggregate.DISTINCT, 10 * MINUTE, "counterparty"),
    )
)


def rule(name: str, *when: tuple[str, str, Any], **more: Any) -> Rule:
    conditions = tuple(Condition(field, Operator(sign), constant) for field, sign, constant in when)
    return Rule(
        name,
        conditions,
        reason=f"{name}_reason",
        say="为保障您的资金安全，请核实本次交易",
        owner="风险部",
        **more,
    )


BIG = rule("R1", ("amount_fen", ">", 5_000_000), points=60)
OFTEN = rule("R2", ("count_1h", ">=", 3), ("sum_1h", ">", 1_000_000), points=50)
SPREAD = rule("R3", ("payees_10m", ">=", 3), outcome=Outcome.HOLD)
RULES = RuleSet(
    "base",
    (BIG, OFTEN, SPREAD),
    (Threshold(50, Outcome.CHALLENGE), Threshold(100, Outcome.REFUSE)),
)


def approved(rules: RuleSet = RULES, features: FeatureSet = FEATURES) -> dict[str, Any]:
    """The rule file of 张三 that 李四 has approved."""
    return approve(document_of(rules, features) | {"author": "张三"}, "李四")[0]


def pay(
    number: int, fen: int = 10_000, *, customer: str = "c1", to: str = "p1", second: int | None = None
) -> Event:
    moment = START + (number if second is None else second) * 1_000
    return Event(
        event_id=f"e{number}",
        type=EventType.PAYMENT,
        occurred_at=moment,
        received_at=moment + 5,
        customer=customer,
        counterparty=to,
        amount_fen=fen,
    )
