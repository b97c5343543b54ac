"""The rule book as its readers open it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client

from tests.factories import people as make
from tests.factories.pages import assert_few_statements, page, reader
from tests.law import library
from xiaobao.kernel import ports
from xiaobao.kernel.roles import Role
from xiaobao.rules.book import book
from xiaobao.rules.calculators.registry import CALCULATORS
from xiaobao.rules.calendar import calendar_at  # noqa: F401 - loaded before the statements are counted
from xiaobao.rules.own_rules import load
from xiaobao.rules.own_standing import stand


@pytest.fixture
def client(db: None) -> Client:
    return reader(make.bank().outlet, Role.HANDLER)


def word(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    return zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()


def test_the_list_has_every_rule(client: Client) -> None:
    shown = page(client, "/rules/")
    assert all(f">{rule.id}</a>" in shown for rule in book())


def test_the_list_is_asked_for_a_day(client: Client) -> None:
    shown = page(client, "/rules/?on=2026-09-29&q=MKT-013")
    assert "尚未施行" in shown
    assert "2026-09-29 的规定" in shown
    assert '<span class="tag tag-brand">尚未施行</span>' not in page(
        client, "/rules/?on=2026-09-30&q=MKT-013"
    )


def test_a_wrong_day_is_refused_in_words(client: Client) -> None:
    assert "不是日期" in page(client, "/rules/?on=2026-02-30", 400)


def test_nothing_found_says_so(client: Client) -> None:
    assert "没有这样的规则" in page(client, "/rules/?q=火星")


def test_a_filter_nobody_knows_counts_as_none(client: Client) -> None:
    assert "CMP-001" in page(client, "/rules/?room=nowhere&kind=x&confidence=y&standing=z")


@pytest.mark.parametrize("rule", [rule.id for rule in book()])
def test_every_rule_has_its_page(client: Client, rule: str) -> None:
    shown = page(client, f"/rules/{rule}/")
    assert book().rule(rule).title in shown
    assert "通过</span>" in shown
    assert "未通过" not in shown


def test_an_unread_rule_says_so(client: Client) -> None:
    assert "未核原文" in page(client, "/rules/MKT-013/")
    assert "未核原文" not in page(client, "/rules/CMP-003/")


def test_the_article_stands_beside_the_rule(client: Client, tmp_path: Path) -> None:
    library.take(library.write(tmp_path))
    shown = page(client, "/rules/CMP-026/?version=2020-03-01")
    assert "尚无原文" in page(client, "/rules/MKT-013/")
    assert "条文原文" in shown


def test_an_unknown_rule_is_not_found(client: Client) -> None:
    shown = page(client, "/rules/CMP-999/", 404)
    assert "没有编号为“CMP-999”的规则" in shown
    assert "xiaobao rules" not in shown


def test_the_version_asked_for_is_shown(client: Client) -> None:
    assert "5年" in page(client, "/rules/PI-016/?version=2007-01-01")
    assert "没有 1999-01-01 起的版本；已有版本：" in page(client, "/rules/PI-016/?version=1999-01-01", 404)
    assert "不是 2026-01-01 的版本" in page(client, "/rules/PI-016/?version=2007-01-01&on=2026-01-01")


def test_what_changed_between_two_days(client: Client) -> None:
    shown = page(client, "/rules/changes/?from=2025-12-31&to=2026-01-01")
    assert "PI-017" in shown
    assert "1 条规则不同" in shown
    assert "起止日期颠倒" in page(client, "/rules/changes/?from=2026-01-02&to=2026-01-01", 400)
    assert "这两天的规定相同" in page(client, "/rules/changes/?from=2026-01-02&to=2026-01-03")


def test_papers_hold_what_the_pages_show(client: Client) -> None:
    assert "MKT-001" in word(client, "/rules/rules.docx?room=marketing")
    assert "CMP-001" not in word(client, "/rules/rules.docx?room=marketing")
    assert "15日" in word(client, "/rules/CMP-003/rule.docx")
    assert "PI-017" in word(client, "/rules/changes.docx?from=2025-12-31&to=2026-01-01")


def test_strangers_are_sent_to_the_login(db: None) -> None:
    for address in ("/rules/", "/rules/CMP-003/", "/rules/changes/", "/rules/calc/", "/rules/rules.docx"):
        assert Client().get(address).status_code == 302


@pytest.mark.parametrize(
    "address",
    [
        "/rules/",
        "/rules/REV-006/",
        "/rules/changes/",
        "/rules/calc/",
        "/rules/calc/complaint/?received_on=2026-03-01",
    ],
)
def test_no_page_asks_the_database_more_than_eight_times(
    client: Client, tmp_path: Path, address: str
) -> None:
    library.take(library.write(tmp_path))
    assert_few_statements(client, address)


def test_the_day_of_the_house_is_the_default(client: Client) -> None:
    with ports.use(ports.seeded(7, datetime.fromisoformat("2019-06-01T09:00:00+08:00"))):
        assert 'value="2019-06-01"' in page(client, "/rules/")


@pytest.mark.parametrize("name", list(CALCULATORS))
def test_every_calculator_has_a_form_and_answers_its_samples(client: Client, name: str) -> None:
    from urllib.parse import urlencode

    found = CALCULATORS[name]
    form = page(client, f"/rules/calc/{name}/")
    assert all(f'name="{one.name}"' in form for one in found.inputs)
    for _, facts in found.samples:
        assert 'class="conclusion"' in page(client, f"/rules/calc/{name}/?{urlencode(facts)}")


def test_an_answer_links_its_articles_and_marks_our_readings(client: Client) -> None:
    shown = page(client, "/rules/calc/complaint/?received_on=2026-03-01&mediation=2026-03-05..2026-03-24")
    assert "最迟2026-04-05" in shown
    assert 'href="/law/N00/2020-03-01/#a23">投诉办法第二十三条</a>' in shown
    assert "本行口径" in shown


def test_what_is_missing_is_named(client: Client) -> None:
    assert "还缺" in page(client, "/rules/calc/complaint/?complexity=complex")


def test_no_code_name_stands_among_what_is_missing(client: Client) -> None:
    shown = page(client, "/rules/calc/retention/?files=identity&relation_end_on=2020-01-01")
    assert "法务对新旧衔接的认定" in shown
    assert "transition_reading" not in shown


def test_a_wrong_fact_is_told_beside_its_field(client: Client) -> None:
    shown = page(client, "/rules/calc/complaint/?received_on=昨天", 400)
    assert 'href="#id_received_on"' in shown
    assert "f-err" in shown


def test_a_calculator_nobody_knows_is_not_found(client: Client) -> None:
    assert "没有名为“nothing”的计算器" in page(client, "/rules/calc/nothing/", 404)


def test_what_was_typed_is_escaped(client: Client) -> None:
    assert "<script>alert" not in page(client, "/rules/?q=<script>alert(1)</script>")
    assert "<script>alert" not in page(client, "/rules/calc/complaint/?reason=<script>alert(1)</script>")


@pytest.fixture
def own() -> Iterator[None]:
    text = """
