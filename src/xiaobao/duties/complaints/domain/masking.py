"""Personal numbers and home addresses in what people typed: shown starred, never found by a search.

What it decides
    Which characters of a free text are a resident identity number, card, account, phone, mail
    address, WeChat or QQ id or home address, and how they are shown to somebody who did not ask for them with a reason.
Why
    《个人信息保护法》第二十八条、第五十一条（规则 PI-014）: a teller who writes a customer's card number
    into the facts must not lay it open to everybody who may read the case.
Example
    `shown("来电13800001234")` is `来电138****1234`.
Known limits
    Names inside a text stay as typed: without them the facts cannot be handled.
    An address is known by its house number and a division or a word such as 住在; public places stay.
    A run of twelve digits and more is taken for a card or account, whatever it may be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from xiaobao.engines.pii.engine import CONTACTS, HOMES, NUMBERS_AND_MAIL, scan
from xiaobao.engines.pii.partial import partial
from xiaobao.kernel.masks import numbers

_DIGIT = r"[\d〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]"
_SUSPECT = re.compile(rf"{_DIGIT}(?:[\s\-—－]?{_DIGIT}){{6}}|@|＠")
_CONTACT = re.compile("微信|[Vv]信|wxid|weixin|[Ww]e[Cc]hat|QQ|qq|ＱＱ|扣扣")
_HOME = re.compile("[号室幢栋弄座房组]|单元|街道|社区|小区|新村|家园|花园|公寓")
# A cheap look for what must stand in a text, before the detectors of its kind read it.
_LOOKS = ((_SUSPECT, NUMBERS_AND_MAIL), (_CONTACT, CONTACTS), (_HOME, HOMES))
_SHORT, _LONG = 200, 20_000


def shown(text: str) -> str:
    """The text as a page, a file or a program may show it.

    >>> shown("来电13800001234，金额54000.00元")
    '来电138****1234，金额54000.00元'
    """
    if len(text) <= _SHORT:
        return _kept(text)
    return _kept_long(text) if len(text) <= _LONG else _masked(text)


def has_numbers(text: str) -> bool:
    """Whether `shown` hides anything of the text."""
    return shown(text) != text


def without_numbers(text: str) -> str:
    """The text with a blank in place of each personal number: what the search index may know.

    >>> without_numbers("来电13800001234，要求退款")
    '来电 ，要求退款'
    """
    return "".join(" " if clear != masked else clear for clear, masked in _pieces(text))


def restored(typed: str, original: str) -> str:
    """What was typed over `shown(original)`, with each number left as it was shown put back.

    >>> restored("来电138****1234，要求退款", "来电13800001234")
    '来电13800001234，要求退款'
    """
    for clear, masked in _pieces(original):
        if clear != masked:
            typed = typed.replace(masked, clear, 1)
    return typed


def plain_shown(value: Any) -> Any:
    """A plain value (text, list, mapping) with every text in it as `shown`."""
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, Mapping):
        return {name: plain_shown(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(plain_shown(one) for one in value)
    return value


@lru_cache(maxsize=4096)
def _kept(text: str) -> str:
    return _masked(text)


@lru_cache(maxsize=256)
def _kept_long(text: str) -> str:
    """A case is read again and again while it is handled. Kept in this process alone, ten megabytes at most."""
    return _masked(text)


def _masked(text: str) -> str:
    if not any(look.search(text) for look, _ in _LOOKS) and not any(numbers(text)):
        return text
    return "".join(masked for _, masked in _pieces(text))


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """The text in order, as pairs of clear and shown; equal where nothing is hidden."""
    at = 0
    detectors = tuple(one for look, those in _LOOKS if look.search(text) for one in those)
    for span in scan(text, detectors=detectors) if detectors else ():
        yield from _loose(text[at : span.start])
        yield span.text, partial(span.kind, span.text)
        at = span.end
    yield from _loose(text[at:])


def _loose(text: str) -> Iterator[tuple[str, str]]:
    """What no detector is sure of but has the length of an identity, card or mobile number."""
    at = 0
    for begin, end, masked in numbers(text):
        yield text[at:begin], text[at:begin]
        yield text[begin:end], masked
        at = end
    yield text[at:], text[at:]
