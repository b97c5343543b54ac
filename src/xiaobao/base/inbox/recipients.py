"""Who is told: the person in charge, the head of the unit, the leader of the office; nobody inactive."""

from __future__ import annotations

from xiaobao.base.inbox.models import Task
from xiaobao.base.inbox.values import Audience, Step
from xiaobao.base.people.models import User
from xiaobao.base.people.selectors import users_with_role
from xiaobao.base.people.values import parent_path
from xiaobao.kernel.roles import Role


class Recipients:
    """Looks people up once a run: a thousand tasks of one unit ask for its head once."""

    def __init__(self) -> None:
        self._nearest: dict[tuple[str, str], tuple[int, ...]] = {}
        self._active: dict[int, bool] = {}

    def of(self, task: Task, step: Step) -> tuple[int, ...]:
        """User ids to tell, each once; whoever is missing is replaced by the next one up."""
        told: dict[int, None] = {}
        for audience in step.told:
            told.update(dict.fromkeys(self._audience(task, audience)))
        return tuple(told or dict.fromkeys(self._leaders(task)))

    def _audience(self, task: Task, audience: Audience) -> tuple[int, ...]:
        if audience is Audience.ASSIGNEE:
            return self._in_charge(task)
        if audience is Audience.UNIT_HEAD:
            return self._heads(task)
        return self._leaders(task)

    def _in_charge(self, task: Task) -> tuple[int, ...]:
        if task.assignee_id is not None and self._is_active(task.assignee_id):
            return (task.assignee_id,)
        holders = self._holders(task.role, task.org_path) if task.role else ()
        return holders or self._heads(task)

    def _heads(self, task: Task) -> tuple[int, ...]:
        return self._holders(Role.UNIT_HEAD, task.org_path)

    def _leaders(self, task: Task) -> tuple[int, ...]:
        return self._holders(Role.LEADER, task.org_path)

    def _holders(self, role: str, org_path: str) -> tuple[int, ...]:
        """Those who hold the role at the unit, else at the nearest unit above, departments included."""
        key = (role, org_path)
        if key not in self._nearest:
            found = self._at(role, org_path)
            above = parent_path(org_path)
            self._nearest[key] = found or (self._holders(role, above) if above else ())
        return self._nearest[key]

    def _at(self, role: str, org_path: str) -> tuple[int, ...]:
        """Holders at the unit itself or, for posts that look after the whole unit, in its departments.

        A department's own head sees that department alone, and is not told of its neighbours' work.
        """
        own = tuple(users_with_role(role, org_path).values_list("pk", flat=True))
        if own or role == Role.UNIT_HEAD:
            return own
        house = users_with_role(role, org_path, below=True).filter(
            org__parent__path=org_path, org__kind="department"
        )
        return tuple(house.values_list("pk", flat=True))

    def _is_active(self, user_id: int) -> bool:
        if user_id not in self._active:
            self._active[user_id] = User.objects.filter(pk=user_id, is_active=True).exists()
        return self._active[user_id]
