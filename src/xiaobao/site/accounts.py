"""The addresses of login: only those of django-allauth that an office without self-registration needs."""

from __future__ import annotations

from allauth.account import views as account
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from xiaobao.kernel.errors import NotFound


@login_not_required
def no_signup(request: HttpRequest) -> HttpResponse:
    """Nobody signs up: accounts are made by the system administrator."""
    raise NotFound("site.no_signup")


urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("signup/", no_signup, name="account_signup"),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
]
