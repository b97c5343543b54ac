"""How `xiaobao fraud` commands read payment files: which column is which, what a bare time counts."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import Any

from xiaobao.site.commands.fraud_progress import progress


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Columns of other names, and files that count time in steps."""
    parser.add_argument(
        "--columns",
        default="",
        metavar="FIELD=COLUMN,…",
        help="列名不同时指明：TX_AMOUNT=金额,TX_FRAUD=-（无表头写列号，没有写 -） / columns of other names",
    )
    parser.add_argument(
        "--time-unit",
        choices=("day", "hour", "second", "ms"),
        default="",
        help="时间列是数字时的单位；day、hour 为从 2018-01-01 起的步数 / unit of a numeric time",
    )


def read(options: argparse.Namespace, wanted: Iterable[str] = ()) -> tuple[Any, Any]:
    """The table of events and what was refused; `wanted` are the attributes to read. Raises: ValueError."""
    from xiaobao.engines.fraud.files import Reading, read_events
    from xiaobao.engines.fraud.layouts import layout_from
    from xiaobao.engines.fraud.setup import ahead_from

    ahead = ahead_from(getattr(options, "settings", None))
    reading = Reading(layout_from(options.columns, options.time_unit), frozenset(wanted), ahead)
    return read_events(options.events, lambda done, of: progress("读取文件", done, of), reading)


def verdict(refused: Any) -> int:
    """The exit code: 1 when lines of the files were no usable events; one that only came twice is none of them."""
    return int(any(code != "event.repeated" for code in refused.counts))


def attributes(rules: Any, features: Any) -> set[str]:
    """Names of the event's own attributes that rules or windows read."""
    fields = [item.field for rule in rules.rules for item in rule.when]
    for window in features.windows:
        fields += [window.entity, window.value, *(item.field for item in window.where)]
    return {name for name in fields if name.startswith("attr.")}


def days(text: str) -> int:
    """A number of days from 1 to 90. Raises: ArgumentTypeError."""
    if not text.isdecimal() or not 1 <= int(text) <= 90:
        raise argparse.ArgumentTypeError("应为 1 至 90 天")
    return int(text)
