"""Reading material against the rules: what the wrapper costs over the bare automaton, and how long pieces take."""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.table import Row, heading
from xiaobao.engines.textscan import Block, Document, document_of, request_of, scan, shipped
from xiaobao.engines.textscan.files import read
from xiaobao.engines.textscan.reports import word
from xiaobao.engines.textscan.values import Report
from xiaobao.engines.textscan.words import WordList

WORDS, PAGE = 5_000, 800  # words in the list; characters on a page of a contract
SMS = "【某某银行】尊敬的客户，存款季三年期大额存单20万元起存，年利率1.55%，额度有限，售完为止，回T退订"
CLAUSES = (
    "第{n}条 借款人应当按照约定的期限和金额归还借款本息，逾期的，自逾期之日起按约定利率上浮50%计收罚息。",
    "贷款人调整收费标准的，应至少提前三十日公告并书面通知借款人，借款人有权终止本合同且不承担违约金。",
    "双方对个人信息的处理应当遵守法律、行政法规的规定，未经借款人单独同意，贷款人不得向第三方提供其个人信息。",
    "因不可抗力不能履行合同的，根据不可抗力的影响，部分或者全部免除责任，但是法律另有规定的除外。",
    "发生争议的，双方应当协商解决；协商不成的，可以向有管辖权的人民法院起诉。诉讼期间，本合同不涉争议的条款仍须履行。",
    "甲方有权根据需要随时调整授信额度，系统故障造成的一切损失概不负责，本合同最终解释权归甲方所有。",
)


def contract(pages: int) -> str:
    """A contract of so many pages, every sixth clause unfair."""
    lines, size, at = [], 0, 0
    while size < pages * PAGE:
        line = CLAUSES[at % len(CLAUSES)].format(n=at + 1)
        lines.append(line)
        size += len(line)
        at += 1
    return "\n".join(lines)


def measure(quick: bool) -> list[Row]:
    """Medians of processor time; the wrapper and the bare automaton take turns."""
    heading("textscan")
    shipped()
    rounds = 5 if quick else 15
    clean = contract(1_250).replace(" ", "")
    return [
        _wrapper(rounds, clean, hits=0),
        _wrapper(rounds, clean, hits=40),
        _wrapper(rounds, contract(1_250), hits=0, name="a blank a line"),
        *_pieces(rounds),
    ]


def _wrapper(rounds: int, text: str, *, hits: int, name: str = "") -> Row:
    from ahocorasick_rs import AhoCorasick

    chance = random.Random(7)
    hanzi = [chr(code) for code in range(0x4E00, 0x9FA5)]
    listed = ["".join(chance.choices(hanzi, k=chance.randint(2, 5))) for _ in range(WORDS - hits)]
    starts = [chance.randrange(len(text) - 5) for _ in range(hits)]
    listed += [text[at : at + 3] for at in starts if "\n" not in text[at : at + 3]]
    listed = sorted(set(listed))
    bare, ours = AhoCorasick(listed, store_patterns=False), WordList(listed)
    found = bare.find_matches_as_indexes(text, overlapping=True)
    if sorted(ours.find(text)) != sorted(found):
        raise AssertionError("the wrapper answers otherwise than the automaton")
    mine, its = _turns(
        rounds, lambda: ours.find(text), lambda: bare.find_matches_as_indexes(text, overlapping=True)
    )
    speed = len(text.encode()) / 1e6 / mine
    name = name or ("words of the text" if hits else "no hits")
    note = f"{len(found)} hits, {len(listed)} words, ours {speed:.0f} MB/s, bare {len(text.encode()) / 1e6 / its:.0f} MB/s"
    bar = None if name == "a blank a line" else 20
    return Row(f"word list over bare ahocorasick_rs, {name}", (mine / its - 1) * 100, "% more", bar, note)


def _turns(rounds: int, one: Callable[[], object], other: Callable[[], object]) -> tuple[float, float]:
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for kept, act in zip(times, (one, other), strict=True):
            began = time.process_time()
            act()
            kept.append(time.process_time() - began)
    return statistics.median(times[0]), statistics.median(times[1])


def _pieces(rounds: int) -> list[Row]:
    thirty = document_of(contract(30))
    request = request_of(thirty.text, material="借款合同")
    plan = shipped().plan

    def sms() -> Report:
        return scan(document_of(SMS), request_of(SMS, material="短信", channel="短信"), plan)

    pages, message = _turns(rounds, lambda: scan(thirty, request, plan), sms)
    found = len(scan(thirty, request, plan).findings)
    return [
        Row(
            "contract of 30 pages, every rule",
            pages * 1000,
            "ms",
            150,
            f"{len(thirty.text)} characters, {found} findings",
        ),
        Row("one SMS, every rule", message * 1000, "ms", 10, f"{len(shipped())} rules in the book"),
        Row("contract of 20 pages from docx", _docx(rounds), "s", 2),
    ]


def _docx(rounds: int) -> float:
    document = Document(tuple(Block(line) for line in contract(20).split("\n")))
    empty = Report((), (), (), 0, "", "")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.docx")
        path.write_bytes(word(document, empty))

        def act() -> Report:
            opened = read(path)
            return scan(opened, request_of(opened.text, material="借款合同"), shipped().plan)

        return _turns(rounds, act, lambda: None)[0]


if __name__ == "__main__":
    print("\n".join(row.line() for row in measure(False)))
