"""Seeds the room `figures`: the year's figures are frozen in the middle of the next January."""

from __future__ import annotations

from datetime import datetime

from xiaobao.base.figures import registry, services
from xiaobao.demo.people import Bank
from xiaobao.demo.timeline import Life
from xiaobao.kernel import ports


def freeze(bank: Bank, year: int) -> Life:
    """On 15 January the head of the office freezes every registered figure of the year."""
    yield datetime(year + 1, 1, 15, 10, tzinfo=ports.SHANGHAI)
    for figure in registry.registered():
        services.figure_freeze(actor=bank.staff["leader"], figure_id=figure.id, year=year)
