"""The room's README says what the code says."""

from __future__ import annotations

from tests.complaints import readme


def test_the_generated_tables_are_fresh() -> None:
    text = readme.README.read_text(encoding="utf-8")
    assert readme.renewed(text) == text, "python -m tests.complaints.readme --write"
