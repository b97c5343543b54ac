"""`xiaobao people …`: the first three admin accounts, and a new key for sealed personal data."""

from __future__ import annotations

import argparse
import json

ADMINS = (
    ("sysadmin", "系统管理员", "system_admin"),
    ("auditadmin", "审计管理员", "audit_admin"),
    ("secadmin", "安全管理员", "security_admin"),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do."""
    parser.add_argument(
        "what",
        choices=["first-admins", "rotate-key"],
        help="first-admins 建总行与三类管理员（仅限空库）；rotate-key 换用新的加密密钥 / what to do",
    )
    parser.add_argument("--bank", default="总行", help="总行名称 / name of the head office")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出 / answer JSON")


def run(options: argparse.Namespace) -> int:
    """One-time passwords are printed once; they must be changed at the first sign-in."""
    from xiaobao.site.boot import setup_with_database

    setup_with_database()
    if options.what == "rotate-key":
        from xiaobao.base.people.vault import rotate

        key_id = rotate()
        print(json.dumps({"key_id": key_id}) if options.json else f"已启用新密钥 {key_id}，旧密钥仍可解密")
        return 0
    made = first_admins(options.bank)
    if options.json:
        print(json.dumps([{"username": name, "password": word} for name, word in made], ensure_ascii=False))
    else:
        print("一次性密码只显示这一次，请分别交给三位管理员，首次登录须修改：")
        print("\n".join(f"  {name:<12}{word}" for name, word in made))
    return 0


def first_admins(bank: str) -> list[tuple[str, str]]:
    """User name and one-time password of the three posts. Raises: IllegalStep once anybody has an account."""
    from django.db import transaction

    from xiaobao.base.people import selectors, services
    from xiaobao.kernel.errors import IllegalStep
    from xiaobao.kernel.identity import system_actor

    actor = system_actor("首次安装", via="console")
    with transaction.atomic():
        if selectors.users_in("").exists():
            raise IllegalStep(
                "people.user.not_first", say="已有账号，不能再次首次建立；请由系统管理员新建账号"
            )
        head = selectors.org_tree("").first() or services.org_create(
            actor=actor, code="HO", name=bank, kind="head_office"
        )
        made = []
        for username, name, role in ADMINS:
            user = services.user_create(
                actor=actor, username=username, display_name=name, org_path=head.path, roles=[role]
            )
            made.append((username, services.user_reset(actor=actor, user_id=user.pk, reason="首次安装")))
    return made
