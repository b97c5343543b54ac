"""The reins of a running server, for its own machine alone: publish, incidents, lift, snooze.

Each change is a record of the journal between two events, so that a recovery decides every event as it
was decided. `POST /admin/reload` or SIGHUP reads the files again that the server was started with.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import msgspec

from xiaobao.engines.fraud.changes import lifting, publication, snoozing
from xiaobao.engines.fraud.commits import Commits
from xiaobao.engines.fraud.controls import ControlError, Lift, PublishError, Snooze
from xiaobao.engines.fraud.events import NOT_JSON
from xiaobao.engines.fraud.going_live import Sources
from xiaobao.kernel import ports

MAX_ORDER = 65_536
_TURN = 0.0005
_HERE = ("127.0.0.1", "::1", "::ffff:127.0.0.1")
_FORWARDED = ("x-forwarded-for", "forwarded", "x-real-ip")


class Refused(ValueError):
    """An order that is not followed: the code beside the sentence."""

    def __init__(self, code: str, say: str) -> None:
        super().__init__(say)
        self.code = code


class _Lift(msgspec.Struct, forbid_unknown_fields=True):
    rule: str
    by: str
    approved_by: str
    reason: str


class _Snooze(msgspec.Struct, forbid_unknown_fields=True):
    customer: str
    rule: str
    until: int
    by: str
    reason: str


class Control:
    """Orders to a running server; call from its event loop."""

    def __init__(self, commits: Commits, sources: Sources | None) -> None:
        self.published = 0
        self.refused = 0
        self.say = ""  # why the last publication was refused
        self._commits = commits
        self._sources = sources
        self._turn = asyncio.Lock()
        self.places: dict[tuple[str, str], Callable[[bytes], Awaitable[dict[str, Any]]]] = {
            ("POST", "/admin/reload"): self._reload,
            ("GET", "/admin/incidents"): self._incidents,
            ("POST", "/admin/lift"): self._lift,
            ("GET", "/admin/snoozes"): self._snoozes,
            ("POST", "/admin/snoozes"): self._snooze,
        }

    async def reload(self) -> dict[str, Any]:
        """Publish the files as they are now; the set-up in force goes on where they are refused.

        Raises: Refused.
        """
        async with self._turn:
            began = asyncio.get_running_loop().time()
            try:
                changed = await self._publish()
            except (ValueError, OSError) as wrong:
                self.refused += 1
                self.say = f"发布被拒绝，仍按原来的规则处置：{wrong}"
                raise Refused("reload.refused", self.say) from None
            self.published += changed
            self.say = ""
            engine = self._commits.desk.engine
            took = (asyncio.get_running_loop().time() - began) * 1_000
            return {
                "changed": changed,
                "setup": engine.setup,
                "versions": engine.versions,
                "ms": round(took, 1),
            }

    async def hang_up(self) -> None:
        """SIGHUP: as `reload`; the outcome goes to the log."""
        log = logging.getLogger(__name__)
        try:
            found = await self.reload()
            log.warning("已发布 %s，%s 毫秒", found["setup"][:12], found["ms"])
        except Refused as wrong:
            log.warning("%s", wrong)

    async def _publish(self) -> bool:
        if self._sources is None:
            raise PublishError("服务不是由文件启动的，不能重新读取")
        with _yielding():
            fresh = await asyncio.to_thread(self._sources.fresh)
        engine = self._commits.desk.engine
        if fresh.setup == engine.setup:
            return False
        if not engine.fits(fresh):
            engine.publish(fresh)  # says why not
        await self._commits.change(publication(fresh))
        return True

    async def _reload(self, body: bytes) -> dict[str, Any]:
        return await self.reload()

    async def _incidents(self, body: bytes) -> dict[str, Any]:
        brake = self._commits.desk.engine.brake
        return {"set_aside": sorted(brake.shadowed), "incidents": list(brake.incidents)}

    async def _lift(self, body: bytes) -> dict[str, Any]:
        order = _read(body, _Lift)
        lift = Lift(order.rule, order.by, order.approved_by, order.reason, _now())
        async with self._turn:
            author = self._sources.author_of(order.rule) if self._sources else ""
            lift.check(frozenset(self._commits.desk.engine.brake.shadowed), author)
            await self._commits.change(lifting(lift))
        return await self._incidents(body)

    async def _snoozes(self, body: bytes) -> dict[str, Any]:
        return {"snoozes": [_told(one) for one in self._commits.desk.engine.snoozed if one.until > _now()]}

    async def _snooze(self, body: bytes) -> dict[str, Any]:
        order = _read(body, _Snooze)
        snooze = Snooze(order.customer, order.rule, order.until, order.by, order.reason, _now())
        async with self._turn:
            rules = self._commits.desk.engine.settings.rules.rules
            snooze.check(frozenset(rule.id for rule in rules))
            await self._commits.change(snoozing(snooze))
        return _told(snooze)


@contextmanager
def _yielding() -> Iterator[None]:
    """While long lists are read beside the work, payments get their turn sooner than after 5 ms each."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(_TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def must_be_near(client: str, headers: Any) -> None:
    """Raises: Refused for whoever is not on this machine, or came through a proxy."""
    host = client.rsplit(":", 1)[0].strip("[]")
    if host not in _HERE or any(headers.get(name) for name in _FORWARDED):
        raise Refused("admin.remote", "管理地址只接受本机直接发来的请求")


def _read(body: bytes, kind: Any) -> Any:
    try:
        return msgspec.json.decode(body, type=kind)
    except NOT_JSON as wrong:
        raise ControlError(f"请求内容不对：{wrong}") from None


def _told(snooze: Snooze) -> dict[str, Any]:
    return {name: getattr(snooze, name) for name in Snooze.__struct_fields__}


def _now() -> int:
    return int(ports.now().timestamp() * 1_000)
