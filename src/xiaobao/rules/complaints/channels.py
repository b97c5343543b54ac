"""Channels, records and figures of complaints: what is published, reported, kept and measured."""

from __future__ import annotations

from xiaobao.rules.kinds.checklist import ChecklistParams
from xiaobao.rules.kinds.fields import FieldsParams
from xiaobao.rules.kinds.gate import GateParams
from xiaobao.rules.kinds.limit import Ratio, RatioParams
from xiaobao.rules.kinds.period import PeriodParams
from xiaobao.rules.kinds.retention import RetentionParams, Span
from xiaobao.rules.values import Confidence, Kind, Role, Rule, Unit, Verdict
from xiaobao.rules.writing import bad, cite, day, due_on, edge, no, ok, placed, shelf, unknown, version, yes

rule = shelf("complaints")
N00 = "2020-03-01"
P01 = "2020-11-01"

_N00_CHANNELS = (
    ("website", "官方网站公布投诉电话、通讯地址和处理流程", "页面截图"),
    ("app", "移动客户端公布投诉电话、通讯地址和处理流程", "页面截图"),
    ("outlet", "营业场所醒目位置公布投诉电话、通讯地址和处理流程", "公示照片"),
    ("internet", "开通互联网投诉渠道的公布电子邮箱、网址", "页面截图"),
    ("contract", "产品或者服务合约提供投诉电话或者其他渠道信息", "合约文本"),
)
_P01_CHANNELS = (
    ("homepage", "官方网站首页公示投诉受理方式", "首页截图"),
    ("voice_menu", "客服电话主要菜单语音提示投诉受理方式", "语音导航录音"),
)


def _all(items: tuple[tuple[str, str, str], ...]) -> dict[str, bool]:
    return {key: True for key, _, _ in items}


CHANNELS = rule(
    "CMP-021",
    Kind.CHECKLIST,
    "公布投诉渠道和处理流程",
    version(
        N00,
        ChecklistParams(_N00_CHANNELS),
        (cite("N00@2020-03-01:8", "醒目位置公布"), cite("N00@2020-03-01:8", "提供投诉电话或者其他投诉渠道")),
        (
            ok({"done": _all(_N00_CHANNELS)}, ()),
            bad(Verdict.FAIL, {"done": _all(_N00_CHANNELS) | {"contract": False}}, ("contract",)),
            unknown({}),
        ),
        until=P01,
        by="inspected_on",
    ),
    version(
        P01,
        ChecklistParams(
            _N00_CHANNELS + _P01_CHANNELS,
            places=placed(homepage="P01@2020-11-01:37", voice_menu="P01@2020-11-01:37"),
        ),
        (
            cite("N00@2020-03-01:8", "醒目位置公布"),
            cite("P01@2020-11-01:37", "客服电话主要菜单语音提示"),
            cite("P01@2020-11-01:37", "官方网站首页"),
        ),
        (
            ok({"done": _all(_N00_CHANNELS + _P01_CHANNELS)}, ()),
            bad(
                Verdict.FAIL,
                {"done": _all(_N00_CHANNELS + _P01_CHANNELS) | {"voice_menu": False}},
                ("voice_menu",),
            ),
            edge(Verdict.UNDECIDED, {"done": _all(_N00_CHANNELS)}, None, "新增两项尚未核对"),
            unknown({}),
        ),
        by="inspected_on",
    ),
)

FEEDBACK = rule(
    "CMP-024",
    Kind.FIELDS,
    "向人民银行分支机构反馈的内容",
    version(
        P01,
        FieldsParams(
            (
                ("basics", "投诉基本情况"),
                ("dispute", "争议焦点"),
                ("findings", "调查结果及证据"),
                ("grounds", "处理依据"),
                ("contact", "与金融消费者的沟通情况"),
                ("extension", "延期处理情况"),
                ("satisfaction", "投诉人满意度"),
            )
        ),
        (
            cite("P01@2020-11-01:44.2", "调查结果及证据"),
            cite("P01@2020-11-01:44.1", "按要求向中国人民银行分支机构反馈"),
        ),
        (
            ok(
                {
                    "given": (
                        "basics",
                        "dispute",
                        "findings",
                        "grounds",
                        "contact",
                        "extension",
                        "satisfaction",
                    )
                },
                (),
            ),
            bad(
                Verdict.FAIL,
                {"given": ("basics", "dispute", "findings", "grounds", "contact", "extension")},
                ("satisfaction",),
            ),
            unknown({}),
        ),
        by="received_on",
    ),
)

