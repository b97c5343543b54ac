"""The cold start: gates first (test, praise, enquiry), then the topic the words point to, or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from xiaobao.engines.topics.flags import flags_of
from xiaobao.engines.topics.places import PLACES, Place, channel_of
from xiaobao.engines.topics.values import Topic, Verdict
from xiaobao.engines.topics.wording import plain

PRAISE, ENQUIRY, TEST = Topic("表扬", None), Topic("咨询", None), Topic("测试数据", None)
_TEST = re.compile(r"^(?:测试\w{0,8}|test\w{0,6}|asdf\w*|(\w)\1{4,}|[\d\s]{4,}|abc\d*)[。.!！]*$")
_PRAISE = re.compile(
    r"感谢|表扬|点赞|谢谢.{0,12}(?:帮|耐心|热情|服务)|(?:服务|态度).{0,4}(?:很好|真好|热情|周到)|锦旗|好评|非常满意"
)
_ENQUIRY = re.compile(
    r"(?:想|就是|只是)?(?:问一下|咨询一下|了解一下|咨询|想问|想知道|打听)|请问|几点(?:开门|关门|上班|下班)|"
    r"(?:怎么|如何|在哪|哪里|要带什么|需要什么|需要带).{0,10}(?:办|开|查|材料|证件|走)"
)
_GRIEF = re.compile(
    r"投诉|不满|为什么|凭什么|要求|退(?:还|款|钱|费|差额|给我)|赔|亏|骗|没(?!有?(?:问题|事|什么))|未|不给|不了|乱|差(?!不多)|恶劣|扣|被|拒|错|假|"
    r"泄|骚扰|威胁|气愤|垃圾|太慢|太久|反升|失败|报错|打不开|登不上|故障|吞|误导"
)
_SAID, _SURER, _EARLY = 1.0, 0.4, 0.2
# What happened yields to why the bank is blamed for it: a loss to the promise that was made.
_YIELDS = {
    "亏损争议": ("误导销售", "适当性", "到期未兑付"),
    "手续费争议": ("重复扣费", "年费争议", "分期争议", "提前还款", "短信费"),
    "系统故障": ("转账未到账", "老年人服务", "取款机差错"),
    "排队等候": ("老年人服务", "服务态度"),
}


def triage(text: str) -> Verdict:
    """The topic of a text, or an abstention; flags and channel in any case.

    Order: what is no complaint goes first, so that an enquiry or a praise never swells the count of
    complaints. Where two topics are pointed to alike and their first levels differ, it abstains.
    """
    said = plain(text)
    beside = Verdict(None, None, 0.0, channel=channel_of(said), flags=flags_of(said))
    if gate := _gate(said):
        return replace(beside, primary=gate.primary, confidence=0.9, why=(gate.primary,))
    scored = _scored(said)
    best, at = scored[0]
    if best == 0:
        return (
            replace(beside, primary="咨询", confidence=0.6, why=("提问",)) if _is_question(said) else beside
        )
    if _is_torn(scored):
        return replace(beside, why=tuple(_words(PLACES[place], said) for _, place in scored[:2]))
    return _of(beside, PLACES[at], said, best)


def _gate(said: str) -> Topic | None:
    if _TEST.match(said):
        return TEST
    has_grief = bool(_GRIEF.search(said))
    if _PRAISE.search(said) and not has_grief:
        return PRAISE
    if _ENQUIRY.search(said) and not has_grief and not _fraud(said):
        return ENQUIRY
    return None


def _fraud(said: str) -> bool:
    return any(place.topic.primary == "安全与诈骗" and place.said.search(said) for place in PLACES)


def _is_question(said: str) -> bool:
    return bool(_ENQUIRY.search(said)) and not _GRIEF.search(said)


def _scored(said: str) -> list[tuple[float, int]]:
    """Score and number of every topic, the best first."""
    scores = [_score(place, said) for place in PLACES]
    pointed = {place.topic.secondary for place, score in zip(PLACES, scores, strict=True) if score}
    for at, place in enumerate(PLACES):
        if pointed & set(_YIELDS.get(place.topic.secondary or "", ())):
            scores[at] /= 2
    return sorted(((score, at) for at, score in enumerate(scores)), key=lambda one: (-one[0], one[1]))


def _score(place: Place, said: str) -> float:
    found = place.said.search(said)
    if not found:
        return 0.0
    length = min(len(found.group()), 20) / 20
    return (
        _SAID
        + length / 2
        + _SURER * bool(place.surer.search(said))
        + _EARLY * (1 - found.start() / len(said))
    )


def _is_torn(scored: Sequence[tuple[float, int]]) -> bool:
    """Two first levels pointed to so alike that choosing would be a throw of dice."""
    (best, first), (next_best, second) = scored[:2]
    differ = PLACES[first].topic.primary != PLACES[second].topic.primary
    return differ and next_best > 0 and best - next_best < 0.02


def _of(beside: Verdict, place: Place, said: str, score: float) -> Verdict:
    topic = place.topic
    return replace(
        beside,
        primary=topic.primary,
        secondary=topic.secondary,
        confidence=round(min(0.95, 0.35 + 0.3 * score), 2),
        business=topic.business,
        reason=topic.reason,
        why=(_words(place, said),),
    )


def _words(place: Place, said: str) -> str:
    found = place.said.search(said)
    return found.group().strip() if found else ""
