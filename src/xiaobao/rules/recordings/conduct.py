"""Conduct in selling: what must not be done."""

from __future__ import annotations

from xiaobao.rules.kinds.checklist import ChecklistParams, Placed
from xiaobao.rules.values import Kind, Rule, Verdict
from xiaobao.rules.writing import bad, cite, ok, shelf, unknown, version

rule = shelf("recordings")
N02 = "2026-02-01"

_CONDUCT = (
    (
        "no_answering_for_client",
        "不代替客户评估、不作不当提示、不先售后评，不影响评估的真实有效",
        "评估录像抽查",
    ),
    (
        "no_mixing",
        "告知和风险提示没有虚假、误导、重大遗漏：不混淆存款、理财、基金、信托、保险，不承诺保本保收益，不夸大收益或者保障范围",
        "话术与录音抽查",
    ),
    (
        "no_pushing_higher",
        "不主动推介高于客户承受能力的产品，不欺骗、误导购买不适当的产品",
        "销售记录比对",
    ),
    ("no_manipulation", "不操纵业绩或者不当展示", "宣传材料"),
)
CONDUCT = rule(
    "DR-009",
    Kind.CHECKLIST,
    "推介、销售中的禁止行为",
    version(
        N02,
        ChecklistParams(
            _CONDUCT,
            places=tuple(
                Placed(key, f"N02@2026-02-01:13.1.{at}") for at, (key, _, _) in enumerate(_CONDUCT, 1)
            ),
        ),
        (
            cite("N02@2026-02-01:13.1.1", "代替客户进行评估"),
            cite("N02@2026-02-01:13.1.2", "混淆存款、理财、基金"),
            cite("N02@2026-02-01:13.1.3", "主动推介"),
            cite("N02@2026-02-01:13.1.4", "操纵业绩或者不当展示"),
        ),
        (
            ok({"done": {key: True for key, _, _ in _CONDUCT}}, ()),
            bad(Verdict.FAIL, {"done": {key: key != "no_mixing" for key, _, _ in _CONDUCT}}, ("no_mixing",)),
            unknown({}),
        ),
        by="sold_on",
    ),
)

RULES: tuple[Rule, ...] = (CONDUCT,)
