"""Who a name and a password belong to."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser

from xiaobao.base.people.models import User
from xiaobao.base.statements import Given, Statement

_USER = Statement(lambda: User.objects.filter(pk=Given("pk")).order_by())


class StaffBackend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's backend, where a disabled account answers like a wrong password."""

    @classmethod
    def _stash_user(cls, user: AbstractBaseUser | None) -> None:
        """Keep nobody aside: allauth would tell a right password of a disabled account from a wrong one."""

    def get_user(self, user_id: int) -> User | None:
        """The account of this session with its unit, None where it is gone or off. One statement."""
        user = _USER.first(pk=user_id)
        return user if user is not None and self.user_can_authenticate(user) else None
