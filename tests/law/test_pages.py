"""The law library as its readers open it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import engines
from django.test import Client
from django.urls import reverse

from tests.factories import people as make
from tests.factories.pages import assert_few_statements, page, reader
from tests.law import library
from xiaobao.base.law import selectors
from xiaobao.base.law.links import cite_url
from xiaobao.kernel.errors import NotFound
from xiaobao.kernel.roles import Role
from xiaobao.rules.book import book
from xiaobao.rules.instruments import is_held


@pytest.fixture
def client(db: None, tmp_path: Path) -> Client:
    library.take(library.write(tmp_path))
    return reader(make.bank().outlet, Role.HANDLER)


def test_the_list_names_texts_and_what_is_missing(client: Client) -> None:
    shown = page(client, "/law/")
    assert all(words in shown for words in ("试验投诉办法", "试令2020年第3号", "2020-03-01", "共 2 版"))
    missing = shown.partition('id="missing"')[2]
    assert "金融产品网络营销管理办法" in missing
    assert "MKT-" in missing
    assert "试验投诉办法" not in missing


def test_an_empty_library_says_what_to_do(client: Client) -> None:
    from xiaobao.base.law.models import Instrument

    Instrument.objects.all().delete()
    assert "请联系系统管理员导入" in page(client, "/law/")


def test_texts_no_rule_cites_are_folded_in_one_line(client: Client) -> None:
    page = client.get(reverse("law:list")).content.decode()
    assert "没有规则引用它" not in page
    assert page.count('<details class="card-b" id="idle">') == 1
    assert "部没有规则引用</summary>" in page


def test_each_place_has_its_id(client: Client) -> None:
    shown = page(client, "/law/N00/2020-03-01/")
    for anchor in ('id="a2"', 'id="a2.1.2"', 'id="a2.2"', 'data-eid="art_2__para_1__item_2"', 'id="a0"'):
        assert anchor in shown
    assert "第二章 办理" in shown
    assert "第一节 期限" in shown


def test_the_page_without_a_version_is_the_law_of_today(client: Client) -> None:
    assert "2020-03-01 起施行" in page(client, "/law/N00/")


def test_an_old_version_says_so(client: Client) -> None:
    shown = page(client, "/law/N00/2015-01-01/")
    assert "这是旧版" in shown
    assert reverse("law:diff", args=["N00", "2015-01-01..2020-03-01"]) in shown


def test_an_article_lists_the_rules_that_cite_it(client: Client) -> None:
    article = page(client, "/law/N00/2020-03-01/").partition('id="a2"')[2].partition("</section>")[0]
    assert "被引用" not in article or "CMP-" in article
    assert "CMP-003" in page(client, "/law/N00/2020-03-01/")


def test_a_missing_text_has_the_same_address(client: Client) -> None:
    shown = page(client, "/law/X01/")
    assert "尚无原文" in shown
    assert "MKT-" in shown


@pytest.mark.parametrize("day", ["1900-01-01", "2019-01-01"])
def test_a_day_on_which_no_version_began_is_not_found_and_names_those_there_are(
    client: Client, day: str
) -> None:
    shown = page(client, f"/law/N00/{day}/", 404)
    assert f"没有自 {day} 起施行的版本" in shown
    assert reverse("law:version", args=["N00", "2020-03-01"]) in shown
    assert "尚无原文" not in shown.partition("<main")[2]


def test_a_word_asked_of_the_list_is_searched(client: Client) -> None:
    found = client.get("/law/", {"q": "延长 告知"})
    assert (found.status_code, found.url) == (302, "/law/search/?q=%E5%BB%B6%E9%95%BF+%E5%91%8A%E7%9F%A5")


def test_a_citation_of_a_missing_text_opens_its_place(client: Client) -> None:
    cites = {c for rule in book() for v in rule.versions for c in v.cites if not is_held(c)}
    assert len(cites) > 10
    for cite in cites:
        address, _, anchor = cite_url(cite).partition("#")
        assert f' id="{anchor}"' in page(client, address), cite.full
    assert "全文" in page(client, "/law/X02/2025-09-10/")


def test_a_text_without_words_before_article_one_can_be_cited_whole(client: Client) -> None:
    assert '<span id="a0"></span>' in page(client, "/law/N00/2015-01-01/")


def test_no_id_stands_twice_and_every_article_opens_its_text(client: Client) -> None:
    for address in ("/law/N00/3/history/", "/law/N00/1/history/", "/law/N00/2020-03-01/", "/law/R02/"):
        ids = re.findall(r'\bid="([^"]+)"', page(client, address))
        assert len(ids) == len(set(ids)), address
    assert 'href="/law/N00/2015-01-01/#a1"' in page(client, "/law/N00/1/history/")


def test_nothing_is_known_of_an_unknown_code(client: Client) -> None:
    shown = page(client, "/law/Q77/", 404)
    assert "没有代号为“Q77”的法规" in shown
    assert "请联系系统管理员" in shown


@pytest.mark.parametrize("address", ["/law/", "/law/Q77/", "/law/X01/", "/law/N00/2019-01-01/"])
def test_no_page_tells_its_reader_to_run_a_command(client: Client, address: str) -> None:
    assert "xiaobao law" not in client.get(address).content.decode()


def test_a_day_that_is_none_is_no_version(client: Client) -> None:
    assert "“2020-13-01”不是日期" in page(client, "/law/N00/2020-13-01/", 400)


def test_changes_are_told_by_word_and_sign(client: Client) -> None:
    shown = page(client, "/law/N00/2015-01-01..2020-03-01/")
    for words in ("未变", "只改条号", "修改", "新增", "删去", "＋", "－", "<del>", "<ins>"):
        assert words in shown
    only = page(client, "/law/N00/2015-01-01..2020-03-01/?only=gone")
    assert "纸质登记簿" in only
    assert "上级批准" not in only


def test_a_comparison_keeps_paragraphs_and_items_apart(client: Client) -> None:
    added = page(client, "/law/N00/2015-01-01..2020-03-01/?only=new")
    assert "公布下列事项：\n（一）办理渠道；\n（二）办理期限。\n机构不得收取费用。" in added


def test_reversed_versions_are_refused(client: Client) -> None:
    assert "先后写反" in page(client, "/law/N00/2020-03-01..2015-01-01/", 400)
    assert "请选两个不同的版本" in page(client, "/law/N00/2020-03-01..2020-03-01/", 400)
    absent = page(client, "/law/N00/2010-01-01..2015-01-01/", 404)
    assert "《试验投诉办法》（N00）没有 2010-01-01 版的原文" in absent


def test_two_versions_are_chosen_in_either_order(client: Client) -> None:
    answer = client.get("/law/N00/diff/?old=2020-03-01&new=2015-01-01")
    assert answer["Location"] == "/law/N00/2015-01-01..2020-03-01/"
    assert client.get("/law/N00/diff/?old=2020-03-01&new=1999-01-01")["Location"] == "/law/N00/"


def test_an_articles_thread_follows_its_new_number(client: Client) -> None:
    shown = page(client, "/law/N00/3/history/")
    assert "2015-01-01 版 第二条" in shown
    assert "2020-03-01 版 第三条" in shown
    assert "只改条号" in shown
    gone = page(client, "/law/N00/4/history/?version=2015-01-01")
    assert "这一版没有对应的条文" in gone
    assert "没有第九十九条" in page(client, "/law/N00/99/history/", 404)


def test_search_marks_the_words(client: Client) -> None:
    shown = page(client, "/law/search/?q=延长 告知")
    assert "<mark>延长</mark>" in shown
    assert "共 1 条" in shown
    assert "/law/N00/2020-03-01/#a4" in shown
    assert "没有查到" in page(client, "/law/search/?q=火星")
    assert "查全部条文" in page(client, "/law/search/")


def test_what_was_typed_is_escaped(client: Client) -> None:
    shown = page(client, "/law/search/?q=<script>alert(1)</script>")
    assert "<script>alert" not in shown


def test_strangers_are_sent_to_the_login(client: Client) -> None:
    assert Client().get("/law/").status_code == 302


def test_a_sentence_links_its_citations(client: Client) -> None:
    template = engines["jinja2"].from_string("{% import 'ui.html' as ui %}{{ ui.cite(text) }}")
    shown = template.render({"text": "依 N00@2020-03-01:18.1 <b>"})
    assert '<a class="cite" href="/law/N00/2020-03-01/#a18.1">《投诉办法》第十八条第一款</a>' in shown
    assert "&lt;b&gt;" in shown


CODE_INDEX = "file,title,effective_date\nL20_总则.md,中华人民共和国民法典 总则编,2021-01-01\nL21_合同.md,中华人民共和国民法典 合同编,2021-01-01\n"


def test_one_civil_code_over_its_files(client: Client, tmp_path: Path) -> None:
    folder = tmp_path / "code"
    folder.mkdir()
    (folder / "index.csv").write_text(CODE_INDEX, "utf-8")
    (folder / "L20_总则.md").write_text(
        "# 民法典\n\n第一条 为了保护权益。\n\n第二条 期间按日计算。\n", "utf-8"
    )
    (folder / "L21_合同.md").write_text(
        "# 民法典\n\n## 第一章 一般规定\n\n第四百六十三条 本编调整合同。\n", "utf-8"
    )
    library.take(folder)
    shown = page(client, "/law/CC/")
    for words in ("第一编 总则", "第三编 合同", 'id="a2"', 'id="a463"', "3 条"):
        assert words in shown
    assert 'id="a463"' in page(client, "/law/CC/2021-01-01/")
    assert "没有自 1999-01-01 起施行的版本" in page(client, "/law/CC/1999-01-01/", 404)
    assert "第四百六十三条" in page(client, "/law/CC/463/history/")
    assert selectors.place_show(selectors.cite_parse("CC:463"))[0].reading.shelf.code == "L21"
    with pytest.raises(NotFound) as refused:
        selectors.place_show(selectors.cite_parse("民法典第九百条"))
    assert refused.value.facts["name"] == "《中华人民共和国民法典》（CC）"


def test_a_civil_code_nobody_has_says_who_leans_on_it(client: Client) -> None:
    shown = page(client, "/law/CC/")
    assert "尚无原文" in shown
    assert "CMP-002" in shown


def test_a_missing_text_lists_what_leans_on_it_by_way_of_rules(client: Client) -> None:
    shown = page(client, "/law/P01/")
    for words in ("依据它的规则", "节点机控", "计算器", "测试", "经规则"):
        assert words in shown


@pytest.mark.parametrize(
    "address",
    [
        "/law/",
        "/law/CC/",
        "/law/N00/",
        "/law/X01/",
        "/law/search/?q=延长",
        "/law/N00/2015-01-01..2020-03-01/",
        "/law/N00/3/history/",
    ],
)
def test_no_page_asks_the_database_more_than_eight_times(client: Client, address: str) -> None:
    assert_few_statements(client, address)
