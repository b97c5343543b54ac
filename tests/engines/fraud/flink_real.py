"""The decision inside Apache Flink's keyed process functions, on its local mini-cluster.

`make test-flink`: PyFlink lives in an environment of its own, so the suite does not collect this file.
"""

from __future__ import annotations

import json
import random
import re
import sys
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.engines.fraud.bank import FEATURES, RULES, pay
from xiaobao.engines.fraud.approvals import ApprovalError, approve
from xiaobao.engines.fraud.brake import Limit
from xiaobao.engines.fraud.engine import Engine, Settings
from xiaobao.engines.fraud.events import Event, encode
from xiaobao.engines.fraud.rules import Outcome
from xiaobao.engines.fraud.windows import DAY, HOUR, Aggregate, FeatureSet, Window

pyflink = pytest.importorskip("pyflink", reason="PyFlink is not installed: make test-flink")

from py4j.java_gateway import JavaClass  # noqa: E402
from pyflink.common import Configuration, Duration, Encoder, Types, WatermarkStrategy  # noqa: E402
from pyflink.datastream import StreamExecutionEnvironment  # noqa: E402
from pyflink.datastream.connectors.file_system import FileSink, FileSource, StreamFormat  # noqa: E402
from pyflink.java_gateway import get_gateway  # noqa: E402

from xiaobao.engines.fraud.flink import ModeError, decisions  # noqa: E402
from xiaobao.engines.fraud.flink_job import ConnectorError, main, sink, source, submit  # noqa: E402
from xiaobao.engines.fraud.flink_job import environment as job_environment  # noqa: E402
from xiaobao.engines.fraud.topics import STATE, STEP_MS, Topics, embedded, import_paths, pace  # noqa: E402

TWO = FeatureSet(
    (
        *FEATURES.windows,
        Window("paid_to_1h", "counterparty", Aggregate.COUNT, HOUR),
        Window("max_to_1d", "counterparty", Aggregate.MAX, DAY, "amount_fen"),
    )
)


def load() -> tuple[Settings, None]:
    return Settings(TWO, RULES, limits=(Limit(Outcome.REFUSE, DAY, count=40, share=0.5),)), None


def load_free() -> tuple[Settings, None]:
    return Settings(TWO, RULES), None


