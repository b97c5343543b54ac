"""Elder-friendly screens and manual service (AGE), and what anti-fraud measures owe the customer (AF)."""

from __future__ import annotations

from xiaobao.rules.kinds.checklist import ChecklistParams
from xiaobao.rules.kinds.fields import FieldsParams
from xiaobao.rules.kinds.gate import GateParams
from xiaobao.rules.kinds.limit import Bound, LimitParams
from xiaobao.rules.values import Condition, Confidence, Kind, Rule, Verdict
from xiaobao.rules.writing import bad, cite, edge, list_examples, ok, shelf, unknown, version, yes

rule = shelf("service")
guard = shelf("antifraud")
ELDER = "2021-04-06"
FRAUD_LAW = "2022-12-01"
ANNEX = cite("X12@2021-04-06:a2", "")

FONT = rule(
    "AGE-001",
    Kind.LIMIT,
    "长辈版字号：最大不小于30 dp/pt，主要文字不小于18",
    version(
        ELDER,
        LimitParams(
            (
                Bound("largest_font_dp", "最大字号", least=30, unit="dp"),
                Bound("main_font_dp", "主要文字", least=18, unit="dp"),
            ),
            Verdict.FAIL,
        ),
        (ANNEX,),
        (
            ok({"largest_font_dp": 32, "main_font_dp": 20}, 2),
            edge(Verdict.PASS, {"largest_font_dp": 30, "main_font_dp": 18}, 0),
            edge(Verdict.FAIL, {"largest_font_dp": 29, "main_font_dp": 18}, ("largest_font_dp",)),
            edge(Verdict.FAIL, {"largest_font_dp": 30, "main_font_dp": 17}, ("main_font_dp",)),
            unknown({"largest_font_dp": 30}),
        ),
        by="inspected_on",
        confidence=Confidence.LIKELY,
        reading="附件2 1.1；条款号据公开文本，尚无原文",
    ),
)

SPACING = rule(
    "AGE-002",
    Kind.LIMIT,
    "行距不小于1.3倍，段距不小于行距的1.3倍，对比度不低于4.5:1（大字3:1）",
    version(
        ELDER,
        LimitParams(
            (
                Bound("line_percent", "行距", least=130, unit="%"),
                Bound("paragraph_percent_of_line", "段距与行距之比", least=130, unit="%"),
                Bound("contrast_percent", "对比度", least=450, unit="%"),
                Bound("large_contrast_percent", "18 dp以上文字的对比度", least=300, unit="%"),
            ),
            Verdict.FAIL,
        ),
        (ANNEX,),
        (
            edge(
                Verdict.PASS,
                {
                    "line_percent": 130,
                    "paragraph_percent_of_line": 130,
                    "contrast_percent": 450,
                    "large_contrast_percent": 300,
                },
                0,
            ),
            edge(
                Verdict.FAIL,
                {
                    "line_percent": 129,
                    "paragraph_percent_of_line": 129,
                    "contrast_percent": 449,
                    "large_contrast_percent": 299,
                },
                ("line_percent", "paragraph_percent_of_line", "contrast_percent", "large_contrast_percent"),
            ),
            ok(
                {
                    "line_percent": 150,
                    "paragraph_percent_of_line": 150,
                    "contrast_percent": 700,
                    "large_contrast_percent": 700,
                },
                20,
            ),
            unknown({"line_percent": 150}),
        ),
        by="inspected_on",
        confidence=Confidence.LIKELY,
        reading="附件2 1.2、1.3；条款号据公开文本，尚无原文",
    ),
)

TARGETS = rule(
    "AGE-003",
    Kind.LIMIT,
    "点击目标：长辈版60×60，其他44×44，首页48×48；关闭按钮44×44",
    version(
        ELDER,
        LimitParams(
            (
                Bound("elder_target_dp", "长辈版目标", least=60, unit="dp"),
                Bound("other_target_dp", "其他页面目标", least=44, unit="dp"),
                Bound("home_target_dp", "长辈版首页目标", least=48, unit="dp"),
                Bound("close_target_dp", "关闭按钮", least=44, unit="dp"),
            ),
            Verdict.FAIL,
        ),
        (ANNEX,),
        (
            edge(
                Verdict.PASS,
                {"elder_target_dp": 60, "other_target_dp": 44, "home_target_dp": 48, "close_target_dp": 44},
                0,
            ),
            edge(
                Verdict.FAIL,
                {"elder_target_dp": 59, "other_target_dp": 43, "home_target_dp": 47, "close_target_dp": 43},
                ("elder_target_dp", "other_target_dp", "home_target_dp", "close_target_dp"),
            ),
            ok(
                {"elder_target_dp": 72, "other_target_dp": 48, "home_target_dp": 60, "close_target_dp": 48},
                12,
            ),
            unknown({"elder_target_dp": 60}),
        ),
        by="inspected_on",
        confidence=Confidence.LIKELY,
        reading="附件2 2.1、2.4；条款号据公开文本，尚无原文",
    ),
)

