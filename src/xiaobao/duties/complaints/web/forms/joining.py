"""Forms: papers asked of the complainant, a joint meeting, a major complaint."""

from __future__ import annotations

from django import forms

from xiaobao.duties.complaints.domain.values import MAX_REASON, MajorCause, Paper
from xiaobao.duties.complaints.web.forms.plain import PlainForm, choice, day, long_text


def _papers(label: str, *, required: bool = True, help_text: str = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        required=required,
        help_text=help_text,
        choices=Paper.choices(),
        widget=forms.CheckboxSelectMultiple,
    )


def _number(label: str, *, required: bool = True, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=required,
        help_text=help_text,
        min_value=0,
        max_value=100_000,
    )


class AskForm(PlainForm):
    """What the complainant is asked for, and what the bank has already."""

    papers = _papers("请投诉人补充的材料", help_text="只可要求条文列明的材料")
    held = _papers("其中本行已掌握或可查询的", required=False, help_text="已掌握的不得要求提供")
    reason = long_text("需要的原因", rows=3, limit=MAX_REASON)


class MeetForm(PlainForm):
    """Who came, for how many."""

    met_on = day("面谈日期")
    persons = _number("共同投诉人数")
    representatives = _number("到场代表人数", help_text="推选代表不超过 5 名")
    text = long_text("面谈情况", rows=4)


class MajorForm(PlainForm):
    """Which of the article's cases is given, and what is done now."""

    cause = choice("引发原因", MajorCause.choices())
    face_to_face_persons = _number("面谈共同投诉人数", required=False, help_text="20 名以上即为重大投诉")
    regulator_designated = forms.BooleanField(label="监管机构认定为重大投诉", required=False)
    plan = long_text("应急处置安排", rows=4, help_text="处置分工、对外口径、向监管机构报告的安排")
