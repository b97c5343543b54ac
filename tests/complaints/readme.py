"""The generated parts of the complaints room's README: `python -m tests.complaints.readme --write`."""

from __future__ import annotations

import sys
from pathlib import Path

ROOM = Path(__file__).parents[2] / "src/xiaobao/duties/complaints"
README = ROOM / "README.md"


def generated() -> dict[str, str]:
    """Heading of a section -> what the code says stands below it."""
    from xiaobao.duties.complaints.domain import lifecycle
    from xiaobao.duties.complaints.domain.values import Command

    lines = [_command(command) for command in Command]
    head = "| command | from | posts | conditions | rules |\n|---|---|---|---|---|\n"
    return {
        "Tables": "| table | holds |\n|---|---|\n" + "\n".join(_tables()),
        "Commands": head + "\n".join(lines),
        "States": f"```mermaid\n{lifecycle.diagram()}\n```",
    }


def _tables() -> list[str]:
    from django.apps import apps

    return [
        f"| `{model._meta.db_table}` | {(model.__doc__ or '').strip().splitlines()[0]} |"
        for model in apps.get_app_config("complaints").get_models()
    ]


def _command(command: object) -> str:
    from xiaobao.duties.complaints.domain import access, guards, lifecycle
    from xiaobao.duties.complaints.domain.values import Command
    from xiaobao.kernel.roles import Role

    known = Command(command)
    stages = "、".join(dict.fromkeys(stage.label for stage, step in lifecycle.TABLE if step is known))
    posts = "、".join(
        role.label
        for role, commands in access.ACCESS.items()
        if known in commands and role is not Role.SYSTEM
    )
    wanted = "；".join(guard.label for guard in guards.GUARDS[known]) or "—"
    rules = " ".join(dict.fromkeys(guard.rule for guard in guards.GUARDS[known] if guard.rule))
    return f"| `{known.value}` {known.label} | {stages} | {posts or '系统任务'} | {wanted} | {rules} |"


def renewed(text: str) -> str:
    """The page with its generated sections as the code has them now."""
    sections = text.split("\n## ")
    fresh = generated()
    for place, section in enumerate(sections):
        title = section.split("\n", 1)[0]
        if title in fresh:
            after = section.partition("\n\nAlso: ")
            more = f"\n\nAlso: {after[2].rstrip()}" if after[1] else ""
            sections[place] = f"{title}\n{fresh[title]}{more}\n"
    return "\n## ".join(sections)


def main() -> int:
    """Exit code 1 when the page was stale and `--write` was not given."""
    import django

    django.setup()
    text = README.read_text(encoding="utf-8")
    if renewed(text) == text:
        return 0
    if "--write" in sys.argv:
        README.write_text(renewed(text), encoding="utf-8")
        return 0
    print("README.md is stale: python -m tests.complaints.readme --write")
    return 1


if __name__ == "__main__":
    sys.exit(main())
