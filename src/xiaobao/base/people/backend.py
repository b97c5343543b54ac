"""Who a name and a password belong to."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser


class StaffBackend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's backend, where a disabled account answers like a wrong password."""

    @classmethod
    def _stash_user(cls, user: AbstractBaseUser | None) -> None:
        """Keep nobody aside: allauth would tell a right password of a disabled account from a wrong one."""
