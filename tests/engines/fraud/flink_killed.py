"""A task manager killed with SIGKILL in mid-stream: a job manager and three task managers as processes.

`make test-flink`. The wheel carries the whole of Flink: the cluster is started from its jars on loopback,
the job is submitted with Flink's own `flink run`, as at a bank. Two task managers of one slot work, the
third stands by.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyflink", reason="PyFlink is not installed: make test-flink")

import pyflink

from tests.engines.fraud import flink_real as real
from xiaobao.engines.fraud.topics import import_paths

HOME = Path(pyflink.__file__).parent
COUNT, SLOW_FROM = 6_000, 2_000
PATIENCE = 120  # seconds for any one step
CLASSES = "org.apache.flink.runtime."
MANAGER = CLASSES + "entrypoint.StandaloneSessionClusterEntrypoint"
WORKER = CLASSES + "taskexecutor.TaskManagerRunner"


class Cluster:
    """Flink's processes on loopback, and its REST address."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.processes = folder, dict[str, subprocess.Popen[bytes]]()
        self.rpc, self.rest = _free_ports(2)

    def start(self, name: str, entry: str) -> None:
        configuration = self.folder / name
        configuration.mkdir()
        (configuration / "config.yaml").write_text(_settings(self, name))
        (configuration / "log4j-cli.properties").write_text("rootLogger.level = OFF\n")
        jars = ":".join(map(str, [*sorted(HOME.glob("lib/*.jar")), *HOME.glob("opt/flink-python-*.jar")]))
        command = ["java", *_opens(), "-Xmx768m", "-cp", jars, entry, "--configDir", str(configuration)]
        with (self.folder / f"{name}.log").open("wb") as log:
            self.processes[name] = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder)

    def kill(self, name: str) -> None:
        """SIGKILL: nothing is told, nothing written."""
        self.processes[name].kill()
        self.processes[name].wait()

    def ask(self, path: str) -> Any:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.rest}{path}", timeout=10) as answer:
            return json.load(answer)

    def stand(self) -> bool:
        """Whether all processes run; what one said that does not is the error."""
        for name, process in self.processes.items():
            assert process.poll() is None, (self.folder / f"{name}.log").read_text()[-3_000:]
        return True

    def workers(self) -> set[str]:
        return {one["id"] for one in self.ask("/taskmanagers")["taskmanagers"]}

    def running(self, job: str) -> bool:
        """Whether every task of the job runs."""
        return {one["status"] for one in self.ask(f"/jobs/{job}")["vertices"]} == {"RUNNING"}

    def submit(self, *arguments: str) -> str:
        """The number of the job."""
        flink = [str(HOME / "bin" / "flink"), "run", "--detached", "-pyclientexec", sys.executable]
        flink += ["--pyModule", "tests.engines.fraud.flink_killed", *arguments]
        paths = {"PYTHONPATH": os.pathsep.join(import_paths())}
        environment = os.environ | paths | {"FLINK_CONF_DIR": str(self.folder / "manager")}
        done = subprocess.run(flink, capture_output=True, text=True, env=environment, timeout=PATIENCE)
        assert done.returncode == 0, done.stdout[-3_000:] + done.stderr[-3_000:]
        (job,) = self.ask("/jobs")["jobs"]
        return str(job["id"])


def _free_ports(count: int) -> list[int]:
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


def _opens() -> list[str]:
    """What Flink's own scripts open of Java's modules."""
    lines = (HOME / "conf" / "config.yaml").read_text().splitlines()
    return next(line.partition("all:")[2].split() for line in lines if line.strip().startswith("all:"))


