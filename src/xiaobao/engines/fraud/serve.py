"""The engine over HTTP: one decision, many decisions, health, metrics. One process writes.

`POST /v1/decisions` takes one event; `POST /v1/decisions/batch` a JSON array or one event a line.
`/admin/…` is for this machine alone (`control`). `GET /health`, `/metrics`, `/v1/schema`. Refusals are `{"error": {"code", "say", "event_id"}}`.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import msgspec

from xiaobao.engines.fraud.background import Background
from xiaobao.engines.fraud.brake import Incident
from xiaobao.engines.fraud.commits import BusyError, Commits, Durability
from xiaobao.engines.fraud.control import MAX_ORDER, Control, Refused, must_be_near
from xiaobao.engines.fraud.controls import ControlError
from xiaobao.engines.fraud.decisions import Decision
from xiaobao.engines.fraud.desk import Desk, settled
from xiaobao.engines.fraud.events import (
    MAX_BYTES,
    NOT_JSON,
    EventError,
    fingerprint,
    json_schema,
    parse,
    refusal,
)
from xiaobao.engines.fraud.going_live import Sources
from xiaobao.engines.fraud.metrics import CONTENT_TYPE, Meters

JSON = "application/json; charset=utf-8"
MAX_BATCH_BYTES = 16 * 2**20
MAX_BATCH = 10_000
MAX_READ = 2**30  # of what is too long: read and dropped, so that a sender who writes first gets the refusal
READ_SECONDS = 30
STOP_SECONDS = 10  # a connection that still hangs is left
STATUS = {
    "event.too_large": 413,
    "batch.too_large": 413,
    "event.conflict": 409,
    "reload.refused": 409,
    "admin.remote": 403,
    "busy": 503,
    "disk": 503,
    "internal": 500,
}

Reply = tuple[int, str, bytes]
_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Options:
    """Where and how to serve; `snapshot_seconds` of work lie between two snapshots.

    `journal_days` is how long journal segments stay that no recovery needs; None for always.
    """

    host: str = "127.0.0.1"
    port: int = 8600
    durability: Durability = Durability.STRICT
    snapshot_seconds: float = 60.0
    journal_days: float | None = None


class Service:
    """The application granian calls (RSGI)."""

    def __init__(self, desk: Desk, commits: Commits, meters: Meters, sources: Sources | None = None) -> None:
        self.desk = desk
        self.control = Control(commits, sources)
        self.commits = commits
        self.meters = meters
        self.draining = False
        self._places: dict[tuple[str, str], Callable[[Any, Any], Awaitable[Reply]]] = {
            ("POST", "/v1/decisions"): self._single,
            ("POST", "/v1/decisions/batch"): self._batch,
            ("GET", "/health"): self._health,
            ("GET", "/metrics"): self._metrics,
            ("GET", "/v1/schema"): self._schema,
        } | dict.fromkeys(self.control.places, self._admin)

    async def __rsgi__(self, scope: Any, proto: Any) -> None:
        """Answer one request."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        place = self._places.get((scope.method, scope.path))
        try:
            status, kind, body = await (place or self._elsewhere)(scope, proto)
        except EventError as wrong:
            status, kind, body = self._refused(wrong)
        except Exception:  # a caller before a payment gets an answer whatever happens
            logging.getLogger(__name__).exception("%s %s", scope.method, scope.path)
            status, kind, body = self._refused(EventError("internal", "引擎内部错误，请按失效策略处理"))
        proto.response_bytes(status, [("content-type", kind)], body)
        self.meters.request.add(loop.time() - began)

    async def _single(self, scope: Any, proto: Any) -> Reply:
        line = await _body(scope, proto, MAX_BYTES, "event.too_large")
        return 200, JSON, await self._answer(line)

    async def _batch(self, scope: Any, proto: Any) -> Reply:
        lines = _lines(await _body(scope, proto, MAX_BATCH_BYTES, "batch.too_large"))
        results = await asyncio.gather(*(self._answer(line) for line in lines), return_exceptions=True)
        refused, parts = 0, []
        for found in results:
            if isinstance(found, EventError):
                refused, found = refused + 1, self._refused(found)[2]
            elif isinstance(found, BaseException):
                raise found
            parts.append(found)
        head = b'{"durability":"%s","refused":%d,"results":[' % (self._mode, refused)
        return 200, JSON, head + b",".join(parts) + b"]}"

    async def _answer(self, line: bytes) -> bytes:
        """The answer to one event. Raises: EventError, whatever stood in the way."""
        clock = asyncio.get_running_loop().time
        began = clock()
        event = parse(line)
        try:
            decision = await self.commits.decide(line, event)
        except BusyError as full:
            raise EventError("busy", str(full), event.event_id) from None
        except OSError as failed:
            raise EventError("disk", str(failed), event.event_id) from None
        if decision.fingerprint != fingerprint(event):
            say = "此 event_id 已用于另一笔内容不同的事件，请为新的事件换一个 event_id"
            raise EventError("event.conflict", say, event.event_id)
        self.meters.outcomes[decision.outcome] += 1
        if decision.shadow is not None:
            self.meters.beside(decision.outcome, decision.shadow)
        for reason in decision.reasons:
            self.meters.fired[reason.rule] = self.meters.fired.get(reason.rule, 0) + 1
        return self._told(decision, clock() - began)

    def _told(self, decision: Decision, seconds: float) -> bytes:
        return (
            b'{"durability":"%s","answer":"%s","label":"%s","factor":"%s","latency_us":%d,"decision":%s}'
            % (
                self._mode,
                decision.outcome.name.lower().encode(),
                decision.outcome.label.encode(),
                decision.factor.label.encode() if decision.factor else b"",
                seconds * 1_000_000,
                _encode(decision),
            )
        )

    @property
    def _mode(self) -> bytes:
        return self.commits.durability.value.encode()

    def _refused(self, wrong: EventError) -> Reply:
        self.meters.refuse(wrong.code)
        return STATUS.get(wrong.code, 400), JSON, _encode(refusal(wrong))

    async def _health(self, scope: Any, proto: Any) -> Reply:
        state = "draining" if self.draining else "disk" if self.commits.broken else "ok"
        recovery, engine = self.desk.recovery, self.desk.engine
        told = {
            "status": state,
            "say": self.commits.broken,
            "durability": self.commits.durability,
            "versions": engine.versions,
            "recovered_records": recovery.records,
            "torn_bytes": recovery.torn_bytes,
            "waiting": self.commits.waiting,
            "rules_set_aside": sorted(engine.brake.shadowed),
            "setup": engine.setup,
            "publication_refused": self.control.say,
        }
        return 200 if state == "ok" else 503, JSON, _encode(told)

    async def _metrics(self, scope: Any, proto: Any) -> Reply:
        engine, journal = self.desk.engine, self.desk.journal
        gauges = {
            "keys": ("Entity keys with state", engine.keys),
            "waiting": ("Events that wait for the disk", self.commits.waiting),
            "journal_segment": ("Segment the journal writes to", journal.position.segment),
            "journal_offset_bytes": ("Place in that segment", journal.position.offset),
            "model_failures": ("Decisions by the fail policy", engine.failures),
            "rules_set_aside": ("Rules the brake set aside", len(engine.brake.shadowed)),
            "recovered_records": ("Journal records replayed at the start", self.desk.recovery.records),
            "late_events": ("Events that came after a newer one of their key", engine.late[0]),
            "too_late_events": ("Events too late for their windows: answered for, not kept", engine.late[1]),
            "too_far_ahead": (
                "Events dated too far after their arrival: fail policy, not kept",
                engine.too_far_ahead,
            ),
            "short_windows": ("Answers whose windows had more events of a key than are kept", engine.short),
            "remembered": ("Decisions kept for repeated events", len(engine.memory)),
            "forgotten": ("Decisions no longer kept for repeated events", engine.memory.forgotten),
            "snapshots_done": ("Snapshots written beside the work", self.commits.snapshots[0]),
            "snapshots_failed": ("Snapshots that could not be written", self.commits.snapshots[1]),
            "brake_incidents": (
                "Limits of the brake that were broken",
                engine.incidents[-1].number if engine.incidents else 0,
            ),
            "brake_incidents_open": ("Of these, not lifted and no rule mended", _open(engine.incidents)),
            "snoozes": ("Rules left out for customers", len(engine.snoozed)),
            "published": ("Set-ups published while running", self.control.published),
            "publications_refused": ("Publications refused; the set-up before goes on", self.control.refused),
            "healthy": ("1 when the journal takes events", float(not self.commits.broken)),
        }
        return 200, CONTENT_TYPE, self.meters.text(gauges).encode()

    async def _admin(self, scope: Any, proto: Any) -> Reply:
        try:
            must_be_near(scope.client, scope.headers)
            body = await _body(scope, proto, MAX_ORDER, "admin.too_large")
            return 200, JSON, _encode(await self.control.places[scope.method, scope.path](body))
        except (Refused, ControlError) as wrong:
            raise EventError(getattr(wrong, "code", "admin.refused"), str(wrong)) from None
        except OSError as failed:
            raise EventError("disk", str(failed)) from None

    async def _schema(self, scope: Any, proto: Any) -> Reply:
        return 200, JSON, _encode(json_schema())

    async def _elsewhere(self, scope: Any, proto: Any) -> Reply:
        known = any(path == scope.path for _, path in self._places)
        code, say = ("http.method", "此地址不接受该方法") if known else ("http.path", "没有这个地址")
        return 405 if known else 404, JSON, _encode(refusal(EventError(code, say)))


