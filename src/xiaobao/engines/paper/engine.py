"""A paper as a .docx: WordprocessingML in a zip. The same paper gives the same bytes on every machine.

Fonts are named for both scripts (宋体 and 黑体 beside Times), so that Word and WPS draw Chinese as an office expects.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.sax.saxutils import escape

from xiaobao.engines.paper.values import Heading, Line, List, Paper, Run, Table

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
# A4 in twentieths of a point, with margins of 2.5 cm: what is left for a table.
_INNER_WIDTH = 9070
# The zip's own clock: fixed, so that bytes depend on the paper alone.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_CONTROL = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])


def docx(paper: Paper) -> bytes:
    """The paper as a Word document."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _parts(paper):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, _HEAD + text)
    return out.getvalue()


def _parts(paper: Paper) -> Iterator[tuple[str, str]]:
    yield "[Content_Types].xml", _TYPES
    yield "_rels/.rels", _RELS
    yield "docProps/core.xml", _core(paper)
    yield "word/_rels/document.xml.rels", _DOCUMENT_RELS
    yield "word/styles.xml", _STYLES
    yield "word/footer1.xml", _footer(paper)
    yield "word/document.xml", _document(paper)


def _document(paper: Paper) -> str:
    body = "".join((_paragraph((paper.title,), "Title"), *(_block(block) for block in paper.blocks)))
    page = (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId2"/><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1418" w:right="1418" w:bottom="1418" w:left="1418" w:header="851" w:footer="851" w:gutter="0"/>'
        "</w:sectPr>"
    )
    return f'<w:document {_W} xmlns:r="{_R}"><w:body>{body}{page}</w:body></w:document>'


def _block(block: Heading | Line | List | Table) -> str:
    if isinstance(block, Heading):
        return _paragraph((block.text,), f"Heading{min(max(block.level, 1), 3)}")
    if isinstance(block, Line):
        return _paragraph(block.runs)
    if isinstance(block, List):
        marks = (f"{at}．" if block.numbered else "·　" for at, _ in enumerate(block.lines, 1))
        return "".join(
            _paragraph((mark + line,), "Item") for mark, line in zip(marks, block.lines, strict=False)
        )
    return _table(block)


def _paragraph(runs: tuple[Run | str, ...], style: str = "") -> str:
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{look}{''.join(_run(Run(one) if isinstance(one, str) else one) for one in runs)}</w:p>"


def _run(run: Run) -> str:
    look = ("<w:b/>" if run.bold else "") + ('<w:color w:val="627085"/>' if run.grey else "")
    lines = (escape(line.translate(_CONTROL)) for line in run.text.split("\n"))
    text = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{text}</w:r>"


def _table(table: Table) -> str:
    columns = len(table.heads)
    shares = table.widths or (100 // columns,) * columns
    widths = [_INNER_WIDTH * share // 100 for share in shares]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    head = _row(table.heads, widths, "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>", bold=True)
    rows = "".join(_row(row, widths, "<w:trPr><w:cantSplit/></w:trPr>") for row in table.rows)
    look = f'<w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
    # Two tables in a row would grow together without a paragraph between them.
    return f"<w:tbl>{look}<w:tblGrid>{grid}</w:tblGrid>{head}{rows}</w:tbl><w:p/>"


def _row(cells: tuple[str, ...], widths: list[int], look: str, *, bold: bool = False) -> str:
    drawn = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_paragraph((Run(cell, bold),), "Cell")}</w:tc>'
        for cell, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr>{look}{drawn}</w:tr>"


def _footer(paper: Paper) -> str:
    number = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    words = _run(Run(f"{paper.foot}　第 " if paper.foot else "第 "))
    return f'<w:ftr {_W}><w:p><w:pPr><w:pStyle w:val="Foot"/></w:pPr>{words}{number}{_run(Run(" 页"))}</w:p></w:ftr>'


def _core(paper: Paper) -> str:
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(paper.title)}</dc:title><dc:creator>{escape(paper.author)}</dc:creator></cp:coreProperties>"
    )


_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>'
    f'<Override PartName="/word/footer1.xml" ContentType="{_WORD}.footer+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    "</Types>"
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELS = (
    f'<Relationships xmlns="{_PACKAGE}">'
    f'<Relationship Id="rId1" Type="{_R}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/metadata/core-properties" Target="docProps/core.xml"/></Relationships>'
)
_DOCUMENT_RELS = (
    f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_R}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{_R}/footer" Target="footer1.xml"/></Relationships>'
)


def _style(name: str, paragraph: str = "", run: str = "", based: str = "Normal") -> str:
    on = f'<w:basedOn w:val="{based}"/>' if based else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{_NAMES.get(name, name)}"/>{on}'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


_NAMES = {"Heading1": "heading 1", "Heading2": "heading 2", "Heading3": "heading 3", "Title": "Title"}
_BLACK = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="黑体"/>'
_BORDER = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="8090A5"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_STYLES = (
    f"<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr>"
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体"/><w:sz w:val="22"/><w:lang w:eastAsia="zh-CN"/>'
    "</w:rPr></w:rPrDefault></w:docDefaults>"
    + _style("Normal", '<w:spacing w:after="80" w:line="320" w:lineRule="auto"/>', based="")
    + _style("Title", '<w:spacing w:after="240"/><w:jc w:val="center"/>', _BLACK + '<w:sz w:val="36"/>')
    + "".join(
        _style(
            f"Heading{level}",
            f'<w:keepNext/><w:spacing w:before="{360 - 80 * level}" w:after="80"/><w:outlineLvl w:val="{level - 1}"/>',
            _BLACK + f'<w:sz w:val="{34 - 4 * level}"/>',
        )
        for level in (1, 2, 3)
    )
    + _style("Item", '<w:spacing w:after="40"/><w:ind w:left="420" w:hanging="420"/>')
    + _style("Cell", '<w:spacing w:after="0" w:line="280" w:lineRule="auto"/>', '<w:sz w:val="19"/>')
    + _style("Foot", '<w:jc w:val="center"/>', '<w:sz w:val="18"/><w:color w:val="627085"/>')
    + '<w:style w:type="table" w:styleId="Grid"><w:name w:val="Table Grid"/>'
    f"<w:tblPr><w:tblBorders>{_BORDER}</w:tblBorders></w:tblPr></w:style></w:styles>"
)
