"""Governance, training and education: GOV-001 to GOV-009, TRN-001, EDU-001."""

from __future__ import annotations

from xiaobao.rules.kinds.checklist import ChecklistParams, Placed
from xiaobao.rules.kinds.gate import GateParams
from xiaobao.rules.kinds.limit import Bound, LimitParams
from xiaobao.rules.kinds.period import PeriodParams
from xiaobao.rules.kinds.retention import RetentionParams, Span
from xiaobao.rules.values import Confidence, Kind, Rule, Unit, Verdict
from xiaobao.rules.writing import bad, cite, day, due_on, edge, ok, placed, shelf, unknown, version, yes

rule = shelf("governance")
N01 = "2023-03-01"
P01 = "2020-11-01"

_BOARD = (
    ("board_duty", "董事会承担最终责任并总体规划指导", "章程、董事会议事规则"),
    ("committee", "董事会设立消费者权益保护委员会", "委员会设立决议"),
    ("management", "高级管理层建立健全管理体系", "管理制度"),
    ("supervisors", "监事会监督董事会、高级管理层履职", "监督报告"),
    ("lead_department", "明确牵头部门", "部门职责文件"),
)
BOARD = rule(
    "GOV-001",
    Kind.CHECKLIST,
    "董事会最终责任、消费者权益保护委员会与牵头部门",
    version(
        N01,
        ChecklistParams(_BOARD, places=placed(lead_department="N01@2023-03-01:8.2")),
        (
            cite("N01@2023-03-01:8.1", "承担消费者权益保护工作的最终责任"),
            cite("N01@2023-03-01:8.2", "由其牵头组织"),
        ),
        (
            ok({"done": {key: True for key, _, _ in _BOARD}}, ()),
            bad(Verdict.FAIL, {"done": {key: key != "committee" for key, _, _ in _BOARD}}, ("committee",)),
            unknown({}),
        ),
        by="inspected_on",
    ),
)

AUDIT_CYCLE = rule(
    "GOV-002",
    Kind.CALENDAR,
    "内部审计：5年为一个周期全面覆盖相关部门和一级分支机构",
    version(
        N01,
        PeriodParams("各相关部门和一级分支机构在上次审计后的5年内再次审计", every_months=60, begins=day(N01)),
        (cite("N01@2023-03-01:19", "以5年为一个周期"),),
        (
            due_on({"last_on": day("2023-03-01")}, day("2028-03-01")),
            edge(
                Verdict.PASS,
                {"last_on": day("2023-03-01"), "done_on": day("2028-03-01")},
                day("2028-03-01"),
                "最后一日",
            ),
            bad(
                Verdict.FAIL, {"last_on": day("2023-03-01"), "done_on": day("2028-03-02")}, day("2028-03-01")
            ),
            edge(
                Verdict.DUE,
                {"last_on": day("2022-06-01")},
                day("2028-03-01"),
                "施行之前审计的，自施行之日起算",
            ),
            edge(Verdict.DUE, {"last_on": day("2023-03-02")}, day("2028-03-02"), "施行次日审计"),
            edge(Verdict.DUE, {"last_on": day("2023-02-28")}, day("2028-03-01"), "施行前一日审计"),
            unknown({}),
        ),
        by="last_on",
        reading="按单位滚动计算，施行之前的审计自施行之日起算；整轮覆盖由审计计划核对",
    ),
)

