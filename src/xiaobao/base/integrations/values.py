"""What a token may do, who calls with it, and what an answer is made of. No database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from xiaobao.kernel.identity import Actor
from xiaobao.kernel.terms import Term

KEY_LIMIT = 255
CLEAR_PREFIX = "xb_"
TOKEN_BYTES = 32


class Grant(Term):
    """What a token opens; the roles of its account still decide each command."""

    READ = "read", "查询"
    WRITE = "write", "登记"
    COMMANDS = "commands", "办理"


@dataclass(frozen=True, slots=True)
class Caller:
    """The account behind a valid token, narrowed to the token's unit, and what the token opens."""

    token_id: int
    actor: Actor
    grants: frozenset[Grant]
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """One writing request: whose, under which key, and what it says."""

    token_id: int
    key: str
    method: str
    path: str
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """Status and JSON text. `keep` False: nothing was done, the same key may be used again."""

    status: int
    body: str
    keep: bool = True
    replayed: bool = False
