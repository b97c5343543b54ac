"""A process started by the server ends with it, however the server ends."""

from __future__ import annotations

import os
import signal
import threading
import time

LOOK_SECONDS = 1.0


def end_with_parent(look_seconds: float = LOOK_SECONDS) -> None:
    """From now on: Ctrl-C on the terminal is the parent's to answer, and without it this process ends too.

    The terminal sends Ctrl-C to every process of the group; a child that answers it by itself
    while its parent also stops it hangs or exits as if it had failed.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    parent = os.getppid()
    threading.Thread(target=_watch, args=(parent, look_seconds), name="lifeline", daemon=True).start()


def _watch(parent: int, look_seconds: float) -> None:
    while os.getppid() == parent:
        time.sleep(look_seconds)
    os.kill(os.getpid(), signal.SIGTERM)
