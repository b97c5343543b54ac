"""The fifty real texts: counted, imported, cited, compared. They are read from ../shared and never copied."""

from __future__ import annotations

import csv

import pytest

from tests.groups import SHARED
from tests.law import library
from xiaobao.base.impact.selectors import impact_show
from xiaobao.base.law import selectors, threads
from xiaobao.base.law.quoting import quotes_of
from xiaobao.base.law.services import State
from xiaobao.engines.lawtext import LawText, align, counts, parse, parse_place, split, tally, text_at
from xiaobao.kernel import ports
from xiaobao.kernel.identity import system_actor
from xiaobao.rules.book import book
from xiaobao.rules.instruments import is_held

pytestmark = pytest.mark.real
FOLDER = SHARED / "data/regulations"
EXPECTED = FOLDER / "expected_counts.csv"


def law(pattern: str) -> LawText:
    return split(next(FOLDER.glob(pattern)).read_text("utf-8"))


def expected() -> list[dict[str, str]]:
    with EXPECTED.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def test_every_count_of_every_text() -> None:
    rows = expected()
    wrong = []
    for row in rows:
        found = counts(law(row["file"]))._asdict()
        named = {"first": "first_article", "last": "last_article", "subs": "subitems"}
        wrong += [
            (row["file"], name, value, row[named.get(name, name)])
            for name, value in found.items()
            if str(value) != row[named.get(name, name)]
        ]
    assert not wrong
    assert len(rows) == 50


def test_no_text_has_a_gap_and_the_marked_loss_is_told() -> None:
    laws = {row["file"][:3]: law(row["file"]) for row in expected()}
    assert [code for code, text in laws.items() if not text.is_whole] == []
    losses = [(code, r.article) for code, text in laws.items() for r in text.remarks if r.code == "loss"]
    assert losses == [("R15", 50)]


@pytest.mark.parametrize(
    ("code", "day", "told"),
    [
        (
            "L04",
            "2017-06-01",
            {"same": 2, "moved": 60, "amended": 14, "gone": 3, "new": 5, "amended_moved": 14},
        ),
        ("L10", "2019-04-23", {"same": 0}),
        ("L11", "2007-01-01", {"same": 0}),
        ("L14", "2021-06-01", {"same": 131, "moved": 0, "amended": 1, "gone": 0, "new": 0}),
    ],
)
def test_the_known_changes(code: str, day: str, told: dict[str, int]) -> None:
    pairs = align(law(f"earlier/{code}_*_{day}.md"), law(f"{code}_*.md"))
    found = tally(pairs)
    assert {name: found[name] for name in told} == told


def test_the_third_step_finds_the_rewritten_article() -> None:
    pairs = align(law("earlier/L14_*.md"), law("L14_*.md"))
    (changed,) = [p for p in pairs if p.change.value == "amended"]
    assert changed.old is not None
    assert changed.old.loc == "9"
    assert 0.38 < changed.likeness < 0.42


@pytest.fixture
def stocked(db: None) -> list[State]:
    return [one.state for one in library.take(FOLDER)]


def test_all_are_taken_and_again_without_effect(stocked: list[State]) -> None:
    assert stocked == [State.STORED] * 54
    assert {one.state for one in library.take(FOLDER)} == {State.UNCHANGED}
    rows = {str(row["file"]): row for row in selectors.counts_list()}
    assert [row["file"] for row in expected()] == sorted(rows)
    for row in expected():
        names = ("articles", "paragraphs", "items", "chapters")
        assert [str(rows[row["file"]][name]) for name in names] == [row[name] for name in names]


@pytest.mark.usefixtures("stocked")
def test_every_citation_of_the_book_opens_or_is_listed_as_missing() -> None:
    for rule in book():
        for cite in [cite for version in rule.versions for cite in version.cites]:
            shelf = selectors.shelf_get(cite.instrument)
            held = selectors.version_of(shelf, cite.version)
            assert (held is not None) == is_held(cite), cite.full
            if held is None:
                assert any(one.id == rule.id for one in shelf.leaning)
            else:
                text = text_at(selectors.law_text(held.version), parse_place(cite.loc))
                assert text is not None, cite.full
                assert cite.words in text.replace(" ", ""), cite.full


@pytest.mark.usefixtures("stocked")
def test_the_civil_code_is_one_code_in_three_files() -> None:
    shown = [selectors.place_show(parse(f"CC:{article}"))[0] for article in (201, 496, 1034)]
    assert [one.reading.shelf.code for one in shown] == ["L20", "L21", "L22"]


@pytest.mark.usefixtures("stocked")
def test_a_thread_follows_the_log_duty() -> None:
    _, stages = threads.article_history("L04", parse_place("23"))
    assert [(stage.held.name, stage.article and stage.article.loc) for stage in stages] == [
        ("2017-06-01", "21"),
        ("2026-01-01", "23"),
    ]


@pytest.mark.usefixtures("stocked")
def test_search_over_all_articles_is_quick() -> None:
    words = ("个人信息", "投诉 期限", "消费者权益保护", "告知", "十五日", "格式条款", "罚款", "的")
    took = []
    for _ in range(3):
        for word in words:
            began = ports.stopwatch()
            found = threads.law_search(word)
            took.append((ports.stopwatch() - began) * 1000)
            assert found.count > 0
    assert sorted(took)[len(took) // 2] < 60, "milliseconds on a busy machine; the goal is 10 in make bench"


@pytest.mark.usefixtures("stocked")
def test_every_rule_stands_beside_its_words() -> None:
    cites = {cite for rule in book() for version in rule.versions for cite in version.cites if is_held(cite)}
    assert len(cites) > 150
    wrong = []
    for cite in cites:
        marked = [one.text for one in quotes_of([(cite.full, cite.words)])[0].passages if one.cited]
        if not any(cite.words in text for text in marked):
            wrong.append((cite.full, cite.words))
    assert not wrong


@pytest.mark.usefixtures("stocked")
def test_the_earlier_laws_give_the_counts_they_are_known_for() -> None:
    found = impact_show(actor=system_actor("测试"), code="L04", old="2017-06-01", new="2026-01-01")
    counts = {key: found.diff.counts[key] for key in ("same", "moved", "amended", "gone", "new")}
    assert counts == {"same": 2, "moved": 60, "amended": 14, "gone": 3, "new": 5}
    (rule,) = (one for one in found.touched if one.kind.value == "rule")
    assert (rule.key, rule.words) == ("PI-017", "第二十一条第一款第（三）项 → 第二十三条第一款第（三）项")
    assert found.compared.differences == ()
