"""Reads the bank's overlays from their YAML file; the only module of overlays that touches the disk."""

from __future__ import annotations

import os
from collections.abc import Mapping

from xiaobao.rules.book import BookError, RuleBook
from xiaobao.rules.own_rules import OwnRule, load

VARIABLE = "XIAOBAO_OWN_RULES"


def read_file(file: str | os.PathLike[str], book: RuleBook) -> tuple[OwnRule, ...]:
    """The overlays in a file. Raises: BookError naming file, entry and rule, or the file that cannot be read."""
    name = os.path.basename(file)
    try:
        with open(file, encoding="utf-8") as opened:
            text = opened.read()
    except (OSError, UnicodeDecodeError) as error:
        reason = "不是 UTF-8 文本" if isinstance(error, UnicodeDecodeError) else "打不开"
        raise BookError("own.file", file=str(file), say=f"本行规则文件{file}{reason}") from None
    return load(text, book, name=name)


def configured(book: RuleBook, env: Mapping[str, str] = os.environ) -> tuple[OwnRule, ...]:
    """The overlays of the file named by `XIAOBAO_OWN_RULES`; none when it is not set. Raises: BookError."""
    file = env.get(VARIABLE, "")
    return read_file(file, book) if file else ()