def _open(incidents: Sequence[Incident]) -> int:
    return sum(1 for one in incidents if not one.reason)


async def _body(scope: Any, proto: Any, limit: int, code: str) -> bytes:
    """The body. Raises: EventError when it is longer than `limit`.

    What is too long is read to its end and dropped, so that the sender can read the refusal; who goes
    on for more than `MAX_READ` bytes or `READ_SECONDS` after that finds the connection closed.
    """
    clock = asyncio.get_running_loop().time
    parts, size, end = [], 0, 0.0
    async for part in proto:
        size += len(part)
        if size <= limit:
            parts.append(bytes(part))
        else:
            end = end or clock() + READ_SECONDS
            if size > MAX_READ or clock() > end:
                break
    if size > limit:
        raise EventError(code, f"请求超过 {limit} 字节，请分批或只传入已登记的属性")
    return b"".join(parts)


def _lines(body: bytes) -> list[bytes]:
    """The events of a batch, undecoded. Raises: EventError when it is no array, or too long."""
    if body.lstrip()[:1] == b"[":
        try:
            found = [bytes(raw) for raw in msgspec.json.decode(body, type=list[msgspec.Raw])]
        except NOT_JSON as wrong:
            raise EventError("batch.not_json", f"批量请求应是 JSON 数组，或每行一个事件：{wrong}") from None
    else:
        found = [line for line in body.splitlines() if line.strip()]
    if not found:
        raise EventError("batch.empty", "批量请求里没有事件")
    if len(found) > MAX_BATCH:
        raise EventError("batch.too_large", f"一批最多 {MAX_BATCH} 个事件，收到 {len(found)} 个")
    return found


