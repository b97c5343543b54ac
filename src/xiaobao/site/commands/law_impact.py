"""`xiaobao law impact OLD NEW`: what a change of the law does, in three layers.

OLD and NEW are two versions of one instrument (L04@2017-06-01 L04@2026-01-01), or two books: a day (the law of that
day), `now` (the book as it is), or a YAML file of proposed versions (rule, since, set). Exit code 0 whatever differs.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xiaobao.kernel.errors import InvalidInput
from xiaobao.kernel.identity import Actor, system_actor
from xiaobao.rules.book import RuleBook, book
from xiaobao.rules.impact import Compared, frozen, proposed
from xiaobao.rules.values import plain

if TYPE_CHECKING:  # the database is opened first
    from xiaobao.base.impact.values import Touched

_VERSION = re.compile(r"([A-Z]{1,3}\d{0,3})@(\d{4}-\d\d-\d\d)", re.ASCII)
_COUNTED = {
    "same": "未变", "moved": "只改条号", "amended": "修改", "new": "新增", "gone": "删去",
    "amended_moved": "修改中条号也变的",
}  # fmt: skip
NOW = "规则库现有的全部版本，不限于某一天施行的；样例按各规则最新的版本判断"
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The two sides, and whether the tasks are given out."""
    parser.add_argument("old", metavar="旧", help="L04@2017-06-01，或日期、now、草案.yaml")
    parser.add_argument("new", metavar="新", help="L04@2026-01-01，或日期、now、草案.yaml")
    parser.add_argument("--open", action="store_true", help="派发复核任务 / give out the tasks")


def answer(options: argparse.Namespace) -> tuple[dict[str, Any], list[str]]:
    """The answer as JSON and as lines. The database is open."""
    old, new = _VERSION.fullmatch(options.old), _VERSION.fullmatch(options.new)
    if old and new and old[1] == new[1]:
        return _of_text(options, old[1], (old[2], new[2]))
    if old or new:
        raise InvalidInput("law.impact", say=f"“{options.old}”与“{options.new}”应是同一部法规的两个版本")
    if options.open:
        raise InvalidInput("law.impact", say="--open 只用于同一部法规的两个版本")
    return _of_books(_actor(), options.old, options.new)


def _actor() -> Actor:
    return system_actor("命令行", via="cli")


def _of_text(
    options: argparse.Namespace, code: str, days: tuple[str, str]
) -> tuple[dict[str, Any], list[str]]:
    from xiaobao.base.impact import selectors, services

    made = services.impact_open(actor=_actor(), code=code, old=days[0], new=days[1]) if options.open else []
    found = selectors.impact_show(actor=_actor(), code=code, old=days[0], new=days[1], limit=10**7)
    leaning = [
        {
            "kind": one.kind.value,
            "key": one.key,
            "title": one.title,
            "rule": one.rule,
            "renewed": one.renewed,
            "places": [place._asdict() for place in one.places],
        }
        for one in found.touched
    ]
    told: dict[str, Any] = {
        "instrument": code,
        "old": days[0],
        "new": days[1],
        "text": found.diff.counts,
        "leaning": leaning,
        "behaviour": _behaviour(found.compared),
        "opened": len(made),
    }
    lines = [
        "条文："
        + "，".join(f"{_COUNTED.get(key, key)} {number} 条" for key, number in found.diff.counts.items())
    ]
    lines += _leaning_lines(found.touched)
    lines += _lines(found.compared) + ([f"已派发 {len(made)} 项复核"] if options.open else [])
    return told, lines


def _leaning_lines(touched: Iterable[Touched]) -> list[str]:
    """What leans on the text, one line each; a rule's tests are counted, their names stay in the JSON."""
    from xiaobao.base.rulebook.uses import LeanerKind

    lines, tests = [], Counter[str]()
    for one in touched:
        if one.kind is LeanerKind.TEST:
            tests[one.rule] += 1
        else:
            lines.append(f"依据：{one.kind.label} {one.title}（{one.rule}）{one.words}")
    lines += [f"依据：测试 {number} 项（{rule}）" for rule, number in tests.items()]
    return lines


