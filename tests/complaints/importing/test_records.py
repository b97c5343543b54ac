"""CSV records that survive torn quotes: one bad row costs one row."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from xiaobao.duties.complaints.domain.intake_formats import LINE_TOO_LONG, BadRecord, Record, read_records
from xiaobao.duties.complaints.domain.intake_formats.records import MAX_LINES


def lines(text: str) -> Iterator[tuple[int, str]]:
    return iter(enumerate(text.split("\n"), 1))


def kept(text: str, width: int = 0) -> Iterator[tuple[int, str]]:
    return ((number, line + "\n") for number, line in lines(text))


def test_a_quoted_line_break_stays_in_its_cell() -> None:
    assert list(read_records(kept('1,"甲\n乙"\n2,丙'))) == [
        Record(1, ("1", "甲\n乙")),
        Record(3, ("2", "丙")),
    ]


def test_doubled_quotes_are_one() -> None:
    assert list(read_records(kept('1,"说""不"""'))) == [Record(1, ("1", '说"不"'))]


def test_blank_lines_are_passed_over_and_counted() -> None:
    assert [record.line for record in read_records(kept("a\n\n   \nb"))] == [1, 4]


def test_an_open_quote_costs_one_row() -> None:
    found = list(read_records(kept('1,"未闭合\n2,好\n3,好'), width=2))
    assert isinstance(found[0], BadRecord)
    assert found[0].code == "quotes_open"
    assert found[1:] == [Record(2, ("2", "好")), Record(3, ("3", "好"))]


def test_two_open_quotes_do_not_swallow_what_lies_between() -> None:
    found = list(read_records(kept('1,"甲\n2,好\n3,"乙\n4,好'), width=2))
    assert [type(one) for one in found] == [BadRecord, Record, BadRecord, Record]


def test_an_open_quote_at_the_head_of_a_long_file_is_bounded() -> None:
    text = '1,"\n' + "2,好\n" * (3 * MAX_LINES)
    found = list(read_records(kept(text), width=2))
    assert isinstance(found[0], BadRecord)
    assert sum(isinstance(one, Record) for one in found) == 3 * MAX_LINES


def test_a_row_of_another_width_is_named_with_both() -> None:
    assert list(read_records(kept("1,2,3"), width=2)) == [BadRecord(1, "width:3:2", "1,2,3\n")]


def test_a_refused_line_is_reported_even_inside_a_quote() -> None:
    told = [(1, '1,"甲\n'), (2, LINE_TOO_LONG), (3, "3,好\n")]
    found = list(read_records(iter(told), width=2))
    assert [getattr(one, "code", "") for one in found] == ["quotes_open", "line_too_long", ""]


@given(st.lists(st.text(alphabet='ab",\n', max_size=12), max_size=30))
def test_every_line_is_a_record_or_a_fault(parts: list[str]) -> None:
    told = [(number, part.replace("\n", "") + "\n") for number, part in enumerate(parts, 1)]
    covered = {found.line for found in read_records(iter(told))}
    starts = {number for number, line in told if line.strip()}
    assert covered <= {number for number, _ in told}
    assert bool(covered) == bool(starts)
