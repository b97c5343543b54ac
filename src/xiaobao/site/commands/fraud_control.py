"""`xiaobao fraud approve|…`: who may go live, and the reins of a running server."""

from __future__ import annotations

import argparse
import hashlib
import http.client
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from xiaobao.kernel import ports
from xiaobao.kernel.errors import InvalidInput, NotConfigured

Task = Callable[[str, str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]


def add_tasks(task: Task) -> None:
    """One sub-command each."""
    _approve(task)
    _reins(task)
    _decisions(task)


def _approve(task: Task) -> None:
    text = "由第二人复核规则文件 / a second person approves a rule file"
    parser = task("approve", text, answer_approve)
    parser.add_argument("file", type=Path, metavar="RULES", help="规则文件（写明 author） / rule file")
    parser.add_argument("--by", required=True, metavar="NAME", help="复核人姓名 / who approves")
    parser.add_argument(
        "--only", nargs="+", default=(), metavar="RULE", help="只复核这些规则 / these rules only"
    )
    parser.add_argument("--model", type=Path, metavar="FILE", help="一并复核的模型 / the model to go with it")
    parser.add_argument("--author", default="", metavar="NAME", help="模型的训练人 / who trained the model")


def _reins(task: Task) -> None:
    text = "让运行中的服务重新读取规则、名单、模型 / publish the files while the server runs"
    _port(task("reload", text, lambda options: _order(options, "POST", "/admin/reload")))
    text = "查看刹车事件 / incidents of the brake"
    _port(task("incidents", text, lambda options: _order(options, "GET", "/admin/incidents")))
    lift = _port(task("lift", "恢复被刹车停用的规则（须第二人） / let a rule act again", answer_lift))
    lift.add_argument("--rule", required=True, metavar="RULE", help="规则编号 / rule")
    lift.add_argument("--approved-by", required=True, metavar="NAME", help="复核人 / second person")
    snooze = _port(task("snooze", "某客户某规则免打扰 / leave a rule out for a customer", answer_snooze))
    snooze.add_argument("--customer", required=True, metavar="TOKEN", help="客户令牌 / customer token")
    snooze.add_argument("--rule", required=True, metavar="RULE", help="规则编号 / rule")
    snooze.add_argument(
        "--days", type=float, required=True, metavar="N", help="几天，0 即撤回 / days, 0 takes it back"
    )
    for parser in (lift, snooze):
        parser.add_argument("--by", required=True, metavar="NAME", help="经办人 / who asks")
        parser.add_argument("--reason", required=True, metavar="TEXT", help="理由 / why")


def _port(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("--port", type=int, default=8600, help="服务的端口 / the server's port")
    return parser


def _decisions(task: Task) -> None:
    text = "由日志重算并列出每一笔处置，各按当时的规则 / every decision again, by the rules of its time"
    parser = task("decisions", text, answer_decisions)
    parser.add_argument("data", type=Path, metavar="DIR", help="服务的数据目录 / data folder")
    parser.add_argument("--customer", metavar="TOKEN", help="只列此客户 / this customer only")
    parser.add_argument("--event", metavar="ID", help="只列此事件 / this event only")


def answer_lift(options: argparse.Namespace) -> int:
    """A rule acts again. Raises: InvalidInput."""
    words = {name: getattr(options, name) for name in ("rule", "by", "approved_by", "reason")}
    return _order(options, "POST", "/admin/lift", words)


def answer_snooze(options: argparse.Namespace) -> int:
    """A rule is left out for a customer for some days. Raises: InvalidInput."""
    until = int(ports.now().timestamp() * 1_000 + options.days * 86_400_000) if options.days > 0 else 0
    words = {name: getattr(options, name) for name in ("customer", "rule", "by", "reason")}
    return _order(options, "POST", "/admin/snoozes", words | {"until": until})


def answer_decisions(options: argparse.Namespace) -> int:
    """One decision a line with the hash of its set-up; the folder is only read, a server may go on."""
    from msgspec.json import encode

    from xiaobao.engines.fraud.evidence import decided

    lines = 0
    for event, decision, setup in decided(options.data):
        if options.customer not in (None, event.customer) or options.event not in (None, event.event_id):
            continue
        told = json.dumps(setup).encode(), encode(event), encode(decision)
        print((b'{"setup":%s,"event":%s,"decision":%s}' % told).decode())
        lines += 1
    print(f"共 {lines:,} 笔处置", file=sys.stderr)
    return 0


def _order(options: argparse.Namespace, method: str, path: str, words: dict[str, Any] | None = None) -> int:
    """An order to the server on this machine; its answer is printed. Raises: InvalidInput, NotConfigured."""
    connection = http.client.HTTPConnection("127.0.0.1", options.port, timeout=60)
    try:
        connection.request(method, path, json.dumps(words) if words else None)
        found = connection.getresponse()
        told = json.loads(found.read())
    except (OSError, http.client.HTTPException, ValueError):
        say = f"本机 {options.port} 端口没有运行中的反欺诈服务，请用 --port 指明"
        raise NotConfigured("fraud.server", say=say) from None
    finally:
        connection.close()
    if "error" in told:
        raise InvalidInput("fraud.order", field="", say=told["error"]["say"])
    print(json.dumps(told, ensure_ascii=False, indent=1))
    return 0


def answer_approve(options: argparse.Namespace) -> int:
    """The file with the approvals written into it. Raises: DocumentError, LifecycleError."""
    from xiaobao.engines.fraud.approvals import Trained, approve, write
    from xiaobao.engines.fraud.documents import read_document

    model = hashlib.sha256(options.model.read_bytes()).hexdigest() if options.model else ""
    document, done = approve(
        read_document(options.file),
        options.by,
        on=ports.today().isoformat(),
        model=Trained(model, options.author),
        only=options.only,
    )
    write(options.file, document)
    names = "、".join(part.label for part in done)
    print(f"{options.by} 已复核 {len(done)} 项：{names}" if done else "没有待复核的内容")
    return 0
