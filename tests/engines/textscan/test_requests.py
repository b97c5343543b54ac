"""From what a person says of a piece to the kinds the rules know."""

from __future__ import annotations

from datetime import date

import pytest

from xiaobao.engines.textscan import request_of
from xiaobao.engines.textscan.requests import is_known
from xiaobao.engines.textscan.values import Audience, Channel, Material, Product


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ("短信", {Material.MESSAGE, Material.AD}),
        ("海报", {Material.AD}),
        ("长图", {Material.AD}),
        ("贷款页面", {Material.AD}),
        ("格式合同", {Material.CONTRACT}),
        ("产品协议", {Material.CONTRACT, Material.PRODUCT}),
        ("隐私政策", {Material.PRIVACY}),
        ("公告", {Material.NOTICE}),
        ("双录话术", {Material.SCRIPT, Material.AD}),
        ("合作推广", {Material.AD}),
        ("催收短信", {Material.COLLECTION}),
        ("征信授权书", {Material.CONSENT}),
        ("产品说明书", {Material.PRODUCT}),
        ("宣教折页", {Material.EDUCATION}),
    ],
)
def test_materials(said: str, kinds: set[Material]) -> None:
    assert request_of("", material=said).materials == kinds
    assert is_known(said)


def test_a_piece_nobody_named_is_read_as_what_it_looks_like() -> None:
    assert request_of("新品上市", material="某物").materials == {Material.AD}
    assert request_of("甲方乙方甲方乙方", material="").materials == {Material.CONTRACT}
    assert not is_known("某物")


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ("抖音", {Channel.SHORT_VIDEO}),
        ("直播平台", {Channel.LIVE, Channel.PARTNER}),
        ("手机银行", {Channel.APP}),
        ("", set()),
    ],
)
def test_channels(said: str, kinds: set[Channel]) -> None:
    assert request_of("", channel=said).channels == kinds


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("三年期大额存单", {Product.DEPOSIT}),
        ("理财新品", {Product.WEALTH}),
        ("理财经理小王", set()),
        ("购房基金", set()),
        ("消费贷", {Product.LOAN}),
        ("社会保险", set()),
        ("年金保险", {Product.INSURANCE}),
        ("账单分期", {Product.CARD}),
        ("送黄金吊坠", set()),
        ("积存金", {Product.METAL}),
        ("私募产品", {Product.PRIVATE}),
    ],
)
def test_products_are_read_from_the_text(text: str, kinds: set[Product]) -> None:
    assert request_of(text).products == kinds


def test_what_is_said_of_the_product_goes_before_the_text() -> None:
    request = request_of("理财", product="存款")
    assert request.products == {Product.DEPOSIT}
    assert request.fields["told_deposit"] is True


def test_audience_day_and_fields_ride_along() -> None:
    request = request_of("", more={"audience": "老年客户", "on": "2026-11-01", "endorser": "无"})
    assert request.audiences == {Audience.ELDERLY}
    assert request.on == date(2026, 11, 1)
    assert request.fields == {"endorser": "无"}
