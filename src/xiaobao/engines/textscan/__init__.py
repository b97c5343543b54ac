"""Read marketing, contracts, messages, product documents and privacy notices against dated rules."""

from xiaobao.engines.textscan.book import Book, UnprovenRuleError, book_of, shipped
from xiaobao.engines.textscan.documents import Block, BlockKind, Document, document_of
from xiaobao.engines.textscan.engine import Plan, scan
from xiaobao.engines.textscan.requests import request_of
from xiaobao.engines.textscan.rules import Rule
from xiaobao.engines.textscan.values import Angle, Finding, Report, Request, Severity

__all__ = [
    "Angle",
    "Block",
    "BlockKind",
    "Book",
    "Document",
    "Finding",
    "Plan",
    "Report",
    "Request",
    "Rule",
    "Severity",
    "UnprovenRuleError",
    "book_of",
    "document_of",
    "request_of",
    "scan",
    "shipped",
]