_SYSTEMS = (
    ("assessment", "工作考核评价制度"),
    ("risk_grading", "消费者风险等级评估制度"),
    ("information", "消费者金融信息保护制度"),
    ("disclosure", "信息披露、查询制度"),
    ("marketing", "营销宣传管理制度"),
    ("education", "知识普及和教育制度"),
    ("complaints", "投诉处理制度"),
    ("accountability", "内部监督和责任追究制度"),
    ("emergency", "重大事件应急制度"),
    ("other", "人民银行规定的其他制度"),
)
_SYSTEM_WORDS = (
    "考核评价制度", "风险等级评估制度", "消费者金融信息保护制度", "信息披露、查询制度", "营销宣传管理制度",
    "教育制度", "投诉处理制度", "责任追究制度", "重大事件应急制度", "明确规定应当建立的其他",
)  # fmt: skip
SYSTEMS = rule(
    "GOV-003",
    Kind.CHECKLIST,
    "十项内控制度",
    version(
        P01,
        ChecklistParams(
            tuple((key, label, "制度文号和施行日期") for key, label in _SYSTEMS),
            places=tuple(Placed(key, f"P01@2020-11-01:8.1.{at}") for at, (key, _) in enumerate(_SYSTEMS, 1)),
        ),
        (
            cite("P01@2020-11-01:8", "各项内控制度"),
            *(cite(f"P01@2020-11-01:8.1.{at}", words) for at, words in enumerate(_SYSTEM_WORDS, 1)),
        ),
        (
            ok({"done": {key: True for key, _ in _SYSTEMS}}, ()),
            bad(Verdict.FAIL, {"done": {key: key != "emergency" for key, _ in _SYSTEMS}}, ("emergency",)),
            unknown({}),
        ),
        by="inspected_on",
    ),
)

COMPLIANCE_REVIEW = rule(
    "GOV-004",
    Kind.GATE,
    "首席合规官组织合规审查并出具书面意见；未采纳的提交董事会审定",
    version(
        "2025-03-01",
        GateParams(
            (
                yes("written_opinion", "已出具书面合规审查意见"),
                yes("adopted_or_board", "意见已采纳，或者已提交董事会审定", "提交董事会审定"),
            ),
            Verdict.HOLD,
        ),
        (cite("N03@2025-03-01:20.1", "书面合规审查意见"), cite("N03@2025-03-01:20.3", "提交董事会审定")),
        (
            ok({"written_opinion": True, "adopted_or_board": True}, True),
            bad(Verdict.HOLD, {"written_opinion": True, "adopted_or_board": False}, False),
            bad(Verdict.HOLD, {"written_opinion": False, "adopted_or_board": True}, False),
            unknown({"written_opinion": True}),
        ),
    ),
)

SELF_ASSESSMENT = rule(
    "GOV-005",
    Kind.CALENDAR,
    "人民银行年度自评估报告：次年1月31日前报送",
    version(
        P01,
        PeriodParams("年度自评估报告报送人民银行或其分支机构", year_offset=1, month=1, day=31),
        (cite("P01@2020-11-01:56.2", "次年1月31日前"),),
        (
            due_on({"year": 2026}, day("2027-01-31"), "X-11"),
            edge(Verdict.PASS, {"year": 2026, "done_on": day("2027-01-31")}, day("2027-01-31"), "当日报送"),
            edge(Verdict.FAIL, {"year": 2026, "done_on": day("2027-02-01")}, day("2027-01-31"), "迟一日"),
            unknown({}),
        ),
        by="year_end",
        reading="“1月31日前”含当日，与条文中“以内含本数”的用法一致；节假日不顺延，从严",
    ),
)

RATING = rule(
    "GOV-006",
    Kind.LIMIT,
    "监管评价七要素的权重下限（2025年办法）；结果不得用于营销宣传",
    version(
        "2025-09-10",
        LimitParams(
            (
                Bound("structure", "体制机制权重", least=10, unit="分"),
                Bound("suitability", "适当性管理权重", least=10, unit="分"),
                Bound("marketing", "营销行为管理权重", least=25, unit="分"),
                Bound("disputes", "纠纷化解权重", least=25, unit="分"),
                Bound("education", "金融教育权重", least=10, unit="分"),
                Bound("service", "消费者服务权重", least=5, unit="分"),
                Bound("information", "个人信息保护权重", least=5, unit="分"),
            ),
            Verdict.FAIL,
        ),
        (cite("X02@2025-09-10:0", ""),),
        (
            ok(
                {
                    "structure": 12,
                    "suitability": 12,
                    "marketing": 26,
                    "disputes": 25,
                    "education": 10,
                    "service": 8,
                    "information": 7,
                },
                2,
            ),
            edge(
                Verdict.PASS,
                {
                    "structure": 10,
                    "suitability": 10,
                    "marketing": 25,
                    "disputes": 25,
                    "education": 10,
                    "service": 5,
                    "information": 5,
                },
                0,
                "均为下限",
            ),
            edge(
                Verdict.FAIL,
                {
                    "structure": 9,
                    "suitability": 9,
                    "marketing": 24,
                    "disputes": 24,
                    "education": 9,
                    "service": 4,
                    "information": 4,
                },
                ("structure", "suitability", "marketing", "disputes", "education", "service", "information"),
                "均差一分",
            ),
            unknown({"structure": 12}),
        ),
        by="year_end",
        confidence=Confidence.LIKELY,
        reading="依据两份公开摘要，等级分界与文号未核",
    ),
)

