"""The Kafka settings of the Flink job: what would lose decisions or give them twice is refused."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from xiaobao.engines.fraud.documents import DocumentError
from xiaobao.engines.fraud.topics import Topics, topics_from

GOOD: dict[str, Any] = {
    "servers": ["kafka-1:9093", "kafka-2:9093"],
    "checkpoints": "hdfs:///fraud/checkpoints",
}


def read(folder: Path, **changes: Any) -> Topics:
    path = folder / "kafka.json"
    path.write_text(json.dumps(GOOD | changes), "utf-8")
    return topics_from(path)


def test_requests_are_read_and_decisions_written_exactly_once(tmp_path: Path) -> None:
    topics = read(tmp_path, extra={"security.protocol": "SSL"})
    assert (topics.requests, topics.decisions) == ("fraud.requests", "fraud.decisions")
    source, sink, job = topics.source_properties(), topics.sink_properties(), topics.flink_properties()
    assert source["bootstrap.servers"] == sink["bootstrap.servers"] == "kafka-1:9093,kafka-2:9093"
    assert source["security.protocol"] == sink["security.protocol"] == "SSL"
    assert (source["isolation.level"], source["enable.auto.commit"]) == ("read_committed", "false")
    assert (sink["acks"], sink["enable.idempotence"]) == ("all", "true")
    assert int(sink["transaction.timeout.ms"]) > topics.checkpoint_ms
    assert job["execution.checkpointing.mode"] == "EXACTLY_ONCE"
    assert job["execution.checkpointing.dir"] == GOOD["checkpoints"]
    assert "pipeline.jars" not in job
    assert job["pipeline.auto-watermark-interval"] == "20 ms"
    assert job["python.execution-mode"] == "thread"
    assert job["state.backend.type"] == "rocksdb"
    assert job["python.executable"] == sys.executable
    assert msgspec.__file__.removesuffix("/msgspec/__init__.py") in job["python.pythonpath"].split(":")


def test_the_workers_python_may_be_another(tmp_path: Path) -> None:
    job = read(tmp_path, python="/opt/fraud/bin/python", python_paths=["/opt/fraud/lib"]).flink_properties()
    assert job["python.executable"] == "/opt/fraud/bin/python"
    assert job["python.pythonpath"] == "/opt/fraud/lib"


def test_what_keeps_exactly_once_cannot_be_overruled(tmp_path: Path) -> None:
    topics = read(tmp_path, extra={"acks": "1", "isolation.level": "read_uncommitted"})
    assert topics.sink_properties()["acks"] == "all"
    assert topics.source_properties()["isolation.level"] == "read_committed"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"servers": []}, "servers 至少一个"),
        ({"servers": ["kafka-1"]}, "主机:端口"),
        ({"decisions": "fraud.requests"}, "同一个主题"),
        ({"checkpoints": ""}, "checkpoints"),
        ({"checkpoints": "/tmp/here"}, "共用的目录"),
        ({"checkpoint_ms": 0}, "检查点之前过期"),
        ({"transaction_ms": 400}, "检查点之前过期"),
        ({"slack": -1}, "slack"),
        ({"parallelism": 0}, "parallelism"),
        ({"step_ms": 0}, "step_ms"),
        ({"quiet_ms": -1}, "quiet_ms"),
        ({"buckets": 1}, "buckets"),
        ({"extra": {"ssl.keystore.password": "x"}}, "口令"),
        ({"extra": {"sasl.jaas.config": 'login required password="x";'}}, "口令"),
        ({"topic": "x"}, "topic"),
    ],
)
def test_settings_that_cannot_hold_are_refused(tmp_path: Path, changes: dict[str, Any], says: str) -> None:
    with pytest.raises(DocumentError, match=says):
        read(tmp_path, **changes)
