"""Sealing the demo accounts' one known password without the seconds a secret deserves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.hashers import Argon2PasswordHasher, get_hasher


@contextmanager
def quick_passwords() -> Iterator[None]:
    """Argon2 at its least cost inside the block.

    The password is printed on the screen, so nothing is lost; the first sign-in of an account
    seals it anew at full cost, as Django does whenever the parameters have risen.
    """
    hasher = get_hasher()
    if not isinstance(hasher, Argon2PasswordHasher):
        yield
        return
    hasher.time_cost, hasher.memory_cost, hasher.parallelism = 1, 1_024, 1
    try:
        yield
    finally:
        del hasher.time_cost, hasher.memory_cost, hasher.parallelism