_ELDER_ITEMS = (
    ("no_ads", "没有广告插件和诱导按钮", "页面抽查"),
    ("entry", "首页有“长辈版”入口并可搜索", "页面截图"),
    ("gestures", "不用三指以上手势", "操作录屏"),
    ("captcha", "验证码有替代方式", "页面抽查"),
)
ELDER_PAGES = rule(
    "AGE-004",
    Kind.CHECKLIST,
    "长辈版：无广告和诱导、有入口和搜索、手势简单、验证码可替代",
    version(
        ELDER,
        ChecklistParams(_ELDER_ITEMS),
        (ANNEX,),
        list_examples(_ELDER_ITEMS, "no_ads", "captcha"),
        by="inspected_on",
        confidence=Confidence.LIKELY,
        reading="附件2 1.5、2.2、3.1、5.1；条款号据公开文本，尚无原文",
    ),
)

_MANUAL = (("guidance", "保留现场指导", "网点照片和排班"), ("counter", "保留人工办理", "网点照片和排班"))
_KEEP_COUNTER = cite("N01@2023-03-01:38", "保留和改进人工服务")
MANUAL = rule(
    "AGE-005",
    Kind.CHECKLIST,
    "保留现场指导、人工办理",
    version(
        "2023-03-01",
        ChecklistParams(_MANUAL[1:]),
        (_KEEP_COUNTER,),
        list_examples(_MANUAL[1:], "counter"),
        until="2023-09-01",
        by="inspected_on",
    ),
    version(
        "2023-09-01",
        ChecklistParams(_MANUAL),
        (cite("L13@2023-09-01:39.2", "现场指导、人工办理"), _KEEP_COUNTER),
        list_examples(_MANUAL, "guidance", "counter"),
        by="inspected_on",
    ),
)

MEASURES = ("verify_transaction", "verify_identity", "delay_settlement", "restrict", "suspend")
ACTION = guard(
    "AF-001",
    Kind.GATE,
    "异常账户和可疑交易的防范措施：法定种类、与风险相称、留痕",
    version(
        FRAUD_LAW,
        GateParams(
            (
                yes("proportionate", "与风险情况相称", "根据风险情况"),
                yes("logged", "已留痕"),
            ),
            one_of=(
                (
                    Condition("action", "in", MEASURES, "属于条文列明的防范措施", ("采取核实交易情况",)),
                    yes("other_measure", "与所列措施同类的其他必要防范措施", "必要的防范措施"),
                ),
            ),
        ),
        (
            cite("L05@2022-12-01:18.3", "采取核实交易情况"),
            cite("L05@2022-12-01:18.3", "根据风险情况"),
            cite("L05@2022-12-01:18.3", "等必要的防范措施"),
        ),
        (
            ok({"action": "delay_settlement", "proportionate": True, "logged": True}, True),
            ok(
                {"action": "call_back", "other_measure": True, "proportionate": True, "logged": True},
                True,
                "条文写“等”：同类的必要措施也可以",
            ),
            bad(
                Verdict.REFUSE,
                {"action": "seize", "other_measure": False, "proportionate": True, "logged": True},
                False,
                "银行不得扣划",
            ),
            bad(Verdict.REFUSE, {"action": "restrict", "proportionate": False, "logged": True}, False),
            unknown({"action": "call_back", "proportionate": True, "logged": True}, "不知是否同类的必要措施"),
            unknown({"action": "restrict", "proportionate": True}),
        ),
        reading="条文列举以“等”结束，所列之外的措施由法务认定是否同类、必要；留痕为本行口径",
    ),
)

_TOLD = (("cause", "处置原因"), ("remedy", "救济渠道"), ("papers", "需要提交的资料"), ("appeal", "申诉渠道"))
DUE_PROCESS = guard(
    "AF-002",
    Kind.FIELDS,
    "限制、暂停服务的告知：原因、救济渠道、需要提交的资料；申诉核查后即时解除",
    version(
        FRAUD_LAW,
        FieldsParams(_TOLD, more=(("lifted", "核查通过即时解除"),), more_if="appeal_upheld"),
        (
            cite("L05@2022-12-01:32.3", "告知处置原因、救济渠道"),
            cite("L05@2022-12-01:32.3", "及时受理申诉并核查"),
        ),
        (
            ok({"appeal_upheld": False, "given": ("cause", "remedy", "papers", "appeal")}, ()),
            unknown({"given": ("cause", "remedy", "papers", "appeal")}, "不知申诉是否属实"),
            bad(Verdict.FAIL, {"given": ("cause", "remedy")}, ("papers", "appeal")),
            bad(
                Verdict.FAIL,
                {"appeal_upheld": True, "given": ("cause", "remedy", "papers", "appeal")},
                ("lifted",),
            ),
            unknown({}),
        ),
    ),
)

DEVICE_DATA = guard(
    "AF-003",
    Kind.GATE,
    "设备、位置信息未经授权不得用于反诈以外的用途",
    version(
        FRAUD_LAW,
        GateParams(
            (Condition("purpose", "==", "anti_fraud", "用于反电信网络诈骗"), yes("authorised", "客户授权")),
            any_of=True,
        ),
        (cite("L05@2022-12-01:18.4", "上述信息未经客户授权"),),
        (
            ok({"purpose": "anti_fraud"}, True),
            ok({"purpose": "marketing", "authorised": True}, True),
            bad(Verdict.REFUSE, {"purpose": "marketing", "authorised": False}, False),
            unknown({"purpose": "marketing"}),
        ),
    ),
)

RULES: tuple[Rule, ...] = (FONT, SPACING, TARGETS, ELDER_PAGES, MANUAL, ACTION, DUE_PROCESS, DEVICE_DATA)
