"""What Prometheus reads: rules by their hits, shadow beside live, names with quotes."""

from __future__ import annotations

from xiaobao.engines.fraud.metrics import Meters
from xiaobao.engines.fraud.rules import Outcome


def test_shadow_beside_live() -> None:
    meters = Meters()
    for _ in range(3):
        meters.beside(Outcome.ALLOW, Outcome.REFUSE)
    assert 'xiaobao_fraud_shadow_total{live="allow",shadow="refuse"} 3' in meters.text({}).splitlines()


def test_a_rule_with_a_quote_in_its_name() -> None:
    meters = Meters()
    meters.fired['R"1\\'] = 2
    assert 'xiaobao_fraud_rule_hits_total{rule="R\\"1\\\\"} 2' in meters.text({}).splitlines()
