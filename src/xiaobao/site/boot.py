"""Starting Django for a console command: set up, and make the database at first use."""

from __future__ import annotations

import os
import sys
from typing import Any

from xiaobao.kernel.errors import NotConfigured


def setup() -> None:
    """Start Django without touching the database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiaobao.site.settings")
    import django

    django.setup()


def setup_with_database() -> None:
    """Start Django; create and migrate the database if it is not up to date, saying so on stderr."""
    setup()
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    _refuse_a_newer_one(executor.loader)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        where = connection.settings_dict["NAME"]
        print(f"正在建立或升级数据库 / preparing the database: {where}", file=sys.stderr)
        call_command("migrate", verbosity=0, stdout=sys.stderr)


def _refuse_a_newer_one(loader: Any) -> None:
    """Raises: NotConfigured `site.database_newer` when a later version of the product has migrated it."""
    from django.apps import apps

    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("xiaobao.")}
    unknown = sorted(
        f"{label}.{name}"
        for label, name in loader.applied_migrations
        if label in ours
        and (label, name) not in loader.disk_migrations
        and name not in _replaced(loader, label)
    )
    if unknown:
        raise NotConfigured(
            "site.database_newer",
            say=f"数据库由更新版本的小保建立（本版本不认识 {unknown[-1]}），没有作任何改动。"
            "请升级程序，或换用原来的数据文件夹\n"
            "the database was made by a newer version; upgrade the program or use another XIAOBAO_VAR",
        )


def _replaced(loader: Any, label: str) -> set[str]:
    """Migrations that a squashed one of this version stands for."""
    return {
        old
        for (app, _), migration in loader.disk_migrations.items()
        if app == label
        for _, old in migration.replaces
    }