def stream(count: int) -> list[Event]:
    chance = random.Random(11)
    events = [
        pay(
            number,
            chance.choice([10_000, 900_000, 6_000_000]),
            customer=f"c{chance.randrange(60)}",
            to=f"p{chance.randrange(20)}",
            second=number + chance.choice([0, 0, 0, -40, -900]),
        )
        for number in range(count)
    ]
    for _ in range(count // 50):
        place = chance.randrange(len(events) - 30)
        events.insert(place + chance.randrange(30), events[place])
    return events


def single(settings: Settings, events: list[Event]) -> dict[str, Any]:
    engine = Engine(settings)
    return {event.event_id: json.loads(msgspec.json.encode(engine.decide(event))) for event in events}


def environment(checkpoints: Path | None, step_ms: int = STEP_MS) -> StreamExecutionEnvironment:
    found = Configuration()
    for name, value in {**STATE, **pace(step_ms), **embedded(sys.executable, import_paths())}.items():
        found.set_string(name, value)
    if checkpoints:
        found.set_string("execution.checkpointing.interval", "500 ms")
        found.set_string("execution.checkpointing.storage", "filesystem")
        found.set_string("execution.checkpointing.dir", checkpoints.as_uri())
        found.set_string("restart-strategy.type", "fixed-delay")
        found.set_string("restart-strategy.fixed-delay.attempts", "3")
        found.set_string("restart-strategy.fixed-delay.delay", "100 ms")
    return StreamExecutionEnvironment.get_execution_environment(found)


def run(folder: Path, events: list[Event], load: Any, *, fail_at: int = 0) -> list[dict[str, Any]]:
    began = time.perf_counter()
    found = through(folder, written(folder, events), load, trouble(folder, fail_at))
    print(f"\n{len(events)} events in {time.perf_counter() - began:.1f} s")
    return found


def written(folder: Path, events: list[Event]) -> Path:
    """The events as lines, numbered as they arrive."""
    sent = folder / "events.tsv"
    sent.write_bytes(b"".join(b"%d\t%s\n" % pair for pair in enumerate(map(encode, events))))
    return sent


def through(folder: Path, sent: Path, load: Any, passing: Any) -> list[dict[str, Any]]:
    """What came out of the pipeline."""
    pipeline(folder, sent, load, passing)
    return committed(folder)


def committed(folder: Path) -> list[dict[str, Any]]:
    """The decisions that the sink gave out, each once."""
    files = [path for path in (folder / "out").rglob("*") if path.is_file() and "inprogress" not in path.name]
    return [json.loads(line) for path in files for line in path.read_text().splitlines()]


def pipeline(
    folder: Path, sent: Path, load: Any, passing: Any, seen: Any = None, *, step_ms: int = STEP_MS
) -> None:
    """Lines of a file through `passing`, the decisions, and `seen` where one is given, to files."""
    made = environment(folder / "checkpoints", step_ms)
    file = FileSource.for_record_stream_format(StreamFormat.text_line_format(), sent.as_uri()).build()
    made.set_parallelism(1)  # the order of the file is kept until every event has its time
    lines = made.from_source(file, WatermarkStrategy.no_watermarks(), "requests")
    lines = lines.map(passing, output_type=Types.STRING())
    made.set_parallelism(2)
    files = FileSink.for_row_format((folder / "out").as_uri(), Encoder.simple_string_encoder()).build()
    told = decisions(lines, load)
    (told.map(seen, output_type=Types.STRING()) if seen else told).sink_to(files)
    made.execute("decisions")


def waiting(folder: Path, load: Any, seen: Any = None) -> Any:
    """A running job that takes the files moved into `folder/in` in the order of their names; cancel it."""
    (folder / "in").mkdir()
    made = environment(folder / "checkpoints")
    made.set_parallelism(1)
    file = FileSource.for_record_stream_format(StreamFormat.text_line_format(), (folder / "in").as_uri())
    file = file.monitor_continuously(Duration.of_millis(20)).build()
    lines = made.from_source(file, WatermarkStrategy.no_watermarks(), "requests")
    made.set_parallelism(2)
    told = decisions(lines, load)
    told = told.map(seen, output_type=Types.STRING()) if seen else told
    sink = FileSink.for_row_format((folder / "out").as_uri(), Encoder.simple_string_encoder()).build()
    told.sink_to(sink)
    return made.execute_async("decisions")


def give(folder: Path, number: int, lines: list[bytes]) -> None:
    """One more file, whole at once."""
    beside = folder / f"{number:08d}"
    beside.write_bytes(b"".join(line + b"\n" for line in lines))
    beside.rename(folder / "in" / beside.name)


def trouble(folder: Path, fail_at: int) -> Any:
    """Slow enough for checkpoints to happen; once, in mid-stream, the task dies."""
    flag = folder / "failed"

    def passing(line: str) -> str:
        number = int(line.partition("\t")[0])
        if fail_at:
            if number % 10 == 0:
                time.sleep(0.005)
            if number == fail_at and not flag.exists():
                checkpoints = [path.name for path in folder.glob("checkpoints/*/chk-*")]
                flag.write_text(" ".join(checkpoints))
                raise RuntimeError("the task dies here")
        return line

    return passing


def test_the_answers_are_those_of_the_single_process(tmp_path: Path) -> None:
    events = stream(1_500)
    found = run(tmp_path, events, load)
    assert len(found) == len({one["event_id"] for one in found}) == 1_500
    assert {one["event_id"]: one for one in found} == single(load()[0], events)


def test_a_task_that_dies_is_restored_from_its_checkpoint(tmp_path: Path) -> None:
    events = stream(6_000)
    found = run(tmp_path, events, load, fail_at=4_000)
    assert "chk-" in (tmp_path / "failed").read_text(), "no checkpoint before the failure"
    names = [one["event_id"] for one in found]
    assert sorted(names) == sorted({event.event_id for event in events})
    assert {one["event_id"]: one for one in found} == single(load()[0], events)
    assert {one["outcome"] for one in found} >= {0, 1, 2}


def test_without_limits_every_stage_has_many_keys(tmp_path: Path) -> None:
    events = stream(1_000)
    found = run(tmp_path, events, load_free)
    assert {one["event_id"]: one for one in found} == single(load_free()[0], events)


def test_a_payment_is_answered_though_no_other_follows(tmp_path: Path) -> None:
    """At night nothing comes after it that could push it out."""
    answered = tmp_path / "answered"
    answered.mkdir()

    def seen(line: str) -> str:
        (answered / json.loads(line)["event_id"]).touch()
        return line

    job = waiting(tmp_path, load, seen)
    try:
        give(tmp_path, 0, [b"0\t" + encode(pay(0))])
        end = time.monotonic() + 60
        while not (answered / "e0").exists():
            assert time.monotonic() < end, "no answer in a minute"
            time.sleep(0.1)
    finally:
        job.cancel().result()


BAD = {
    b"no number": "event.sequence",
    b"twelve\t{}": "event.sequence",
    b"9" * 30 + b"\t{}": "event.sequence",
    b"2\tnot json": "event.not_json",
    b"3\t" + encode(pay(3, -1)): "event.amount",
}


def test_what_is_no_event_is_refused_and_the_rest_decided(tmp_path: Path) -> None:
    good = [pay(number) for number in (0, 1, 4)]
    sent = tmp_path / "mixed.tsv"
    sent.write_bytes(
        b"\n".join([*BAD, *(event.event_id[1:].encode() + b"\t" + encode(event) for event in good)])
    )
    found = through(tmp_path, sent, load, lambda line: line)
    refused = [one["error"] for one in found if "error" in one]
    assert sorted(one["code"] for one in refused) == sorted(BAD.values())
    assert {one["event_id"] for one in refused} == {"", "e3"}
    decided = {one["event_id"]: one for one in found if "error" not in one}
    assert decided == single(load()[0], good)


def test_numbers_given_twice_or_late_or_far_ahead_are_answered_each_once(tmp_path: Path) -> None:
    """Their order may then differ from the single process's; no answer waits or is lost."""
    numbers = [0, 1, 1, 5, 2, 10**17, 6, 7, 7]
    events = [pay(at, customer=f"c{at}", to=f"p{at}") for at in range(len(numbers))]
    sent = tmp_path / "odd.tsv"
    lines = [b"%d\t%s\n" % (number, encode(event)) for number, event in zip(numbers, events, strict=True)]
    sent.write_bytes(b"".join([*lines, b"3\t\n", b"%d\t\n" % 10**18]))
    found = through(tmp_path, sent, load, lambda line: line)
    assert sorted(one["event_id"] for one in found if "error" not in one) == [f"e{at}" for at in range(9)]
    assert [one["error"]["code"] for one in found if "error" in one] == ["event.sequence"]  # 19 digits


TOPICS = Topics(servers=("localhost:9092",), checkpoints="file:///tmp/checkpoints", parallelism=3)


def test_python_beside_the_jvm_is_refused() -> None:
    """There a checkpoint under load came back without the timer of an event that it held."""
    made = environment(None)
    changed = Configuration()
    changed.set_string("python.execution-mode", "process")
    made.configure(changed)
    with pytest.raises(ModeError, match="thread"):
        decisions(made.from_collection(["0\t{}"], Types.STRING()), load)


def test_the_job_for_kafka_names_the_connector_that_is_missing() -> None:
    for build in (source, sink):
        with pytest.raises(ConnectorError, match="flink-sql-connector-kafka"):
            build(TOPICS)


def test_the_jar_of_the_settings_is_there_before_the_connector_is_looked_for() -> None:
    """Another jar of the wheel stands for it: what it holds is found, the connector still is not."""
    jar = next(Path(pyflink.__file__).parent.glob("opt/flink-sql-client-*.jar"))
    classes = get_gateway().jvm.org.apache.flink.table.client
    assert not isinstance(classes.SqlClient, JavaClass)
    with pytest.raises(ConnectorError, match="flink-sql-connector-kafka"):
        submit(msgspec.structs.replace(TOPICS, jar=jar.as_uri()), load)
    assert isinstance(get_gateway().jvm.org.apache.flink.table.client.SqlClient, JavaClass)


def test_what_no_second_person_approved_is_not_submitted(tmp_path: Path) -> None:
    """As `serve` refuses it; approved, the job goes on to the connector, which is not here."""
    page = Path("docs/how-to/fraud-officer.md").read_text("utf-8")
    document = json.loads(re.findall(r"```json\n(.+?)```", page, re.DOTALL)[0])
    rules, topics = tmp_path / "rules.json", tmp_path / "kafka.json"
    topics.write_bytes(msgspec.json.encode(TOPICS))
    command = ["--topics", str(topics), "--rules", str(rules)]
    rules.write_text(json.dumps(document), "utf-8")
    with pytest.raises(ApprovalError, match="未经复核"):
        main(command)
    rules.write_text(json.dumps(approve(document, "李四")[0]), "utf-8")
    with pytest.raises(ConnectorError, match="flink-sql-connector-kafka"):
        main(command)


FLINKS = ("Checkpointing", "RestartStrategy", "StateBackend", "Pipeline", "Core", "Execution")


def test_every_setting_of_the_job_is_one_that_this_flink_knows() -> None:
    """Flink says nothing of a name that it does not know: the setting would be lost."""
    names = [*(f"configuration.{one}Options" for one in FLINKS), "python.PythonOptions"]
    found = get_gateway().jvm.java.lang.Class
    fields = [field for name in names for field in found.forName(f"org.apache.flink.{name}").getFields()]
    known = {field.get(None).key() for field in fields if field.getType().getSimpleName() == "ConfigOption"}
    given = msgspec.structs.replace(TOPICS, jar="file:///opt/connector.jar").flink_properties()
    assert set(given) <= known


def test_the_jobs_checkpoints_and_restarts_reach_flink() -> None:
    made = job_environment(TOPICS)
    assert made.get_parallelism() == 3
    assert made.get_checkpoint_interval() == TOPICS.checkpoint_ms
    assert made.get_checkpointing_mode().name == "EXACTLY_ONCE"
