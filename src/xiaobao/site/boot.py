"""Starting Django for a console command: set up, and make the database at first use."""

from __future__ import annotations

import os
import sys


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
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        where = connection.settings_dict["NAME"]
        print(f"正在建立或升级数据库 / preparing the database: {where}", file=sys.stderr)
        call_command("migrate", verbosity=0, stdout=sys.stderr)
