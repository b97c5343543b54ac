"""A file's text as the lines a statute was printed in: what Markdown, a web page or a printer put round them is taken off.

Nothing is taken off in silence: each kind of thing that went has a remark. What is a website's line is for the reader
of the lines to say; here are only the words it is known by.
"""

from __future__ import annotations

import html
import re
import unicodedata

from xiaobao.engines.lawtext.numerals import NUMERALS
from xiaobao.engines.lawtext.values import Remark

_BLANKS = " 　\t\r\ufeff"
_TAG = re.compile(
    r"</?(?:a|article|b|blockquote|body|br|center|div|em|font|h[1-6]|head|html|i|li|main|ol|p|section|span|strong|sup|table|tbody|td|title|tr|u|ul)\b[^<>]{0,300}>",
    re.IGNORECASE,
)
_INLINE = re.compile(r"</?(?:a|b|em|font|i|span|strong|sup|u)\b", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
_RULE = re.compile(r"(?:[-*_=][ \t]*){3,}")
_PAGE = re.compile(
    r"[-—–－─·•~～]+\s*\d{1,4}\s*[-—–－─·•~～]+|第\s*\d{1,4}\s*页(?:\s*[，,/]?\s*共\s*\d{1,4}\s*页)?"
)
_BOLD = re.compile(r"\*{2,}|^__(第[^_]*)__")
_LEAD = re.compile(rf"(?:>\s*)+|[-*+•●]\s+(?=[*_]*第\s*[{NUMERALS}])")
_SPREAD = re.compile(rf"(#*\s*)第\s*([{NUMERALS}](?:\s*[{NUMERALS}])*)\s*(条|分\s*编|编|章|节)")
_SUFFIX = re.compile(rf"\s*之\s*([{NUMERALS}](?:\s*[{NUMERALS}])*)(?=\s)")
# What a web page says of itself, wherever it stands in the line, and what its lines begin with.
_WEB = re.compile(
    r"扫一扫|关注我们|网站标识码|ICP备|公网安备|责任编辑|版权所有|Copyright|All Rights Reserved|"
    r"^[【\[（(]?(?:打印|关闭|返回|收藏|分享到|分享至|分享[:：]|回到|上一篇|下一篇|网站地图|网站声明|联系我们|关于我们|友情链接|"
    r"相关链接|相关新闻|相关附件|相关文档|版权声明|主办单位|承办单位|技术支持|访问量|浏览次数|阅读次数|浏览量|当前位置|您所在的位置|"
    r"我要纠错|无障碍浏览|字体[:：]|字号[:：]|(?:信息|文章)?来源[:：]|发布时间|发布日期|发稿时间|索引号|二维码$)",
    re.IGNORECASE,
)
_SENTENCE = frozenset("，。；")
_STOPS = "。；：:;！？!?…，、"
_LONGEST_WEB = 100


def lines_of(text: str, remarks: list[Remark]) -> list[str]:
    """The lines with something in them; what went is told in `remarks`."""
    text = _signs(_web_marks(text, remarks), remarks)
    lines = [_plain(line) for line in text.splitlines()]
    marked = sum(1 for _, is_marked in lines if is_marked)
    if marked:
        remarks.append(Remark("markup", 0, f"去掉了{marked}行上的 Markdown 记号"))
    return _printed([line for line, _ in lines if line and not line.startswith("<!--")], remarks)


def is_web(line: str) -> bool:
    """Whether a line is a web page's own: one of its words in it, and not the end of a sentence."""
    if len(line) > _LONGEST_WEB or line[-1] in _STOPS or _SENTENCE.intersection(line):
        return False
    return _WEB.search(line) is not None


def _web_marks(text: str, remarks: list[Remark]) -> str:
    """The text without HTML: a tag that ends a line ends it here too."""
    plain = _TAG.sub(lambda found: "" if _INLINE.match(found[0]) else "\n", text) if "<" in text else text
    plain = _ENTITY.sub(lambda found: html.unescape(found[0]), plain) if "&" in plain else plain
    if plain != text:
        remarks.append(Remark("markup", 0, "去掉了网页标记"))
    return plain.replace("\u00a0", " ").replace("\u2002", " ").replace("\u2003", " ")


def _signs(text: str, remarks: list[Remark]) -> str:
    odd = {sign for sign in set(text) if unicodedata.category(sign) in ("Co", "Cf", "Cc")}
    odd -= set("\ufeff\t\n\r\v\f\x85")
    if odd:
        names = "、".join(sorted(f"U+{ord(sign):04X}" for sign in odd))
        remarks.append(Remark("stray", 0, f"去掉了不可见或私用字符 {names}"))
        text = text.translate(dict.fromkeys(map(ord, odd)))
    return text


def _plain(line: str) -> tuple[str, bool]:
    """The line without Markdown's signs, and whether it had any; the number of its heading written together."""
    line = line.strip(_BLANKS)
    bare = line
    if line[:1] in _LEADS and (found := _LEAD.match(line)):
        bare = line[found.end() :].strip(_BLANKS)
    if "**" in bare or bare.startswith("__"):
        bare = _BOLD.sub(r"\1", bare).strip(_BLANKS)
    return _joined(bare), bare != line and not _RULE.fullmatch(line)


_LEADS = frozenset(">-*+•●")


def _joined(line: str) -> str:
    """第 一 条 as 第一条: a printer's blanks inside a number are no part of it."""
    found = _SPREAD.match(line) if line[:1] in {"第", "#"} else None
    if not found:
        return line
    rest = line[found.end() :]
    head = f"{found[1]}第{_tight(found[2])}{_tight(found[3])}"
    if found[3] == "条" and (suffix := _SUFFIX.match(rest)):
        return f"{head}之{_tight(suffix[1])}{rest[suffix.end() :]}"
    return head + rest


def _tight(text: str) -> str:
    return re.sub(r"\s", "", text)


def _printed(lines: list[str], remarks: list[Remark]) -> list[str]:
    """The lines without page numbers and ruled lines."""
    pages = sum(1 for line in lines if _PAGE.fullmatch(line))
    if pages:
        remarks.append(Remark("pages", 0, f"去掉了{pages}个页码"))
    return [line for line in lines if not (_PAGE.fullmatch(line) or _RULE.fullmatch(line))]
