"""Reading the cells of one row: every fault is kept, with the column, the rule and the remedy."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from xiaobao.duties.complaints.domain.intake_formats.values import Fault
from xiaobao.duties.complaints.domain.intake_texts import AMOUNT_CODES, EARLIEST
from xiaobao.duties.complaints.domain.messages import halves, message
from xiaobao.duties.complaints.domain.unseen import first_unseen
from xiaobao.duties.complaints.domain.values import MAX_FACTS
from xiaobao.kernel.errors import InvalidInput
from xiaobao.kernel.masks import half_width
from xiaobao.kernel.money import fen_from_yuan

SHANGHAI = ZoneInfo("Asia/Shanghai")
TEXT_LIMIT = 200
BLANKS = " \t\r\n\u3000\u00a0"
_UNSEEN = {0x200B: None, 0xFEFF: None, 0x2028: "\n", 0x2029: "\n"}

DATE_FORMS = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d",
    "%Y年%m月%d日 %H:%M:%S",
    "%Y年%m月%d日 %H:%M",
    "%Y年%m月%d日",
    "%Y%m%d",
)

_SHEET_ERROR = re.compile(r"^#(NAME\?|REF!|VALUE!|DIV/0!|N/A|NULL!|NUM!|#+)")
_FORMULA = re.compile(r"^\s*(=|[@+\-]\s*[A-Za-z_.]+\s*\(|[@+\-][^\n]{0,80}\|[^\n]{0,80}!)")
_SHORT_FORMULA = re.compile(r"^\s*[=+\-@\t]")


class Cells:
    """The cells of one row by column name; `faults` grows with every call that finds one."""

    def __init__(self, cells: Mapping[str, str], *, nothing: frozenset[str] = frozenset()) -> None:
        self._cells = cells
        self._nothing = nothing
        self.faults: list[Fault] = []

    def fault(self, column: str, code: str, wrong: str, remedy: str) -> None:
        """Keep one fault of `column`."""
        self.faults.append(Fault(column, self._cells.get(column, ""), code, wrong, remedy))

    def raw(self, column: str) -> str:
        """The cell trimmed, with line breaks as plain ones; '' for the source's word for nothing."""
        text = unicodedata.normalize("NFC", self._cells.get(column, "")).translate(_UNSEEN).strip(BLANKS)
        return "" if text in self._nothing else text.replace("\r\n", "\n").replace("\r", "\n")

    def text(self, column: str, *, limit: int = TEXT_LIMIT, required: bool = False) -> str:
        """A short text: a name, a title, a word of a list."""
        text = self._clean(column, limit, _SHORT_FORMULA)
        if required and not text and not self._has(column):
            self.fault(column, "missing", "必填项为空（规则：登记要素齐全）", f"请填写“{column}”")
        return text

    def prose(self, column: str, *, limit: int = MAX_FACTS, required: bool = False) -> str:
        """A long text told by a person; it may begin with a dash or an @, but not be a formula."""
        text = self._clean(column, limit, _FORMULA)
        if required and not text and not self._has(column):
            self.fault(column, "missing", "必填项为空（规则：登记要素齐全）", f"请填写“{column}”")
        return text

    def moment(
        self, column: str, *, now: datetime, required: bool = False, forms: Sequence[str] = DATE_FORMS
    ) -> datetime | None:
        """An aware moment on Shanghai's clock; a bare date is that day's beginning."""
        text = half_width(self.raw(column))
        if not text:
            if required:
                self.fault(
                    column,
                    "missing",
                    "必填项为空（规则：登记要素齐全）",
                    f"请填写“{column}”，例如 2026-01-10 09:30:00",
                )
            return None
        found = _parsed(text, forms)
        if found is None:
            self.fault(column, "date_impossible", *_DATE_WORDS)
        elif found > now:
            self.fault(
                column,
                "date_future",
                "时间晚于现在（规则：收到时间不得在未来）",
                "请核对年份与时区，改为实际发生的时间",
            )
        elif found.date() < EARLIEST:
            self.fault(
                column,
                "date_too_early",
                f"时间早于{EARLIEST.year}年（规则：只登记{EARLIEST.year}年以后的投诉）",
                "请核对年份后改正",
            )
        else:
            return found
        return None

    def amount_fen(self, column: str, *, currency: str) -> int | None:
        """Fen of an amount in yuan; only CNY is registered as money."""
        text = self.raw(column)
        if not text:
            return None
        if not currency and not re.search(r"[¥￥元]|CNY|RMB|人民币", text):
            self.fault(
                column,
                "amount_without_currency",
                "金额没有币种（规则：金额须带币种）",
                "请写成“1234.50元”，或在映射文件写明 currency: CNY",
            )
            return None
        return self._fen(column, text, currency)

    def kept(self, columns: Sequence[str]) -> tuple[tuple[str, str], ...]:
        """The source's own words of these columns, empty ones left out."""
        return tuple((column, self.raw(column)) for column in columns if self.raw(column))

    def before(self, earlier: str, first: datetime | None, later: str, second: datetime | None) -> None:
        """Keep a fault of `later` when it lies before `earlier`."""
        if first is not None and second is not None and second < first:
            self.fault(
                later,
                "date_order",
                f"“{later}”早于“{earlier}”（规则：收到不晚于其后各环节）",
                f"请核对“{earlier}”与“{later}”，常见原因是日、月写反",
            )

    def _fen(self, column: str, text: str, currency: str) -> int | None:
        foreign = re.search(r"USD|EUR|HKD|JPY|GBP|[$€£]|美元|欧元|港元|港币|日元|英镑", text)
        if foreign or currency not in {"", "CNY"}:
            self.fault(
                column,
                "amount_foreign",
                "金额不是人民币（规则：导入只收人民币金额）",
                "涉及金额按人民币登记，请折算为元，原币写入投诉内容",
            )
            return None
        try:
            return fen_from_yuan(re.sub(r"CNY|RMB|人民币", "", text))
        except InvalidInput as error:
            wrong, remedy = halves(message(AMOUNT_CODES[error.code], {"label": column}))
            self.fault(column, error.code.replace("money.", "amount_"), wrong, remedy)
            return None

    def _has(self, column: str) -> bool:
        return any(fault.field == column for fault in self.faults)

    def _clean(self, column: str, limit: int, formula: re.Pattern[str]) -> str:
        text = self.raw(column)
        found = _text_fault(text, limit, formula)
        if found is None:
            return text
        self.fault(column, *found)
        return ""


