"""How text becomes searchable: one normal form, tokens of one and two characters, queries of terms.

Pure functions, so that both databases and the tests' naive oracle agree on what a match is.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

MAX_TEXT = 120_000
MAX_QUERY = 200
MAX_TERMS = 16
MAX_WORD = 64

_HANZI = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_PIECE = re.compile(f"[{_HANZI}]+|[^\\W_{_HANZI}]+")
_FIRST_HANZI = re.compile(f"[{_HANZI}]")
_TERM = re.compile('"([^"]*)"|“([^”]*)”|「([^」]*)」|『([^』]*)』|([^\\s"“”「」『』]+)')


def normalise(text: str) -> str:
    """The text's pieces (runs of hanzi, whole words) between single blanks, with a blank at both ends.

    Width, case and punctuation are gone; only the first 120,000 characters count.

    >>> normalise("ＡＢＣ卡，重复扣款！")
    ' abc 卡 重复扣款 '
    """
    return f" {' '.join(_pieces(text[:MAX_TEXT]))} "


def tokens(normal: str) -> list[str]:
    """Distinct tokens of a normalised text, sorted: each hanzi, each pair of neighbours, each word.

    >>> tokens(" abc 扣款 ")
    ['abc', '扣', '扣款', '款']
    """
    found: set[str] = set()
    for piece in normal.split():
        if _FIRST_HANZI.match(piece):
            found.update(piece)
            found.update(piece[at : at + 2] for at in range(len(piece) - 1))
        else:
            found.add(piece[:MAX_WORD])
    return sorted(found)


def places(kind: str, org_path: str) -> list[str]:
    """Tokens that say what a document is and where it lies: one for its unit and each unit above.

    With kind and subtree in the index, a count never reads the rows. No word holds an `@`.

    >>> places("complaint", "0001.0007.")
    ['complaint@', 'complaint@0001.', 'complaint@0001.0007.']
    """
    ends = [at + 1 for at, sign in enumerate(org_path) if sign == "."]
    return [f"{kind}@{org_path[:end]}" for end in (0, *ends)]


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked: all `tokens` must occur, and every pattern of `exact` must occur as it stands.

    `terms` are the words as typed, for marking them on the page; `is_cut` tells that the
    question was longer than 200 characters or 16 words and only its beginning counts.
    """

    terms: tuple[str, ...]
    tokens: tuple[str, ...]
    exact: tuple[str, ...]
    is_cut: bool = False

    def __bool__(self) -> bool:
        return bool(self.tokens)


def parse(text: str) -> Query:
    """The query for what a person typed: blanks part the words, quotes keep them together.

    Never fails: signs without letters, digits or hanzi ask for nothing.

    >>> parse('违约金 "ab c"').exact
    ('违约金', ' ab c ')
    """
    found = [next(filter(None, groups), "") for groups in _TERM.findall(text[:MAX_QUERY])]
    terms = [(term, pieces) for term in found if (pieces := _pieces(term))]
    kept = terms[:MAX_TERMS]
    wanted: dict[str, None] = {}
    exact: dict[str, None] = {}
    for _, pieces in kept:
        wanted.update(dict.fromkeys(tokens(" ".join(pieces))))
        if not _answered_by_token(pieces):
            exact[_pattern(pieces)] = None
    cut = len(text) > MAX_QUERY or len(terms) > MAX_TERMS
    return Query(tuple(term for term, _ in kept), _needed(wanted), tuple(exact), cut)


def _pieces(text: str) -> list[str]:
    """NFKC, casefold, NFKC again (casefold may undo it), then runs of hanzi and words."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return _PIECE.findall(folded)


def _answered_by_token(pieces: list[str]) -> bool:
    if len(pieces) > 1:
        return False
    return len(pieces[0]) <= (2 if _FIRST_HANZI.match(pieces[0]) else MAX_WORD)


def _pattern(pieces: list[str]) -> str:
    """The pieces as they stand in the normal form; a word's ends must be a word's ends there."""
    left = "" if _FIRST_HANZI.match(pieces[0]) else " "
    right = "" if _FIRST_HANZI.match(pieces[-1]) else " "
    return left + " ".join(pieces) + right


def _needed(wanted: dict[str, None]) -> tuple[str, ...]:
    """The tokens without single hanzi that a pair already asks for: fewer lists to intersect."""
    pairs = "".join(token for token in wanted if len(token) == 2 and _FIRST_HANZI.match(token))
    return tuple(token for token in wanted if len(token) != 1 or token not in pairs)
