"""`xiaobao rules …`: ask the rule book. Never imports Django; answers within 150 ms."""

from __future__ import annotations

import argparse

from xiaobao.site.commands import rules_ask, rules_calc, rules_due, rules_verify

EPILOG = """示例 / examples:
  xiaobao rules list --room complaints
  xiaobao rules show CMP-005 --on 2026-01-10
  xiaobao rules at 2026-01-10
  xiaobao rules due CMP-003 --received 2026-01-10 --json
  xiaobao rules due CMP-003 --received 2026-03-01 --pause 2026-03-05:2026-03-24:told --days
  xiaobao rules due PI-010 --received 2026-03-01T09:00 --no-danger
  xiaobao rules retention DR-006 --fact product_end_on=2026-06-30 --fact contract_end_on=2026-07-05
  xiaobao rules check CMP-018 --on 2026-01-10 --fact representatives=6 --json
  xiaobao rules calc --list
  xiaobao rules calc recheck --fact decision_received_on=2026-03-20 --json
  xiaobao rules verify --law FOLDER --own own.yaml
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One sub-command a question."""
    parser.epilog = EPILOG
    questions = parser.add_subparsers(dest="question", required=True, metavar="问题 / question")
    rules_ask.add_questions(questions)
    rules_due.add_questions(questions)
    rules_calc.add_questions(questions)
    rules_verify.add_questions(questions)


def run(options: argparse.Namespace) -> int:
    """Answer; JSON goes to stdout alone."""
    return int(options.answer(options) or 0)
