"""What the pages and the console show, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xiaobao.base.law.leaning import Leaning
from xiaobao.base.law.models import Version
from xiaobao.engines.lawtext import Article, LawText, Pair, Place
from xiaobao.kernel.terms import Term

# One Civil Code stands in three files, each with its own articles.
CIVIL_CODE = "CC"
CIVIL_CODE_PARTS = ("L20", "L21", "L22")


class Standing(Term):
    """Whether a version binds on a day."""

    CURRENT = "current", "现行"
    FUTURE = "future", "尚未施行"
    REPLACED = "replaced", "已被替代"


@dataclass(frozen=True, slots=True)
class Held:
    """One version that is here; `until` is the first day of the next one, None for the newest."""

    version: Version
    standing: Standing
    until: date | None

    @property
    def name(self) -> str:
        """2020-03-01."""
        return self.version.effective_on.isoformat()


@dataclass(frozen=True, slots=True)
class Shelf:
    """One instrument of the library: its versions that are here, newest first, or none, and what leans on it."""

    code: str
    short: str
    title: str
    number: str
    issuer: str
    held: tuple[Held, ...]
    leaning: tuple[Leaning, ...]

    @property
    def is_missing(self) -> bool:
        """Whether nobody has any text of it."""
        return not self.held

    @property
    def shown(self) -> Held | None:
        """The version in force, else the next to come, else the newest."""
        current = [one for one in self.held if one.standing is Standing.CURRENT]
        return next(iter(current or reversed(self.held)), None)

    @property
    def leaning_count(self) -> int:
        """How many different things lean on it."""
        return len({one.key for one in self.leaning})


@dataclass(frozen=True, slots=True)
class Reading:
    """One version opened: its shelf, the version, the text, and what leans on each article."""

    shelf: Shelf
    held: Held
    law: LawText
    leaning: dict[str, tuple[Leaning, ...]]


@dataclass(frozen=True, slots=True)
class Shown:
    """One place opened: where it stands, its words, and the article around it."""

    reading: Reading
    place: Place
    article: Article | None
    text: str
    leaning: tuple[Leaning, ...]


@dataclass(frozen=True, slots=True)
class Diff:
    """Two versions compared; `counts` by change."""

    shelf: Shelf
    old: Held
    new: Held
    pairs: tuple[Pair, ...]
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Stage:
    """An article in one version of its thread; `pair` says how it came from the stage before, None for the first."""

    held: Held
    article: Article | None
    pair: Pair | None


@dataclass(frozen=True, slots=True)
class Hit:
    """One article found: where it stands and the words around the first match."""

    held: Held
    code: str
    title: str
    loc: str
    name: str
    heads: str
    text: str
    leaning: tuple[Leaning, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits; `count` is exact over all pages."""

    hits: tuple[Hit, ...]
    count: int
    next: str
    terms: tuple[str, ...]
    is_cut: bool
