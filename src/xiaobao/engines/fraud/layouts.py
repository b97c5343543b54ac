"""Which column of somebody's payment file is which field, and how its times, amounts and labels are read.

The Handbook's names, common English ones and Chinese ones are known; `Layout` names the others. What is
known only by guessing is never guessed: a field the file does not have must be given up by name (`-`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from xiaobao.engines.fraud.columns import Array, Column
from xiaobao.engines.fraud.events import EARLIEST, EVENT_FIELDS, LATEST, MAX_FEN
from xiaobao.engines.fraud.sql import quoted
from xiaobao.engines.fraud.tracks import FRACTIONAL

HOUR_MS, DAY_MS = 3_600_000, 86_400_000
CHINA = 8 * HOUR_MS
ABSENT = "-"
UNITS = {"day": DAY_MS, "hour": HOUR_MS, "second": 1_000, "ms": 1}
STEPS_FROM = 1_514_764_800_000  # where a file counts days or hours and no dates, step 0 is 2018-01-01 0:00

# Field of ours, name in the messages, names others use.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "TRANSACTION_ID": (
        "event_id",
        "trans_num",
        "tx_id",
        "txid",
        "交易编号",
        "交易号",
        "流水号",
        "交易流水号",
    ),
    "TX_DATETIME": (
        "occurred_at",
        "timestamp",
        "datetime",
        "trans_date_trans_time",
        "交易时间",
        "交易日期时间",
        "交易日期",
    ),
    "CUSTOMER_ID": (
        "customer",
        "cc_num",
        "sourcenodeid",
        "nameorig",
        "客户号",
        "客户编号",
        "付款账号",
        "付款人",
    ),
    "TERMINAL_ID": (
        "terminal",
        "merchant",
        "merchant_id",
        "targetnodeid",
        "namedest",
        "终端号",
        "终端编号",
        "商户号",
        "收款账号",
        "收款人",
    ),
    "TX_AMOUNT": ("amount", "amt", "value", "金额", "交易金额", "金额（元）", "交易金额（元）"),
    "TX_FRAUD": (
        "is_fraud",
        "isfraud",
        "fraud",
        "label",
        "class",
        "是否欺诈",
        "欺诈标志",
        "欺诈标识",
        "欺诈",
    ),
}
OURS = {
    "TRANSACTION_ID": "event_id",
    "TX_DATETIME": "occurred_at",
    "CUSTOMER_ID": "customer",
    "TERMINAL_ID": "terminal",
    "TX_AMOUNT": "amount_fen",
    "TX_FRAUD": "is_fraud",
}
MAY_LACK = ("TRANSACTION_ID", "TERMINAL_ID", "TX_FRAUD")
MORE = tuple(
    name for name, kind in EVENT_FIELDS.items() if kind is str and name not in ("type", *OURS.values())
)
_YES = ("1", "1.0", "true", "t", "yes", "y", "fraud", "是", "真", "欺诈", "已确认", "涉诈")
_NO = ("0", "0.0", "false", "f", "no", "n", "genuine", "legit", "normal", "否", "假", "正常", "非欺诈")
_FORMATS = (
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d",
    "%Y%m%d%H%M%S",
    "%Y%m%d %H:%M:%S",
    "%Y%m%d",
    "%Y年%m月%d日 %H:%M:%S",
    "%Y年%m月%d日 %H时%M分%S秒",
    "%Y年%m月%d日",
)


class LayoutError(ValueError):
    """A description of columns that cannot be followed; the message says what to write instead."""


@dataclass(frozen=True, slots=True)
class Layout:
    """`columns` names a field's column (or its number, from 1, in a file without a header; `-` for none).

    `unit` is what a bare number of the time column counts; without it, seconds or milliseconds since
    1970 are told by their size and anything else is refused.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""

    @property
    def headless(self) -> bool:
        """Whether columns go by number."""
        given = [column for column in self.columns.values() if column != ABSENT]
        return bool(given) and all(column.isdigit() for column in given)


@dataclass(frozen=True, slots=True)
class Read:
    """One column to read: our name, SQL of its value (NULL where it is wrong), what it must be."""

    name: str
    sql: str
    must: str


def layout_from(text: str, unit: str = "") -> Layout:
    """A layout from `TX_DATETIME=time,TX_FRAUD=-`. Raises: LayoutError."""
    columns: dict[str, str] = {}
    for part in filter(None, (one.strip() for one in text.split(","))):
        name, sign, column = (one.strip() for one in part.partition("="))
        known = _field(name)
        if not sign or not column or known is None:
            raise LayoutError(
                f"--columns 中的“{part}”应写作 字段=列名；字段可用 {'、'.join((*_NAMES, *MORE))}，没有的列写 -"
            )
        if column == ABSENT and known not in MAY_LACK:
            raise LayoutError(f"{known} 不能没有；可以没有的只有 {'、'.join(MAY_LACK)}")
        columns[known] = column
    return Layout(columns, unit)


def _field(name: str) -> str | None:
    if name in MORE:
        return name
    return next(
        (known for known, others in _NAMES.items() if _same(name) in map(_same, (known, *others))), None
    )


def _same(name: str) -> str:
    return name.strip().strip("﻿").lower().replace(" ", "").replace("(", "（").replace(")", "）")


