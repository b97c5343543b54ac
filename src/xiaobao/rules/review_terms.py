"""What the review reads in the papers and prices themselves: standard terms, equal prices, interest; REV-006, 011, 012."""

from __future__ import annotations

from xiaobao.rules.kinds.checklist import ChecklistParams
from xiaobao.rules.kinds.gate import GateParams
from xiaobao.rules.kinds.scan import ScanParams
from xiaobao.rules.values import Condition, Confidence, Kind, Rule, Verdict
from xiaobao.rules.writing import bad, cite, edge, list_examples, ok, placed, shelf, unknown, version

rule = shelf("review")
P01, N01, R15 = "2020-11-01", "2023-03-01", "2024-07-01"

_UNFAIR = ScanParams(
    ask=(
        "概不负责",
        "不承担任何责任",
        "一切后果由客户承担",
        "最终解释权",
        "不得查询",
        "不得更正",
        "只能选择本行",
        "放弃诉讼",
        "不得起诉",
        "不得申请仲裁",
        "不得解除",
    ),
)
_UNFAIR_EXAMPLES = (
    ok({"text": "双方可以协商解决"}, ()),
    edge(Verdict.HOLD, {"text": "本行不承担任何责任"}, ("不承担任何责任",), "请人判断"),
    bad(Verdict.HOLD, {"text": "客户放弃诉讼的权利"}, ("放弃诉讼",)),
    bad(Verdict.HOLD, {"text": "活动最终解释权归本行"}, ("最终解释权",)),
    unknown({}),
)
_P01_CLAUSES = (
    cite("P01@2020-11-01:21.2.1", "减轻或者免除"),
    cite("P01@2020-11-01:21.2.2", "超过法定限额的违约金"),
    cite("P01@2020-11-01:21.2.3", "查询、删除、修改的权利"),
    cite("P01@2020-11-01:21.2.4", "选择同业机构"),
)
_L01_CLAUSES = cite("L01@2014-03-15:26.2", "排除或者限制消费者权利")
_CIVIL_CLAUSES = cite("L21@2021-01-01:497.1.2", "不合理地免除或者减轻其责任")
_N01_CLAUSES = (
    cite("N01@2023-03-01:28.1.1", "不合理地加重消费者责任"),
    cite("N01@2023-03-01:28.1.5", "限制消费者寻求法律救济"),
)
_R15_CLAUSES = cite("R15@2024-07-01:17", "选择诉讼或者仲裁解决消费争议")
CLAUSES = rule(
    "REV-006",
    Kind.SCAN,
    "格式条款：减轻免除责任、加重责任、超额违约金、排除查询删改、限制选择、限制救济",
    version("2014-03-15", _UNFAIR, (_L01_CLAUSES,), _UNFAIR_EXAMPLES, until=P01, by="drafted_on"),
    version(P01, _UNFAIR, (*_P01_CLAUSES, _L01_CLAUSES), _UNFAIR_EXAMPLES, until="2021-01-01", by="drafted_on"),
    version("2021-01-01", _UNFAIR, (_CIVIL_CLAUSES, *_P01_CLAUSES, _L01_CLAUSES), _UNFAIR_EXAMPLES, until=N01, by="drafted_on"),
    version(N01, _UNFAIR, (*_N01_CLAUSES, _CIVIL_CLAUSES, *_P01_CLAUSES, _L01_CLAUSES), _UNFAIR_EXAMPLES, until=R15, by="drafted_on"),
    version(R15, _UNFAIR, (_R15_CLAUSES, *_N01_CLAUSES, _CIVIL_CLAUSES, *_P01_CLAUSES, _L01_CLAUSES), _UNFAIR_EXAMPLES, by="drafted_on"),
)  # fmt: skip

_PRICE = (
    ("same_price", "同等交易条件或者风险状况同等定价", "定价模型说明"),
    ("no_profile_price", "不利用自动化决策实行不合理的差别待遇", "定价模型说明"),
)
_PIPL_PRICE = cite("L02@2021-11-01:24.1", "不合理的差别待遇")
_N01_PRICE = cite("N01@2023-03-01:27.2", "不得对具有同等交易条件")
_PROFILE_AT = placed(no_profile_price="L02@2021-11-01:24.1")
_BOTH_PRICES = ChecklistParams(_PRICE, places=_PROFILE_AT)
PRICE = rule(
    "REV-011",
    Kind.CHECKLIST,
    "同等条件同等价格，不得大数据杀熟",
    version("2021-11-01", ChecklistParams(_PRICE[1:]), (_PIPL_PRICE,), list_examples(_PRICE[1:], "no_profile_price"), until=N01, by="priced_on"),
    version(N01, _BOTH_PRICES, (_N01_PRICE, _PIPL_PRICE), list_examples(_PRICE, "same_price", "no_profile_price"), until=R15, by="priced_on"),
    version(
        R15, _BOTH_PRICES, (cite("R15@2024-07-01:9.2", "设置不同的价格或者收费标准"), _N01_PRICE, _PIPL_PRICE),
        list_examples(_PRICE, "same_price", "no_profile_price"), by="priced_on",
    ),
)  # fmt: skip

_NOT_DEDUCTED = GateParams((Condition("deducted_fen", "==", 0, "没有从本金中预先扣除"),))
_DEDUCTED_EXAMPLES = (
    ok({"deducted_fen": 0}, True),
    edge(Verdict.REFUSE, {"deducted_fen": 1}, False, "一分也不行"),
    unknown({}),
)
_CODE_LOAN = cite("L21@2021-01-01:670", "不得预先在本金中扣除")
_IN_ADVANCE = "利息已经预先扣除的，按实际借款数额返还借款并计算利息"
PRINCIPAL = rule(
    "REV-012",
    Kind.GATE,
    "不得从贷款本金中预先扣除利息",
    version(
        "1999-10-01", _NOT_DEDUCTED, (cite("X18@1999-10-01:200", ""),), _DEDUCTED_EXAMPLES,
        until="2021-01-01", by="lent_on", confidence=Confidence.MEMORY, reading=_IN_ADVANCE,
    ),
    version(
        "2021-01-01", _NOT_DEDUCTED, (_CODE_LOAN,), _DEDUCTED_EXAMPLES, until=N01, by="lent_on", reading=_IN_ADVANCE,
    ),
    version(
        N01, _NOT_DEDUCTED, (cite("N01@2023-03-01:28.1.3", "从贷款本金中预先扣除利息"), _CODE_LOAN), _DEDUCTED_EXAMPLES,
        by="lent_on",
    ),
)  # fmt: skip

RULES: tuple[Rule, ...] = (CLAUSES, PRICE, PRINCIPAL)
