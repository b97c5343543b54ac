"""What a complaint's text says of its place: topic, facets, flags, or that it cannot be told."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Topic:
    """One place a complaint can have: two levels of the desk's own words, and the facets of JR/T 0169-2018.

    `business` and `reason` are names of that standard's lists ("" where it has none, as for a praise).
    """

    primary: str
    secondary: str | None
    business: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The triage of one text. `primary` and `secondary` are None when it abstains; flags stand in any case."""

    primary: str | None
    secondary: str | None
    confidence: float
    business: str = ""
    reason: str = ""
    channel: str = ""
    flags: tuple[str, ...] = ()
    why: tuple[str, ...] = field(default=())

    @property
    def abstains(self) -> bool:
        """Whether a person has to read it."""
        return self.primary is None

    @property
    def is_urgent(self) -> bool:
        """Whether it goes to the top of the pile, told or not."""
        return bool({"资金安全", "监管转办", "特殊群体", "群体性"} & set(self.flags))