async def _serve(desk: Desk, options: Options, ready: Callable[[], None], sources: Sources | None) -> None:
    from granian.server.embed import Server

    loop = asyncio.get_running_loop()
    meters = Meters()
    commits = Commits(
        desk,
        options.durability,
        meters,
        Background(options.snapshot_seconds, loop.time, options.journal_days),
    )
    service = Service(desk, commits, meters, sources)
    server = Server(service, options.host, options.port, log_enabled=False, websockets=False)

    halt: Callable[[], None] = server.stop

    def stop() -> None:
        service.draining = True
        halt()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    hung: set[asyncio.Task[None]] = set()  # the loop itself holds tasks weakly

    def hang_up() -> None:
        task = loop.create_task(service.control.hang_up())
        hung.add(task)
        task.add_done_callback(hung.discard)

    loop.add_signal_handler(signal.SIGHUP, hang_up)
    loop.call_later(0.05, ready)
    server.workers_kill_timeout = STOP_SECONDS
    with suppress(TimeoutError):  # a connection that never sends the rest of its request
        await server.serve()
    await commits.drain()


def run(
    desk: Desk, options: Options, ready: Callable[[], None] = lambda: None, sources: Sources | None = None
) -> None:
    """Serve until SIGTERM or Ctrl-C; then answer what was taken, keep a snapshot, let the files go.

    Raises: JournalError when events answered in `fast` could not be written at the end.
    """
    with settled():
        asyncio.run(_serve(desk, options, ready, sources))
    desk.snapshot()
    desk.close()
