"""Settings of the site, read from the environment once (docs/reference/configuration.md)."""

from __future__ import annotations

from pathlib import Path

from xiaobao.site.settings.database import database_from_url
from xiaobao.site.settings.environment import Environment

ENV = Environment.read()

BASE_DIR = Path(__file__).resolve().parent.parent
ROOMS_DIR = BASE_DIR.parent
VAR = ENV.var

DEBUG = False
SECRET_KEY = ENV.secret_key
ALLOWED_HOSTS = ENV.allowed_hosts
CSRF_TRUSTED_ORIGINS = ENV.trusted_origins
ROOT_URLCONF = "xiaobao.site.urls"
WSGI_APPLICATION = "xiaobao.site.wsgi.application"

BASE_ROOMS = [
    "people",
    "audit",
    "evidence",
    "inbox",
    "events",
    "figures",
    "search",
    "integrations",
    "law",
    "rulebook",
    "impact",
]
DUTY_ROOMS = ["complaints"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    *(f"xiaobao.base.{room}" for room in BASE_ROOMS),
    *(f"xiaobao.duties.{room}" for room in DUTY_ROOMS),
    "xiaobao.site",
]

MIDDLEWARE = [
    "xiaobao.site.middleware.RequestContext",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "xiaobao.site.middleware.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "xiaobao.base.people.middleware.SessionLimits",
    "xiaobao.base.people.middleware.ActorMiddleware",
    "xiaobao.site.middleware.ErrorPages",
    "xiaobao.site.uploads.UploadLimit",
]

TEMPLATES = [
    {
        "NAME": "jinja2",
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [
            BASE_DIR / "templates",
            *(ROOMS_DIR / "base" / room / "web" / "templates" for room in BASE_ROOMS),
            *(ROOMS_DIR / "duties" / room / "web" / "templates" for room in DUTY_ROOMS),
        ],
        "OPTIONS": {
            "environment": "xiaobao.site.jinja.environment",
            "context_processors": ["xiaobao.site.drawing.forms"],
        },
    },
    {
        "NAME": "django",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "django_templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

DATABASES = {"default": database_from_url(ENV.database_url, VAR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
LOCALE_PATHS = [BASE_DIR / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = VAR / "evidence"
CLAMD_ADDRESS = ENV.clamd
DRAFT_DAYS = ENV.draft_days

from xiaobao.site.settings.security import *
from xiaobao.site.settings.login import *
from xiaobao.site.settings.logs import LOGGING  # noqa: F401
