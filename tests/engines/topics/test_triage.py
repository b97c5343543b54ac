"""Where a complaint belongs by its words, what is no complaint, when nobody should guess."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaobao.engines.topics import triage
from xiaobao.engines.topics.flags import FLAGS
from xiaobao.engines.topics.places import PLACES
from xiaobao.engines.topics.wording import plain

TOLD = [
    ("你们信用卡年费怎么又扣了，说好刷六次免的", "银行卡", "年费争议"),
    ("基金亏了三成，当初客户经理承诺保本", "理财", "误导销售"),
    ("净值型理财跌了百分之八，本金没保住", "理财", "亏损争议"),
    ("存量房贷利率为什么我的没调整", "贷款", "利率争议"),
    ("提前还贷预约要排三个月，还收违约金", "贷款", "提前还款"),
    ("催收的人给我爸妈打电话骂人", "贷款", "催收不当"),
    ("一笔转账手续费扣了我三次", "收费", "重复扣费"),
    ("每月短信服务费没经过我就扣", "收费", "短信费"),
    ("跨行转账三天还没到账", "支付结算", "转账未到账"),
    ("手机银行更新后一打开就闪退", "电子渠道", "系统故障"),
    ("奶奶82岁不会用智能手机，柜台不给办", "服务质量", "老年人服务"),
    ("柜员态度恶劣，把材料扔出来", "服务质量", "服务态度"),
    ("等了两个小时，只开一个窗口", "服务质量", "排队等候"),
    ("我的卡被冻结了，说是风控，工资取不出来", "账户", "限制与冻结"),
    ("去柜台存定期，回家发现变成了保险", "保险", "误导销售"),
    ("查征信发现有一笔我从没申请过的贷款", "贷款", "被贷款"),
    ("取款机没吐钱但账上扣了", "现金", "取款机差错"),
    ("推销电话一天打五个，退订没用", "营销宣传", "骚扰营销"),
    ("有人自称你们客服让我把钱转到安全账户", "安全与诈骗", "仿冒电话"),
    ("房贷还清半年了还不给解押", "贷款", "抵押与结清手续"),
]


@pytest.mark.parametrize(("text", "primary", "secondary"), TOLD)
def test_told_by_its_words(text: str, primary: str, secondary: str) -> None:
    verdict = triage(text)
    assert (verdict.primary, verdict.secondary) == (primary, secondary)
    assert verdict.why
    assert verdict.why[0] in plain(text)


@pytest.mark.parametrize(
    ("text", "primary"),
    [
        ("请问社保卡换卡要带什么材料", "咨询"),
        ("想咨询一下大额存单几点开始卖", "咨询"),
        ("表扬三号窗口的姑娘，帮我爸填表很耐心", "表扬"),
        ("测试测试", "测试数据"),
        ("111111", "测试数据"),
    ],
)
def test_what_is_no_complaint_never_swells_the_count(text: str, primary: str) -> None:
    assert (triage(text).primary, triage(text).secondary) == (primary, None)


@pytest.mark.parametrize("text", ["", "我要投诉", "太过分了", "你们看着办", "。。。", "再不处理我就去法院"])
def test_nobody_guesses_where_nothing_is_said(text: str) -> None:
    assert triage(text).abstains


def test_thanks_inside_a_grievance_are_no_praise() -> None:
    assert triage("谢谢你们，拖了一个月还是没到账").primary == "支付结算"


def test_what_it_says_it_is_not_about_does_not_count() -> None:
    assert triage("不是年费的问题，是柜员态度太差").secondary == "服务态度"
    assert triage("不是要投诉催收，我就想问一下提前还款怎么办理").primary == "咨询"


def test_cantonese_and_english_are_read() -> None:
    assert triage("张卡俾人盗刷咗，点解唔赔").secondary == "盗刷"
    assert triage("I was charged twice for the same transfer, refund please").secondary == "重复扣费"
    assert triage("thank you, great service at the branch").primary == "表扬"


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("已经向12363反映", "监管转办"),
        ("再不解决就找记者曝光", "升级风险"),
        ("我们小区三十多户都被收了，30户联名", "群体性"),
        ("我今年71岁", "特殊群体"),
        ("卡里的钱被转走了", "资金安全"),
        ("把我的欠款发给我同事", "个人信息泄露"),
    ],
)
def test_flags_stand_beside_any_topic(text: str, flag: str) -> None:
    assert flag in triage(text).flags


def test_a_lost_deposit_is_urgent_even_untold() -> None:
    verdict = triage("我的钱没了")
    assert verdict.abstains
    assert verdict.is_urgent


def test_facets_are_the_standards_names() -> None:
    verdict = triage("在手机银行买基金，经理说保本，现在亏了")
    assert (verdict.business, verdict.reason) == ("自营理财", "因营销方式和手段引起的投诉")
    assert verdict.channel == "移动客户端"


def test_no_topic_stands_twice() -> None:
    names = [(place.topic.primary, place.topic.secondary) for place in PLACES]
    assert len(names) == len(set(names))


@given(st.text(max_size=120))
def test_any_text_gets_a_whole_verdict(text: str) -> None:
    verdict = triage(text)
    assert 0 <= verdict.confidence <= 1
    assert verdict.abstains == (verdict.primary is None)
    assert set(verdict.flags) <= {name for name, _ in FLAGS}
    assert not (verdict.abstains and verdict.secondary)
