"""On what ground personal information is processed: bases, consent, notice, children, withdrawal."""

from __future__ import annotations

from xiaobao.rules.kinds.fields import FieldsParams
from xiaobao.rules.kinds.gate import GateParams
from xiaobao.rules.values import Condition, Kind, Role, Rule, Unless, Verdict
from xiaobao.rules.writing import (
    bad,
    cite,
    edge,
    no,
    ok,
    placed,
    shelf,
    unknown,
    version,
    yes,
)

rule = shelf("privacy")
PIPL = "2021-11-01"
DATA_RULES = "2025-01-01"

BASES = ("consent", "contract", "statutory_duty", "emergency", "news", "public_by_person", "other_law")
LEGAL_BASIS = rule(
    "PI-001",
    Kind.GATE,
    "处理个人信息须有七项合法性基础之一，并予记录",
    version(
        PIPL,
        GateParams(
            (Condition("basis", "in", BASES, "属于法定的合法性基础"), yes("recorded", "已记录")), Verdict.HOLD
        ),
        (cite("L02@2021-11-01:13.1", "方可处理个人信息"), cite("L02@2021-11-01:13.1.1", "取得个人的同意")),
        (
            ok({"basis": "contract", "recorded": True}, True),
            bad(Verdict.HOLD, {"basis": "convenience", "recorded": True}, False, "方便不是合法性基础"),
            bad(Verdict.HOLD, {"basis": "consent", "recorded": False}, False),
            unknown({"basis": "consent"}),
        ),
        by="processed_on",
        reading="条文未要求记录合法性基础；留痕为本行口径",
    ),
)

_NEEDS_NONE = "有第十三条第一款第二项至第七项规定情形的，不需取得个人同意"
_NO_CONSENT = Unless(
    (Condition("basis", "in", BASES[1:], "合法性基础不是同意"),),
    _NEEDS_NONE,
    cite("L02@2021-11-01:13.2", "不需取得个人同意", Role.EXCEPTION),
)
SEPARATE_CONSENT = rule(
    "PI-002",
    Kind.GATE,
    "单独同意：敏感个人信息、向他人提供、公开、出境",
    version(
        PIPL,
        GateParams((yes("separate_consent", "已取得个人的单独同意"),)),
        (
            cite("L02@2021-11-01:29", "取得个人的单独同意"),
            cite("L02@2021-11-01:23", "取得个人的单独同意"),
            cite("L02@2021-11-01:25", "取得个人单独同意的除外"),
            cite("L02@2021-11-01:39", "取得个人的单独同意"),
            cite("L02@2021-11-01:28.1", "金融账户", Role.DEFINITION),
        ),
        (
            ok({"act": "sensitive", "separate_consent": True}, True),
            bad(Verdict.REFUSE, {"act": "provide", "basis": "consent", "separate_consent": False}, False),
            edge(
                Verdict.NOT_APPLICABLE,
                {"act": "provide", "basis": "statutory_duty", "separate_consent": False},
                None,
                "履行法定义务所必需，不需取得同意",
            ),
            unknown({"act": "provide", "separate_consent": False}, "不知合法性基础是不是同意"),
            edge(
                Verdict.NOT_APPLICABLE,
                {"act": "ordinary", "separate_consent": False},
                None,
                "一般处理不需单独同意",
            ),
            unknown({"act": "abroad"}),
        ),
        by="processed_on",
        scope=(Condition("act", "in", ("sensitive", "provide", "publish", "abroad"), "须单独同意的处理"),),
        scope_say="不属于须单独同意的处理",
        unless=(_NO_CONSENT,),
    ),
)