FILE_KEPT = rule(
    "CMP-025",
    Kind.RETENTION,
    "投诉资料自办结之日起保存不少于3年",
    version(
        P01,
        RetentionParams(
            (Span("closed_on", 3, Unit.YEAR, "投诉办结"),),
            holds=(("dispute_open", "纠纷未终结"), ("legal_hold", "司法或者监管要求保全")),
        ),
        (
            cite("P01@2020-11-01:44.3", "自投诉办结之日起不得少于3年"),
            cite("N00@2020-03-01:28", "存档备查"),
        ),
        (
            due_on({"closed_on": day("2026-01-25")}, day("2029-01-25"), "三年"),
            edge(Verdict.DUE, {"closed_on": day("2024-02-29")}, day("2027-02-28"), "闰日"),
            bad(Verdict.HOLD, {"closed_on": day("2026-01-25"), "dispute_open": True}, None, "诉讼中"),
            unknown({}),
        ),
        by="closed_on",
        reading="条文就人民银行转交的投诉而言，本行对全部投诉资料适用；3年是法定最低年限，本行规定更长的，以本行规定为准，期满前不得销毁",
    ),
)

PUBLICATION = rule(
    "CMP-026",
    Kind.CALENDAR,
    "按年度披露投诉情况",
    version(
        N00,
        PeriodParams("年度消费投诉情况通过年报等方式披露", year_offset=1),
        (cite("N00@2020-03-01:26", "对年度消费投诉情况进行披露"),),
        (
            due_on({"year": 2020}, day("2021-12-31")),
            bad(Verdict.FAIL, {"year": 2020, "done_on": day("2022-01-05")}, day("2021-12-31"), "次年未披露"),
            edge(Verdict.PASS, {"year": 2020, "done_on": day("2021-12-31")}, day("2021-12-31"), "最后一日"),
            unknown({}),
        ),
        until=P01,
        by="year_end",
        reading="条文未定日期；本行最迟于次年末披露",
    ),
    version(
        P01,
        PeriodParams("法人机构按年度向社会发布投诉数据和分析报告", year_offset=1),
        (
            cite("P01@2020-11-01:36", "投诉数据和相关分析报告"),
            cite("N00@2020-03-01:26", "对年度消费投诉情况进行披露"),
        ),
        (
            due_on({"year": 2025}, day("2026-12-31")),
            bad(Verdict.FAIL, {"year": 2025, "done_on": day("2027-01-01")}, day("2026-12-31")),
            edge(Verdict.PASS, {"year": 2025, "done_on": day("2026-12-31")}, day("2026-12-31"), "最后一日"),
            unknown({}),
        ),
        by="year_end",
        reading="条文未定日期；本行最迟于次年末发布",
    ),
)

CODING = rule(
    "CMP-027",
    Kind.FIELDS,
    "投诉正确分类：办理渠道、业务类别、原因，办结前必备",
    version(
        P01,
        FieldsParams(
            (("channel_code", "业务办理渠道"), ("business_code", "业务类别"), ("reason_code", "投诉原因")),
            effect=Verdict.HOLD,
        ),
        (
            cite("P01@2020-11-01:38", "对投诉进行正确分类并按时报送"),
            cite("P01@2020-11-01:62.1.9", "未按要求对金融消费者投诉", Role.PENALTY),
            cite("X10@2018-09-17:0", "", Role.DEFINITION),
        ),
        (
            ok({"given": ("channel_code", "business_code", "reason_code")}, ()),
            bad(Verdict.HOLD, {"given": ("channel_code", "business_code")}, ("reason_code",)),
            unknown({}),
        ),
        by="received_on",
        reading="三项分类依据 JR/T 0169-2018（尚无原文）",
    ),
)

KPI = rule(
    "CMP-028",
    Kind.GATE,
    "考核指标不得简单以投诉数量为准",
    version(
        P01,
        GateParams(
            (
                no("only_complaint_count", "只以投诉数量考核"),
                yes("has_compliance", "含业务合规性"),
                yes("has_satisfaction", "含客户满意度"),
                yes("has_timeliness", "含投诉处理及时率与合格率"),
            ),
            Verdict.FAIL,
        ),
        (
            cite("P01@2020-11-01:11", "不得简单以投诉数量作为考核指标"),
            cite("P01@2020-11-01:11", "投诉处理及时率与合格率"),
            cite("N00@2020-03-01:27", "综合绩效考核指标体系"),
        ),
        (
            ok(
                {
                    "only_complaint_count": False,
                    "has_compliance": True,
                    "has_satisfaction": True,
                    "has_timeliness": True,
                },
                True,
            ),
            bad(
                Verdict.FAIL,
                {
                    "only_complaint_count": True,
                    "has_compliance": True,
                    "has_satisfaction": True,
                    "has_timeliness": True,
                },
                False,
            ),
            bad(
                Verdict.FAIL,
                {
                    "only_complaint_count": False,
                    "has_compliance": True,
                    "has_satisfaction": False,
                    "has_timeliness": True,
                },
                False,
            ),
            unknown({"only_complaint_count": False}),
        ),
        by="year_end",
    ),
)

