"""Partial masks: the first and last characters stay, separators stay, the length stays."""

from __future__ import annotations

from xiaobao.engines.pii.values import Kind

# How many letters and digits stay at the front and at the back.
_SHOWN: dict[Kind, tuple[int, int]] = {
    Kind.ID: (1, 1),
    Kind.CARD: (6, 4),
    Kind.MOBILE: (3, 4),
    Kind.PHONE: (0, 4),
    Kind.ACCOUNT: (0, 4),
    Kind.PASSPORT: (1, 2),
    Kind.PERMIT: (1, 2),
    Kind.PLATE: (2, 1),
    Kind.USCC: (4, 4),
    Kind.IBAN: (4, 4),
    Kind.SWIFT: (4, 0),
    Kind.WECHAT: (1, 1),
    Kind.QQ: (0, 3),
    Kind.IP: (1, 0),
    Kind.DEVICE: (2, 2),
}
_TITLE_CHARS = 2


def partial(kind: Kind, text: str) -> str:
    """The text of a finding with its middle starred.

    >>> partial(Kind.MOBILE, "138 0000 1234"), partial(Kind.NAME, "周文静"), partial(Kind.EMAIL, "li.na@example.com")
    ('138 **** 1234', '周**', 'l****@example.com')
    """
    if kind is Kind.NAME:
        return _name(text)
    if kind is Kind.EMAIL:
        local, _, domain = text.partition("@")
        return f"{local[:1]}{'*' * max(1, len(local) - 1)}@{domain}"
    if kind is Kind.ADDRESS:
        return _address(text)
    front, back = _SHOWN.get(kind, (0, 0))
    return _starred(text, front, back)


def _starred(text: str, front: int, back: int) -> str:
    places = [place for place, char in enumerate(text) if char.isalnum()]
    if len(places) <= front + back:
        front = back = 0
    hidden = set(places[front : len(places) - back])
    return "".join("*" if place in hidden else char for place, char in enumerate(text))


def _name(text: str) -> str:
    for title in ("先生", "女士", "小姐"):
        if text.endswith(title):
            stars = len(text) - 1 - _TITLE_CHARS
            return text[0] + "*" * stars + title if stars else f"*{title}"
    return text[:1] + "*" * (len(text) - 1)


def _address(text: str) -> str:
    """Down to city or district; the rest starred."""
    cut = max(
        (text.find(suffix) + 1 for suffix in "市区县" if 0 < text.find(suffix) < len(text) - 1), default=0
    )
    return text[:cut] + "*" * (len(text) - cut)
