"""A bank whose library holds the anti-money-laundering law's two texts, short ones of our own writing."""

from __future__ import annotations

from pathlib import Path

from tests.law import library

INDEX = "file,title,issuer,document_number,effective_date,status,articles,note\n"
LINE = "L11_试验反洗钱法.md,试验反洗钱法,试验会,,2025-01-01,现行有效,3,\n"
OLD = """# 试验反洗钱法

第十九条 机构应当建立资料保存制度。
资料应当及时更新。
客户身份资料在业务关系结束后，应当至少保存五年。

第二十条 机构应当报告大额交易。
"""
NEW = """# 试验反洗钱法

第三十三条 机构应当核实客户身份。

第三十四条 机构应当建立资料保存制度。
资料应当及时更新。
客户身份资料在业务关系结束后，应当至少保存十年。

第三十五条 机构应当报告大额交易。
"""
OLD_DAY, NEW_DAY = "2007-01-01", "2025-01-01"
SPAN = f"{OLD_DAY}..{NEW_DAY}"


def write(folder: Path) -> Path:
    """Both texts in one folder, the older one in `earlier/`."""
    _current(folder, LINE, NEW)
    (folder / "earlier").mkdir(exist_ok=True)
    (folder / "earlier" / f"L11_试验反洗钱法_{OLD_DAY}.md").write_text(OLD, "utf-8")
    return folder


def _current(folder: Path, line: str, text: str) -> None:
    (folder / "index.csv").write_text(INDEX + line, "utf-8-sig")
    (folder / "L11_试验反洗钱法.md").write_text(text, "utf-8")


def take_old(folder: Path) -> None:
    """The library before the new law came."""
    _current(folder, LINE.replace(NEW_DAY, OLD_DAY).replace(",3,", ",2,"), OLD)
    library.take(folder)


def take_new(folder: Path) -> None:
    """The new law arrives."""
    _current(folder, LINE, NEW)
    library.take(folder)
