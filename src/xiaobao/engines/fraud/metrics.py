"""Counters of a server as text that Prometheus reads (exposition format 0.0.4)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping

from xiaobao.engines.fraud.rules import Outcome

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1.0)


class Histogram:
    """How often a duration stayed within each bound, in seconds."""

    def __init__(self) -> None:
        self.counts = [0] * (len(_SECONDS) + 1)
        self.total = 0.0

    def add(self, seconds: float) -> None:
        """Take one duration into account."""
        self.counts[bisect_left(_SECONDS, seconds)] += 1
        self.total += seconds

    def lines(self, name: str) -> Iterable[str]:
        """Cumulative buckets, sum and count."""
        reached = 0
        for bound, count in zip(_SECONDS, self.counts, strict=False):
            reached += count
            yield f'{name}_bucket{{le="{bound:g}"}} {reached}'
        count = sum(self.counts)
        yield f'{name}_bucket{{le="+Inf"}} {count}'
        yield f"{name}_sum {self.total:.6f}"
        yield f"{name}_count {count}"


class Meters:
    """What a server counts; it only adds."""

    def __init__(self) -> None:
        self.outcomes = [0] * len(Outcome)
        self.refused: dict[str, int] = {}
        self.fired: dict[str, int] = {}
        self.shadows: dict[tuple[Outcome, Outcome], int] = {}
        self.groups = 0
        self.events = 0
        self.request = Histogram()
        self.commit = Histogram()

    def committed(self, size: int, seconds: float) -> None:
        """A group went to disk, or with size 0 it could not."""
        self.groups += bool(size)
        self.events += size
        self.commit.add(seconds)

    def beside(self, live: Outcome, shadow: Outcome) -> None:
        """An answer that also says what the shadow would have answered."""
        self.shadows[live, shadow] = self.shadows.get((live, shadow), 0) + 1

    def refuse(self, code: str) -> None:
        """An event or request was turned away."""
        self.refused[code] = self.refused.get(code, 0) + 1

    def text(self, gauges: Mapping[str, tuple[str, float]]) -> str:
        """The page; `gauges` are further values by name, each with its help."""
        lines = _heading("decisions_total", "counter", "Answers given, by outcome")
        lines += [
            f'xiaobao_fraud_decisions_total{{outcome="{outcome.name.lower()}"}} {self.outcomes[outcome]}'
            for outcome in Outcome
        ]
        lines += _heading("refused_total", "counter", "Events turned away, by reason")
        lines += [
            f'xiaobao_fraud_refused_total{{code="{code}"}} {count}'
            for code, count in sorted(self.refused.items())
        ]
        lines += _heading("rule_hits_total", "counter", "Answers a rule gave a reason for")
        lines += [
            f'xiaobao_fraud_rule_hits_total{{rule="{_label(rule)}"}} {count}'
            for rule, count in sorted(self.fired.items())
        ]
        lines += _heading("shadow_total", "counter", "Answers by live and shadow outcome")
        lines += [
            f'xiaobao_fraud_shadow_total{{live="{live.name.lower()}",shadow="{other.name.lower()}"}} {count}'
            for (live, other), count in sorted(self.shadows.items())
        ]
        for name, value, told in (
            ("commits_total", self.groups, "Groups written to the journal"),
            ("committed_events_total", self.events, "Requests answered by these groups"),
        ):
            lines += [*_heading(name, "counter", told), f"xiaobao_fraud_{name} {value}"]
        for name, found, told in (
            ("request_seconds", self.request, "From the whole request to its answer"),
            ("commit_seconds", self.commit, "One group: journal, sync, decisions"),
        ):
            lines += [*_heading(name, "histogram", told), *found.lines(f"xiaobao_fraud_{name}")]
        for name, (told, number) in gauges.items():
            lines += [*_heading(name, "gauge", told), f"xiaobao_fraud_{name} {number:g}"]
        return "\n".join(lines) + "\n"


def _label(text: str) -> str:
    """A label's value as the format wants it."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _heading(name: str, kind: str, told: str) -> list[str]:
    return [f"# HELP xiaobao_fraud_{name} {told}", f"# TYPE xiaobao_fraud_{name} {kind}"]