NEW_CONSENT = rule(
    "PI-003",
    Kind.GATE,
    "处理目的、方式、种类变更的，重新取得同意",
    version(
        PIPL,
        GateParams((yes("new_consent", "变更后已重新取得同意"),)),
        (cite("L02@2021-11-01:14.2", "应当重新取得个人同意"),),
        (
            ok({"changed": True, "new_consent": True}, True),
            bad(Verdict.REFUSE, {"changed": True, "basis": "consent", "new_consent": False}, False),
            edge(
                Verdict.NOT_APPLICABLE,
                {"changed": True, "basis": "contract", "new_consent": False},
                None,
                "不是基于同意处理",
            ),
            unknown({"changed": True, "new_consent": False}, "不知是否基于同意处理"),
            edge(Verdict.NOT_APPLICABLE, {"changed": False, "new_consent": False}, None, "没有变更"),
            unknown({"changed": True}),
        ),
        by="processed_on",
        scope=(yes("changed", "目的、方式或者种类变更"),),
        scope_say="处理目的、方式、种类没有变更",
        unless=(_NO_CONSENT,),
    ),
)

_WITHDRAW = (
    yes("easy_withdrawal", "提供便捷的撤回方式"),
    no("service_refused", "以不同意或者撤回为由拒绝提供非必需的服务", "拒绝提供产品或者服务"),
)
_NAGGING = no("asked_again_often", "明确拒绝后频繁征求同意", "频繁征求同意")
WITHDRAWAL = rule(
    "PI-004",
    Kind.GATE,
    "撤回同意要便捷；不得因不同意拒绝服务；不得频繁征求同意",
    version(
        PIPL,
        GateParams(_WITHDRAW),
        (
            cite("L02@2021-11-01:15.1", "便捷的撤回同意的方式"),
            cite("L02@2021-11-01:16", "拒绝提供产品或者服务"),
        ),
        (
            ok({"easy_withdrawal": True, "service_refused": False}, True),
            bad(Verdict.REFUSE, {"easy_withdrawal": True, "service_refused": True}, False),
            bad(Verdict.REFUSE, {"easy_withdrawal": False, "service_refused": False}, False),
            unknown({"easy_withdrawal": True}),
        ),
        until=DATA_RULES,
        by="processed_on",
        reading="服务确需该信息的，拒绝不在此限",
    ),
    version(
        DATA_RULES,
        GateParams((*_WITHDRAW, _NAGGING)),
        (
            cite("L02@2021-11-01:15.1", "便捷的撤回同意的方式"),
            cite("L02@2021-11-01:16", "拒绝提供产品或者服务"),
            cite("R01@2025-01-01:22.1.5", "频繁征求同意"),
        ),
        (
            ok({"easy_withdrawal": True, "service_refused": False, "asked_again_often": False}, True),
            bad(
                Verdict.REFUSE,
                {"easy_withdrawal": True, "service_refused": False, "asked_again_often": True},
                False,
            ),
            bad(
                Verdict.REFUSE,
                {"easy_withdrawal": False, "service_refused": False, "asked_again_often": False},
                False,
            ),
            unknown({"easy_withdrawal": True, "service_refused": False}),
        ),
        by="processed_on",
        reading="服务确需该信息的，拒绝不在此限",
    ),
)

