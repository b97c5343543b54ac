"""`xiaobao manage …`: Django's management commands with the product's settings."""

from __future__ import annotations

import os


def run_raw(arguments: list[str]) -> int:
    """Hand the arguments to Django as they are."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiaobao.site.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["xiaobao manage", *arguments])
    return 0
