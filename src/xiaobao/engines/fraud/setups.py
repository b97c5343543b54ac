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

_LOG = "setups.log"
_WORDS = 2
_YOUNG = 86_400.0  # seconds
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
        [settings.grace, settings.remember, settings.most, settings.ahead],
        settings.due,
        settings.step_up,
    ]
    return hashlib.sha256(msgspec.json.encode(parts, order="sorted")).hexdigest()


def note(folder: Path, setup: str, segment: int) -> None:
    """Remember that this set-up is in force from somewhere in this segment on: the list of `needed`."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _LOG).open("a", encoding="ascii") as file:
        file.write(f"\n{segment} {setup}\n")  # a torn line before it does not spoil this one
        file.flush()
        os.fsync(file.fileno())


def forget(folder: Path, oldest: int) -> int:
    """Remove set-ups that nothing from segment `oldest` on was judged by; how many.

    What was kept within a day of the newest goes on too: somebody may be publishing it now.
    """
    log = folder / _LOG
    lines = [line.split() for line in log.read_text("ascii").splitlines()] if log.is_file() else []
    known = [(int(words[0]), words[1]) for words in lines if len(words) == _WORDS]
    before = [setup for segment, setup in known if segment < oldest]
    if not before:
        return 0  # nobody wrote down by what the oldest segment begins
    needed = {before[-1], *(setup for segment, setup in known if segment >= oldest)}
    places = [place for place in (folder / "setups").glob("*") if place.is_dir()]
    young = max((place.stat().st_mtime for place in places), default=0) - _YOUNG
    gone = 0
    for place in places:
        if place.name not in needed and place.suffix == "" and place.stat().st_mtime < young:
            aside = place.with_suffix(".gone")
            place.replace(aside)
            if aside.stat().st_mtime >= young:  # published again just now
                aside.replace(place)
                continue
            shutil.rmtree(aside)
            gone += 1
    return gone


def keep(folder: Path, setup: str, files: Files, model: Path | None) -> None:
    """Copies of the files, durable, so that a recovery finds them whatever became of the originals."""
    place = folder / "setups" / setup
    if place.is_dir():
        os.utime(place)  # in use again: `forget` leaves it
    if (place / _NAMES[0]).is_file():
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
