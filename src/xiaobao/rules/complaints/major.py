"""Many complainants at once: representatives, major complaints, major events."""

from __future__ import annotations

from xiaobao.rules.kinds.checklist import ChecklistParams
from xiaobao.rules.kinds.gate import GateParams
from xiaobao.rules.kinds.limit import Bound, LimitParams
from xiaobao.rules.values import Condition, Kind, Role, Rule, Verdict
from xiaobao.rules.writing import bad, cite, edge, ok, shelf, unknown, version, yes

rule = shelf("complaints")
N00 = "2020-03-01"

REPRESENTATIVES = rule(
    "CMP-018",
    Kind.LIMIT,
    "多人面谈提出共同投诉，推选代表不超过5名",
    version(
        N00,
        LimitParams((Bound("representatives", "面谈代表", most=5, unit="名", bearer="customer"),)),
        (cite("N00@2020-03-01:12.2", "不超过5名"),),
        (
            ok({"representatives": 3}, 2),
            edge(Verdict.PASS, {"representatives": 5}, 0, "正好5名"),
            edge(Verdict.REFUSE, {"representatives": 6}, ("representatives",), "第6名"),
            bad(Verdict.REFUSE, {"representatives": 12}, ("representatives",)),
            unknown({}),
        ),
        by="received_on",
    ),
)

_NOT_MAJOR = {
    "cause": "fee",
    "face_to_face_persons": 19,
    "regulator_designated": False,
    "similar_event": False,
}
MAJOR = rule(
    "CMP-019",
    Kind.GATE,
    "重大消费投诉：灾害事故公共卫生引发、20名以上面谈共同投诉、监管认定",
    version(
        N00,
        GateParams(
            (
                Condition(
                    "cause",
                    "in",
                    ("disaster", "accident", "public_health"),
                    "因重大自然灾害、安全事故、公共卫生事件引发",
                    ("公共卫生事件",),
                ),
                Condition("face_to_face_persons", ">=", 20, "20名以上投诉人面谈提出共同投诉", ("20名以上",)),
                yes("regulator_designated", "监管机构认定", "认定的其他重大消费投诉"),
                yes("similar_event", "同类的其他重大事件引发", "等引发的消费投诉"),
            ),
            Verdict.FAIL,
            any_of=True,
        ),
        (
            cite("N00@2020-03-01:29.2.1", "公共卫生事件"),
            cite("N00@2020-03-01:29.2.1", "等引发的消费投诉"),
            cite("N00@2020-03-01:29.2.2", "20名以上投诉人"),
            cite("N00@2020-03-01:29.2.3", "认定的其他重大消费投诉"),
            cite("N00@2020-03-01:43.1", "均包含本数", Role.COUNTING),
        ),
        (
            edge(Verdict.PASS, _NOT_MAJOR | {"face_to_face_persons": 20}, True, "含本数"),
            edge(Verdict.FAIL, _NOT_MAJOR, False, "差一名"),
            ok({"cause": "public_health"}, True, "一项即可，其余不必知道"),
            ok({"regulator_designated": True}, True),
            ok(_NOT_MAJOR | {"similar_event": True}, True, "条文写“等”：同类的其他重大事件"),
            bad(Verdict.FAIL, _NOT_MAJOR | {"face_to_face_persons": 1}, False),
            unknown({"cause": "fee", "regulator_designated": False, "similar_event": False}, "不知人数"),
            unknown(
                {"cause": "fee", "face_to_face_persons": 1, "regulator_designated": False},
                "不知是否同类的重大事件",
            ),
        ),
        by="received_on",
    ),
)

MAJOR_EVENT = rule(
    "CMP-020",
    Kind.CHECKLIST,
    "重大事件及时向监管派出机构消费者权益保护部门报告",
    version(
        "2023-03-01",
        ChecklistParams(
            (
                ("reported", "已向银保监会或其派出机构消费者权益保护部门报告", "报告文号和送达回执"),
                ("prompt", "发现后及时报告", "发现时间与报告时间"),
            )
        ),
        (
            cite("N01@2023-03-01:50.1", "及时向银保监会或其派出机构"),
            cite("N01@2023-03-01:50.2", "大量集中投诉", Role.DEFINITION),
        ),
        (
            ok({"is_major_event": True, "done": {"reported": True, "prompt": True}}, ()),
            bad(
                Verdict.FAIL,
                {"is_major_event": True, "done": {"reported": False, "prompt": False}},
                ("reported", "prompt"),
            ),
            edge(Verdict.NOT_APPLICABLE, {"is_major_event": False, "done": {}}, None, "不是重大事件"),
            unknown({"is_major_event": True}),
        ),
        by="happened_on",
        scope=(yes("is_major_event", "大量集中投诉、群体性事件或者重大负面舆情"),),
        scope_say="不属于重大事件",
        reading="条文未写小时数；“及时”的内部标准由本行规定",
    ),
)

RULES: tuple[Rule, ...] = (REPRESENTATIVES, MAJOR, MAJOR_EVENT)
