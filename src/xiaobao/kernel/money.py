"""Money is an integer number of fen; yuan exist only on screen and in files."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from xiaobao.kernel.errors import InvalidInput

MAX_FEN = 10**17


def fen_from_yuan(text: str) -> int:
    """Fen from what a person typed in yuan; thousands separators and full-width digits allowed.

    Raises: InvalidInput `money.unreadable`, `money.negative`, `money.too_fine`, `money.too_large`.

    >>> fen_from_yuan("1,234.50")
    123450
    """
    plain = _plain(text)
    try:
        fen = Decimal(plain) * 100
    except InvalidOperation:
        raise InvalidInput(
            "money.unreadable", text=text, say=f"金额“{text}”无法识别，请填写数字，例如 1234.50"
        ) from None
    if not fen.is_finite():
        raise InvalidInput(
            "money.unreadable", text=text, say=f"金额“{text}”无法识别，请填写数字，例如 1234.50"
        )
    if fen < 0:
        raise InvalidInput(
            "money.negative", text=text, say="金额不能为负数，请填写正数，并在事项中说明收付方向"
        )
    if fen != fen.to_integral_value():
        raise InvalidInput("money.too_fine", text=text, say="金额最多两位小数（精确到分）")
    if fen > MAX_FEN:
        raise InvalidInput("money.too_large", text=text, say="金额超出可登记的范围，请核对单位是否为元")
    return int(fen)


def _plain(text: str) -> str:
    narrow = text.strip().translate(str.maketrans("０１２３４５６７８９．，－", "0123456789.,-"))
    return narrow.replace(",", "").removeprefix("¥").removeprefix("￥").removesuffix("元").strip()


def yuan(fen: int) -> str:
    """Fen as yuan with thousands separators and two decimals.

    >>> yuan(123450)
    '1,234.50'
    """
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"
