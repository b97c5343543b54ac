"""Text scans: words a text must not carry. Only listed words block; look-alikes ask for a reader.

Tighter means more terms, wider scope, higher severity, fewer exemptions; a term the law lists is never dropped.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from xiaobao.rules.values import Finding, Step, Verdict


class ScanParams(NamedTuple):
    """`block` are the law's own words, `ask` words that send the text to a reader, `exempt` patterns that do not count."""

    block: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    exempt: tuple[str, ...] = ()
    effect: Verdict = Verdict.REFUSE


def decide(params: ScanParams, facts: dict[str, Any]) -> Finding:
    """Pass, hold (a reader must look) or the effect, with the words found."""
    text = facts.get("text")
    if text is None:
        return Finding(Verdict.UNDECIDED, missing=("text",))
    plain = re.sub(r"\s", "", text)
    for pattern in params.exempt:
        plain = re.sub(pattern, "　", plain)
    if found := tuple(word for word in params.block if word in plain):
        return Finding(params.effect, found, (Step("含有禁用词：" + "、".join(found), found),))
    if found := tuple(word for word in params.ask if word in plain):
        return Finding(Verdict.HOLD, found, (Step("请人工判断：" + "、".join(found), found),))
    return Finding(Verdict.PASS, (), (Step("未发现所列用语"),))
