"""How a complaint is handled: what is one, who may bring it, who handles it, what the reply says."""

from __future__ import annotations

from xiaobao.rules.kinds.fields import FieldsParams
from xiaobao.rules.kinds.gate import GateParams
from xiaobao.rules.values import Condition, Kind, Role, Rule, Unless, Verdict
from xiaobao.rules.writing import bad, cite, edge, no, ok, shelf, unknown, version, yes

rule = shelf("complaints")
N00 = "2020-03-01"

IS_COMPLAINT = rule(
    "CMP-001",
    Kind.GATE,
    "消费投诉的界定：消费者、产品或者服务纠纷、主张民事权益",
    version(
        N00,
        GateParams(
            (
                yes("is_consumer", "消费者提出"),
                yes("is_product_dispute", "因购买产品或者接受服务产生纠纷"),
                yes("claims_civil_right", "主张民事权益"),
            ),
            Verdict.FAIL,
        ),
        (
            cite("N00@2020-03-01:2", "主张其民事权益", Role.DEFINITION),
            cite("N00@2020-03-01:2", "产生纠纷", Role.DEFINITION),
        ),
        (
            ok({"is_consumer": True, "is_product_dispute": True, "claims_civil_right": True}, True),
            bad(
                Verdict.FAIL,
                {"is_consumer": True, "is_product_dispute": False, "claims_civil_right": True},
                False,
                "建议或者咨询",
            ),
            bad(
                Verdict.FAIL,
                {"is_consumer": False, "is_product_dispute": True, "claims_civil_right": True},
                False,
                "举报",
            ),
            bad(
                Verdict.FAIL,
                {"is_consumer": True, "is_product_dispute": True, "claims_civil_right": False},
                False,
                "只反映情况",
            ),
            unknown({"is_consumer": True, "is_product_dispute": True}),
        ),
        by="received_on",
        reading="不符合的转入咨询、建议、举报或者信访队列",
    ),
)

FILER = rule(
    "CMP-011",
    Kind.GATE,
    "不是投诉人或者其法定代理人、受托人提出的，可以不予办理，并告知投诉提出人",
    version(
        N00,
        GateParams(
            (
                Condition(
                    "filer",
                    "not in",
                    ("complainant", "guardian", "agent", "heir"),
                    "提出人不是投诉人、法定代理人、受托人",
                ),
                yes("filer_told", "已告知投诉提出人"),
            ),
            Verdict.REFUSE,
        ),
        (
            cite("N00@2020-03-01:18.4", "可以不予办理，并告知投诉提出人"),
            cite("N00@2020-03-01:14.2", "继承人", Role.EXCEPTION),
        ),
        (
            ok({"filer": "stranger", "filer_told": True}, True, "可以不予办理"),
            bad(
                Verdict.REFUSE, {"filer": "complainant", "filer_told": True}, False, "本人提出，不得不予办理"
            ),
            bad(Verdict.REFUSE, {"filer": "stranger", "filer_told": False}, False, "尚未告知"),
            edge(Verdict.REFUSE, {"filer": "heir", "filer_told": True}, False, "继承人可以提出"),
            unknown({"filer": "stranger"}),
        ),
        by="received_on",
    ),
)

REPLY = rule(
    "CMP-012",
    Kind.FIELDS,
    "告知处理决定时应当说明：核实情况、依据和理由、救济途径",
    version(
        N00,
        FieldsParams(
            (
                ("verified_facts", "对投诉内容的核实情况"),
                ("grounds", "作出决定的依据和理由"),
                ("remedy_recheck", "救济途径：申请核查"),
                ("remedy_mediation", "救济途径：调解"),
                ("remedy_arbitration", "救济途径：仲裁"),
                ("remedy_litigation", "救济途径：诉讼"),
            )
        ),
        (cite("N00@2020-03-01:19", "核实情况"), cite("N00@2020-03-01:19", "申请核查、调解、仲裁、诉讼")),
        (
            ok(
                {
                    "given": (
                        "verified_facts",
                        "grounds",
                        "remedy_recheck",
                        "remedy_mediation",
                        "remedy_arbitration",
                        "remedy_litigation",
                    )
                },
                (),
            ),
            bad(
                Verdict.FAIL,
                {"given": ("verified_facts", "grounds")},
                ("remedy_recheck", "remedy_mediation", "remedy_arbitration", "remedy_litigation"),
                "没有救济途径",
            ),
            bad(
                Verdict.FAIL,
                {"given": ("remedy_recheck", "remedy_mediation", "remedy_arbitration", "remedy_litigation")},
                ("verified_facts", "grounds"),
            ),
            unknown({}),
        ),
        by="received_on",
        reading="四种救济途径均须写明；总行的处理决定没有上级机构，写明不适用核查（本行口径）",
    ),
)


def _told(notice: str, *, proof: bool) -> dict[str, object]:
    """A complainant who can be reached, told in this way."""
    return {"notice": notice, "proof_kept": proof, "unreachable": False}


