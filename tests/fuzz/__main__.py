"""`python -m tests.fuzz [TARGET ...]`: each reader in a process of its own for its share of FUZZ_SECONDS (600).

The inputs follow from their number; FUZZ_START=100000 goes on behind those of an earlier run.
A process may map 512 MB more than its libraries; an input may take 5 seconds of processor time. What breaks a reader is printed with
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
START = int(os.environ.get("FUZZ_START", "0"))
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
    signal.signal(signal.SIGPROF, _too_slow)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"in{target.suffix}"
        path.write_bytes(target.seed())
        assert target.read(path) == 0, "the seed is refused"  # and its libraries are loaded
        mapped = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (mapped + MEMORY, mapped + MEMORY))
        count, was_read, began = 0, 0, time.monotonic()
        while time.monotonic() < began + seconds:
            was_read += _round(target, path, START + count)
            count += EXAMPLES
    print(f"{name:<18}{count:>8} inputs, {was_read:>8} read, {time.monotonic() - began:.0f} s", flush=True)
    return 0


def _round(target: object, path: Path, number: int) -> int:
    """How many of a hundred inputs were read; a break is raised by hypothesis with the smallest change it found."""
    from hypothesis import HealthCheck, Phase, given, seed, settings
    from hypothesis import strategies as st

    from tests.fuzz.changes import CHANGES, changed
    from tests.fuzz.targets import Target

    assert isinstance(target, Target)
    codes: list[int] = []

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
        signal.setitimer(signal.ITIMER_PROF, SECONDS_AN_INPUT)
        try:
            codes.append(target.read(path))
        except TooSlowError:
            raise AssertionError(f"more than {SECONDS_AN_INPUT} s") from None
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)

    attempt()
    return codes.count(0)


def _too_slow(*_: object) -> None:
    raise TooSlowError


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        sys.exit(one(sys.argv[2], float(sys.argv[3])))
    sys.exit(main(sys.argv[1:]))