_DATE_WORDS = (
    "时间无法识别，或日历上没有这一天，例如2月30日（规则：须是公历的一天）",
    "请写成 2026-01-10 或 2026-01-10 09:30:00，并核对日期",
)


def _text_fault(text: str, limit: int, formula: re.Pattern[str]) -> tuple[str, str, str] | None:
    if "\0" in text:
        return "nul", "含有空字节（NUL），文件可能损坏（规则：文字须可见）", "请从来源系统重新导出该行"
    if found := first_unseen(text):
        return (
            "control",
            f"第 {found.place} 个字符是{found.kind}（{found.point}，规则：文字须可见）",
            "请删除不可见字符后重新导入",
        )
    if len(text) > limit:
        return (
            "too_long",
            f"共{len(text):,}个字符，上限{limit:,}个（规则：字数上限）",
            "请缩短内容，全文作为证据附件上传",
        )
    if _SHEET_ERROR.match(text):
        return (
            "sheet_error",
            "是电子表格的错误值，原文已经丢失（规则：不接收错误值）",
            "请从来源系统重新导出，不要经电子表格转存",
        )
    if formula.match(text):
        return "formula", "以公式符号开头（规则：不接收公式）", "请在来源系统去掉开头的 = + - @，或改为纯文本"
    return None


def _parsed(text: str, forms: Sequence[str]) -> datetime | None:
    plain = text.replace("/", "-") if forms is DATE_FORMS else text
    for form in forms:
        try:
            return datetime.strptime(plain, form).replace(tzinfo=SHANGHAI)
        except ValueError:
            continue
    return None
