"""A form speaks the house's words, and a field's own words stay."""

from __future__ import annotations

import pytest
from django import forms

from xiaobao.base.refusals.forms import speak


class Sample(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="姓名", max_length=3, min_length=2)
    count = forms.IntegerField(label="人数", min_value=1, max_value=9)
    on = forms.DateField(label="日期")
    kind = forms.ChoiceField(label="类型", choices=[("a", "甲")])
    several = forms.MultipleChoiceField(label="几种", choices=[("a", "甲")])
    own = forms.CharField(label="文号", error_messages={"required": "没有文号不能发布"})

    def __init__(self, data: dict[str, object]) -> None:
        super().__init__(data)
        speak(self)


GOOD: dict[str, object] = {
    "name": "王敏",
    "count": "3",
    "on": "2026-03-02",
    "kind": "a",
    "several": ["a"],
    "own": "1",
}


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "请填写“姓名”（必填项）。"),
        ("name", "王小敏敏", "“姓名”最多 3 字，现有 4 字（规则：字数上限）。请删减后再提交。"),
        ("name", "王", "“姓名”至少 2 字，现有 1 字（规则：字数下限）。请写得更具体些。"),
        ("name", "王\0", "“姓名”含有空字节（规则：文字须可见）。请删除后重填，或改用纯文本粘贴。"),
        ("count", "三", "“人数”必须是整数。请只填数字，例如 3。"),
        ("count", "0", "“人数”不能小于 1。请改填。"),
        ("count", "10", "“人数”不能大于 9。请改填。"),
        ("on", "2026-02-30", "“日期”不是日历上的日期。请按 2026-11-23 的样子填写。"),
        ("kind", "b", "“类型”只能填列表中的值。请从列表里选择。"),
        ("several", ["b"], "“几种”只能填列表中的值。请从列表里选择。"),
        ("several", "a", "“几种”只能填列表中的值。请从列表里选择。"),
        ("own", "", "没有文号不能发布"),
    ],
)
def test_each_refusal_is_a_sentence_of_the_house(field: str, value: object, words: str) -> None:
    assert Sample(GOOD | {field: value}).errors == {field: [words]}


def test_a_good_form_is_good() -> None:
    assert Sample(GOOD).is_valid()
