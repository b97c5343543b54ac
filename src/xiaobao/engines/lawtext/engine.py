"""The splitter: the text of an instrument in, its parts out. Every doubt is told, nothing is mended in silence.

A line is a heading, an article, an item, a sub-item, a paragraph, the begin of an appendix, or website
remains. What it is depends on the line and on what stands before it, so one reader walks through the lines.
"""

from __future__ import annotations

import re

from xiaobao.engines.lawtext.checks import LOSS, remarks_of
from xiaobao.engines.lawtext.lines import is_web, lines_of
from xiaobao.engines.lawtext.numerals import LARGEST, NUMERALS, number
from xiaobao.engines.lawtext.values import LEVELS, Appendix, Article, Head, Item, LawText, Paragraph, Remark

READING = "3"
"""The splitter's version: raised with every change of what it reads, so that an import splits held texts anew."""

_HEAD = re.compile(rf"(#*)\s*第([{NUMERALS}]+)(分编|编|章|节)(?:[\s　]+(.*)|(.{{0,20}}))")
_ARTICLE = re.compile(
    rf"#*\s*第([{NUMERALS}]+)条(?:之([{NUMERALS}]+))?"
    rf"(?:([\s　]+)(.*)|(?![，和至规的之第所或及]|、[第{NUMERALS}])[、:：.．]?[\s　]*(.*))"
)
_ITEM = re.compile(rf"[（(]([{NUMERALS}]+)[）)]\s*(.*)")
_SUB = re.compile(r"(?:\d+[.．、]|[（(]\d+[）)])\s*(.*)")
_APPENDIX = re.compile(r"(附录|附件|附表)(?:[\s:：\d一二三四五六七八九十]|$)")
# A printed title and the same again as the page's own, run into one line with what follows.
_DOUBLED = re.compile(
    r"((?:附录|附件|附表)\d{0,2})[\s:：]{0,3}(\S{2,20}?)[\s:：]{0,3}\1[\s:：]{0,3}\2[\s:：]{0,3}(.*)"
)
_REMAINS = re.compile(r"^附[:：]|https?[:：].*[^。；]$")
_NUMERAL = r"[\d〇○零一二三四五六七八九十]"
_DATE = re.compile(rf"{_NUMERAL}{{4}}\s*年\s*{_NUMERAL}{{1,3}}\s*月\s*{_NUMERAL}{{1,3}}\s*日")
_REFERRING = "、，和至规的之第所或及中内"
_STOPS = "。；：:;！”）)？…"
_LONGEST_HEAD = 60
_LONGEST_SUFFIX = 99
_LONGEST_WRAP = 12
_LONGEST_NAME = 40