_MEDIATION_TESTS = (yes("took_part", "参加调解"), yes("has_just_reason", "有正当理由"))
_MEDIATION_EXAMPLES = (
    ok({"took_part": True}, True),
    ok({"took_part": False, "has_just_reason": True}, True),
    bad(Verdict.REFUSE, {"took_part": False, "has_just_reason": False}, False, "无理由拒绝"),
    unknown({"took_part": False}, "没有写明理由"),
)
MEDIATION_INVITE = rule(
    "CMP-029",
    Kind.GATE,
    "无正当理由不得拒绝参加调解",
    version(
        N00,
        GateParams(_MEDIATION_TESTS, any_of=True),
        (cite("N00@2020-03-01:40.1.3", "无正当理由拒绝配合调解工作"),),
        _MEDIATION_EXAMPLES,
        until="2023-03-01",
        by="invited_on",
    ),
    version(
        "2023-03-01",
        GateParams(_MEDIATION_TESTS, any_of=True),
        (
            cite("N01@2023-03-01:16.2", "无正当理由不得拒绝参加调解"),
            cite("N00@2020-03-01:40.1.3", "无正当理由拒绝配合调解工作"),
        ),
        _MEDIATION_EXAMPLES,
        by="invited_on",
    ),
)

PARTNER = rule(
    "CMP-031",
    Kind.CHECKLIST,
    "第三方机构配合投诉处理的情况纳入准入退出评估",
    version(
        N00,
        ChecklistParams(
            (
                ("asked_partner", "要求第三方机构配合处理、核实并及时提供情况", "发函与回函"),
                ("in_assessment", "配合情况纳入合作机构准入退出评估", "评估表"),
            )
        ),
        (cite("N00@2020-03-01:10", "准入退出评估机制"),),
        (
            ok({"done": {"asked_partner": True, "in_assessment": True}}, ()),
            bad(Verdict.FAIL, {"done": {"asked_partner": True, "in_assessment": False}}, ("in_assessment",)),
            unknown({}),
        ),
        by="received_on",
    ),
)

RATIOS = rule(
    "CMP-032",
    Kind.LIMIT,
    "投诉量的公开口径：每千营业网点、每千万个人客户；每百网点、每千亿元资产",
    version(
        "2020-04-01",
        RatioParams(
            (
                Ratio("per_1000_outlets", "件/千营业网点", "complaints", "outlets", 1_000),
                Ratio("per_10m_customers", "件/千万个人客户", "complaints", "customers", 10_000_000),
                Ratio("per_100_outlets", "件/百网点", "complaints", "outlets", 100),
                Ratio("per_100bn_assets", "件/千亿元资产", "complaints", "assets_yuan", 100_000_000_000),
            )
        ),
        (cite("X15@2020-04-01:0", ""), cite("X17@2022-12-31:0", "")),
        (
            ok(
                {
                    "complaints": 4106,
                    "outlets": 256,
                    "customers": 20_000_000,
                    "assets_yuan": 1_000_000_000_000,
                },
                {
                    "per_1000_outlets": 16039.06,
                    "per_10m_customers": 2053.0,
                    "per_100_outlets": 1603.91,
                    "per_100bn_assets": 410.6,
                },
            ),
            edge(
                Verdict.UNDECIDED,
                {"complaints": 5, "outlets": 0, "customers": 1, "assets_yuan": 1},
                None,
                "没有网点，比率无意义",
            ),
            edge(
                Verdict.PASS,
                {"complaints": 1, "outlets": 1, "customers": 1, "assets_yuan": 1},
                {
                    "per_1000_outlets": 1000.0,
                    "per_10m_customers": 10000000.0,
                    "per_100_outlets": 100.0,
                    "per_100bn_assets": 100000000000.0,
                },
                "分母为一",
            ),
            unknown({"complaints": 4106, "outlets": 256}),
        ),
        by="quarter_end",
        confidence=Confidence.LIKELY,
        reading="口径取自监管通报（2020年第二季度至2022年第三季度）和银行年报，均为转述",
    ),
)

RULES: tuple[Rule, ...] = (
    CHANNELS,
    FEEDBACK,
    FILE_KEPT,
    PUBLICATION,
    CODING,
    KPI,
    MEDIATION_INVITE,
    PARTNER,
    RATIOS,
)
