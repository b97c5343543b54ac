"""The splitter: the text of an instrument in, its parts out. Every doubt is told, nothing is mended in silence.

A line is a heading, an article, an item, a sub-item, a paragraph, the begin of an appendix, or website
remains. What it is depends on the line and on what stands before it, so one reader walks through the lines.
"""

from __future__ import annotations

import re
import unicodedata

from xiaobao.engines.lawtext.checks import LOSS, remarks_of
from xiaobao.engines.lawtext.numerals import NUMERALS, chinese, number
from xiaobao.engines.lawtext.values import LEVELS, Appendix, Article, Head, Item, LawText, Paragraph, Remark

READING = "2"
"""The splitter's version: raised with every change of what it reads, so that an import splits held texts anew."""

_HEAD = re.compile(rf"(#*)\s*第([{NUMERALS}]+)(分编|编|章|节)(?:[\s　]+(.*)|(.{{0,20}}))")
_ARTICLE = re.compile(
    rf"#*\s*第([{NUMERALS}]+)条(?:之([{NUMERALS}]+))?(?:([\s　]+)(.*)|(?![、，和至规的之第所或及])(.*))"
)
_ITEM = re.compile(rf"[（(]([{NUMERALS}]+)[）)]\s*(.*)")
_SUB = re.compile(r"(?:\d+[.．、]|[（(]\d+[）)])\s*(.*)")
_APPENDIX = re.compile(r"(附录|附件|附表)(?:[\s:：\d一二三四五六七八九十]|$)")
# A printed title and the same again as the page's own, run into one line with what follows.
_DOUBLED = re.compile(
    r"((?:附录|附件|附表)\d{0,2})[\s:：]{0,3}(\S{2,20}?)[\s:：]{0,3}\1[\s:：]{0,3}\2[\s:：]{0,3}(.*)"
)
_REMAINS = re.compile(r"^附[:：]|^手机扫一扫|https?[:：]")
_STOPS = "。；：:;！”）)？…"
_BLANKS = " 　\t\r\ufeff"
_LONGEST_HEAD = 60
_LONGEST_WRAP = 12


def split(text: str) -> LawText:
    """The parts of the instrument written in `text`, Markdown or plain."""
    reader = _Reader()
    lines = _clean(text, reader.remarks)
    title = lines[0].lstrip("# ") if lines and not _ARTICLE.fullmatch(lines[0]) else ""
    for line in lines[1:] if title else lines:
        reader.read(line)
    return reader.close(title)


def _clean(text: str, remarks: list[Remark]) -> list[str]:
    odd = {sign for sign in text if unicodedata.category(sign) in ("Co", "Cf")} - {"\ufeff"}
    if odd:
        names = "、".join(sorted(f"U+{ord(sign):04X}" for sign in odd))
        remarks.append(Remark("stray", 0, f"去掉了不可见或私用字符 {names}"))
        text = text.translate(dict.fromkeys(map(ord, odd)))
    lines = (line.strip(_BLANKS) for line in text.replace("\u00a0", " ").split("\n"))
    return [line for line in lines if line and not line.startswith("<!--")]


class _Draft:
    """An article while its lines are still coming."""

    def __init__(self, place: tuple[int, int], heads: tuple[Head, ...], first: str) -> None:
        self.place = place
        self.heads = heads
        self.paragraphs: list[tuple[str, list[tuple[int, str, list[str]]]]] = []
        if first:
            self.paragraphs.append((first, []))

    def add(self, line: str) -> None:
        """One more line of the article: an item, a sub-item, or a paragraph of its own."""
        items = self.paragraphs[-1][1] if self.paragraphs else None
        if items is not None and (found := _ITEM.fullmatch(line)):
            items.append((number(found[1]), found[2], []))
        elif items and (found := _SUB.fullmatch(line)):
            items[-1][2].append(found[1])
        else:
            self.paragraphs.append((line, []))

    def done(self) -> Article:
        """The finished value."""
        paragraphs = (
            Paragraph(text, tuple(Item(at, said, tuple(subs)) for at, said, subs in items))
            for text, items in self.paragraphs
        )
        return Article(*self.place, self.heads, tuple(paragraphs))


