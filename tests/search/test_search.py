"""Search through the database, checked against a naive reader of the same texts. Both databases."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.search.test_grams import HOSTILE
from xiaobao.base.search import grams
from xiaobao.base.search.selectors import search
from xiaobao.base.search.services import Entry, index_put, index_put_many, index_remove

pytestmark = pytest.mark.django_db

START = datetime(2026, 1, 1, tzinfo=UTC)
BANK = "0001."
WORDS = [
    "违约金",
    "约定",
    "金额",
    "征信",
    "违约",
    "提前还款",
    "还款",
    "信用卡",
    "用卡",
    "abc",
    "12345",
    "，",
    " ",
]


def texts(number: int, seed: int = 5) -> list[Entry]:
    """Entries of random words over three branches, several of one moment."""
    rng = random.Random(seed)
    return [
        Entry(
            "complaint",
            i + 1,
            f"0001.000{rng.randrange(1, 4)}.",
            "".join(rng.choices(WORDS, k=6)),
            START + timedelta(hours=i // 3),
        )
        for i in range(number)
    ]


def naive(entries: list[Entry], query: str, scope: str) -> list[int]:
    """Ids by reading every text, newest first."""
    wanted = [grams.normalise(term).strip() for term in query.split()]
    found = [
        entry
        for entry in entries
        if entry.org_path.startswith(scope)
        and all(holds(grams.normalise(entry.text), word) for word in wanted)
    ]
    return [entry.object_id for entry in sorted(found, key=lambda e: (e.sort_at, e.object_id), reverse=True)]


def holds(text: str, word: str) -> bool:
    """Whether a text has the word; a word of letters and digits counts only as a whole."""
    return f" {word} " in text if word.isascii() else word in text


@pytest.mark.parametrize(
    "query",
    [
        "违约金",
        "提前还款",
        "约定金额",
        "还款违约金 金额",
        "违约",
        "金",
        "约",
        "用卡 征信",
        "abc",
        "123",
        "12345",
        "还款金额",
        "ABC 金",
    ],
)
@pytest.mark.parametrize("scope", [BANK, "0001.0002."])
def test_count_and_pages_equal_a_naive_reading(query: str, scope: str) -> None:
    entries = texts(120)
    index_put_many(entries)
    wanted, seen, before = naive(entries, query, scope), [], None
    while True:
        hits = search(kind="complaint", query=query, scope=scope, limit=7, before=before)
        assert hits.count == len(wanted)
        seen += hits.ids
        before = hits.next
        if not before:
            break
    assert seen == wanted


def put(object_id: int, text: str, org_path: str = "0001.0001.", kind: str = "complaint") -> None:
    """One document of one moment."""
    index_put(kind=kind, object_id=object_id, org_path=org_path, text=text, sort_at=START)


def ids(query: str, scope: str = BANK, kind: str = "complaint") -> tuple[int, ...]:
    """Ids of the first page."""
    return search(kind=kind, query=query, scope=scope, limit=20).ids


def test_putting_again_replaces_text_unit_and_time() -> None:
    put(1, "征信报送错误")
    put(1, "排队时间过长", "0001.0002.")
    assert ids("征信") == ()
    assert ids("排队", "0001.0002.") == (1,)
    assert ids("排队", "0001.0001.") == ()


def test_removed_is_gone_from_words_and_table() -> None:
    put(1, "征信报送错误")
    index_remove(kind="complaint", object_id=1)
    index_remove(kind="complaint", object_id=1)
    put(2, "排队")
    assert ids("征信") == ()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM search_document")
        assert cursor.fetchone()[0] == 1


def test_kinds_are_apart() -> None:
    put(1, "征信", kind="complaint")
    put(1, "征信", kind="review")
    assert search(kind="review", query="征信", scope=BANK, limit=5).count == 1


def test_a_sibling_branch_is_not_even_counted() -> None:
    put(1, "征信", "0001.0001.")
    put(2, "征信", "0001.0002.")
    put(3, "征信", "0001.0001.0003.")
    hits = search(kind="complaint", query="征信", scope="0001.0001.", limit=5)
    assert (set(hits.ids), hits.count) == ({1, 3}, 2)


@pytest.mark.parametrize(
    ("scope", "found"), [("", 2), ("0001.", 2), ("z", 0), ("0001.0001.", 1), ("0009.", 0)]
)
def test_scope_is_a_whole_path_everything_or_nowhere(scope: str, found: int) -> None:
    put(1, "征信", "0001.0001.")
    put(2, "征信", "0001.0010.")
    hits = search(kind="complaint", query="征信", scope=scope, limit=5)
    assert (len(hits.ids), hits.count) == (found, found)


def test_a_scope_cannot_smuggle_a_query() -> None:
    put(1, "征信")
    assert search(kind="complaint", query="征信", scope="0001.9 OR 征信", limit=5).count == 0


def test_neighbours_across_punctuation_are_no_word() -> None:
    put(1, "违约，金额")
    put(2, "违约金 额外")
    assert ids("违约金") == (2,)


def test_pairs_in_another_order_are_no_word() -> None:
    put(1, "约金违约")
    assert ids("违约金") == ()


def test_threes_that_do_not_stand_in_a_row_are_no_word() -> None:
    put(1, "提前还款，前还款项")
    put(2, "提前还款项")
    assert ids("提前还款项") == (2,)
    assert search(kind="complaint", query="提前还款项", scope=BANK, limit=5).count == 1


def test_certain_and_doubtful_texts_are_counted_together() -> None:
    put(1, "提前还款违约金")
    put(2, "提前还款违约金，另有前还款项与违约责任")
    put(3, "还款违约金，提前还款")
    assert ids("提前还款违约金") == (2, 1)


def test_quotes_ask_for_words_side_by_side() -> None:
    put(1, "card fee refund")
    put(2, "refund of card and fee")
    assert ids('"card fee"') == (1,)
    assert ids("card fee") == (2, 1)


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_questions_are_answered(query: str) -> None:
    put(1, "客户反映违约金过高")
    put(2, query)
    assert search(kind="complaint", query=query, scope=BANK, limit=5).count <= 2


@pytest.mark.parametrize(
    "cursor", ["x", ".", "1.", ".1", "1.x", "9" * 30 + ".1", "1." + "9" * 30, "٣.1", "-1.1"]
)
def test_a_forged_cursor_starts_at_the_top(cursor: str) -> None:
    put(1, "征信")
    assert search(kind="complaint", query="征信", scope=BANK, limit=5, before=cursor).ids == (1,)


def test_a_hundred_thousand_different_characters_are_indexed() -> None:
    text = "".join(chr(0x4E00 + (i * 7919) % 20_000) for i in range(100_000))
    put(1, text)
    assert ids(text[99_000:99_020]) == (1,)


def test_statements_are_few() -> None:
    with CaptureQueriesContext(
        connection,
    ) as written:
        put(1, "征信")
    with CaptureQueriesContext(connection) as read:
        ids("征信")
    assert (len(written), len(read)) == (1, 1 if connection.vendor == "postgresql" else 2)


def test_many_are_put_in_few_statements_and_the_last_word_counts() -> None:
    entries = [Entry("complaint", i % 600, "0001.0001.", f"征信 n{i}", START) for i in range(1_200)]
    with CaptureQueriesContext(connection) as written:
        assert index_put_many(entries) >= 600
    assert len(written) <= 3
    assert ids("n1199") == (599,)
    assert ids("n599") == ()
