"""One key, one answer: kept, replayed, refused for another body, safe under twins."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError

from tests.factories.at_once import at_once
from xiaobao.base.integrations import services
from xiaobao.base.integrations.models import ApiToken, IdempotencyKey
from xiaobao.base.integrations.values import Answer, Call
from xiaobao.base.people.models import OrgUnit, User
from xiaobao.base.people.values import OrgKind
from xiaobao.kernel import ports
from xiaobao.kernel.errors import InvalidInput, RuleBroken
from xiaobao.kernel.roles import Role


@pytest.fixture
def token_id(db: None) -> int:
    org = OrgUnit.objects.create(code="0000", name="总行", kind=OrgKind.HEAD_OFFICE, path="0001.")
    user = User.objects.create(username="cti", display_name="客服平台", org=org, roles=[Role.INTEGRATION])
    return ApiToken.objects.create(
        name="t", user=user, digest="0" * 64, hint="xb_", org_path="0001.", expires_at=ports.now()
    ).pk


def call(token_id: int, body: bytes = b'{"a":1}', key: str = "k1", path: str = "/api/v1/x") -> Call:
    return Call(token_id, key, "POST", path, body)


class Counter:
    """A command that counts how often it ran and leaves a mark in the database."""

    def __init__(self, *answers: Answer) -> None:
        self.answers, self.runs = list(answers), 0

    def __call__(self) -> Answer:
        self.runs += 1
        OrgUnit.objects.create(
            code=f"r{self.runs}", name="x", kind=OrgKind.BRANCH, path=f"0001.{self.runs:04d}."
        )
        return self.answers[min(self.runs, len(self.answers)) - 1]


def marks() -> int:
    return OrgUnit.objects.filter(code__startswith="r").count()


def test_the_same_key_gets_the_same_answer_and_acts_once(token_id: int) -> None:
    run = Counter(Answer(201, '{"no":"TS1"}'), Answer(201, '{"no":"TS2"}'))
    first = services.answer_once(call=call(token_id), run=run)
    second = services.answer_once(call=call(token_id), run=run)
    assert (first.status, first.body, first.replayed) == (201, '{"no":"TS1"}', False)
    assert (second.status, second.body, second.replayed) == (201, '{"no":"TS1"}', True)
    assert (run.runs, marks()) == (1, 1)


@pytest.mark.parametrize("status", [403, 404, 409, 422, 500])
def test_a_refusal_is_kept_too(token_id: int, status: int) -> None:
    run = Counter(Answer(status, "first"), Answer(201, "second"))
    services.answer_once(call=call(token_id), run=run)
    assert services.answer_once(call=call(token_id), run=run).body == "first"
    assert run.runs == 1


def test_blanks_and_order_of_json_are_the_same_body(token_id: int) -> None:
    run = Counter(Answer(200, "x"))
    services.answer_once(call=call(token_id, b'{"a":1,"b":2}'), run=run)
    assert services.answer_once(call=call(token_id, b'{ "b": 2, "a": 1 }'), run=run).replayed


@pytest.mark.parametrize("changes", [{"body": b'{"a":2}'}, {"path": "/api/v1/y"}])
def test_the_same_key_for_something_else_is_an_error(token_id: int, changes: dict[str, Any]) -> None:
    run = Counter(Answer(200, "x"))
    services.answer_once(call=call(token_id), run=run)
    with pytest.raises(RuleBroken) as caught:
        services.answer_once(call=call(token_id, **changes), run=run)
    assert (caught.value.code, caught.value.status, run.runs) == ("api.key_reused", 422, 1)


def test_an_answer_that_is_not_kept_takes_everything_back(token_id: int) -> None:
    run = Counter(Answer(400, "bad", keep=False), Answer(201, "good"))
    assert services.answer_once(call=call(token_id), run=run).status == 400
    assert (marks(), IdempotencyKey.objects.count()) == (0, 0)
    assert services.answer_once(call=call(token_id), run=run).body == "good"


def test_a_database_that_goes_away_leaves_the_key_free(token_id: int) -> None:
    def away() -> Answer:
        OrgUnit.objects.create(code="r1", name="x", kind=OrgKind.BRANCH, path="0001.0001.")
        raise OperationalError("database is locked")

    with pytest.raises(OperationalError):
        services.answer_once(call=call(token_id), run=away)
    assert (marks(), IdempotencyKey.objects.count()) == (0, 0)


@pytest.mark.parametrize("key", ["", "k" * 256])
def test_a_key_is_needed_and_bounded(token_id: int, key: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        services.answer_once(call=call(token_id, key=key), run=Counter(Answer(200, "x")))
    assert caught.value.code == "api.key_needed"


def test_keys_of_two_tokens_are_two_keys(token_id: int) -> None:
    other = ApiToken.objects.get(pk=token_id)
    other.pk, other.digest = None, "1" * 64
    other.save(force_insert=True)
    run = Counter(Answer(200, "x"))
    services.answer_once(call=call(token_id), run=run)
    services.answer_once(call=call(other.pk), run=run)
    assert run.runs == 2


@pytest.mark.django_db(transaction=True)
def test_twins_act_once_and_hear_the_same(token_id: int) -> None:
    run = Counter(Answer(201, "one"), Answer(201, "two"))
    heard = at_once(*[lambda: services.answer_once(call=call(token_id), run=run)] * 4)
    assert [answer.body for answer in heard] == [heard[0].body] * 4
    assert sorted(answer.replayed for answer in heard) == [False, True, True, True]
    assert marks() == 1
