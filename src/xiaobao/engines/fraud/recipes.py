"""The recipe we train card models with.

Chosen on validation folds alone (training from 2018-06-20, 06-27, 07-04 and 07-11; seven days each
of training, delay and validation) among fourteen learners (LightGBM, forests, extra trees on five
sets of inputs) and seven means of two or three. There this mean of LightGBM and a forest gave AUC
.890, AP .738, CP@100 .291. A set with eleven more windows gave .888 / .744 / .291 and was left for
what it costs online. `bench/detection.py` prints the test folds.
"""

from __future__ import annotations

from xiaobao.engines.fraud.handbook import INPUTS, handbook_features
from xiaobao.engines.fraud.inputs import Inputs
from xiaobao.engines.fraud.training import Member, Recipe
from xiaobao.engines.fraud.windows import DAY, Aggregate, FeatureSet, Window

_RISK_DAYS = (1, 3, 7, 14, 21, 30)


def card_features(delay_days: int = 7) -> FeatureSet:
    """The book's twelve windows; frauds a terminal over more lengths; what is usual for the customer."""
    delay = delay_days * DAY
    frauds = tuple(
        Window(f"terminal_frauds_{days}d", "terminal", Aggregate.SUM, days * DAY, "is_fraud", delay)
        for days in _RISK_DAYS
    )
    month, money = 30 * DAY, "amount_fen"
    usual = (
        Window("customer_max_fen_30d", "customer", Aggregate.MAX, month, money),
        Window("customer_spread_fen_30d", "customer", Aggregate.STDDEV, month, money),
        Window("customer_mean_fen_30d_before", "customer", Aggregate.MEAN, month, money, DAY),
    )
    return FeatureSet((*handbook_features(delay_days).windows, *frauds, *usual))


def card_recipe() -> Recipe:
    """Inputs and members."""
    return Recipe(
        name="card-1",
        inputs=Inputs(
            (
                *INPUTS,
                *(f"terminal_frauds_{days}d" for days in _RISK_DAYS),
                "customer_max_fen_30d",
                "customer_spread_fen_30d",
                "amount_fen/customer_mean_fen_30d",
                "amount_fen/customer_mean_fen_30d_before",
                "amount_fen/customer_max_fen_30d",
                "amount_fen/customer_spread_fen_30d",
            )
        ),
        members=(
            Member(
                "lightgbm",
                {
                    "n_estimators": 200,
                    "max_depth": 4,
                    "num_leaves": 16,
                    "learning_rate": 0.05,
                    "colsample_bytree": 0.5,
                    "subsample": 0.7,
                    "subsample_freq": 1,
                    "min_child_samples": 20,
                    "reg_lambda": 5.0,
                },
            ),
            Member("forest", {"n_estimators": 100, "max_depth": 14, "min_samples_leaf": 2}),
        ),
        chosen_on="validation: training from 2018-06-20, 06-27, 07-04, 07-11 (7 + 7 + 7 days)",
    )
