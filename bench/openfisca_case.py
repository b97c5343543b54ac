"""Runs inside the peer's own environment: CMP-003 as OpenFisca writes it, one case at a time and all at once.

A system of 1,000 dated parameters, as the book beside it has 1,000 rules; the formula reads its own and adds the days.
"""

from __future__ import annotations

import importlib.metadata
import json
import sys
import time
from collections.abc import Callable
from datetime import date

import numpy
from openfisca_core import entities, parameters, periods, taxbenefitsystems, variables
from openfisca_core.simulations import SimulationBuilder

DAY = date(2026, 1, 10)
PERIOD = periods.period(DAY.isoformat())
CASE = entities.Entity("case", "cases", "", "")
VALUES = {"2016-12-14": {"value": 15}, "2020-03-01": {"value": 15}, "2026-01-01": {"value": 15}}


class received_ordinal(variables.Variable):  # noqa: N801  OpenFisca takes the class's name for the variable's
    """Day of receipt."""

    value_type = int
    entity = CASE
    definition_period = periods.DateUnit.DAY
    label = "received"


class due_ordinal(variables.Variable):  # noqa: N801
    """Day due: receipt and fifteen days."""

    value_type = int
    entity = CASE
    definition_period = periods.DateUnit.DAY
    label = "due"

    def formula_2020_03_01(case, period, parameters):  # noqa: N805
        return case("received_ordinal", period) + parameters(period).complaints.base_days


class System(taxbenefitsystems.TaxBenefitSystem):
    """One formula among 1,000 dated parameters."""

    def __init__(self) -> None:
        super().__init__([CASE])
        self.add_variables(received_ordinal, due_ordinal)
        others = {f"r{number}": {"description": "r", "values": VALUES} for number in range(999)}
        base = {"base_days": {"description": "N00:18", "values": VALUES}}
        self.parameters = parameters.ParameterNode("", data={"complaints": base, "others": others})


def simulate(system: System, ordinals: numpy.ndarray, *, trace: bool = False) -> numpy.ndarray:
    """The due days of one new simulation."""
    simulation = SimulationBuilder().build_default_simulation(system, count=len(ordinals))
    simulation.trace = trace
    simulation.set_input("received_ordinal", PERIOD, ordinals)
    return simulation.calculate("due_ordinal", PERIOD)


def micros(work: Callable[[], object], times: int) -> float:
    """Best CPU time of five rounds, in microseconds a call."""
    work()
    best = float("inf")
    for _ in range(5):
        began = time.process_time()
        for _ in range(times):
            work()
        best = min(best, (time.process_time() - began) / times)
    return best * 1e6


def main() -> None:
    """Print the figures as one line of JSON."""
    count = int(sys.argv[1])
    system = System()
    one = numpy.array([DAY.toordinal()])
    many = numpy.full(count, DAY.toordinal())
    if int(simulate(system, one)[0]) != date(2026, 1, 25).toordinal():
        raise SystemExit("the peer's answer is not 2026-01-25")
    found = {
        "version": importlib.metadata.version("OpenFisca-Core"),
        "one": micros(lambda: simulate(system, one), 2_000),
        "traced": micros(lambda: simulate(system, one, trace=True), 2_000),
        "many": micros(lambda: simulate(system, many), 5) / count,
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
