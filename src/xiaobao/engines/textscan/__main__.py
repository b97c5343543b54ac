"""`python -m xiaobao.engines.textscan`: prove the shipped rules and seal them (see sealing.py)."""

from __future__ import annotations

from xiaobao.engines.textscan.book import book_of
from xiaobao.engines.textscan.rulebook import RULES
from xiaobao.engines.textscan.sealing import FILE, sealed

FILE.write_text(sealed(rule.matcher for rule in book_of(RULES)), "utf-8")
