"""The demo's known password is sealed quickly, and at full cost again from the first sign-in on."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.hashers import check_password, get_hasher, make_password

from xiaobao.demo.passwords import quick_passwords


def test_quick_inside_full_cost_outside(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    with quick_passwords():
        quick = make_password("demo")
    assert check_password("demo", quick)
    assert not check_password("other", quick)
    assert "m=1024" in quick
    assert get_hasher().must_update(quick)
    assert not get_hasher().must_update(make_password("demo"))


def test_another_way_of_sealing_is_left_alone() -> None:
    with quick_passwords():
        assert make_password("demo").startswith("md5$")
