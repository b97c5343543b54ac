"""From a text to the terms it is found by: two-hanzi words, whole latin words, concepts."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from xiaobao.engines.retrieval.synonyms import GROUPS

_RUN = re.compile(r"[\u3400-\u9fff]+|[a-z]+|[0-9][0-9.%]*")
_NUMBER = re.compile(r"[0-9]")
# What a question is wrapped in; it says nothing of its matter.
_WRAPPING = re.compile(
    "请问|你好|您好|麻烦|谢谢|请|一下|想问|想知道|我想|我要|我的|你们|我们|怎么提意见|提意见|什么意思|是谁|"
    "没写清楚|写清楚|没说清楚|只写了|写了|写着|有没有|可不可以|是不是|是否|呢|吗|啊|呀|吧|了|的"
)


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a text; `is_concept` when a whole group of words stands behind it."""

    word: str
    is_concept: bool = False
    in_concept: bool = False


@dataclass(frozen=True)
class Words:
    """The reader of texts, with the groups of words that mean one thing."""

    groups: tuple[tuple[str, ...], ...] = GROUPS

    def __post_init__(self) -> None:
        names = {fold(word): group[0] for group in self.groups for word in group}
        longest = sorted(names, key=len, reverse=True)
        object.__setattr__(self, "_names", names)
        object.__setattr__(self, "_finder", re.compile("|".join(map(re.escape, longest)) or "(?!)"))

    def with_groups(self, *groups: tuple[str, ...]) -> Words:
        """The same reader with a bank's own groups beside the house's."""
        return replace(self, groups=(*self.groups, *groups))

    def terms(self, text: str, *, query: bool = False) -> list[Term]:
        """Every term of the text in reading order; a query loses the wrapping of its question first."""
        folded = fold(text)
        if query:
            folded = _WRAPPING.sub(" ", folded) if _WRAPPING.sub("", folded).strip() else folded
        finder: re.Pattern[str] = self._finder  # type: ignore[attr-defined]
        names: dict[str, str] = self._names  # type: ignore[attr-defined]
        spans = [(found.start(), found.end(), names[found.group()]) for found in finder.finditer(folded)]
        found = [Term(name, is_concept=True) for _, _, name in spans]
        for run in _RUN.finditer(folded):
            found.extend(_of_run(run.group(), run.start(), spans))
        return found


def fold(text: str) -> str:
    """One spelling for one letter: full-width forms narrowed, latin letters small.

    >>> fold("ＬＰＲ 转换")
    'lpr 转换'
    """
    return unicodedata.normalize("NFKC", text).lower()


def is_number(word: str) -> bool:
    """Whether the term is a figure: found when asked for, but never missed."""
    return bool(_NUMBER.match(word))


def _of_run(run: str, start: int, spans: list[tuple[int, int, str]]) -> list[Term]:
    if run[0] < "\u3400" or len(run) == 1:
        return [Term(run, in_concept=_covered(start, start + len(run), spans))]
    return [
        Term(run[at : at + 2], in_concept=_covered(start + at, start + at + 2, spans))
        for at in range(len(run) - 1)
    ]


def _covered(start: int, end: int, spans: list[tuple[int, int, str]]) -> bool:
    return any(first < end and start < last for first, last, _ in spans)
