"""The model by the Fraud Detection Handbook's chapter 5 protocol: four test folds, nothing chosen on them.

Train, delay and test are seven days each; training starts 2018-07-25, 08-01, 08-08 and 08-15. The
recipe was chosen on training starts 06-20, 06-27, 07-04 and 07-11, whose validation weeks end
before the first test week begins. `--validation` prints those folds.

python -m bench.detection [--validation]: alone, without a database.
"""

from __future__ import annotations

import argparse
from datetime import date, timedelta

import numpy as np

from bench.cards import cards
from bench.fraud import KEPT
from bench.table import Row, heading
from xiaobao.engines.fraud.contest import Prepared, featured
from xiaobao.engines.fraud.evaluation import Period, Scores, scores_of, split_rows
from xiaobao.engines.fraud.handbook import INPUTS
from xiaobao.engines.fraud.inputs import Inputs
from xiaobao.engines.fraud.recipes import card_features, card_recipe
from xiaobao.engines.fraud.training import fit, logistic_regression

TEST = tuple(date(2018, 7, 25) + timedelta(7 * fold) for fold in range(4))
VALIDATION = tuple(date(2018, 7, 11) - timedelta(7 * fold) for fold in range(4))
WEEK, DELAY = 7, 7
# The book's best means on its test folds: XGBoost, parameters chosen on validation.
BOOK = Scores(auc=0.869, ap=0.687, cp100=0.303)


def measure(quick: bool, starts: tuple[date, ...] = TEST) -> list[Row]:
    """How far below the book each figure lies; a negative number is above it."""
    table = cards(KEPT)
    first = min(starts) - timedelta(40)
    days = Period(first, max(starts) + timedelta(WEEK * 3)).holds(
        (table.columns["occurred_at"].values + 28_800_000) // 86_400_000
    )
    table = table.part(np.flatnonzero(days))
    columns = featured(table, card_features(DELAY))
    folds = []
    for start in starts[: 1 if quick else None]:
        train = Period(start, start + timedelta(WEEK - 1))
        test = train.shifted(WEEK + DELAY)
        split = split_rows(table, train, test, DELAY)
        folds.append(_fold(Prepared(columns, split, train, test, DELAY)))
    ours, line = (np.mean([fold[at] for fold in folds], axis=0) for at in (0, 1))
    spread = np.std([fold[0] for fold in folds], axis=0)
    rows = []
    for at, (name, book) in enumerate(
        zip(("AUC", "AP", "CP@100"), (BOOK.auc, BOOK.ap, BOOK.cp100), strict=True)
    ):
        note = f"ours {ours[at]:.3f} (std {spread[at]:.3f}), book {book}, logistic regression {line[at]:.3f}"
        rows.append(Row(f"detection: {name} below the book's", (book - ours[at]) * 1000, "1/1000", 0, note))
    return rows


def _fold(prepared: Prepared) -> tuple[list[float], list[float]]:
    """Our three figures and logistic regression's on the book's inputs."""
    split, recipe = prepared.split, card_recipe()
    truth = split.fraud[split.train]
    fitted = fit(recipe, prepared.matrix(recipe.inputs, split.train), truth)
    ours = scores_of(split, fitted.scores(prepared.matrix(recipe.inputs, split.test)))
    book = Inputs(INPUTS)
    line = logistic_regression(prepared.matrix(book, split.train), truth)
    theirs = scores_of(split, line.predict_proba(prepared.matrix(book, split.test))[:, 1])
    return [ours.auc, ours.ap, ours.cp100], [theirs.auc, theirs.ap, theirs.cp100]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--validation", action="store_true")
    parser.add_argument("--quick", action="store_true", help="the first fold alone")
    options = parser.parse_args()
    found = measure(options.quick, VALIDATION if options.validation else TEST)
    heading("figure, bar, verdict")
    print("\n".join(row.line() for row in found))
