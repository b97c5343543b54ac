"""Papers as Word documents: headings, paragraphs, tables in; the bytes of a .docx out. Pure, standard library only."""

from xiaobao.engines.paper.engine import docx
from xiaobao.engines.paper.values import Heading, Line, List, Paper, Run, Table

__all__ = ["Heading", "Line", "List", "Paper", "Run", "Table", "docx"]
