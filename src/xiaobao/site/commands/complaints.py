"""`xiaobao complaints import FILE --format …`, `… report replies` and `… reindex`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xiaobao.kernel.errors import InvalidInput
from xiaobao.kernel.identity import Actor, system_actor
from xiaobao.site.boot import setup_with_database

if TYPE_CHECKING:
    from xiaobao.duties.complaints.domain.intake_formats import ColumnMap
    from xiaobao.duties.complaints.domain.lateness import Lateness
    from xiaobao.duties.complaints.services.importing import ImportReport

BAR = 30
HEAD_OFFICE = ("0000", "总行")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Three actions: take a file in, count what was taken in, index it again."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="import|report|reindex")
    bring = actions.add_parser("import", help="导入其他系统的投诉 / import another system's complaints")
    bring.add_argument("file", type=Path, help="CSV 或 CSV.GZ / csv or csv.gz")
    bring.add_argument("--format", required=True, help="文件的格式 cfpb、gov_zh 或 csv / format of the file")
    bring.add_argument("--map", type=Path, help="列对应文件（YAML 或 JSON，仅 csv）/ column map, csv only")
    bring.add_argument(
        "--org", default="", help="责任机构编码，省略为总行 / responsible unit, head office if left out"
    )
    bring.add_argument("--json", action="store_true", help="以 JSON 输出 / answer as JSON")
    again = actions.add_parser("reindex", help="重建投诉的搜索索引 / put all complaints into the index again")
    again.add_argument("--json", action="store_true", help="以 JSON 输出 / answer as JSON")
    report = actions.add_parser("report", help="统计 / reports")
    report.add_argument("what", choices=["replies"], help="replies：答复超过 15、30、60 个自然日的件数")
    report.add_argument("--source", default="", help="来源系统，例如 gov_zh / source system")
    report.add_argument("--json", action="store_true", help="以 JSON 输出 / answer as JSON")


def run(options: argparse.Namespace) -> int:
    """Exit code 1 when every row was rejected."""
    setup_with_database()
    return {"import": _import, "report": _report, "reindex": _reindex}[options.action](options)


def _import(options: argparse.Namespace) -> int:
    from django.conf import settings

    from xiaobao.duties.complaints.domain.intake_formats import format_named
    from xiaobao.duties.complaints.services.importing import ImportOrder, complaints_import

    actor = system_actor("历史导入", via="import")
    order = ImportOrder(
        path=options.file,
        form=format_named(options.format, _column_map(options.map) if options.map else None),
        org_code=options.org or _head_office(actor),
        errors_folder=Path(settings.VAR) / "imports",
    )
    report = complaints_import(actor=actor, order=order, progress=_bar())
    print(json.dumps(report.as_json(), ensure_ascii=False) if options.json else _imported(report))
    return int(report.rejected == report.rows)


def _reindex(options: argparse.Namespace) -> int:
    from xiaobao.duties.complaints.services import complaints_reindex

    done = complaints_reindex()
    print(json.dumps({"indexed": done}) if options.json else f"已重建 {done:,} 件投诉的搜索索引")
    return 0


def _column_map(path: Path) -> ColumnMap:
    import yaml

    from xiaobao.duties.complaints.domain.intake_formats import column_map

    try:
        return column_map(yaml.safe_load(path.read_text(encoding="utf-8-sig")))
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput("intake.map", field="--map", say=f"映射文件“{path}”读不出来：{error}") from error
    except yaml.YAMLError as error:
        raise InvalidInput(
            "intake.map", field="--map", say=f"映射文件“{path}”不是 YAML 或 JSON：{error}"
        ) from error


def _head_office(actor: Actor) -> str:
    """Code of the head office; in an empty bank it is made, and stderr says so."""
    from xiaobao.base.people.selectors import org_tree
    from xiaobao.base.people.services import org_create
    from xiaobao.base.people.values import OrgKind

    top = org_tree("").first()
    if top is None:
        code, name = HEAD_OFFICE
        print(f"机构表是空的，已建立“{name}”（{code}） / made the head office", file=sys.stderr)
        top = org_create(actor=actor, code=code, name=name, kind=OrgKind.HEAD_OFFICE)
    return str(top.code)


def _report(options: argparse.Namespace) -> int:
    from xiaobao.duties.complaints.selectors.sources import replies_lateness

    found = replies_lateness(actor=system_actor("命令行", via="cli"), source=options.source)
    if options.json:
        print(json.dumps({"source": options.source or None, **found.as_json()}, ensure_ascii=False))
    else:
        print(_late(found, options.source))
    return 0


def _imported(report: ImportReport) -> str:
    lines = [
        f"共 {report.rows:,} 行：导入 {report.imported:,} 件，已有 {report.already:,} 件，"
        f"未导入 {report.rejected:,} 行"
    ]
    if report.errors_file:
        lines.append(f"未导入的行及原因：{report.errors_file}")
    return "\n".join(lines)


def _late(found: Lateness, source: str) -> str:
    from xiaobao.duties.complaints.domain.lateness import DEFINITION

    whose = f"来源 {source}" if source else "全部来源"
    lines = [f"{whose}：已答复 {found.answered:,} 件，未答复 {found.unanswered:,} 件"]
    lines += [
        f"  超过 {limit} 个自然日：{count:,} 件（满24小时口径 {found.full_days[limit]:,} 件）"
        for limit, count in found.later_than.items()
    ]
    return "\n".join([*lines, f"统计口径：{DEFINITION}（规则 CMP-002）"])


def _bar() -> Callable[[float], None] | None:
    """A bar on stderr, where a person looks at it."""
    if not sys.stderr.isatty():
        return None
    shown: dict[str, Any] = {"per cent": -1}

    def show(part: float) -> None:
        percent = min(100, int(part * 100))
        if percent == shown["per cent"]:
            return
        shown["per cent"] = percent
        filled = "█" * (BAR * percent // 100)
        end = "\n" if percent == 100 else ""
        print(f"\r导入 {filled:<{BAR}} {percent:3d}%", end=end, file=sys.stderr, flush=True)

    return show