def split(text: str) -> LawText:
    """The parts of the instrument written in `text`, Markdown or plain."""
    reader = _Reader()
    lines = reader.begin(lines_of(text, reader.remarks))
    title = lines[0].lstrip("# ") if lines and not _ARTICLE.fullmatch(lines[0]) else ""
    for line in lines[1:] if title else lines:
        reader.read(line)
    return reader.close(title)


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
        # The lines of remains since the text was left for them or for an appendix; None inside the text.
        self.left: list[str] | None = None
        self.is_other_law = False
        self.is_tight = False
        self.unsure = (0, 0)
        self.is_after_head = self.is_after_web = False

    def begin(self, lines: list[str]) -> list[str]:
        """The lines from the title on; what a website put above it is remains."""
        at = next((at for at, line in enumerate(lines) if not is_web(line)), len(lines))
        self.tail += lines[:at]
        return lines[at:]

    def read(self, line: str) -> None:
        if is_web(line):
            self.tail.append(line)
            self.is_after_web = True
        elif self.left is not None and not self._returns(line):
            self._outside(line)
        elif self.articles and (_REMAINS.search(line) or _APPENDIX.match(line)):
            self.left = []
            self._outside(line)
        elif LOSS.fullmatch(line):
            at = self.articles[-1].place[0] if self.articles else 0
            self.remarks.append(Remark("loss", at, f"文本自己标明有缺：{line}"))
        elif not (self._head(line) or self._article(line) or self._wrapped(line)):
            self._body(line)

    def _outside(self, line: str) -> None:
        if self.left is not None and (self.left or _REMAINS.search(line)):
            self.left.append(line)
            self.tail.append(line)
        elif _REMAINS.search(line):
            self.tail.append(line)
        else:
            self._appendix(line)

    def _returns(self, line: str) -> bool:
        """Whether the text goes on here: its next article or heading, where no other law has begun in between."""
        found, head = _ARTICLE.fullmatch(line), _HEAD.fullmatch(line)
        if found and not self.is_other_law:
            self.is_other_law = not self._is_next(_place(found))
        runs_on = head and head[3] in self.path and number(head[2]) == self.path[head[3]].number + 1
        if self.is_other_law or not (found or runs_on):
            return False
        lost = [said for said in self.left or () if said[-1] == "。"]
        say = f"“{line[:_LONGEST_WRAP]}”写在附录或者网页残留之后，已接回正文"
        say += f"；其间{len(lost)}行没有读入：{lost[0][:24]}" if lost else ""
        self.remarks.append(Remark("resumed", self.articles[-1].place[0], say, grave=bool(lost)))
        self.left = None
        return True

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
        level = found[3]
        if found[5] and not found[1] and not self._runs_on(level, number(found[2]), found[5]):
            return False
        head = Head(level, number(found[2]), re.sub(r"\s", "", found[4] or found[5] or ""))
        above = LEVELS[: LEVELS.index(level)]
        self.path = {name: self.path[name] for name in above if name in self.path} | {level: head}
        self._keep(head)
        self.is_after_head = True
        return True

    def _runs_on(self, level: str, at: int, title: str) -> bool:
        """Whether 第二章总则, written without a blank, is a heading: a name after the number that comes next."""
        last = self.path[level].number if level in self.path else 0
        return at in {1, last + 1} and title[0] not in _REFERRING and _is_name(title)

    def _keep(self, head: Head) -> None:
        place = tuple(self.path[name].number if name in self.path else 0 for name in LEVELS)
        if not self.articles and any(place == earlier for earlier, _ in self.heads):
            self.remarks.append(Remark("contents", 0, f"正文前的目录（{len(self.heads)}个标题）不计入"))
            self.heads.clear()
        self.heads.append((place, head))

    def _is_next(self, place: tuple[int, int]) -> bool:
        last = self.articles[-1].place if self.articles else (0, 0)
        return place in {(last[0] + 1, 0), (last[0], last[1] + 1)}

    def _article(self, line: str) -> bool:
        found = _ARTICLE.fullmatch(line)
        if not found:
            return False
        place = _place(found)
        if not 0 < place[0] <= LARGEST or place[1] > _LONGEST_SUFFIX:
            return self._impossible(line)
        is_tight = not found[3] and bool(found[5])
        if is_tight and self.articles and not (self.is_tight or self._is_next(place)):
            return self._unsure(place)
        if self.articles and place <= self.articles[-1].place:
            return self._out_of_order(place, is_heading=not is_tight or self.is_tight)
        self.is_tight = self.is_tight or (is_tight and not self.articles)
        heads = tuple(self.path[name] for name in LEVELS if name in self.path)
        self.articles.append(_Draft(place, heads, found[4] or found[5] or ""))
        self.is_after_head = self.is_after_web = False
        return True

    def _impossible(self, line: str) -> bool:
        at = self.articles[-1].place[0] if self.articles else 0
        say = f"“{line[:_LONGEST_WRAP]}”的条号不可能"
        self.remarks.append(Remark("order", at, say, grave=True))
        return False

    def _unsure(self, place: tuple[int, int]) -> bool:
        """A later article's number at the begin of a line, unlike the other articles: one may be a sentence, two are articles."""
        if place > self.articles[-1].place:
            is_run = place == (self.unsure[0] + 1, 0)
            say = f"{_name(place)}起头的一行没有空格，作为{_name(self.articles[-1].place)}的一款读入"
            self.remarks.append(Remark("unsure", self.articles[-1].place[0], say, grave=is_run))
            self.unsure = place
        return False

    def _out_of_order(self, place: tuple[int, int], *, is_heading: bool) -> bool:
        if is_heading:
            say = f"{_name(place)}出现在{_name(self.articles[-1].place)}之后：条号重复或颠倒"
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
        elif self.is_after_web and _is_name(line):
            self.tail.append(line)
        else:
            self.articles[-1].add(line)

    def close(self, title: str) -> LawText:
        self._sign()
        articles = tuple(draft.done() for draft in self.articles)
        appendices = tuple(
            Appendix(at, name, tuple(lines)) for at, (name, lines) in enumerate(self.appendices, 1)
        )
        if self.tail:
            say = f"{len(self.tail)}行网页残留不计入：{self.tail[0][:24]}"
            self.remarks.append(Remark("tail", 0, say))
        heads = tuple(head for _, head in self.heads)
        law = LawText(
            title, tuple(self.preamble), heads, articles, appendices, tuple(self.tail), tuple(self.remarks)
        )
        return law._replace(remarks=(*self.remarks, *remarks_of(law)))

    def _sign(self) -> None:
        """The names and the date under the last article are no part of it."""
        paragraphs = self.articles[-1].paragraphs if self.articles else []
        at = len(paragraphs)
        while at > 1 and not paragraphs[at - 1][1] and _is_name(paragraphs[at - 1][0]):
            at -= 1
        signed = [text for text, _ in paragraphs[at:]]
        if any(_DATE.fullmatch(line) for line in signed):
            del paragraphs[at:]
            self.remarks.append(Remark("signed", 0, f"末尾的署名和日期不计入：{'，'.join(signed)[:40]}"))


def _place(found: re.Match[str]) -> tuple[int, int]:
    return number(found[1]), number(found[2] or "零")


def _name(place: tuple[int, int]) -> str:
    return Article(*place, (), ()).name


def _is_name(line: str) -> bool:
    """Whether a line says no more than a name, a date, an address: short, and no sentence."""
    return len(line) <= _LONGEST_NAME and line[-1] not in _STOPS and not set(line) & set("，；。")
