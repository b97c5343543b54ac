"""Insurance whose benefits are not certain: when the applicant has to declare, DR-008."""

from __future__ import annotations

from xiaobao.rules.kinds.limit import Bound, LimitParams
from xiaobao.rules.values import Kind, Rule, Unless, Verdict
from xiaobao.rules.writing import bad, cite, edge, ok, shelf, unknown, version, yes

rule = shelf("recordings")
N02 = "2026-02-01"

DECLARATION = rule(
    "DR-008",
    Kind.LIMIT,
    "保单利益不确定的人身保险：超过比例的须投保人签名确认投保声明",
    version(
        N02,
        LimitParams(
            (
                Bound("single_premium_percent_of_income", "趸交保费占家庭年收入", most=400, unit="%"),
                Bound(
                    "yearly_premium_percent_of_income",
                    "年交保费占家庭年收入",
                    most=20,
                    unit="%",
                    words=("百分之二十",),
                ),
                Bound("term_plus_age", "交费年限与年龄之和", most=75, over=True, words=("达到或者超过",)),
                Bound(
                    "premium_percent_of_budget",
                    "保费占预算",
                    most=150,
                    unit="%",
                    over=True,
                    words=("大于或者等于",),
                ),
            ),
            Verdict.HOLD,
        ),
        (
            cite("N02@2026-02-01:39.1.1", "家庭年收入的四倍"),
            cite("N02@2026-02-01:39.1.2", "百分之二十"),
            cite("N02@2026-02-01:39.1.3", "达到或者超过七十五"),
            cite("N02@2026-02-01:39.1.4", "大于或者等于"),
        ),
        (
            ok(
                {
                    "single_premium_percent_of_income": 100,
                    "yearly_premium_percent_of_income": 0,
                    "term_plus_age": 50,
                    "premium_percent_of_budget": 100,
                },
                300,
            ),
            edge(
                Verdict.PASS,
                {
                    "single_premium_percent_of_income": 400,
                    "yearly_premium_percent_of_income": 20,
                    "term_plus_age": 74,
                    "premium_percent_of_budget": 149,
                },
                0,
                "均未触及",
            ),
            edge(
                Verdict.HOLD,
                {
                    "single_premium_percent_of_income": 401,
                    "yearly_premium_percent_of_income": 21,
                    "term_plus_age": 75,
                    "premium_percent_of_budget": 150,
                    "declaration_signed": False,
                },
                (
                    "single_premium_percent_of_income",
                    "yearly_premium_percent_of_income",
                    "term_plus_age",
                    "premium_percent_of_budget",
                ),
                "均须声明",
            ),
            bad(
                Verdict.HOLD,
                {"single_premium_percent_of_income": 100, "term_plus_age": 80, "declaration_signed": False},
                ("term_plus_age",),
            ),
            unknown({"single_premium_percent_of_income": 401}, "不知是否已签名确认"),
            unknown({"single_premium_percent_of_income": 100}),
        ),
        by="insured_on",
        scope=(),
        unless=(
            Unless((yes("declaration_signed", "已签名确认投保声明"),), "投保人已签名确认投保声明，可以承保"),
        ),
    ),
)

RULES: tuple[Rule, ...] = (DECLARATION,)
