"""A journal to attack: entries through `record`, an export, and the verifier as an outsider runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import connection

import xiaobao.base.audit.verifier as verifier
from xiaobao.base.audit import triggers
from xiaobao.base.audit.export import journal_export
from xiaobao.base.audit.heads import head_document
from xiaobao.base.audit.models import AuditEntry, TreeHead
from xiaobao.base.audit.services import record
from xiaobao.kernel.identity import Actor
from xiaobao.kernel.roles import Role

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
OFFICE = "0001.0002."
BRANCH = "0001.0007."


def person(role: Role, *, scope: str = "0001.", org_path: str = "0001.") -> Actor:
    """Somebody of this post."""
    return Actor(7, "晓敏", frozenset({role}), org_path, scope, ip="10.0.0.8", request_id="r1")


def write(
    count: int, *, tag: str = "complaints:complaint:receive", org_path: str = BRANCH
) -> list[AuditEntry]:
    """So many entries about complaints TS1, TS2, ..."""
    actor = person(Role.OFFICER)
    return [
        record(
            actor=actor,
            tag=tag,
            object_id=f"TS{number}",
            org_path=org_path,
            after={"stage": "registered", "number": number},
            rules=("CMP-001",),
        )
        for number in range(count)
    ]


def export_lines(path: Path) -> list[Any]:
    """The export as values, one a line."""
    journal_export(path)
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def save_lines(path: Path, lines: list[Any]) -> Path:
    """Write the values back as an export writes them."""
    text = "".join(verifier.ENCODE(line) + "\n" for line in lines)
    path.write_text(text, encoding="utf-8")
    return path


def keep_head(path: Path) -> Path:
    """The newest head, kept outside the system."""
    path.write_text(json.dumps(head_document(TreeHead.objects.latest("size"))), encoding="utf-8")
    return path


def outsider(export: Path, *heads: Path) -> tuple[int, dict[str, Any]]:
    """Exit code and answer of the verifier, run isolated from this project."""
    command = [sys.executable, "-I", verifier.__file__, str(export), "--json"]
    for head in heads:
        command += ["--head", str(head)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, json.loads(done.stdout) if done.stdout else {"stderr": done.stderr}


def drop_triggers(*tables: str) -> None:
    """What a database administrator can do."""
    editor = connection.SchemaEditorClass(connection)
    triggers.allow_changes(editor, dict.fromkeys(tables, "id"))