- {id: B-1, rule: CMP-003, title: 十日内答复, level: bank, since: 2026-01-01, set: {length: 10}, signed_by: [甲, 乙]}
"""
    former = stand(load(text, book(), name="own.yaml"))
    yield
    stand(former)


def test_a_rule_shows_the_banks_own_stricter_version(client: Client, own: None) -> None:
    shown = page(client, "/rules/CMP-003/")
    assert "十日内答复" in shown
    assert "甲、乙" in shown
    assert "本行从严规定" not in page(client, "/rules/CMP-004/")


def test_a_calculator_takes_the_stricter_of_law_and_bank(client: Client, own: None) -> None:
    shown = page(client, "/rules/calc/complaint/?received_on=2026-03-01")
    assert "2026-03-11" in shown
    assert "十日内答复" in shown


@pytest.mark.parametrize(("role", "linked"), [(Role.OFFICER, True), (Role.HANDLER, False)])
def test_a_figure_is_a_link_only_to_those_who_may_open_it(db: None, role: Role, linked: bool) -> None:
    asker = reader(make.bank().office, role)
    shown = page(asker, "/rules/CMP-001/")
    assert ('href="/report/"' in shown.partition("<main")[2]) is linked
    assert asker.get("/report/").status_code == (302 if linked else 403)