class _Reader:
    def __init__(self) -> None:
        self.remarks: list[Remark] = []
        self.preamble: list[str] = []
        self.heads: list[tuple[tuple[int, ...], Head]] = []
        self.path: dict[str, Head] = {}
        self.articles: list[_Draft] = []
        self.appendices: list[tuple[str, list[str]]] = []
        self.tail: list[str] = []
        self.is_after_head = False

    def read(self, line: str) -> None:
        if self.tail or (self.articles and _REMAINS.search(line)):
            self.tail.append(line)
        elif self.appendices or (self.articles and _APPENDIX.match(line)):
            self._appendix(line)
        elif LOSS.fullmatch(line):
            at = self.articles[-1].place[0] if self.articles else 0
            self.remarks.append(Remark("loss", at, f"文本自己标明有缺：{line}"))
        elif not (self._head(line) or self._article(line) or self._wrapped(line)):
            self._body(line)

    def _appendix(self, line: str) -> None:
        if found := _DOUBLED.fullmatch(line):
            self.appendices.append((f"{found[1]}：{found[2]}", [found[3]] if found[3] else []))
        elif _APPENDIX.match(line):
            self.appendices.append((line, []))
        else:
            self.appendices[-1][1].append(line)

    def _head(self, line: str) -> bool:
        found = _HEAD.fullmatch(line)
        if not found or line[-1] in "。；" or len(line) >= _LONGEST_HEAD:
            return False
        if found[5] and not found[1]:
            return False
        level = found[3]
        head = Head(level, number(found[2]), re.sub(r"\s", "", found[4] or found[5] or ""))
        above = LEVELS[: LEVELS.index(level)]
        self.path = {name: self.path[name] for name in above if name in self.path} | {level: head}
        self._keep(head)
        self.is_after_head = True
        return True

    def _keep(self, head: Head) -> None:
        place = tuple(self.path[name].number if name in self.path else 0 for name in LEVELS)
        if not self.articles and any(place == earlier for earlier, _ in self.heads):
            self.remarks.append(Remark("contents", 0, f"正文前的目录（{len(self.heads)}个标题）不计入"))
            self.heads.clear()
        self.heads.append((place, head))

    def _article(self, line: str) -> bool:
        found = _ARTICLE.fullmatch(line)
        if not found:
            return False
        place = (number(found[1]), number(found[2] or "零"))
        last = self.articles[-1].place if self.articles else (0, 0)
        is_next = place in {(last[0] + 1, 0), (last[0], last[1] + 1)}
        if not found[3] and found[5] and not (is_next or not self.articles):
            return False
        if place <= last:
            return self._out_of_order(place, is_heading=bool(found[3]))
        heads = tuple(self.path[name] for name in LEVELS if name in self.path)
        self.articles.append(_Draft(place, heads, found[4] or found[5] or ""))
        self.is_after_head = False
        return True

    def _out_of_order(self, place: tuple[int, int], *, is_heading: bool) -> bool:
        if is_heading:
            last = chinese(self.articles[-1].place[0])
            say = f"第{chinese(place[0])}条出现在第{last}条之后：条号重复或颠倒"
            self.remarks.append(Remark("order", place[0], say, grave=True))
        return False

    def _wrapped(self, line: str) -> bool:
        if not self.is_after_head or len(line) >= _LONGEST_WRAP or line[-1] in _STOPS or line[0] in "#（(":
            return False
        place, head = self.heads[-1]
        whole = head._replace(title=head.title + re.sub(r"\s", "", line))
        self.heads[-1] = (place, whole)
        self.path[whole.level] = whole
        self.remarks.append(Remark("wrapped", 0, f"标题折成两行，已接上：{whole.name}"))
        return True

    def _body(self, line: str) -> None:
        if not self.articles:
            self.preamble.append(line)
        elif line.startswith("#"):
            at = self.articles[-1].place[0]
            self.remarks.append(Remark("heading", at, f"认不出的标题，未计入正文：{line[:30]}"))
        else:
            self.articles[-1].add(line)

    def close(self, title: str) -> LawText:
        articles = tuple(draft.done() for draft in self.articles)
        appendices = tuple(
            Appendix(at, name, tuple(lines)) for at, (name, lines) in enumerate(self.appendices, 1)
        )
        if self.tail:
            say = f"末条之后{len(self.tail)}行网页残留不计入：{self.tail[0][:24]}"
            self.remarks.append(Remark("tail", 0, say))
        heads = tuple(head for _, head in self.heads)
        law = LawText(
            title, tuple(self.preamble), heads, articles, appendices, tuple(self.tail), tuple(self.remarks)
        )
        return law._replace(remarks=(*self.remarks, *remarks_of(law)))
