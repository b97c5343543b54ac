"""The engine over HTTP on this machine: latency with strict durability, recovery after a kill.

python -m bench.fraud_http [--quick]: alone, without a database. Load is open-loop: requests leave when
they are due, and latency counts from that moment, so a server that falls behind cannot hide it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import resource
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.fraud_rules import TWENTY
from bench.table import Row, heading
from xiaobao.engines.fraud.approvals import approve
from xiaobao.engines.fraud.desk import Desk
from xiaobao.engines.fraud.documents import document_of, ruleset_from
from xiaobao.engines.fraud.engine import Engine, Settings
from xiaobao.engines.fraud.events import Event, EventType, encode, parse
from xiaobao.engines.fraud.handbook import handbook_features

FEATURES = handbook_features()
RULES, _ = ruleset_from(TWENTY)
START = 1_780_000_000_000
CONNECTIONS = 32
RATE = 500
RUN = "import sys; from xiaobao.site.cli import main; sys.exit(main())"


def measure(quick: bool) -> list[Row]:
    """Every figure of the served engine."""
    seconds = 5 if quick else 60
    with tempfile.TemporaryDirectory(prefix="xb-fraud-") as folder:
        return [*_latency(Path(folder), seconds), *_recovery(Path(folder), 1_000 * 60 * (1 if quick else 15))]


def _events(count: int, rate: int) -> Iterator[bytes]:
    chance = random.Random(5)
    for number in range(count):
        moment = START + number * 1_000 // rate
        yield encode(
            Event(
                f"e{number}",
                EventType.PAYMENT,
                moment,
                moment,
                customer=str(chance.randrange(4_990)),
                terminal=str(chance.randrange(10_000)),
                amount_fen=int(chance.lognormvariate(8, 1)),
            )
        )


@contextmanager
def _served(folder: Path, *options: str) -> Iterator[tuple[int, int]]:
    """Port and process id of a server of its own."""
    rules = folder / "rules.json"
    rules.write_text(
        json.dumps(approve(document_of(RULES, FEATURES) | {"author": "bench"}, "second")[0]), "utf-8"
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = [sys.executable, "-c", RUN, "fraud", "serve", "--rules", str(rules), "--data"]
    server = subprocess.Popen(
        [*command, str(folder / "data"), "--port", str(port), *options], stdout=subprocess.PIPE
    )
    assert server.stdout is not None
    assert "已就绪" in server.stdout.readline().decode()
    try:
        yield port, server.pid
    finally:
        server.send_signal(signal.SIGTERM)
        server.communicate()


def _latency(folder: Path, seconds: int) -> list[Row]:
    lines = list(_events(RATE * seconds, RATE))
    with _served(folder, "--snapshot-seconds", "20") as (port, pid):
        cpu = _cpu(pid)
        took = asyncio.run(_load(port, lines))
        cpu = _cpu(pid) - cpu
    cuts = statistics.quantiles(took, n=1_000)
    note = f"{len(took):,} requests, p50 {cuts[499]:.2f}, p99.9 {cuts[998]:.2f}, max {max(took):.1f} ms"
    return [
        Row(f"HTTP, strict, {RATE}/s for {seconds} s: p99", cuts[989], "ms", 20, note),
        Row("the server's CPU meanwhile", cpu / seconds * 100, "% of a core"),
    ]


def _cpu(pid: int) -> float:
    words = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


async def _load(port: int, lines: list[bytes]) -> list[float]:
    """Milliseconds from the moment each request was due to its whole answer."""
    queue: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
    took: list[float] = []
    senders = [asyncio.create_task(_sender(port, queue, took)) for _ in range(CONNECTIONS)]
    loop = asyncio.get_running_loop()
    began = loop.time() + 0.2
    for number, line in enumerate(lines):
        due = began + number / RATE
        if due > loop.time():
            await asyncio.sleep(due - loop.time())
        queue.put_nowait((due, line))
    await queue.join()
    for sender in senders:
        sender.cancel()
    return took


async def _sender(port: int, queue: asyncio.Queue[tuple[float, bytes]], took: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    loop = asyncio.get_running_loop()
    while True:
        due, line = await queue.get()
        head = f"POST /v1/decisions HTTP/1.1\r\nhost: bench\r\ncontent-length: {len(line)}\r\n\r\n"
        writer.write(head.encode() + line)
        answer = await reader.readuntil(b"\r\n\r\n")
        size = int(answer.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        body = await reader.readexactly(size)
        assert answer.startswith(b"HTTP/1.1 200"), body
        assert b'"durability":"strict"' in body
        took.append((loop.time() - due) * 1_000)
        queue.task_done()


def _recovery(folder: Path, count: int) -> list[Row]:
    """Opening a folder after a kill: from the journal alone, and with the snapshot of the last minute."""
    data = folder / "recover"
    desk = Desk(Engine(Settings(FEATURES, RULES)), data)
    lines = list(_events(count, 1_000))
    last_minute = count - 60_000
    snapshot = b""
    for start in range(0, count, 1_000):
        if start == last_minute:
            path = desk.snapshot()
            snapshot = path.read_bytes()
            path.unlink()
        desk.decide_group([(line, parse(line)) for line in lines[start : start + 1_000]])
    expected = desk.state_hash()
    desk.journal.close()
    del desk
    whole = _opening(data, expected)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(snapshot)
    minute = _opening(data, expected)
    what = f"{count:,} events"
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return [
        Row(f"recovery of {what}, snapshot each minute", minute, "s", 10, f"same state; {memory:,.0f} MB"),
        Row(f"recovery of {what}, journal alone", whole, "s", None, "same state and decisions"),
    ]


def _opening(data: Path, expected: str) -> float:
    """Seconds until the desk would answer, in a process of its own; the state must be the same."""
    command = [sys.executable, "-m", "bench.fraud_http", "--open", str(data)]
    found = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    assert found["hash"] == expected, "the recovered state differs"
    return float(found["seconds"])


def _open(data: Path) -> None:
    began = time.perf_counter()
    desk = Desk(Engine(Settings(FEATURES, RULES)), data)
    seconds = time.perf_counter() - began
    print(json.dumps({"seconds": seconds, "hash": desk.state_hash()}))


def main() -> int:
    """Exit code 1 when a bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.fraud_http", description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--open", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.open:
        _open(options.open)
        return 0
    rows = measure(options.quick)
    heading("figure, bar, verdict")
    print("\n".join(row.line() for row in rows))
    return int(not options.quick and not all(row.passed for row in rows))


if __name__ == "__main__":
    sys.exit(main())
