from __future__ import annotations

import ast
import os
import subprocess
import sys

import pytest
from django.test import Client

from tests.factories import people as make
from tests.house.addresses import addresses
from xiaobao.base.people.models import User
from xiaobao.kernel.roles import Role

SPOKEN = [
    "SESSION_COOKIE_NAME",
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_NAME",
    "CSRF_COOKIE_SECURE",
    "SECURE_HSTS_SECONDS",
    "SECURE_SSL_REDIRECT",
    "DEBUG",
]


@pytest.fixture
def officer(db, settings):
    settings.SECOND_FACTOR_FOR_ADMINS = False
    client = Client()
    client.force_login(make.user("xiaomin", make.bank().office, Role.OFFICER, name="晓敏"))
    return client


@pytest.mark.parametrize("path", ["/accounts/login/", "/nowhere/", "/people/", "/people/me/"])
def test_every_page_carries_the_headers(officer, path):
    headers = officer.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert len(headers["X-Request-ID"]) == 32


def test_pages_of_a_signed_in_person_are_never_kept(officer):
    kept = []
    for address in addresses():
        if not address.arguments:
            headers = officer.get("/" + address.route).headers
            if "no-store" not in headers.get("Cache-Control", ""):
                kept.append(address.route)
    assert not kept


def test_login_page_is_never_kept(db):
    assert "no-store" in Client().get("/accounts/login/").headers["Cache-Control"]


def test_cookies_are_closed_to_scripts_and_other_sites(db):
    bank = make.bank()
    make.user("chen", bank.outlet, Role.HANDLER, password=make.PASSWORD)
    client = Client()
    client.get("/accounts/login/")
    client.post("/accounts/login/", {"login": "chen", "password": make.PASSWORD})
    for name in ("xb-session", "xb-csrf"):
        assert client.cookies[name]["httponly"] is True
        assert client.cookies[name]["samesite"] == "Lax"
        assert client.cookies[name]["domain"] == ""


def settings_over_tls(tmp_path):
    """What the settings say when the site is served over TLS, read by a process of its own."""
    code = f"from xiaobao.site import settings as s; print([getattr(s, n) for n in {SPOKEN!r}])"
    env = {**os.environ, "XIAOBAO_TLS": "1", "XIAOBAO_VAR": str(tmp_path)}
    run = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    return dict(zip(SPOKEN, ast.literal_eval(run.stdout), strict=True))


def test_over_tls_cookies_are_host_bound_and_the_browser_stays_with_https(tmp_path):
    said = settings_over_tls(tmp_path)
    assert said["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert said["CSRF_COOKIE_NAME"].startswith("__Host-")
    assert said["SESSION_COOKIE_SECURE"] is said["CSRF_COOKIE_SECURE"] is True
    assert said["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert said["SECURE_SSL_REDIRECT"] is True
    assert said["DEBUG"] is False


def test_hsts_is_sent_over_tls(settings, client):
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    answer = client.get("/static/none.css", secure=True)
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_a_foreign_host_is_refused_without_a_trace_of_ours(db):
    answer = Client(headers={"host": "evil.example"}).get("/accounts/login/")
    assert answer.status_code == 400
    assert b"Traceback" not in answer.content


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_login_never_leads_to_another_site(db, wanted):
    make.user("chen", make.bank().outlet, Role.HANDLER, password=make.PASSWORD)
    answer = Client().post("/accounts/login/", {"login": "chen", "password": make.PASSWORD, "next": wanted})
    assert answer.headers["Location"] == "/"


def test_a_fresh_installation_has_no_account(db):
    assert not User.objects.exists()
