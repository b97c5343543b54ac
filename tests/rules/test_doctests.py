"""The examples in the docstrings of the ground floor and of the rules hold."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import xiaobao.kernel
import xiaobao.rules

MODULES = [
    found.name
    for package in (xiaobao.kernel, xiaobao.rules)
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
]


@pytest.mark.parametrize("name", MODULES)
def test_docstring_examples(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_some_examples_were_run() -> None:
    tried = sum(doctest.testmod(importlib.import_module(name)).attempted for name in MODULES)
    assert tried >= 20
