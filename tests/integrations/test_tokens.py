"""Tokens: who gets one, what it opens, when it stops."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from xiaobao.base.integrations import selectors, services
from xiaobao.base.integrations.models import ApiToken
from xiaobao.base.integrations.values import Grant
from xiaobao.base.people.models import User
from xiaobao.base.people.services import org_create, user_create
from xiaobao.base.people.values import NOWHERE, OrgKind
from xiaobao.kernel import ports
from xiaobao.kernel.errors import IllegalStep, InvalidInput, NotAllowed, NotFound, XiaobaoError
from xiaobao.kernel.identity import Actor, system_actor
from xiaobao.kernel.roles import Role

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
SYSTEM = system_actor("测试")


@pytest.fixture
def clock() -> Any:
    with ports.use(ports.seeded(7, START)) as running:
        yield running.clock


@pytest.fixture
def account(clock: Any) -> User:
    """The call centre's account at a branch."""
    head = org_create(actor=SYSTEM, code="0000", name="总行", kind=OrgKind.HEAD_OFFICE)
    branch = org_create(
        actor=SYSTEM, code="0571", name="杭州分行", kind=OrgKind.BRANCH, parent_path=head.path
    )
    org_create(actor=SYSTEM, code="0572", name="湖州分行", kind=OrgKind.BRANCH, parent_path=head.path)
    user = user_create(actor=SYSTEM, username="cti", display_name="客服平台", org_path=branch.path)
    User.objects.filter(pk=user.pk).update(roles=[Role.INTEGRATION.value])
    return User.objects.get(pk=user.pk)


def issue(**changes: Any) -> tuple[ApiToken, str]:
    told: dict[str, Any] = {"username": "cti", "name": "客服平台", "grants": ["read", "write"]}
    return services.token_issue(actor=SYSTEM, **told | changes)


def test_a_token_calls_as_its_account(account: User) -> None:
    row, clear = issue()
    caller = selectors.caller_of(clear, ip="10.0.0.9", request_id="r1")
    assert caller is not None
    assert (caller.token_id, caller.actor.user_id, caller.actor.via) == (row.pk, account.pk, "api")
    assert caller.actor.scope == account.org.path
    assert caller.grants == {Grant.READ, Grant.WRITE}


def test_the_token_itself_is_kept_nowhere(account: User) -> None:
    row, clear = issue()
    kept = " ".join(str(value) for value in ApiToken.objects.filter(pk=row.pk).values().get().values())
    assert clear not in kept
    assert len(clear) == 46


def test_a_token_may_be_narrowed_but_not_widened(account: User) -> None:
    with pytest.raises(InvalidInput, match="scope"):
        issue(org_path="0001.")


def test_a_token_sees_nothing_when_its_account_moved_away(account: User) -> None:
    row, clear = issue()
    ApiToken.objects.filter(pk=row.pk).update(org_path="0001.0002.")
    caller = selectors.caller_of(clear)
    assert caller is not None
    assert caller.actor.scope == NOWHERE


@pytest.mark.parametrize("token", ["", "xb_", "xb_wrong", "Bearer x", "x" * 10_000])
def test_a_wrong_token_calls_as_nobody(account: User, token: str) -> None:
    issue()
    assert selectors.caller_of(token) is None


def test_a_token_ends_with_its_days(account: User, clock: Any) -> None:
    _, clear = issue(days=30)
    clock.set(START + timedelta(days=29))
    assert selectors.caller_of(clear) is not None
    clock.set(START + timedelta(days=30))
    assert selectors.caller_of(clear) is None


def test_a_revoked_token_is_useless_and_stays_revoked(account: User) -> None:
    row, clear = issue()
    services.token_revoke(actor=SYSTEM, token_id=row.pk, reason="更换系统")
    assert selectors.caller_of(clear) is None
    with pytest.raises(IllegalStep):
        services.token_revoke(actor=SYSTEM, token_id=row.pk)


def test_a_disabled_account_closes_its_tokens(account: User) -> None:
    _, clear = issue()
    User.objects.filter(pk=account.pk).update(is_active=False)
    assert selectors.caller_of(clear) is None


@pytest.mark.parametrize(
    ("changes", "kind", "code"),
    [
        ({"username": "nobody"}, NotFound, "people.user.missing"),
        ({"grants": []}, InvalidInput, "integrations.token.grants"),
        ({"grants": ["admin"]}, InvalidInput, "integrations.token.grants"),
        ({"name": "  "}, InvalidInput, "integrations.token.name"),
        ({"days": 0}, InvalidInput, "integrations.token.days"),
        ({"days": 367}, InvalidInput, "integrations.token.days"),
    ],
)
def test_a_token_is_refused(
    account: User, changes: dict[str, Any], kind: type[XiaobaoError], code: str
) -> None:
    with pytest.raises(kind) as caught:
        issue(**changes)
    assert caught.value.code == code
    assert not ApiToken.objects.exists()


def test_only_an_account_for_systems_gets_one(account: User) -> None:
    User.objects.filter(pk=account.pk).update(roles=[Role.OFFICER.value])
    with pytest.raises(InvalidInput) as caught:
        issue()
    assert caught.value.code == "integrations.token.account"


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.SECURITY_ADMIN, Role.SYSTEM}])
def test_nobody_else_issues_revokes_or_lists(account: User, role: Role) -> None:
    actor = Actor(1, "某人", frozenset({role}), "0001.", "0001.")
    row, _ = issue()
    for attempt in (
        lambda: services.token_issue(actor=actor, username="cti", name="x", grants=["read"]),
        lambda: services.token_revoke(actor=actor, token_id=row.pk),
        lambda: selectors.tokens_all(actor),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_use_is_noted_at_most_once_an_hour(account: User, clock: Any) -> None:
    row, _ = issue()
    services.token_seen(token_id=row.pk)
    clock.set(START + timedelta(minutes=59))
    services.token_seen(token_id=row.pk)
    row.refresh_from_db()
    assert row.used_at == START
    clock.set(START + timedelta(minutes=60))
    services.token_seen(token_id=row.pk)
    row.refresh_from_db()
    assert row.used_at == START + timedelta(minutes=60)