SALE_FILES = rule(
    "GOV-007",
    Kind.RETENTION,
    "说明和风险披露资料：自业务关系终止之日起不少于3年",
    version(
        P01,
        RetentionParams(
            (Span("relation_end_on", 3, Unit.YEAR, "业务关系终止"),), holds=(("dispute_open", "纠纷未终结"),)
        ),
        (cite("P01@2020-11-01:18.1", "留存时间不得少于3年"),),
        (
            due_on({"relation_end_on": day("2026-01-10")}, day("2029-01-10")),
            edge(Verdict.DUE, {"relation_end_on": day("2024-02-29")}, day("2027-02-28"), "闰日"),
            bad(Verdict.HOLD, {"relation_end_on": day("2026-01-10"), "dispute_open": True}, None),
            unknown({}),
        ),
        by="relation_end_on",
    ),
    strictest=("PI-016",),
)

ANNUAL_REPORT = rule(
    "GOV-008",
    Kind.CALENDAR,
    "通过年报等适当方式定期披露消费者权益保护工作",
    version(
        N01,
        PeriodParams("消费者权益保护工作随年报披露", year_offset=1),
        (cite("N01@2023-03-01:10.2", "定期向公众披露"),),
        (
            due_on({"year": 2025}, day("2026-12-31")),
            edge(Verdict.PASS, {"year": 2025, "done_on": day("2026-12-31")}, day("2026-12-31"), "最后一日"),
            bad(Verdict.FAIL, {"year": 2025, "done_on": day("2027-01-01")}, day("2026-12-31")),
            unknown({}),
        ),
        by="year_end",
        reading="条文未定日期；本行最迟于次年末披露",
    ),
)

DRILL = rule(
    "GOV-009",
    Kind.CALENDAR,
    "重要信息系统每年至少一次全系统演练",
    version(
        "2008-01-01",
        PeriodParams("重要信息系统全系统演练", times=1),
        (cite("X13@2008-01-01:9", ""), cite("X13@2008-01-01:24", "")),
        (
            ok({"year": 2026, "times": 1}, day("2026-12-31")),
            due_on({"year": 2026}, day("2026-12-31")),
            edge(Verdict.DUE, {"year": 2026, "times": 0, "as_of": day("2026-12-31")}, day("2026-12-31")),
            edge(Verdict.FAIL, {"year": 2026, "times": 0, "as_of": day("2027-01-01")}, day("2026-12-31")),
            unknown({"year": 2026, "times": 0}, "不知年度是否已过"),
            edge(Verdict.PASS, {"year": 2026, "done_on": day("2026-12-31")}, day("2026-12-31"), "最后一日"),
            unknown({"times": 1}),
        ),
        by="year_end",
        confidence=Confidence.MEMORY,
        reading="施行日期未核原文，暂记2008-01-01；条文未核原文",
    ),
)

