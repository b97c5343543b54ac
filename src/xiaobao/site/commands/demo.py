"""`xiaobao demo`: builds the fictional bank once, then serves it."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from pathlib import Path
from typing import Any

from xiaobao.kernel.errors import InvalidInput, NotConfigured

# The demo stands beside the site, not below it: it is plugged in by name, like a command.
STATE, BUILD, CAST, PROGRESS, LAW = (
    f"xiaobao.demo.{name}" for name in ("state", "build", "cast", "progress", "law")
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Size of the bank, whether to rebuild it, and where to serve it."""
    parser.add_argument("--serve", action="store_true", help="建好后启动服务 / serve it afterwards")
    parser.add_argument("--host", default="127.0.0.1", help="监听地址 / address")
    parser.add_argument("--port", type=int, default=8000, help="端口 / port")
    parser.add_argument("--workers", type=int, default=2, help="进程数 / worker processes")
    parser.add_argument(
        "--scale", type=float, default=0.1, help="2020 年规模，1 为 4,106 笔 / share of 4,106"
    )
    parser.add_argument("--year", type=int, default=2020, help="示例年度 / the year told in full")
    parser.add_argument(
        "--law",
        type=Path,
        default=os.environ.get("XIAOBAO_LAW") or None,
        help="法规文件夹，库空时导入，默认 $XIAOBAO_LAW / folder of statutes, read into an empty library",
    )
    parser.add_argument("--fresh", action="store_true", help="删除示例银行并重建 / rebuild the demo bank")


def run(options: argparse.Namespace) -> int:
    """Build where nothing is built yet, say who may sign in, and serve on wish."""
    from xiaobao.site.commands.serve import check_port, serve, ticking

    if not 0 < options.scale <= 2:
        raise InvalidInput("demo.scale", field="scale", say="--scale 应在 0 与 2 之间，例如 0.1 或 1")
    if options.serve:
        check_port(options.host, options.port)
    os.environ["XIAOBAO_DEMO"] = "1"
    _prepare(options)
    if options.law:
        _fill_library(options.law)
    if options.serve:
        _welcome(f"http://{options.host}:{options.port}/")
        with ticking():
            serve(options.host, options.port, options.workers)
        print("\n已停止 / stopped", file=sys.stderr)
    return 0


def _prepare(options: argparse.Namespace) -> None:
    """Leaves a finished demo bank in the database, building it only when it is not there."""
    from xiaobao.site.settings.environment import Environment

    state = importlib.import_module(STATE)
    env = Environment.read()
    database = state.without_password(env.database_url) if env.database_url else "sqlite"
    mark = state.read(env.var)
    kept = mark if mark and mark.database == database else None
    if kept and (options.fresh or not kept.finished):
        _clear(env.var, database)
        kept = None
    _start_django()
    if kept:
        print("示例银行已在，数据保留 / the demo bank is there, data kept", file=sys.stderr)
        return
    _refuse_a_real_bank()
    _build(options, env.var, state.Mark(database, options.scale, options.year))


def _build(options: argparse.Namespace, var: Path, mark: Any) -> None:
    import dataclasses

    state, build = importlib.import_module(STATE), importlib.import_module(BUILD)
    progress = importlib.import_module(PROGRESS).Progress()
    print("正在建示例银行（只建一次）/ building the demo bank, once", file=sys.stderr)
    state.write(var, mark)
    told = build.build(build.Plan(options.scale, options.year), progress)
    state.write(var, dataclasses.replace(mark, finished=True))
    print(f"建成：在办投诉 {told.open} 件，共用 {progress.seconds:.0f} 秒", file=sys.stderr)
    print(f"接口令牌（账号 gateway，只显示这一次）/ API token, shown once:\n  {told.token}", file=sys.stderr)


def _fill_library(folder: Path) -> None:
    taken = importlib.import_module(LAW).fill(folder)
    if taken:
        print(f"法规库：已导入 {taken} 部 / statutes imported", file=sys.stderr)


def _start_django() -> None:
    from xiaobao.site.boot import setup_with_database

    setup_with_database()


def _clear(var: Path, database: str) -> None:
    """Remove the marked demo bank: SQLite's files, or everything in the marked PostgreSQL database."""
    state = importlib.import_module(STATE)
    if database != "sqlite":
        from xiaobao.site.boot import setup

        setup()
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
        connection.close()
    state.wipe(var)


def _refuse_a_real_bank() -> None:
    from xiaobao.base.people.selectors import org_tree

    if org_tree("").exists():
        raise NotConfigured(
            "demo.not_ours",
            say="这个数据库里已有机构数据，不是示例银行，未作任何改动。请用 XIAOBAO_VAR=另一文件夹 make demo",
        )


def _welcome(address: str) -> None:
    cast = importlib.import_module(CAST)
    print(f"\n  示例银行 / demo bank   {address}\n  口令 / password       {cast.PASSWORD}\n")
    for person in cast.CAST:
        print(f"  {person.username:<16}{person.may}")
    print("\n  Ctrl-C 停止 / stops it\n", flush=True)
