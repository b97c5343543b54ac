"""`xiaobao manage token_issue USERNAME --name … --grant read --grant write [--org PATH] [--days N]`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from xiaobao.base.integrations.services import MAX_DAYS, token_issue
from xiaobao.base.integrations.values import Grant
from xiaobao.kernel.identity import system_actor


class Command(BaseCommand):
    """Prints the token on stdout, once; everything else on stderr."""

    help = "发放接口令牌（只显示一次） / issue an API token, shown once"

    def add_arguments(self, parser: CommandParser) -> None:
        """Account, name, grants, unit, days."""
        parser.add_argument("username", help="接口账号的用户名")
        parser.add_argument("--name", required=True, help="用于哪个系统")
        parser.add_argument(
            "--grant", action="append", required=True, choices=[grant.value for grant in Grant]
        )
        parser.add_argument("--org", default="", help="机构路径，省略为账号的全部范围")
        parser.add_argument("--days", type=int, default=MAX_DAYS, help="有效天数")

    def handle(self, *args: Any, **options: Any) -> None:
        """Issue and print. A refusal goes through to the console, which says it in one sentence."""
        row, clear = token_issue(
            actor=system_actor("命令行", via="console"),
            username=options["username"],
            name=options["name"],
            grants=options["grant"],
            org_path=options["org"],
            days=options["days"],
        )
        self.stderr.write(f"令牌“{row.name}”已发放，范围 {row.org_path}，有效至 {row.expires_at:%Y-%m-%d}")
        self.stdout.write(clear)