_NOTICE = (
    ("handler", "处理者的名称和联系方式"),
    ("purpose", "处理目的、处理方式"),
    ("kinds", "个人信息的种类、保存期限"),
    ("rights", "行使权利的方式和程序"),
)
_SENSITIVE = (("necessity", "处理敏感个人信息的必要性"), ("effect", "对个人权益的影响"))
NOTICE = rule(
    "PI-005",
    Kind.FIELDS,
    "处理前告知的事项；敏感个人信息另告知必要性和影响",
    version(
        PIPL,
        FieldsParams(
            _NOTICE,
            more=_SENSITIVE,
            more_if="sensitive",
            places=placed(
                handler="L02@2021-11-01:17.1.1",
                purpose="L02@2021-11-01:17.1.2",
                kinds="L02@2021-11-01:17.1.2",
                rights="L02@2021-11-01:17.1.3",
                necessity="L02@2021-11-01:30",
                effect="L02@2021-11-01:30",
            ),
        ),
        (
            cite("L02@2021-11-01:17.1", "向个人告知下列事项"),
            cite("L02@2021-11-01:17.1.1", "名称或者姓名和联系方式"),
            cite("L02@2021-11-01:17.1.2", "保存期限"),
            cite("L02@2021-11-01:17.1.3", "行使本法规定权利的方式和程序"),
            cite("L02@2021-11-01:30", "对个人权益的影响"),
        ),
        (
            ok({"sensitive": False, "given": tuple(key for key, _ in _NOTICE)}, ()),
            unknown({"given": tuple(key for key, _ in _NOTICE)}, "不知是否敏感个人信息"),
            bad(Verdict.FAIL, {"given": tuple(key for key, _ in _NOTICE[:3])}, ("rights",)),
            bad(Verdict.FAIL, {"given": ("handler", "purpose", "rights")}, ("kinds",)),
            unknown({}),
            ok({"sensitive": True, "given": tuple(key for key, _ in _NOTICE + _SENSITIVE)}, ()),
            bad(
                Verdict.FAIL,
                {"sensitive": True, "given": tuple(key for key, _ in _NOTICE)},
                ("necessity", "effect"),
            ),
            edge(
                Verdict.NOT_APPLICABLE,
                {"sensitive": False, "given": (), "notice_exempt": True},
                None,
                "法律规定应当保密",
            ),
        ),
        by="processed_on",
        unless=(
            Unless(
                (yes("notice_exempt", "应当保密或者不需要告知"),),
                "法律、行政法规规定应当保密或者不需要告知的，可以不告知",
                cite("L02@2021-11-01:18.1", "可以不向个人告知", Role.EXCEPTION),
                assumed="是否属于应当保密或者不需要告知的情形未填，按须告知处理",
            ),
        ),
    ),
)

CHILDREN = rule(
    "PI-013",
    Kind.GATE,
    "不满十四周岁：监护人同意，并有专门处理规则",
    version(
        PIPL,
        GateParams(
            (yes("special_rules", "制定专门的处理规则", "专门的个人信息处理规则"),),
            one_of=(
                (
                    yes("guardian_consent", "父母或者其他监护人同意", "其他监护人的同意"),
                    Condition(
                        "basis", "in", BASES[1:], "合法性基础不是同意，不需取得同意", ("不需取得个人同意",)
                    ),
                ),
            ),
        ),
        (
            cite("L02@2021-11-01:31.1", "其他监护人的同意"),
            cite("L02@2021-11-01:31.2", "专门的个人信息处理规则"),
            cite("L02@2021-11-01:13.2", "不需取得个人同意", Role.EXCEPTION),
        ),
        (
            ok({"age": 10, "guardian_consent": True, "special_rules": True}, True),
            bad(
                Verdict.REFUSE,
                {"age": 10, "basis": "consent", "guardian_consent": False, "special_rules": True},
                False,
            ),
            ok(
                {"age": 10, "basis": "statutory_duty", "guardian_consent": False, "special_rules": True},
                True,
                "履行法定义务所必需，仍须有专门规则",
            ),
            unknown(
                {"age": 10, "guardian_consent": False, "special_rules": True}, "不知合法性基础是不是同意"
            ),
            bad(Verdict.REFUSE, {"age": 10, "guardian_consent": True, "special_rules": False}, False),
            edge(
                Verdict.REFUSE,
                {"age": 13, "basis": "consent", "guardian_consent": False, "special_rules": True},
                False,
                "不满十四周岁",
            ),
            edge(
                Verdict.NOT_APPLICABLE,
                {"age": 14, "guardian_consent": False, "special_rules": False},
                None,
                "已满十四周岁",
            ),
            unknown({"age": 10}),
        ),
        by="processed_on",
        scope=(Condition("age", "<", 14, "不满十四周岁"),),
        scope_say="已满十四周岁",
    ),
)

RULES: tuple[Rule, ...] = (LEGAL_BASIS, SEPARATE_CONSENT, NEW_CONSENT, WITHDRAWAL, NOTICE, CHILDREN)
