"""Values that stand under a name: a cell under its column, a JSON value under its key."""

from __future__ import annotations

import re

from xiaobao.engines.pii.detectors.base import Detector, Options, mentions
from xiaobao.engines.pii.engine import DETECTORS, scan, settle
from xiaobao.engines.pii.values import Confidence, Kind, Span

_DEFAULT = Options()
# Columns whose every value is one thing, whatever surname or town it begins with.
_WHOLE: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        Kind.NAME,
        re.compile(
            r"(?:客户|投诉人|申请人|联系人|收件人|持卡人|借款人|担保人|经办人|投保人|被保险人)?(?:姓名|名字)\Z"
            r"|(?:投诉人|联系人|收件人|持卡人|借款人|担保人|户名)\Z|(?:cust|customer|user|real|full)_?name\Z",
            re.IGNORECASE,
        ),
    ),
    (
        Kind.ADDRESS,
        re.compile(
            r"(?:家庭|联系|通讯|通信|居住|现居|户籍|收件|邮寄)?(?:地址|住址)\Z|address\Z", re.IGNORECASE
        ),
    ),
)
_ORGANISATION = re.compile(r"(?:公司|厂|店|中心|银行|支行|分行|局|委员会|协会|合作社|学校|大学|医院)\Z")
_NAME = re.compile(r"[^\W\d_]{2,4}|[^\W\d_]{1,12}[·•][^\W\d_]{1,12}|[A-Za-z][A-Za-z .'\-]{2,40}")


def scan_value(
    text: str,
    label: str = "",
    *,
    options: Options = _DEFAULT,
    detectors: tuple[Detector, ...] = DETECTORS,
    at_least: Confidence = Confidence.MEDIUM,
) -> list[Span]:
    """Findings in a value, its label read as the words before it; positions are those of `text`.

    >>> [(span.kind.value, span.text) for span in scan_value("阿依古丽·买买提", "客户姓名")]
    [('NAME', '阿依古丽·买买提')]
    >>> scan_value("4111111111111111", "订单号")
    []
    """
    if not label:
        return scan(text, options=options, detectors=detectors, at_least=at_least)
    lead = len(label) + 1
    found = [
        _moved(span, lead, text)
        for span in scan(f"{label}：{text}", options=options, detectors=detectors, at_least=at_least)
        if span.end > lead
    ]
    return settle([*found, *_whole(text, label, options)]) if detectors is DETECTORS else found


def _moved(span: Span, lead: int, text: str) -> Span:
    start, end = max(0, span.start - lead), span.end - lead
    return span._replace(start=start, end=end, text=text[start:end])


def _whole(text: str, label: str, options: Options) -> list[Span]:
    value = text.strip()
    kind = next((kind for kind, pattern in _WHOLE if pattern.match(label.strip())), None)
    if kind is None or "*" in value or not _fits(kind, value, options):
        return []
    start = text.index(value)
    return [Span(start, start + len(value), kind, Confidence.HIGH, value, f"列名“{label.strip()}”")]


def _fits(kind: Kind, value: str, options: Options) -> bool:
    if kind is Kind.NAME:
        return bool(_NAME.fullmatch(value)) and not _ORGANISATION.search(value)
    return len(value) >= 6 and not mentions(value, options.public_places)
