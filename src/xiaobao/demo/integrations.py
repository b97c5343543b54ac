"""Seeds the room `integrations`: one token for the account of the call centre's system."""

from __future__ import annotations

from xiaobao.base.integrations.services import token_issue
from xiaobao.base.integrations.values import Grant
from xiaobao.demo.people import Bank

ACCOUNT = "gateway"


def token(bank: Bank) -> str:
    """The token in clear, handed out by the security administrator; nobody can show it a second time."""
    _, clear = token_issue(
        actor=bank.staff["secadmin"],
        username=ACCOUNT,
        name="客服平台",
        grants=[Grant.READ.value, Grant.WRITE.value],
    )
    return clear
