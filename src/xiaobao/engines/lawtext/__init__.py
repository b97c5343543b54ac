"""Statutes taken apart, cited, and compared version by version. Pure: text in, values out."""

from xiaobao.engines.lawtext.align import Change, Pair, Words, align, difference, tally
from xiaobao.engines.lawtext.engine import READING, split
from xiaobao.engines.lawtext.numerals import chinese, number
from xiaobao.engines.lawtext.places import (
    Citation,
    CitationError,
    Place,
    Span,
    parse,
    parse_chinese,
    parse_place,
    settle,
    text_at,
    text_in,
)
from xiaobao.engines.lawtext.values import (
    Appendix,
    Article,
    Counts,
    Head,
    Item,
    LawText,
    Paragraph,
    Remark,
    counts,
)

__all__ = [
    "READING",
    "Appendix",
    "Article",
    "Change",
    "Citation",
    "CitationError",
    "Counts",
    "Head",
    "Item",
    "LawText",
    "Pair",
    "Paragraph",
    "Place",
    "Remark",
    "Span",
    "Words",
    "align",
    "chinese",
    "counts",
    "difference",
    "number",
    "parse",
    "parse_chinese",
    "parse_place",
    "settle",
    "split",
    "tally",
    "text_at",
    "text_in",
]
