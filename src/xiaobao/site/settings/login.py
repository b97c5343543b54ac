"""Login by django-allauth: name and password, TOTP or passkey, no self-registration."""

from __future__ import annotations

from xiaobao.site.settings.environment import Environment

_ENV = Environment.read()

AUTHENTICATION_BACKENDS = ["xiaobao.base.people.backend.StaffBackend"]

ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_ADAPTER = "xiaobao.base.people.allauth_adapter.StaffAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "30/5m/ip,5/5m/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/accounts/login/"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False

MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "xiaobao"
MFA_TOTP_TOLERANCE = 1

USERSESSIONS_TRACK_ACTIVITY = False

SESSION_ENGINE = "xiaobao.base.people.sessions"

SECOND_FACTOR_FOR_ADMINS = not _ENV.demo
"""The three admin posts must hold a second factor before they may do anything else."""

REVEALS_AN_HOUR = 30
"""How many records one person may see unmasked within an hour."""

TRUSTED_PROXIES = _ENV.trusted_proxies
"""How many proxies of ours stand in front and write X-Forwarded-For."""

CACHES = {
    # Shared by all worker processes, so that login throttling counts once.
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": _ENV.var / "cache",
    }
}
