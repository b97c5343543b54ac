"""`xiaobao fraud serve`: the engine over HTTP, one process that owns its data folder."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from xiaobao.kernel import ports
from xiaobao.kernel.errors import InvalidInput


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Rules, data folder, address, durability."""
    parser.add_argument(
        "--rules", type=Path, required=True, metavar="FILE", help="生效的规则文件（JSON，自带 features）"
    )
    parser.add_argument(
        "--data", type=Path, required=True, metavar="DIR", help="日志与快照的目录 / journal, snapshots"
    )
    parser.add_argument("--model", type=Path, metavar="FILE", help="ONNX 模型（附模型卡）")
    parser.add_argument(
        "--shadow",
        type=Path,
        metavar="FILE",
        help="影子规则文件：只比对，不处置 / rules compared, never acted on",
    )
    parser.add_argument(
        "--settings",
        type=Path,
        metavar="FILE",
        help="名单、刹车限额、失效策略（JSON） / lists, limits, failure policy",
    )
    parser.add_argument("--host", default="127.0.0.1", help="监听地址 / address")
    parser.add_argument("--port", type=int, default=8600, help="端口 / port")
    parser.add_argument(
        "--mode",
        choices=("strict", "fast"),
        default="strict",
        help="strict：落盘后才应答（默认）；fast：立即应答，随后落盘",
    )
    parser.add_argument(
        "--snapshot-seconds",
        type=float,
        default=60,
        metavar="N",
        help="每隔几秒存一次快照，默认 60 / seconds between snapshots",
    )

    parser.add_argument(
        "--journal-days",
        type=float,
        metavar="N",
        help="恢复不再需要的日志段保留几天，不写则永久保留 / days to keep journal segments no recovery needs",
    )


def answer_prune(options: argparse.Namespace) -> int:
    """Old segments of a data folder removed; the server may go on meanwhile. Raises: InvalidInput."""
    from xiaobao.engines.fraud.retention import prune

    if not (options.data / "journal").is_dir():
        raise InvalidInput("fraud.prune", field="data", say=f"{options.data} 里没有日志")
    if options.journal_days < 1:
        raise InvalidInput("fraud.prune", field="journal_days", say="--journal-days 至少为 1")
    found = prune(options.data, options.journal_days)
    print(f"已删除 {found.segments} 段日志，{found.bytes:,} 字节；{found.say}")
    return 0


def answer(options: argparse.Namespace) -> int:
    """Serve until SIGTERM or Ctrl-C. Raises: InvalidInput, NotConfigured when the port is taken."""
    from xiaobao.engines.fraud import serve
    from xiaobao.engines.fraud.commits import Durability
    from xiaobao.engines.fraud.desk import Desk
    from xiaobao.engines.fraud.going_live import Sources
    from xiaobao.engines.fraud.journal import JournalError, claim
    from xiaobao.engines.fraud.setups import Files
    from xiaobao.site.commands.serve import check_port

    files = Files(options.rules, options.shadow, options.settings)
    sources = Sources(files, options.model, options.data)
    check_port(options.host, options.port)
    if options.host not in ("127.0.0.1", "::1", "localhost"):
        say = "提醒：监听 {}，能到达本机的人都可请求处置；本服务不验证身份，请只放在行内网关之后 / no authentication"
        print(say.format(options.host), file=sys.stderr, flush=True)
    try:
        claim(options.data)
        began = ports.stopwatch()
        desk = Desk(sources.fresh(), options.data, load=sources.kept)
        seconds = ports.stopwatch() - began
        how = serve.Options(
            options.host,
            options.port,
            Durability(options.mode),
            options.snapshot_seconds,
            options.journal_days,
        )
        told = f"已就绪 http://{options.host}:{options.port}（{options.mode}）：恢复 {desk.recovery.records:,} 条，{seconds:.1f} 秒"
        serve.run(desk, how, lambda: print(told, flush=True), sources)
    except JournalError as failed:
        raise InvalidInput("fraud.journal", field="data", say=str(failed)) from None
    print("已停止：已受理的请求均已应答，快照已保存", flush=True)
    return 0
