"""The progress bar of long `xiaobao fraud` commands."""

from __future__ import annotations

import sys

_WIDTH = 30


def progress(what: str, done: int, of: int) -> None:
    """A bar on the terminal; nothing where stderr is a file."""
    if not sys.stderr.isatty():
        return
    filled = _WIDTH * done // max(of, 1)
    end = "\r\033[K" if done >= of else ""
    bar = f"\r{what} [{'█' * filled}{'·' * (_WIDTH - filled)}] {done:,}/{of:,}{end}"
    print(bar, end="", file=sys.stderr, flush=True)
