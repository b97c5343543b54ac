"""Accounts of other systems and their tokens, made through services."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse
from django.test import Client

from xiaobao.base.integrations.services import token_issue
from xiaobao.base.people.models import OrgUnit, User
from xiaobao.kernel.identity import system_actor
from xiaobao.kernel.roles import Role

EVERYTHING = ("read", "write", "commands")


def account(org: OrgUnit, *roles: Role, username: str = "cti") -> User:
    """An account for a system at the unit; 接口账号 and what else is named."""
    user = User(
        username=username,
        display_name="客服平台",
        org=org,
        roles=[str(role) for role in (Role.INTEGRATION, *roles)],
    )
    user.set_unusable_password()
    user.save()
    return User.objects.get(pk=user.pk)


class Program:
    """A program that calls the API with a token."""

    def __init__(self, user: User, *grants: str, org_path: str = "") -> None:
        self.row, self.token = token_issue(
            actor=system_actor("测试"),
            username=user.username,
            name="测试",
            grants=grants or EVERYTHING,
            org_path=org_path,
        )
        self.client = Client()

    def get(self, path: str, **query: Any) -> HttpResponse:
        """GET below /api/v1."""
        return self.client.get(f"/api/v1{path}", query, headers=self._headers())  # type: ignore[return-value]

    def post(
        self, path: str, body: Any = None, *, key: str | None = "k", raw: str | None = None
    ) -> HttpResponse:
        """POST below /api/v1 under an idempotency key."""
        headers = self._headers() | ({"Idempotency-Key": key} if key is not None else {})
        content = raw if raw is not None else json.dumps(body or {})
        return self.client.post(  # type: ignore[return-value]
            f"/api/v1{path}", content, content_type="application/json", headers=headers
        )

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


def said(response: HttpResponse) -> Any:
    """The JSON of an answer."""
    return json.loads(response.content)
