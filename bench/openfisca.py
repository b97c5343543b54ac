"""The peer of the rule book: OpenFisca-Core on the same rule, in an environment of its own.

It is AGPL and never a dependency: `python -m bench.openfisca` makes `.venv/bench/openfisca`, used by the benchmark alone.
"""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / ".venv/bench/openfisca"
PINNED = "OpenFisca-Core==46.0.1"
CASE = Path(__file__).with_name("openfisca_case.py")


def install() -> Path:
    """The environment's Python, with the pinned peer installed."""
    python = FOLDER / "bin/python"
    if not python.exists():
        venv.create(FOLDER, with_pip=True)
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--quiet", "install", PINNED]
    subprocess.run(pip, check=True)
    return python


def measure(count: int) -> dict[str, float | str] | None:
    """Microseconds of CPU a case and a case of many, and the peer's version; None where it is not installed."""
    python = FOLDER / "bin/python"
    if not python.exists():
        return None
    ran = subprocess.run([str(python), str(CASE), str(count)], capture_output=True, text=True, check=True)
    found: dict[str, float | str] = json.loads(ran.stdout.splitlines()[-1])
    return found


if __name__ == "__main__":
    print(install(), file=sys.stderr)