_STAFF = (("senior", "中高级管理人员"), ("front_line", "基层业务人员"), ("newcomers", "新入职人员"))
TRAINING = rule(
    "TRN-001",
    Kind.CALENDAR,
    "每年至少一次专题培训，覆盖中高级管理人员、基层业务人员及新入职人员",
    version(
        P01,
        PeriodParams("年度专题培训", times=1, cover=_STAFF),
        (cite("P01@2020-11-01:10.2", "每年至少开展一次"), cite("P01@2020-11-01:10.2", "新入职人员")),
        (
            ok({"year": 2026, "covered": ("senior", "front_line", "newcomers"), "times": 1}, ()),
            bad(
                Verdict.FAIL,
                {"year": 2026, "covered": ("senior", "front_line"), "as_of": day("2027-01-01")},
                ("newcomers",),
            ),
            edge(Verdict.DUE, {"year": 2026, "covered": ("senior",), "as_of": day("2026-12-31")}),
            edge(Verdict.FAIL, {"year": 2026, "times": 0, "as_of": day("2027-01-01")}, day("2026-12-31")),
            unknown({"year": 2026, "times": 0}, "不知年度是否已过"),
            due_on({"year": 2026, "times": 1}, day("2026-12-31")),
            unknown({}),
        ),
        by="year_end",
    ),
)

_EDUCATION = (
    ("plan", "年度工作计划"),
    ("website", "官方网站公益专区"),
    ("app", "移动应用公益专区"),
    ("outlet", "营业网点公益专区"),
)
EDUCATION_PLAN = rule(
    "EDU-001",
    Kind.CALENDAR,
    "年度金融知识普及与教育工作计划；官网、移动应用、网点公益专区",
    version(
        P01,
        PeriodParams("年度金融知识普及与金融消费者教育工作计划", cover=_EDUCATION[:1]),
        (cite("P01@2020-11-01:24.2", "年度金融知识普及"),),
        (
            ok({"year": 2021, "covered": ("plan",)}, ()),
            edge(Verdict.DUE, {"year": 2021, "covered": (), "as_of": day("2021-12-31")}, day("2021-12-31")),
            edge(Verdict.FAIL, {"year": 2021, "covered": (), "as_of": day("2022-01-01")}, ("plan",)),
            unknown({"year": 2021, "covered": ()}, "不知年度是否已过"),
            due_on({"year": 2021}, day("2021-12-31")),
            unknown({}),
        ),
        until=N01,
        by="year_end",
    ),
    version(
        N01,
        PeriodParams(
            "年度教育工作计划与公益专区", cover=_EDUCATION, places=placed(plan="P01@2020-11-01:24.2")
        ),
        (
            cite("N01@2023-03-01:35", "公益性金融知识普及和教育专区"),
            cite("P01@2020-11-01:24.2", "年度金融知识普及"),
        ),
        (
            ok({"year": 2026, "covered": ("plan", "website", "app", "outlet")}, ()),
            edge(
                Verdict.DUE,
                {"year": 2026, "covered": ("plan", "website", "app"), "as_of": day("2026-12-31")},
                day("2026-12-31"),
            ),
            edge(
                Verdict.FAIL,
                {"year": 2026, "covered": ("plan", "website", "app"), "as_of": day("2027-01-01")},
                ("outlet",),
            ),
            unknown({"year": 2026, "covered": ("plan", "website", "app")}, "不知年度是否已过"),
            due_on({"year": 2026}, day("2026-12-31")),
            unknown({}),
        ),
        by="year_end",
    ),
)

RULES: tuple[Rule, ...] = (
    BOARD,
    AUDIT_CYCLE,
    SYSTEMS,
    COMPLIANCE_REVIEW,
    SELF_ASSESSMENT,
    RATING,
    SALE_FILES,
    ANNUAL_REPORT,
    DRILL,
    TRAINING,
    EDUCATION_PLAN,
)


def outage_grade(hours_by_province: dict[str, float]) -> str:
    """Incident grade I, II, III or '' for an outage, from the hours it lasted in each province (GOV-009).

    I: two provinces for 3 hours or one for 6; II: two for half an hour or one for 3; III: one for half an hour.
    Source: 银行业重要信息系统突发事件应急管理规范第九条 (not held, likely).

    >>> outage_grade({"浙江": 6}), outage_grade({"浙江": 0.5, "上海": 0.5}), outage_grade({"浙江": 0.4})
    ('I', 'II', '')
    """
    hours = [*sorted(hours_by_province.values(), reverse=True), 0.0, 0.0]
    first, second = hours[0], hours[1]
    for grade, both, one in (("I", 3.0, 6.0), ("II", 0.5, 3.0), ("III", float("inf"), 0.5)):
        if second >= both or first >= one:
            return grade
    return ""
