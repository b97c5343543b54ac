"""Kafka at a bank: where requests come from and decisions go, as one checked settings file.

Says nothing about Flink itself, so that the file can be checked anywhere (`topics_from`).
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from xiaobao.engines.fraud.documents import DocumentError, read_document

CHECKPOINT_MS = 500
STEP_MS = 20  # Flink's own are 200 ms between watermarks, and 100 ms until a buffer is sent
BUCKETS = 16  # of each entity's keys: no stage is spread wider, and each is taken together
# A bucket holds many entities: a state that is copied whole at each checkpoint would stop the job.
STATE = {"state.backend.type": "rocksdb", "execution.checkpointing.incremental": "true"}
TRANSACTION_MS = 900_000  # brokers refuse more than their transaction.max.timeout.ms, by default 15 minutes


class Topics(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Brokers, the two topics, and how exactly-once is kept.

    A request is `sequence TAB event`: the sequence orders events of all partitions, and `slack` is
    how far it may run ahead in one of them; one that is silent for `quiet_ms` is not waited for. `extra` goes to the Kafka clients as it is (TLS, SASL);
    secrets belong into the file that its `config.providers` name, not here. `python` and `python_paths`
    are the workers' interpreter and its packages, by default those of whoever submits the job; the
    state of a job belongs to its number of `buckets`.
    """

    servers: tuple[str, ...]
    requests: str = "fraud.requests"
    decisions: str = "fraud.decisions"
    group: str = "xiaobao-fraud"
    transactions: str = "xiaobao-fraud"
    slack: int = 0
    quiet_ms: int = 1_000
    checkpoints: str = ""
    checkpoint_ms: int = CHECKPOINT_MS
    step_ms: int = STEP_MS
    transaction_ms: int = TRANSACTION_MS
    parallelism: int = 2
    buckets: int = BUCKETS
    python: str = ""
    python_paths: tuple[str, ...] = ()
    jar: str = ""
    extra: dict[str, str] = {}

    def __post_init__(self) -> None:
        """Raises: ValueError for what would lose decisions or give them twice."""
        if not self.servers or not all(":" in server for server in self.servers):
            raise ValueError("servers 至少一个，形如 主机:端口")
        if self.requests == self.decisions:
            raise ValueError("requests 与 decisions 不能是同一个主题")
        if not self.checkpoints.startswith(("file://", "hdfs://", "s3://")):
            raise ValueError("checkpoints 须为各节点共用的目录（file://、hdfs://、s3://）")
        if not 0 < self.checkpoint_ms < self.transaction_ms:
            raise ValueError("transaction_ms 须大于 checkpoint_ms，否则事务会在检查点之前过期")
        if min(self.slack, self.quiet_ms) < 0 or self.parallelism < 1 or self.step_ms < 1:
            raise ValueError("slack、quiet_ms 不能为负，parallelism、step_ms 至少为 1")
        if self.buckets < self.parallelism:
            raise ValueError("buckets 不能小于 parallelism，否则有的工作机分不到数据")
        secret = [name for name in self.extra if "password" in name.lower()]
        if secret or "password" in self.extra.get("sasl.jaas.config", "").lower():
            raise ValueError("口令不要写在这里，请用 config.providers 引用")

    def source_properties(self) -> Mapping[str, str]:
        """For the consumer: only what was committed is read, offsets go with the checkpoint."""
        return {
            **self.extra,
            "bootstrap.servers": ",".join(self.servers),
            "group.id": self.group,
            "isolation.level": "read_committed",
            "enable.auto.commit": "false",
            "auto.offset.reset": "earliest",
        }

    def sink_properties(self) -> Mapping[str, str]:
        """For the producer: a decision is seen once, when the checkpoint that holds it is complete."""
        return {
            **self.extra,
            "bootstrap.servers": ",".join(self.servers),
            "transaction.timeout.ms": str(self.transaction_ms),
            "acks": "all",
            "enable.idempotence": "true",
        }

    def flink_properties(self) -> Mapping[str, str]:
        """For the job: checkpoints that are kept, and a restart that does not give up."""
        return {
            "execution.checkpointing.interval": f"{self.checkpoint_ms} ms",
            "execution.checkpointing.mode": "EXACTLY_ONCE",
            "execution.checkpointing.storage": "filesystem",
            "execution.checkpointing.dir": self.checkpoints,
            "execution.checkpointing.externalized-checkpoint-retention": "RETAIN_ON_CANCELLATION",
            "restart-strategy.type": "exponential-delay",
            **STATE,
            **pace(self.step_ms),
            **embedded(self.python or sys.executable, self.python_paths or import_paths()),
            "parallelism.default": str(self.parallelism),
            **({"pipeline.jars": self.jar} if self.jar else {}),
        }


def pace(milliseconds: int) -> Mapping[str, str]:
    """How long a stage of the job may collect events before it passes them on; each stage waits that long."""
    return {
        "pipeline.auto-watermark-interval": f"{milliseconds} ms",
        "execution.buffer-timeout.interval": f"{max(milliseconds // 4, 1)} ms",
        "pipeline.object-reuse": "true",
    }


def embedded(python: str, paths: Sequence[str]) -> Mapping[str, str]:
    """Python inside the JVM: `paths` is where it finds PyFlink, this engine and what they import.

    Not as processes beside it, which is PyFlink's own choice: there a restored checkpoint has lost
    timers, and with them events, and an answer takes seconds.
    """
    return {
        "python.execution-mode": "thread",
        "python.executable": python,
        "python.client.executable": python,
        "python.pythonpath": ":".join(paths),
    }


def import_paths() -> tuple[str, ...]:
    """Where this process imports from."""
    return tuple(str(Path(path or ".").resolve()) for path in sys.path)


def topics_from(path: Path) -> Topics:
    """The settings in a JSON file. Raises: DocumentError."""
    try:
        return msgspec.convert(read_document(path), Topics)
    except msgspec.ValidationError as wrong:
        raise DocumentError(f"Kafka 设置 {path.name} 不能使用：{wrong}") from None
