"""The job a bank submits: requests from one Kafka topic, decisions to another, each once.

flink run --python … --pyModule xiaobao.engines.fraud.flink_job -- --topics kafka.json --rules rules.json
Needs PyFlink and Flink's Kafka connector (flink-sql-connector-kafka, not in the wheel; `jar` in the settings).
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pyflink.common import Configuration, SimpleStringSchema, WatermarkStrategy
from pyflink.datastream import StreamExecutionEnvironment
from pyflink.datastream.connectors.base import DeliveryGuarantee
from pyflink.datastream.connectors.kafka import (
    KafkaOffsetResetStrategy,
    KafkaOffsetsInitializer,
    KafkaRecordSerializationSchema,
    KafkaSink,
    KafkaSource,
)

from xiaobao.engines.fraud.approvals import must_be_approved
from xiaobao.engines.fraud.engine import Model, Settings
from xiaobao.engines.fraud.flink import Load, by_arrival, decisions
from xiaobao.engines.fraud.setup import settings_from
from xiaobao.engines.fraud.setups import Files
from xiaobao.engines.fraud.topics import Topics, topics_from


class ConnectorError(RuntimeError):
    """Flink's Kafka connector is not there; the message says what to install."""


def environment(topics: Topics) -> StreamExecutionEnvironment:
    """Flink with the job's checkpoints and restarts."""
    found = Configuration()
    for name, value in topics.flink_properties().items():
        found.set_string(name, value)
    return StreamExecutionEnvironment.get_execution_environment(found)


def source(topics: Topics) -> Any:
    """Requests, from the offsets of the last checkpoint. Raises: ConnectorError."""
    try:
        made = KafkaSource.builder().set_topics(topics.requests)
        for name, value in topics.source_properties().items():
            made = made.set_property(name, value)
        start = KafkaOffsetsInitializer.committed_offsets(KafkaOffsetResetStrategy.EARLIEST)
        return made.set_starting_offsets(start).set_value_only_deserializer(SimpleStringSchema()).build()
    except TypeError as absent:  # a Java class that is not there is a package, which cannot be called
        raise _absent(absent) from None


def sink(topics: Topics) -> Any:
    """Decisions, within Kafka's transactions. Raises: ConnectorError."""
    try:
        record = KafkaRecordSerializationSchema.builder().set_topic(topics.decisions)
        made = KafkaSink.builder().set_delivery_guarantee(DeliveryGuarantee.EXACTLY_ONCE)
        made = made.set_transactional_id_prefix(topics.transactions)
        for name, value in topics.sink_properties().items():
            made = made.set_property(name, value)
        schema = record.set_value_serialization_schema(SimpleStringSchema()).build()
        return made.set_record_serializer(schema).build()
    except TypeError as absent:
        raise _absent(absent) from None


def _absent(wrong: TypeError) -> ConnectorError:
    return ConnectorError(
        "缺少 Flink 的 Kafka 连接器：请把 flink-sql-connector-kafka（与 Flink 同版本）放入 lib 目录，"
        f"或在设置的 jar 中给出（{wrong}）"
    )


def submit(topics: Topics, load: Load) -> None:
    """Build the job and run it until it is cancelled. Raises: ConnectorError."""
    made = environment(topics)  # first: it brings in the jar that the two beside it need
    incoming, outgoing = source(topics), sink(topics)
    lines = made.from_source(incoming, WatermarkStrategy.no_watermarks(), "requests")
    order = by_arrival(topics.slack, topics.quiet_ms)
    decisions(lines, load, order=order, buckets=topics.buckets).sink_to(outgoing)
    made.execute("xiaobao-fraud")


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line. Raises: DocumentError, ConnectorError."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("--topics", "--rules"):
        parser.add_argument(name, type=Path, required=True)
    for name in ("--settings", "--model"):
        parser.add_argument(name, type=Path)
    options = parser.parse_args(arguments)

    load = live(Files(options.rules, settings=options.settings), options.model)
    load()  # what may not go live is refused here, before anything is submitted
    submit(topics_from(options.topics), load)


def live(files: Files, model: Path | None) -> Load:
    """Reads the files in each worker, as approved by a second person. Raises (it): DocumentError."""

    def load() -> tuple[Settings, Model | None]:
        settings, scorer = settings_from(files, scored=model is not None), None
        if model is not None:
            from xiaobao.engines.fraud.model import load as load_model  # needs onnxruntime on every worker

            scorer = load_model(model, settings.features)
        must_be_approved(files.rules, scorer.hash if scorer else "")
        return settings, scorer

    return load


if __name__ == "__main__":
    main()
