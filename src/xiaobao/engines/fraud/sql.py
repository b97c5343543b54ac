"""The same windows as one DuckDB query, for a warehouse that already holds the events.

The order key is the event time times 2^20 plus the rank among events of the same millisecond,
so that two events at one moment keep the order in which they arrived, as they do online. A row
sees every earlier row of its key: a stream with late events is for the batch executor, which
knows what had arrived.
"""

from __future__ import annotations

from xiaobao.engines.fraud.tracks import FRACTIONAL
from xiaobao.engines.fraud.windows import Aggregate, Condition, FeatureSet, Operator, Window

_RANKS = 1 << 20


def feature_query(
    features: FeatureSet, source: str, *, arrival: str = "arrival", time: str = "occurred_at"
) -> str:
    """A SELECT of `arrival` and one column a feature, ordered by arrival.

    `source` is a table or a table function of DuckDB; `arrival` numbers the rows.
    """
    columns = ",\n  ".join(f"{_expression(window)} AS {quoted(window.name)}" for window in features.windows)
    rank = f"row_number() OVER (PARTITION BY {quoted(time)} ORDER BY {quoted(arrival)})"
    return (  # every name is quoted and every constant escaped
        f"WITH ranked AS (SELECT *, {quoted(time)} AS xb_time, {rank} AS xb_rank FROM {source}),\n"  # noqa: S608
        f"placed AS (SELECT *, xb_time * {_RANKS} + xb_rank AS xb_place FROM ranked)\n"
        f"SELECT {quoted(arrival)},\n  {columns}\nFROM placed ORDER BY {quoted(arrival)}"
    )


def quoted(name: str) -> str:
    """A column name that stays a name, whatever it holds."""
    return '"' + name.replace('"', '""') + '"'


def _expression(window: Window) -> str:
    over = _frame(window)
    kept = f" FILTER (WHERE {' AND '.join(map(_condition, window.where))})" if window.where else ""
    value = quoted(window.value)

    def of(aggregate: str) -> str:
        return f"{aggregate}{kept} OVER ({over})"

    total, count = f"coalesce({of(f'sum({value})')}, 0)", of("count(*)")
    square = f"coalesce({of(f'sum({value}::HUGEINT * {value}::HUGEINT)')}, 0)"
    spread = f"sqrt(greatest(0, {count} * {square} - {total} * {total})) / nullif({count}, 0)"
    if window.value.startswith(FRACTIONAL):  # fractions have no exact squares here; missing ones count as 0
        spread = of(f"stddev_pop(coalesce({value}, 0))")
    return {
        Aggregate.COUNT: count,
        Aggregate.SUM: total,
        Aggregate.MEAN: f"coalesce({total} / nullif({count}, 0), 0)",
        Aggregate.MIN: of(f"min({value})"),
        Aggregate.MAX: of(f"max({value})"),
        Aggregate.DISTINCT: of(f"count(DISTINCT {value})"),
        Aggregate.LAST: of(f"arg_max_null({value}, xb_place)"),
        Aggregate.SECONDS_SINCE: f"(xb_time - {of('max(xb_time)')}) / 1000",
        Aggregate.STDDEV: f"coalesce({spread}, 0)",
    }[window.aggregate]


def _frame(window: Window) -> str:
    """Places from just after (t - length - delay) to (t - delay); an event without the key stands alone."""
    entity = quoted(window.entity)
    key = f"PARTITION BY {entity}, CASE WHEN {entity} IS NULL THEN xb_place END ORDER BY xb_place"
    if window.aggregate is Aggregate.SECONDS_SINCE:
        low = f"({(window.length - 1) * _RANKS} + xb_rank) PRECEDING"
        return f"{key} RANGE BETWEEN {low} AND CURRENT ROW EXCLUDE CURRENT ROW"
    low = f"({(window.length + window.delay - 1) * _RANKS} + xb_rank) PRECEDING"
    high = f"({window.delay * _RANKS - _RANKS + 1} + xb_rank) PRECEDING" if window.delay else "CURRENT ROW"
    return f"{key} RANGE BETWEEN {low} AND {high}"


def _condition(item: Condition) -> str:
    if item.operator is Operator.IN:
        choices = item.constant if isinstance(item.constant, tuple) else ()
        return f"{quoted(item.field)} IN ({', '.join(map(_literal, choices)) or 'NULL'})"
    sign = "<>" if item.operator is Operator.NE else item.operator.value
    return f"{quoted(item.field)} {sign} {_literal(item.constant)}"


def _literal(constant: object) -> str:
    if isinstance(constant, int | float):
        return repr(constant)
    return "'" + str(constant).replace("'", "''") + "'"