def chosen(layout: Layout, header: Sequence[str]) -> dict[str, str]:
    """Field -> the file's own column name, for every field that the file has."""
    by_name = {_same(name): name for name in reversed(header)}
    found: dict[str, str] = {}
    for name in (*_NAMES, *MORE):
        given = layout.columns.get(name)
        if given == ABSENT:
            continue
        if given is None:
            tried: Sequence[str] = (name, *_NAMES.get(name, ()))
        else:
            place = int(given) - 1 if layout.headless else -1
            tried = (header[place],) if 0 <= place < len(header) else (given,)
        match = next((by_name[_same(one)] for one in tried if _same(one) in by_name), None)
        if match is not None:
            found[name] = match
    return found


def lacking(layout: Layout, found: Mapping[str, str]) -> list[str]:
    """Fields that are needed, or were named, and are not there."""
    wanted = [name for name in _NAMES if layout.columns.get(name) != ABSENT]
    return [
        name
        for name in (*wanted, *layout.columns)
        if name not in found and layout.columns.get(name) != ABSENT
    ]


def reads(found: Mapping[str, str], unit: str) -> list[Read]:
    """How the columns of `chosen` are read."""
    rules = {
        "TRANSACTION_ID": (_WORD, "不能为空"),
        "TX_DATETIME": (_moment(unit), _TIME_MUST),
        "CUSTOMER_ID": (_WORD, "不能为空"),
        "TERMINAL_ID": (_WORD, "不能为空"),
        "TX_AMOUNT": (_AMOUNT, "应为不为负的金额（元）"),
        "TX_FRAUD": (_FLAG, "应为 0 或 1（也可以写 是/否、true/false、yes/no）"),
    }
    listed = [(name, *rules[name]) for name in rules if name in found]
    return [Read(name, sql.format(quoted(found[name])), must) for name, sql, must in listed]


def attribute_columns(wanted: frozenset[str], header: Sequence[str]) -> dict[str, str]:
    """`attr.NAME` -> the file's column, for the attributes that rules and windows read.

    Raises: LayoutError for one that the file does not have.
    """
    by_name = {_same(name): name for name in header}
    names = sorted(name for name in wanted if name.startswith(FRACTIONAL))
    absent = [name for name in names if _same(name.removeprefix(FRACTIONAL)) not in by_name]
    if absent:
        raise LayoutError(
            f"规则或特征用到 {'、'.join(absent)}，文件中没有这些列；文件有：{'、'.join(header[:30])}"
        )
    return {name: by_name[_same(name.removeprefix(FRACTIONAL))] for name in names}


def fields_of_time(moments: Array) -> dict[str, Column]:
    """`hour`, `weekday`, `weekend` and `night` as `events.row_of` has them, in China's time."""
    local = moments + CHINA
    hour, weekday = local // HOUR_MS % 24, (local // DAY_MS + 3) % 7
    return {
        "hour": Column(hour),
        "weekday": Column(weekday),
        "weekend": Column((weekday >= 5).astype(np.int64)),
        "night": Column((hour <= 6).astype(np.int64)),
    }


_WORD = "nullif(trim({0}), '')"
_PLAIN = "replace(replace(replace(trim({0}), ',', ''), '¥', ''), '￥', '')"
_AMOUNT = (
    f"CASE WHEN try_cast({_PLAIN} AS DECIMAL(18,2)) BETWEEN 0 AND {MAX_FEN // 100} "
    f"THEN (try_cast({_PLAIN} AS DECIMAL(18,2)) * 100)::BIGINT END"
)
_TIME_MUST = (
    "应为“2018-07-25 08:00:00”这样的时间（2000 至 2098 年；也可以写 2018/07/25 08:00、20180725080000、带时区的时间、1970 年起的秒或毫秒；"
    "按步计的用 --time-unit day|hour 说明）"
)


def _among(words: Sequence[str]) -> str:
    return f"coalesce(lower(trim({{0}})), '') IN ({', '.join(repr(word) for word in words)})"


_FLAG = f"CASE WHEN {_among(_YES)} THEN 1 WHEN {_among(_NO)} THEN 0 END"


def _moment(unit: str) -> str:
    """SQL of milliseconds since 1970 as China's clock shows them; the zone of the text wins where it has one."""
    formats = ", ".join(f"'{one}'" for one in _FORMATS)
    number = "try_cast({0} AS BIGINT)"
    if unit:
        counted = f"{number} * {UNITS[unit]} + {STEPS_FROM if unit in ('day', 'hour') else CHINA}"
    else:
        counted = (
            f"CASE WHEN length(trim({{0}})) = 10 THEN {number} * 1000 + {CHINA} "
            f"WHEN length(trim({{0}})) = 13 THEN {number} + {CHINA} END"
        )
    zoned = r"regexp_matches({0}, ':\d\d(\.\d+)?\s*(Z|[+-]\d\d(:?\d\d)?)$')"
    local = f"epoch_ms(coalesce(try_cast({{0}} AS TIMESTAMP), try_strptime(trim({{0}}), [{formats}])))"
    either = (
        f"CASE WHEN {zoned} THEN epoch_ms(try_cast({{0}} AS TIMESTAMPTZ)) + {CHINA} "
        f"ELSE {f'coalesce({counted}, {local})' if unit else f'coalesce({local}, {counted})'} END"
    )
    return f"CASE WHEN {either} BETWEEN {EARLIEST} AND {LATEST - 1} THEN {either} END"
