"""`python -m tests.fuzz [TARGET ...]`: each reader in a process of its own for its share of FUZZ_SECONDS (600).

A process may map 512 MB more than its libraries; an input may take 5 seconds. What breaks a reader is printed with
the change that did it, and the exit code is 1.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

MEMORY, SECONDS_AN_INPUT = 512 * 1024 * 1024, 5
EXAMPLES = 100  # between two looks at the clock
QUIET = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "ARROW_DEFAULT_MEMORY_POOL": "system"}


class TooSlowError(BaseException):
    """An input took longer than it may; not an Exception, so that no reader swallows it."""


def main(names: list[str]) -> int:
    """Exit code 1 when a reader broke."""
    from tests.fuzz.targets import TARGETS

    chosen = [target.name for target in TARGETS if not names or target.name in names]
    share = float(os.environ.get("FUZZ_SECONDS", "600")) / max(1, len(chosen))
    broken = 0
    for name in chosen:
        command = [sys.executable, "-m", "tests.fuzz", "--one", name, str(share)]
        broken += bool(subprocess.run(command, env=os.environ | QUIET, check=False).returncode)
    print(f"{len(chosen)} readers, {broken} broken")
    return int(bool(broken))


def one(name: str, seconds: float) -> int:
    """One reader until its time is over."""
    from tests.fuzz.targets import TARGETS

    target = next(target for target in TARGETS if target.name == name)
    signal.signal(signal.SIGALRM, _too_slow)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"in{target.suffix}"
        path.write_bytes(target.seed())
        target.read(path)  # its libraries are loaded before memory is bounded
        mapped = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (mapped + MEMORY, mapped + MEMORY))
        count, end = 0, time.monotonic() + seconds
        while time.monotonic() < end:
            count += _round(target, path, count)
    print(f"{name:<18}{count:>8} inputs", flush=True)
    return 0


def _round(target: object, path: Path, number: int) -> int:
    """A hundred inputs; a break is raised by hypothesis with the smallest change it found."""
    from hypothesis import HealthCheck, Phase, given, seed, settings
    from hypothesis import strategies as st

    from tests.fuzz.changes import CHANGES, changed
    from tests.fuzz.targets import Target

    assert isinstance(target, Target)

    @seed(number)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(changes=CHANGES, inside=st.booleans())
    def attempt(changes: list[tuple[int, int, bytes]], inside: bool) -> None:
        path.write_bytes(changed(target, changes, inside=inside))
        signal.alarm(SECONDS_AN_INPUT)
        try:
            target.read(path)
        except TooSlowError:
            raise AssertionError(f"more than {SECONDS_AN_INPUT} s") from None
        finally:
            signal.alarm(0)

    attempt()
    return EXAMPLES


def _too_slow(*_: object) -> None:
    raise TooSlowError


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        sys.exit(one(sys.argv[2], float(sys.argv[3])))
    sys.exit(main(sys.argv[1:]))
