"""Reads one PDF in a process of its own, with little memory and little time; prints what was found.

Run as a file: `python pdf_reader.py PATH MEMORY SECONDS OBJECTS`. One line of JSON:
{"problem": ""} or {"problem": "active" | "locked" | "torn" | "large", "found": "..."}.
"""

from __future__ import annotations

import json
import resource
import sys
from typing import Any

KEYS = {
    "/JS": "脚本",
    "/JavaScript": "脚本",
    "/EmbeddedFiles": "内嵌文件",
    "/EF": "内嵌文件",
    "/RichMedia": "多媒体",
    "/XFA": "动态表单",
    "/Launch": "启动外部程序",
}
VALUES = {
    "/JavaScript": "脚本",
    "/Launch": "启动外部程序",
    "/EmbeddedFile": "内嵌文件",
    "/FileAttachment": "内嵌文件",
    "/RichMedia": "多媒体",
    "/ImportData": "导入数据动作",
    "/SubmitForm": "提交数据动作",
    "/GoToE": "内嵌文件",
}
NAMING = ("/S", "/Type", "/Subtype")
DEPTH = 60


def main(arguments: list[str]) -> None:
    """Set the limits, read, print."""
    path, memory, seconds, objects = arguments[0], *map(int, arguments[1:4])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    problem, found = read(path, objects)
    print(json.dumps({"problem": problem, "found": found}))


def read(path: str, objects: int) -> tuple[str, str]:
    """(problem, what was found); ('', '') for a PDF that only shows pages."""
    import pikepdf

    try:
        with pikepdf.open(path, suppress_warnings=True, attempt_recovery=False) as pdf:
            if len(pdf.objects) > objects:
                return "large", ""
            if not len(pdf.pages):
                return "torn", ""
            found = next((name for item in pdf.objects if (name := active(item))), "")
            found = found or active(pdf.trailer)
            return ("active", found) if found else ("", "")
    except pikepdf.PasswordError:
        return "locked", ""
    except (pikepdf.PdfError, RuntimeError, ValueError, MemoryError):
        return "torn", ""


def active(item: Any, depth: int = 0) -> str:
    """What in this object acts or carries files, '' for nothing; other objects are not followed."""
    import pikepdf

    if depth > DEPTH:
        return "过深的嵌套"
    if isinstance(item, pikepdf.Array):
        return _first((item[at] for at in range(len(item))), depth)
    if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        return ""
    for key, value in item.items():
        if key in KEYS:
            return KEYS[key]
        if key in NAMING and str(value) in VALUES and isinstance(value, pikepdf.Name):
            return VALUES[str(value)]
    return _first((value for _, value in item.items()), depth)


def _first(values: Any, depth: int) -> str:
    for value in values:
        if not getattr(value, "is_indirect", False) and (found := active(value, depth + 1)):
            return found
    return ""


if __name__ == "__main__":
    main(sys.argv[1:])
