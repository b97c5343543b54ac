"""Time, identity and chance enter through `kernel/ports.py` alone."""

from __future__ import annotations

import ast

import pytest

from tests.house.ports_ban import breaches
from tests.house.source import SRC, is_migration, modules, name_of, tree

PORTS = SRC / "kernel/ports.py"


def test_nothing_else_reads_clock_ids_or_chance() -> None:
    found = [
        f"{name_of(path)}:{line} {name}"
        for path in modules(SRC)
        if path != PORTS and not is_migration(path)
        for line, name in breaches(tree(path))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "line",
    [
        "from datetime import datetime\nx = datetime.now()",
        "import datetime as dt\nx = dt.datetime.now(dt.UTC)",
        "from datetime import date\nx = date.today()",
        "from django.utils import timezone\nx = timezone.now()",
        "from django.utils.timezone import now",
        "from django.db import models\nf = models.DateTimeField(default=timezone.now)",
        "import uuid",
        "from uuid import uuid4",
        "import random",
        "from random import Random",
        "from secrets import token_hex",
        "import time\nx = time.time()",
        "import os\nx = os.urandom(3)",
    ],
)
def test_each_way_round_the_ports_is_seen(line: str) -> None:
    assert list(breaches(ast.parse(line)))


@pytest.mark.parametrize(
    "line",
    [
        "x = ports.now()",
        "import time\ntime.sleep(1)",
        "x = clock.now()",
        "d.today",
        "if TYPE_CHECKING:\n    import random",
    ],
)
def test_the_ports_themselves_are_allowed(line: str) -> None:
    assert not list(breaches(ast.parse(line)))