NOTICE = rule(
    "CMP-014",
    Kind.GATE,
    "告知的方式与证明：书面递交或者寄出，短信、邮件发出，电话拨打，并保留证明资料",
    version(
        N00,
        GateParams(
            (
                Condition(
                    "notice",
                    "in",
                    ("handed", "posted", "sent", "dialled", "agreed"),
                    "已递交、寄出、发出、拨打或者按约定告知",
                ),
                yes("proof_kept", "保留相关证明资料"),
            ),
            Verdict.HOLD,
        ),
        (
            cite("N00@2020-03-01:21.1", "保留相关证明资料"),
            cite("N00@2020-03-01:21.2", "通过邮寄方式寄出"),
            cite("N00@2020-03-01:21.3", "告知期限内发出"),
            cite("N00@2020-03-01:21.4", "拨打投诉人电话"),
            cite("N00@2020-03-01:21.5", "协商一致", Role.EXCEPTION),
        ),
        (
            ok({"notice": "posted", "proof_kept": True}, True),
            bad(Verdict.HOLD, _told("drafted", proof=True), False, "只写好未寄出"),
            bad(Verdict.HOLD, _told("dialled", proof=False), False, "没有通话记录"),
            edge(
                Verdict.NOT_APPLICABLE,
                {"notice": "drafted", "proof_kept": True, "unreachable": True},
                None,
                "投诉人无法联系",
            ),
            unknown({"notice": "sent"}),
            unknown({"notice": "drafted", "proof_kept": True}, "不知投诉人能否联系"),
        ),
        by="received_on",
        unless=(
            Unless(
                (yes("unreachable", "投诉人无法联系"),),
                "投诉人无法联系的除外",
                cite("N00@2020-03-01:21.1", "无法联系的除外", Role.EXCEPTION),
            ),
        ),
    ),
)

RECUSAL = rule(
    "CMP-015",
    Kind.GATE,
    "回避：由与被投诉事项无直接利益关系的人员核实",
    version(
        N00,
        GateParams((no("handler_is_interested", "经办人与被投诉事项有直接利益关系"),), Verdict.REFUSE),
        (cite("N00@2020-03-01:17", "无直接利益关系的人员"),),
        (
            ok({"handler_is_interested": False}, True),
            bad(Verdict.REFUSE, {"handler_is_interested": True}, False, "被投诉的柜员本人"),
            unknown({}),
        ),
        by="received_on",
        reading="被投诉的人员和被投诉的业务单元均视为有直接利益关系",
    ),
)

_PAPERS = (
    ("complainant", "投诉人的基本情况"),
    ("respondent", "被投诉人的基本情况"),
    ("claim", "投诉请求、主要事实和相关依据"),
    ("signature", "书面材料的签字或者盖章"),
)
NO_NEEDLESS_PAPERS = rule(
    "CMP-016",
    Kind.FIELDS,
    "可以要求投诉人提供的材料；已经掌握或者可查询获得的，不得要求提供",
    version(
        N00,
        FieldsParams(
            _PAPERS,
            bearer="customer",
            given="asked",
            at_most=True,
            effect=Verdict.REFUSE,
            held="already_held",
        ),
        (
            cite("N00@2020-03-01:13.2", "不得要求投诉人提供"),
            cite("N00@2020-03-01:13.1.3", "投诉请求、主要事实和相关依据", Role.DEFINITION),
        ),
        (
            ok({"asked": ("complainant", "claim"), "already_held": ()}, ()),
            unknown({"asked": ("complainant", "claim")}, "不知本行已经掌握什么"),
            ok({"asked": ("respondent", "signature"), "already_held": ("complainant",)}, ()),
            bad(Verdict.REFUSE, {"asked": ("claim", "notarised_copy")}, ("notarised_copy",), "条文所列之外"),
            bad(
                Verdict.REFUSE,
                {"asked": ("complainant",), "already_held": ("complainant",)},
                ("complainant",),
                "本行已经掌握",
            ),
            unknown({}),
        ),
        by="received_on",
    ),
)

AGENT = rule(
    "CMP-017",
    Kind.FIELDS,
    "他人代为投诉可以要求的材料：授权委托书原件、受托人身份证明和联系方式；继承人：继承关系证明",
    version(
        N00,
        FieldsParams(
            (
                *_PAPERS,
                ("proxy_original", "投诉人亲笔签名或者盖章的授权委托书原件"),
                ("agent_id", "受托人身份证明"),
                ("agent_contact", "受托人有效联系方式"),
                ("inheritance_proof", "继承关系证明"),
            ),
            bearer="customer",
            given="asked",
            at_most=True,
            effect=Verdict.REFUSE,
            held="already_held",
        ),
        (
            cite("N00@2020-03-01:14.1", "授权委托书原件"),
            cite("N00@2020-03-01:14.2", "继承关系证明"),
            cite("N00@2020-03-01:14.1", "除第十三条规定材料或者信息外"),
            cite("N00@2020-03-01:13.2", "不得要求投诉人提供", Role.EXCEPTION),
        ),
        (
            ok({"asked": ("proxy_original", "agent_id", "agent_contact"), "already_held": ()}, ()),
            ok({"asked": ("inheritance_proof",), "already_held": ("agent_id",)}, ()),
            ok({"asked": ("claim", "agent_id"), "already_held": ()}, (), "第十三条的材料仍可要求"),
            bad(
                Verdict.REFUSE, {"asked": ("claim",), "already_held": ("claim",)}, ("claim",), "本行已经掌握"
            ),
            unknown({"asked": ("inheritance_proof",)}, "不知本行已经掌握什么"),
            bad(
                Verdict.REFUSE,
                {"asked": ("proxy_original", "notarised_proxy")},
                ("notarised_proxy",),
                "不得要求公证",
            ),
            unknown({}),
        ),
        by="received_on",
    ),
)

RULES: tuple[Rule, ...] = (
    IS_COMPLAINT,
    FILER,
    REPLY,
    NOTICE,
    RECUSAL,
    NO_NEEDLESS_PAPERS,
    AGENT,
)
