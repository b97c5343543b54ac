"""What the law names is named once; what a program reads is the row a page draws."""

from __future__ import annotations

from dataclasses import fields
from types import ModuleType

import pytest

from xiaobao.duties.complaints.domain import rows, values
from xiaobao.kernel.terms import Term
from xiaobao.rules import complaint_facts


@pytest.mark.parametrize("name", ["Complexity", "PauseKind"])
def test_the_rooms_word_is_the_rules_word(name: str) -> None:
    assert getattr(values, name) is getattr(complaint_facts, name)


def _terms(module: ModuleType, home: str) -> dict[str, tuple[str, ...]]:
    """Names and values of the terms a module holds that were made under `home`."""
    return {
        name: tuple(member.value for member in term)
        for name, term in vars(module).items()
        if isinstance(term, type) and issubclass(term, Term) and term.__module__.startswith(home)
    }


def test_no_other_term_of_the_room_repeats_one_of_the_rules() -> None:
    of_rules = set(_terms(complaint_facts, "xiaobao.rules").values())
    own = _terms(values, "xiaobao.duties")
    assert len(own) > 10
    assert [name for name, members in own.items() if members in of_rules] == []


def test_list_and_page_share_their_names() -> None:
    line, case = ({one.name for one in fields(row)} for row in (rows.Row, rows.Dossier))
    assert line - case == {"days_left", "is_told", "is_approved"}
