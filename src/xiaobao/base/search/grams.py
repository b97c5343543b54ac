"""How text becomes searchable: one normal form, tokens of up to three characters, queries of terms.

Every hanzi stands in the index with the two behind it. One or two characters are asked for as the
beginning of a token, three as a token; a longer run as all its threes. That its threes stand in a row
is certain where each pair they share is followed by one character only, all through the text; a pair
followed by several is marked, and only marked texts are read (decision 0008).
Pure functions, so that both databases and the tests' naive oracle agree on what a match is.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

FORMAT = 3
"""Version of the tokens: raised with every change of what `tokens` or `places` answer."""
MAX_TEXT = 120_000
MAX_QUERY = 200
MAX_TERMS = 16
MAX_WORD = 64
# A tsvector holds 1,048,575 bytes of text.
MAX_BYTES = 1_000_000
_GRAM = 3

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
    """Distinct tokens of a normalised text, sorted: each hanzi with the two behind it, each word, each mark.

    Only the first 1,000,000 bytes of distinct tokens count: more than any text that says something.

    >>> tokens(" abc 违约金 ")
    ['abc', '约金', '违约金', '金']
    """
    found: dict[str, None] = {}
    followed: dict[str, str] = {}
    for piece in normal.split():
        if not _FIRST_HANZI.match(piece):
            found[piece[:MAX_WORD]] = None
            continue
        for at in range(len(piece)):
            gram = piece[at : at + _GRAM]
            pair = gram[:2]
            if len(pair) == 2 and followed.setdefault(pair, gram[2:]) != gram[2:]:
                found[_mark(pair)] = None
            found[gram] = None
    return sorted(found if len(normal) < MAX_BYTES // 24 else _first(found))


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
    """What was asked: all `tokens` occur, for each of `starts` a token begins with it, `exact` as it stands.

    A text with the tokens and none of the `doubts` holds every pattern of `exact`; without `doubts`
    each text must be looked at. `terms` are the words as typed, for marking them on the page; `is_cut`
    tells that the question was longer than 200 characters or 16 words and only its beginning counts.
    """

    terms: tuple[str, ...]
    tokens: tuple[str, ...]
    starts: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    is_cut: bool = False

    def __bool__(self) -> bool:
        return bool(self.tokens or self.starts)


def parse(text: str) -> Query:
    """The query for what a person typed: blanks part the words, quotes keep them together.

    Never fails: signs without letters, digits or hanzi ask for nothing.

    >>> parse('违约金 "ab c"').exact
    ('违约金', ' ab c ')
    """
    found = [next(filter(None, groups), "") for groups in _TERM.findall(text[:MAX_QUERY])]
    terms = [(term, pieces) for term in found if (pieces := _pieces(term))]
    kept = terms[:MAX_TERMS]
    runs = dict.fromkeys(piece for _, pieces in kept for piece in pieces)
    looked_at = [pieces for _, pieces in kept if not _answered_by_token(pieces)]
    is_certain = all(len(pieces) == 1 and _FIRST_HANZI.match(pieces[0]) for pieces in looked_at)
    doubts = dict.fromkeys(mark for pieces in looked_at for mark in _shared(pieces[0]))
    tokens, starts = _asked(list(runs))
    return Query(
        terms=tuple(term for term, _ in kept),
        tokens=tokens,
        starts=starts,
        exact=tuple(dict.fromkeys(map(_pattern, looked_at))),
        doubts=tuple(doubts) if is_certain else (),
        is_cut=len(text) > MAX_QUERY or len(terms) > MAX_TERMS,
    )


def _pieces(text: str) -> list[str]:
    """NFKC, casefold, NFKC again (casefold may undo it), then runs of hanzi and words."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return _PIECE.findall(folded)


def _answered_by_token(pieces: list[str]) -> bool:
    if len(pieces) > 1:
        return False
    return len(pieces[0]) <= (_GRAM if _FIRST_HANZI.match(pieces[0]) else MAX_WORD)


def _pattern(pieces: list[str]) -> str:
    """The pieces as they stand in the normal form; a word's ends must be a word's ends there."""
    left = "" if _FIRST_HANZI.match(pieces[0]) else " "
    right = "" if _FIRST_HANZI.match(pieces[-1]) else " "
    return left + " ".join(pieces) + right


def _asked(runs: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The tokens, and the beginnings of tokens, that these runs ask for; none that another implies."""
    tokens: dict[str, None] = {}
    short: list[str] = []
    for run in runs:
        if not _FIRST_HANZI.match(run):
            tokens[run[:MAX_WORD]] = None
        elif len(run) < _GRAM:
            short.append(run)
        else:
            tokens.update(dict.fromkeys(run[at : at + _GRAM] for at in range(len(run) - _GRAM + 1)))
    wider = [*(token for token in tokens if _FIRST_HANZI.match(token)), *short]
    starts = (one for one in short if not any(one != other and other.startswith(one) for other in wider))
    return tuple(tokens), tuple(starts)


def _shared(run: str) -> list[str]:
    """Marks of the pairs that two neighbouring tokens of the run share."""
    return [_mark(run[at : at + 2]) for at in range(1, len(run) - 2)]


def _mark(pair: str) -> str:
    """The token that says: in this text the pair is followed by different characters. No word holds an `@`."""
    return f"@{pair}"


def _first(found: dict[str, None]) -> list[str]:
    """The tokens in their order as far as their bytes go."""
    kept, size = [], 0
    for token in found:
        size += len(token.encode())
        if size > MAX_BYTES:
            break
        kept.append(token)
    return kept