def _settings(cluster: Cluster, name: str) -> str:
    found = {
        "env.java.opts.all": " ".join(_opens()),
        "jobmanager.rpc.address": "127.0.0.1",
        "jobmanager.rpc.port": cluster.rpc,
        "jobmanager.bind-host": "127.0.0.1",
        "rest.address": "127.0.0.1",
        "rest.bind-address": "127.0.0.1",
        "rest.port": cluster.rest,
        "taskmanager.host": "127.0.0.1",
        "taskmanager.bind-host": "127.0.0.1",
        "taskmanager.resource-id": name,
        "taskmanager.numberOfTaskSlots": 1,
        "taskmanager.cpu.cores": 1,
        "taskmanager.memory.framework.heap.size": "128m",
        "taskmanager.memory.framework.off-heap.size": "128m",
        "taskmanager.memory.jvm-metaspace.size": "256m",
        "taskmanager.memory.jvm-overhead.min": "64m",
        "taskmanager.memory.jvm-overhead.max": "64m",
        "taskmanager.memory.task.heap.size": "384m",
        "taskmanager.memory.task.off-heap.size": "0m",
        "taskmanager.memory.managed.size": "128m",
        "taskmanager.memory.network.min": "64m",
        "taskmanager.memory.network.max": "64m",
        "io.tmp.dirs": cluster.folder,
        "heartbeat.interval": 500,
        "heartbeat.timeout": 10_000,
    }
    return "".join(f"{key}: {value}\n" for key, value in found.items())


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    made = Cluster(folder)
    try:
        made.start("manager", MANAGER)
        for name in ("one", "two", "three"):
            made.start(name, WORKER)
        until(lambda: made.stand() and made.workers() == {"one", "two", "three"}, "the task managers")
        yield made
    finally:
        for process in made.processes.values():
            process.kill()
        for process in made.processes.values():
            process.wait()


def until(met: Callable[[], Any], what: str) -> Any:
    """What `met` says once it is true; the cluster may not answer yet."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            if found := met():
                return found
        except OSError:
            pass
        assert time.monotonic() < end, f"{what}: not in {PATIENCE} s"
        time.sleep(0.2)


def slowly(folder: Path) -> Callable[[str], str]:
    """The stream is slow from `SLOW_FROM` on, until the task manager is dead: it dies in mid-stream."""
    dead, reached = folder / "dead", folder / "reached"

    def passing(line: str) -> str:
        number = int(line.partition("\t")[0])
        if number >= SLOW_FROM and not dead.exists():
            with reached.open("ab") as out:
                out.write(b".")  # one for each of the slow ones
            time.sleep(0.02)
        return line

    return passing


def test_a_task_manager_that_is_killed_is_replaced_from_the_checkpoint(tmp_path: Path) -> None:
    events = real.stream(COUNT)
    real.written(tmp_path, events)
    with cluster(tmp_path) as flink:
        job = flink.submit(str(tmp_path))
        checkpoints = f"/jobs/{job}/checkpoints"
        until((tmp_path / "reached").exists, "the middle of the stream")
        before = flink.ask(checkpoints)["counts"]["completed"]
        until(lambda: flink.ask(checkpoints)["counts"]["completed"] > before + 1, "a checkpoint of it")
        judging = flink.ask(f"/jobs/{job}")["vertices"][-1]["id"]
        victim = flink.ask(f"/jobs/{job}/vertices/{judging}")["subtasks"][0]["taskmanager-id"]
        flink.kill(victim)
        killed = time.monotonic()
        assert SLOW_FROM + (tmp_path / "reached").stat().st_size < COUNT * 3 // 4
        until(lambda: flink.ask(checkpoints)["latest"]["restored"], "the checkpoint's return")
        until(lambda: flink.running(job), "the tasks")
        print(f"\nkilled in mid-stream; all tasks ran again after {time.monotonic() - killed:.1f} s")
        (tmp_path / "dead").touch()
        until(lambda: flink.ask(f"/jobs/{job}")["state"] == "FINISHED", "the rest of the stream")
        assert flink.ask(checkpoints)["latest"]["restored"]["id"] > before
        workers = {
            task["taskmanager-id"]
            for vertex in flink.ask(f"/jobs/{job}")["vertices"]
            for task in flink.ask(f"/jobs/{job}/vertices/{vertex['id']}")["subtasks"]
        }
        assert workers == {"one", "two", "three"} - {victim}
    found = real.committed(tmp_path)
    assert len(found) == len({event.event_id for event in events})
    assert {one["event_id"]: one for one in found} == real.single(real.load()[0], events)


if __name__ == "__main__":  # what `flink run` submits
    there = Path(sys.argv[1])
    real.pipeline(there, there / "events.tsv", real.load, slowly(there))
