"""What a snapshot of the engine holds."""

from __future__ import annotations

from typing import Any

import msgspec

from xiaobao.engines.fraud.controls import Snooze
from xiaobao.engines.fraud.decisions import Decision, Versions


class State(msgspec.Struct, array_like=True, gc=False):
    """A snapshot's content; fields are only ever added at the end."""

    versions: Versions
    online: list[Any]
    brake: list[Any]
    snoozed: list[Snooze]
    answered: list[Decision]
    forgotten: int = 0
    setup: str = ""


read_state = msgspec.msgpack.Decoder(State).decode