def _of_books(actor: Actor, old: str, new: str) -> tuple[dict[str, Any], list[str]]:
    from xiaobao.base.impact import selectors

    _refuse_swapped(old, new)
    (before, _), (after, since) = _book(old), _book(new)
    changed = _changed(before, after)
    compared, _ = selectors.compare_books(actor, changed, (before, after), (since, 10**7))
    moved = {rule for one in compared.differences for rule in one.case.rules}
    alike = [id_ for id_ in changed if id_ not in moved]
    told = {
        "old": old, "new": new, "rules": changed, "alike": alike, "behaviour": _behaviour(compared),
    }  # fmt: skip
    lines = [f"不同的规则 {len(changed)} 条：{'、'.join(changed) or '无'}"]
    lines += [f"其中版本不同而比较中答案未变 {len(alike)} 条：{'、'.join(alike)}"] if alike else []
    lines += _lines(compared)
    if "now" in (old, new):
        told["now"] = NOW
        lines.insert(0, f"now：{NOW}")
    return told, lines


def _refuse_swapped(old: str, new: str) -> None:
    """The old side stands first: a later day, or a draft against the book it would change, is a slip."""
    days = [text for text in (old, new) if _DAY.fullmatch(text)]
    is_draft = new == "now" and not days and old != "now"
    if is_draft or (len(days) == 2 and old > new):
        raise InvalidInput("law.impact", say=f"新旧写反了：应先写旧的，再写新的，即 {new} {old}")


def _changed(old: RuleBook, new: RuleBook) -> list[str]:
    """The rules that are in both books and not alike, or in one alone."""
    ids = sorted({*old.rules, *new.rules})
    return [id_ for id_ in ids if _versions(old, id_) != _versions(new, id_)]


def _versions(rules: RuleBook, id_: str) -> Any:
    """All there is to a rule's versions: words and places too, for a new text may ask the same as the old."""
    rule = rules.rules.get(id_)
    return rule.versions if rule else None


def _book(text: str) -> tuple[RuleBook, date]:
    """The book of one side, and the first day of what it brings."""
    if text == "now":
        return book(), date.min
    if _DAY.fullmatch(text):
        try:
            day = date.fromisoformat(text)
            return frozen(book(), day), day
        except ValueError:
            raise InvalidInput("law.impact", say=f"“{text}”不是日期") from None
    return _proposal(Path(text))


def _proposal(path: Path) -> tuple[RuleBook, date]:
    import yaml

    try:
        entries = yaml.safe_load(path.read_text("utf-8"))
    except OSError:
        raise InvalidInput(
            "law.impact", say=f"没有文件“{path}”；两侧可写 L04@2017-06-01、日期、now 或 YAML 文件"
        ) from None
    except (yaml.YAMLError, UnicodeDecodeError):
        raise InvalidInput("law.impact", say=f"“{path}”不是有效的 YAML") from None
    return proposed(book(), entries, name=path.name), min(entry["since"] for entry in entries)


def _behaviour(compared: Compared) -> dict[str, Any]:
    return {
        "cases": compared.cases,
        "different": len(compared.differences),
        "decisions": [
            {
                "id": one.case.id,
                "source": one.case.source,
                "rules": list(one.case.rules) if one.case.source == "example" else [],
                "old": {"verdict": one.old.verdict, "value": plain(one.old.value)},
                "new": {"verdict": one.new.verdict, "value": plain(one.new.value)},
                "keeps_old": one.case.keeps_old,
                "open": one.case.is_open,
            }
            for one in compared.differences
        ],
    }


def _lines(compared: Compared) -> list[str]:
    lines = [f"比较了 {compared.cases} 件，答案不同 {len(compared.differences)} 件"]
    for one in compared.differences:
        stays = "（收到在先，仍按旧法）" if one.case.keeps_old else ""
        lines.append(f"{one.case.id} {one.case.title}：{one.old.say} → {one.new.say}{stays}")
    return lines
