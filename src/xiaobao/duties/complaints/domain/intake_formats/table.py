"""A plain CSV of any system: our field names on the left, their columns on the right.

Without a mapping the file must carry the headings of `DEFAULT`. A mapping is a plain value
(read from YAML or JSON by the command):

    source: branch_crm              # whose numbers these are
    columns: {number: 工单号, received_at: 受理时间, facts: 内容, amount: 金额}
    dates: ["%d/%m/%Y"]             # optional; ISO forms and 年月日 are known
    currency: CNY                   # when the amounts carry no unit
    values: {channel: {网上银行: web}}
    fixed: {org: "0571"}
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from xiaobao.duties.complaints.domain.currencies import is_currency
from xiaobao.duties.complaints.domain.intake_formats.cells import DATE_FORMS, Cells
from xiaobao.duties.complaints.domain.intake_formats.formats import IntakeFormat
from xiaobao.duties.complaints.domain.intake_formats.values import IntakeRow, with_original
from xiaobao.duties.complaints.domain.intake_texts import LIMITS, labels_of, phone
from xiaobao.duties.complaints.domain.values import MAX_REQUEST, Channel, Intake, Person
from xiaobao.kernel.errors import InvalidInput
from xiaobao.kernel.masks import half_width

NEEDED = ("number", "received_at", "facts")
DEFAULT: dict[str, str] = {
    "number": "来源编号",
    "received_at": "收到时间",
    "title": "标题",
    "facts": "投诉内容",
    "request": "诉求",
    "product": "产品",
    "name": "投诉人",
    "phone": "联系电话",
    "id_number": "证件号码",
    "amount": "涉及金额（元）",
    "channel": "来源渠道",
    "channel_code": "渠道编码",
    "business_code": "业务编码",
    "reason_code": "原因编码",
    "org": "机构编码",
    "counterpart": "被投诉人",
    "replied_at": "答复时间",
    "reply": "答复内容",
}
_KEYS = {"source", "columns", "dates", "currency", "values", "fixed"}
_SOURCE = re.compile(r"[a-z][a-z0-9_]{1,39}")


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Where each of our fields stands in their file, and what their words mean."""

    source: str = "csv"
    columns: Mapping[str, str] = field(default_factory=lambda: dict(DEFAULT))
    dates: tuple[str, ...] = DATE_FORMS
    currency: str = "CNY"
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)

    def column(self, name: str) -> str:
        """Their column for our field; our own heading where the mapping names none."""
        return self.columns.get(name, DEFAULT[name])


def column_map(told: object) -> ColumnMap:
    """A mapping from the plain value of a YAML or JSON file.

    Raises: InvalidInput `intake.map` naming the first thing wrong with it.
    """
    if not isinstance(told, dict):
        raise _bad_map("映射文件应为键值结构，例如 columns: {number: 工单号}")
    if unknown := sorted(set(map(str, told)) - _KEYS):
        raise _bad_map(f"不认识的项“{unknown[0]}”，可用：{'、'.join(sorted(_KEYS))}")
    columns = _words(told, "columns")
    for part in (columns, _words(told, "fixed"), told.get("values") or {}):
        if unknown := sorted(set(part) - set(DEFAULT)):
            raise _bad_map(f"不认识的字段“{unknown[0]}”，可用：{'、'.join(DEFAULT)}")
    source = str(told.get("source", "csv"))
    if not _SOURCE.fullmatch(source):
        raise _bad_map("source 应为小写字母开头的英文名，例如 branch_crm")
    if lacking := [name for name in NEEDED if name not in columns]:
        raise _bad_map(f"columns 缺少必需字段“{lacking[0]}”（必需：{'、'.join(NEEDED)}）")
    return ColumnMap(
        source=source,
        columns=columns,
        dates=tuple(map(str, told.get("dates") or DATE_FORMS)),
        currency=_currency(str(told.get("currency") or "")),
        values={name: _words(told["values"], name) for name in told.get("values") or {}},
        fixed=_words(told, "fixed"),
    )


def _currency(text: str) -> str:
    if text and not is_currency(text):
        raise _bad_map(f"currency “{text}”不是货币代码（规则：ISO 4217），请写三位大写字母，人民币写 CNY")
    return text


def _words(told: Mapping[Any, Any], key: str) -> dict[str, str]:
    part = told.get(key) or {}
    if not isinstance(part, dict):
        raise _bad_map(f"“{key}”应为键值结构")
    return {str(name): str(value) for name, value in part.items()}


