"""Places in the law as the office reads them: `N00@2020-03-01:18.1` -> 《投诉办法》第十八条第一款."""

from __future__ import annotations

import re
from functools import lru_cache

from xiaobao.rules.book import book
from xiaobao.rules.instruments import INSTRUMENTS, place_zh

_CITE = re.compile(r"(?P<id>[A-Z]\d\d)(?:@\d{4}-\d\d-\d\d)?:(?P<loc>[\w.,-]+)")


@lru_cache(maxsize=512)
def article_words(text: str) -> str:
    """The text with every citation in it written out; anything else is left as it is.

    >>> article_words("N00@2020-03-01:18.1")
    '《投诉办法》第十八条第一款'
    """
    return _CITE.sub(lambda found: _words(found["id"], found["loc"]), text)


def place_words(instrument: str, loc: str) -> str:
    """《投诉办法》（银保监会令2020年第3号）第十八条第一款."""
    known = INSTRUMENTS.get(instrument)
    if known is None:
        return f"{instrument}:{loc}"
    number = f"（{known.number}）" if known.number and known.number != known.short else ""
    return f"《{known.short}》{number}{place_zh(loc)}"


def _words(instrument: str, loc: str) -> str:
    known = INSTRUMENTS.get(instrument)
    return f"《{known.short}》{place_zh(loc)}" if known else f"{instrument}:{loc}"


@lru_cache(maxsize=256)
def rule_article(rule_id: str) -> str:
    """The first article a rule rests on, '' for a rule that is not in the book."""
    rules = book().rules
    if rule_id not in rules:
        return ""
    cite = rules[rule_id].versions[-1].cites[0]
    return place_words(cite.instrument, cite.loc)
