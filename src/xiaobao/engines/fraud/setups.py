"""With what decisions are made: one hash over everything, and the files kept beside the journal.

A journal's tail is judged again after a crash. It must be judged by what judged it first, or an
acknowledged decision would change: the journal says which setup that was.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from xiaobao.engines.fraud.journal import sync_folder

_NAMES = ("rules.json", "shadow.json", "settings.json", "model.onnx")


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a set-up; `shadow` and `settings` may be absent."""

    rules: Path
    shadow: Path | None = None
    settings: Path | None = None


class SetupError(ValueError):
    """The journal ends with decisions of another setup; `other` is its hash."""

    def __init__(self, other: str) -> None:
        super().__init__(
            "日志末尾的事件是按另一套规则、名单、模型或限额处置的，恢复须用同一套，否则已应答的处置会改变。"
            "请先用原来的文件启动一次并正常停止，再换新的"
        )
        self.other = other


def setup_hash(settings: Any, model: Any) -> str:
    """64 hexadecimal digits over all that a decision depends on besides events and state."""
    shadow = settings.shadow.hash if settings.shadow else ""
    parts = [
        settings.rules.hash,
        settings.features.hash,
        shadow,
        model.hash if model else "",
        sorted(msgspec.json.encode(entry).hex() for entry in settings.lists.entries()),
        [
            [int(one.outcome), one.span, one.count, one.share, one.minimum, one.rule]
            for one in settings.limits
        ],
        sorted([kind.value, int(outcome)] for kind, outcome in settings.fail.items()),
        [settings.grace, settings.remember, settings.most],
        settings.due,
        settings.step_up,
    ]
    return hashlib.sha256(msgspec.json.encode(parts, order="sorted")).hexdigest()


def keep(folder: Path, setup: str, files: Files, model: Path | None) -> None:
    """Copies of the files, durable, so that a recovery finds them whatever became of the originals."""
    place = folder / "setups" / setup
    if place.is_dir():
        return
    beside = place.with_suffix(".part")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    for name, path in zip(_NAMES, (files.rules, files.shadow, files.settings, model), strict=True):
        if path is not None:
            with (beside / name).open("wb") as file:
                file.write(path.read_bytes())
                file.flush()
                os.fsync(file.fileno())
    beside.replace(place)
    sync_folder(place)
    sync_folder(place.parent)


def kept(folder: Path, setup: str) -> tuple[Files, Path | None] | None:
    """The files of a setup and its model, as `keep` left them; None when they are not there."""
    place = folder / "setups" / setup
    rules, shadow, settings, model = (
        path if path.is_file() else None for path in (place / name for name in _NAMES)
    )
    return None if rules is None else (Files(rules, shadow, settings), model)