def _bad_map(wrong: str) -> InvalidInput:
    return InvalidInput("intake.map", field="--map", say=f"映射文件有误：{wrong}")


def table_format(mapping: ColumnMap) -> IntakeFormat:
    """The format `csv` as this mapping reads it."""
    required = tuple(mapping.column(name) for name in NEEDED if name not in mapping.fixed)

    def parse(cells: Cells, line: int, now: datetime) -> IntakeRow:
        return _Reading(cells, mapping, now).row(line)

    columns = {name: mapping.column(name) for name in DEFAULT} | {"org_code": mapping.column("org")}
    return IntakeFormat("csv", required, mapping.column("number"), parse, columns=columns)


class _Reading:
    """One row being read through a mapping."""

    def __init__(self, cells: Cells, mapping: ColumnMap, now: datetime) -> None:
        self.cells, self.map, self.now = cells, mapping, now

    def row(self, line: int) -> IntakeRow:
        """The row as a complaint; its faults are kept in the cells, and something empty stands for them."""
        received_at, replied_at = self._moments()
        reply = self.cells.prose(self.map.column("reply"))
        if bool(reply) != (replied_at is not None) and not self.cells.faults:
            self.cells.fault(
                self.map.column("replied_at"),
                "reply_half",
                "答复内容与答复时间缺一（规则：两项同有或同无）",
                "请补齐两项，或两项都留空",
            )
        intake = self._intake(received_at or self.now)
        return IntakeRow(line, intake, is_history=bool(reply), replied_at=replied_at, reply=reply)

    def _moments(self) -> tuple[datetime | None, datetime | None]:
        first, last = self.map.column("received_at"), self.map.column("replied_at")
        forms = self.map.dates
        received_at = self.cells.moment(first, now=self.now, required=True, forms=forms)
        replied_at = self.cells.moment(last, now=self.now, forms=forms)
        self.cells.before(first, received_at, last, replied_at)
        return received_at, replied_at

    def _intake(self, received_at: datetime) -> Intake:
        number = self._text("number", 60, required=True)
        facts = self.cells.prose(self.map.column("facts"), required=True)
        told = {name: self._text(name, LIMITS.get(name, 80)) for name in _TEXTS}
        request = self.cells.prose(self.map.column("request"), limit=MAX_REQUEST)
        person = self._person()
        channel = self._channel()
        amount_fen = self.cells.amount_fen(self.map.column("amount"), currency=self.map.currency)
        return Intake(
            channel=channel,
            received_at=received_at,
            org_code=told["org"],
            title=told["title"] or facts[:40],
            facts=with_original(facts, self._original()),
            request=request,
            product=told["product"],
            persons=(person,) if person else (),
            anonymous_reason="" if person else "来源未提供投诉人",
            amount_fen=amount_fen,
            currency="" if amount_fen is None else "CNY",
            channel_code=told["channel_code"],
            business_code=told["business_code"],
            reason_code=told["reason_code"],
            counterpart=told["counterpart"],
            source_system=self.map.source,
            source_no=number,
            duplicates_seen=True,
        )

    def _text(self, name: str, limit: int = 80, *, required: bool = False) -> str:
        if name in self.map.fixed:
            return self.map.fixed[name]
        text = self.cells.text(self.map.column(name), limit=limit, required=required)
        return self.map.values.get(name, {}).get(text, text)

    def _person(self) -> Person | None:
        name = self._text("name")
        number = self._phone()
        id_number = half_width(self._text("id_number")).upper()
        return Person(name, number, id_number) if name or number or id_number else None

    def _phone(self) -> str:
        column = self.map.column("phone")
        try:
            return phone(self.cells.raw(column))
        except InvalidInput:
            self.cells.fault(
                column,
                "phone_unreadable",
                "联系电话不是号码（规则：5 至 20 位数字）",
                "请填写手机号或带区号的固定电话，例如 0571-88001234",
            )
        return ""

    def _channel(self) -> Channel:
        word = self._text("channel")
        for member in Channel:
            if word in (member.value, member.label):
                return member
        if word:
            self.cells.fault(
                self.map.column("channel"),
                "channel_unknown",
                f"来源渠道“{word[:20]}”不在渠道表中（规则：来源渠道须取自渠道表）",
                f"请改为：{labels_of(Channel)}；或在映射文件 values.channel 中写明对应关系",
            )
        return Channel.IMPORT

    def _original(self) -> tuple[tuple[str, str], ...]:
        return self.cells.kept([self.map.column(name) for name in self.map.values])


_TEXTS = ("title", "product", "channel_code", "business_code", "reason_code", "org", "counterpart")
