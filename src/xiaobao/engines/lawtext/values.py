"""What a statute is made of: 编, 分编, 章, 节, 条, 款, 项, 目, appendices, and every doubt of the splitter."""

from __future__ import annotations

from typing import NamedTuple

from xiaobao.engines.lawtext.numerals import chinese

LEVELS = ("编", "分编", "章", "节")


class Head(NamedTuple):
    """A heading: its level (编 分编 章 节), its number, its title without blanks."""

    level: str
    number: int
    title: str

    @property
    def name(self) -> str:
        """第三章 投诉处理."""
        return f"第{chinese(self.number)}{self.level} {self.title}".rstrip()


class Item(NamedTuple):
    """One 项 and its 目."""

    number: int
    text: str
    subs: tuple[str, ...] = ()


class Paragraph(NamedTuple):
    """One 款 and its 项."""

    text: str
    items: tuple[Item, ...] = ()

    @property
    def whole(self) -> str:
        """The paragraph with everything under it, in one string."""
        return self.text + "".join(item.text + "".join(item.subs) for item in self.items)


class Article(NamedTuple):
    """One 条 under its headings; `suffix` is 1 for 之一, 0 for none."""

    number: int
    suffix: int
    heads: tuple[Head, ...]
    paragraphs: tuple[Paragraph, ...]

    @property
    def loc(self) -> str:
        """Its place: 18, or 253-1 for 第二百五十三条之一."""
        return f"{self.number}-{self.suffix}" if self.suffix else str(self.number)

    @property
    def name(self) -> str:
        """第十八条."""
        return f"第{chinese(self.number)}条" + (f"之{chinese(self.suffix)}" if self.suffix else "")

    @property
    def whole(self) -> str:
        """All its paragraphs, in one string."""
        return "".join(paragraph.whole for paragraph in self.paragraphs)


class Appendix(NamedTuple):
    """What follows the last article and still is law."""

    number: int
    title: str
    lines: tuple[str, ...]

    @property
    def loc(self) -> str:
        """Its place: a1."""
        return f"a{self.number}"


class Remark(NamedTuple):
    """One doubt: a stable code, the article it stands at (0 for none), a Chinese sentence.

    A `grave` remark means that the text cannot be trusted to be whole.
    """

    code: str
    article: int
    say: str
    grave: bool = False


class LawText(NamedTuple):
    """One version of one instrument, taken apart."""

    title: str
    preamble: tuple[str, ...]
    heads: tuple[Head, ...]
    articles: tuple[Article, ...]
    appendices: tuple[Appendix, ...]
    tail: tuple[str, ...]
    remarks: tuple[Remark, ...]

    @property
    def is_whole(self) -> bool:
        """Whether no grave remark was made."""
        return not any(remark.grave for remark in self.remarks)

    def article(self, number: int, suffix: int = 0) -> Article | None:
        """The article, or None."""
        return next((a for a in self.articles if (a.number, a.suffix) == (number, suffix)), None)


class Counts(NamedTuple):
    """How many of each there are; `parts` are 编 and 分编 together, `subs` are 目."""

    articles: int
    paragraphs: int
    items: int
    subs: int
    parts: int
    chapters: int
    sections: int
    first: int
    last: int


def counts(law: LawText) -> Counts:
    """The counts of a text; first and last are 0 where there is no article."""
    paragraphs = [paragraph for article in law.articles for paragraph in article.paragraphs]
    items = [item for paragraph in paragraphs for item in paragraph.items]
    levels = [head.level for head in law.heads]
    return Counts(
        articles=len(law.articles),
        paragraphs=len(paragraphs),
        items=len(items),
        subs=sum(len(item.subs) for item in items),
        parts=levels.count("编") + levels.count("分编"),
        chapters=levels.count("章"),
        sections=levels.count("节"),
        first=law.articles[0].number if law.articles else 0,
        last=law.articles[-1].number if law.articles else 0,
    )
