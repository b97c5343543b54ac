"""What django-allauth is told about our accounts."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.http import HttpRequest

from xiaobao.base.people.client import client_ip


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by the system administrator; nobody signs up, nothing is mailed."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "用户名或密码不正确。",
        "account_inactive": "用户名或密码不正确。",
        "too_many_login_attempts": "尝试次数过多，请过几分钟再试；忘记密码请联系系统管理员。",
        "enter_current_password": "请输入当前密码。",
        "incorrect_password": "当前密码不正确。",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address login throttling counts by."""
        return client_ip(request)

    def clean_password(self, password: str, user: Any = None) -> str:
        """The new password; refused when it is the old one."""
        if user is not None and user.pk and user.check_password(password):
            raise forms.ValidationError("新密码不能与当前密码相同。")
        return str(super().clean_password(password, user))

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: accounts have no mail address; changes stand in the journal."""

    def send_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nothing, likewise."""
