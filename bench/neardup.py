"""Complaints that say the same, 100,000 and 1,000,000 of them: seconds, memory, pair precision and recall.

The texts are made here. A matter is a form letter (eight of them), a coined product, and two clauses of coined words;
three of four matters have one customer, the others a Pareto number of them (shape 1.1, at most 2,000). Each customer
writes his own date, amount, name, outlet, telephone and demand; three in ten add a greeting, three in ten a closing
phrase, three in ten make a slip of the pen. One matter in five has a near miss: the same letter and clause, another
product. Two texts belong together when they are of one matter. The generator never sees the engine.

A mass event is one matter more, told by 10 or 30 % of 20,000 texts, for each of the eight letters: what share of it stands
in one group, and what share of that group is of it.
"""

from __future__ import annotations

import multiprocessing
import random
import resource
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from bench.table import Row, heading

SEED = 2026
LETTERS = (
    "本人于{date}购买贵行代销的{product}，到期至今未兑付，涉及金额{amount}元，要求{demand}",
    "{product}宣传时说{clause}，现在{other}，我投入{amount}元，要求{demand}",
    "您好，我是{name}，{date}办理{product}时工作人员未说明{clause}，请{demand}",
    "关于{product}收取{clause}的问题，{date}已经反映过，至今没有答复，请{demand}",
    "投诉{product}，{clause}，{other}，联系电话{phone}，请{demand}",
    "{date}在{outlet}网点办理{product}，柜员{name}态度恶劣，{clause}，要求{demand}",
    "我的{product}被{clause}，损失{amount}元，{other}，{demand}",
    "手机银行{product}页面{clause}，{other}，无法使用，请{demand}",
)
DEMANDS = ("全额退款", "尽快处理", "书面答复", "给个说法", "赔偿损失", "核实情况并回电")
GREETINGS = ("你好，", "请问，", "本人强烈不满。", "麻烦领导看看：")
CLOSINGS = ("，谢谢", "，急", "！！！", "，否则向监管部门投诉")
HANZI = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]
EVENT = -1
BARS = {100_000: (None, None), 1_000_000: (60.0, 1000.0)}


@dataclass(frozen=True, slots=True)
class Matter:
    """What several customers complain of."""

    letter: str
    product: str
    clause: str
    other: str


def texts(count: int, seed: int = SEED) -> tuple[list[str], list[int]]:
    """At least `count` texts in random order, and the matter each belongs to."""
    chance = random.Random(seed)
    words = [_coined(chance, 2) for _ in range(2000)]
    made: list[tuple[str, int]] = []
    for number, (matter, size) in enumerate(_matters(chance, words)):
        made += [(_written(matter, chance, words), number) for _ in range(size)]
        if len(made) >= count:
            break
    chance.shuffle(made)
    return [text for text, _ in made], [number for _, number in made]


def with_event(count: int, share: float, letter: int) -> tuple[list[str], list[int]]:
    """About `count` texts, of which `share` are of the one matter labelled EVENT, told by the letter."""
    made, labels = texts(int(count * (1 - share)), SEED + letter)
    chance = random.Random(SEED - letter)
    words = [_coined(chance, 2) for _ in range(2000)]
    event = Matter(LETTERS[letter], _coined(chance, 3), _clause(chance, words), _clause(chance, words))
    all_of_it = [(_written(event, chance, words), EVENT) for _ in range(int(count * share))]
    mixed = [*zip(made, labels, strict=True), *all_of_it]
    chance.shuffle(mixed)
    return [text for text, _ in mixed], [label for _, label in mixed]


def caught(labels: list[int], heads: list[int]) -> tuple[float, float]:
    """The share of the event in its largest group, and the share of that group that is of the event."""
    groups = Counter(head for head, label in zip(heads, labels, strict=True) if label == EVENT)
    head, most = groups.most_common(1)[0]
    return most / groups.total(), most / heads.count(head)


def _matters(chance: random.Random, words: list[str]) -> Iterator[tuple[Matter, int]]:
    while True:
        size = 1 if chance.random() < 0.75 else min(2000, int(chance.paretovariate(1.1)) + 1)
        product, clause, other = (
            _coined(chance, chance.randint(3, 4)),
            _clause(chance, words),
            _clause(chance, words),
        )
        matter = Matter(chance.choice(LETTERS), product, clause, other)
        yield matter, size
        if chance.random() < 0.2:  # a near miss
            yield Matter(matter.letter, _coined(chance, 3), clause, _clause(chance, words)), size


def _coined(chance: random.Random, length: int) -> str:
    return "".join(chance.choices(HANZI, k=length))


def _clause(chance: random.Random, words: list[str]) -> str:
    return "".join(chance.choices(words, k=chance.randint(3, 6)))


def _written(matter: Matter, chance: random.Random, words: list[str]) -> str:
    """The matter as one customer tells it."""
    text = matter.letter.format(
        product=matter.product,
        clause=matter.clause,
        other=matter.other,
        date=f"{chance.randint(1, 12)}月{chance.randint(1, 28)}日",
        amount=chance.randint(100, 999_999),
        demand=chance.choice(DEMANDS),
        name=chance.choice("王李张刘陈") + chance.choice(HANZI),
        phone=13_000_000_000 + chance.randint(0, 10**9),
        outlet=chance.choice(words),
    )
    if chance.random() < 0.3:
        text = chance.choice(GREETINGS) + text
    if chance.random() < 0.3:
        text += chance.choice(CLOSINGS)
    if chance.random() < 0.3:
        at = chance.randrange(len(text))
        text = text[:at] + chance.choice(HANZI) + text[at + 1 :]
    return text


def measure(quick: bool) -> list[Row]:
    """Each size in a process of its own, so that memory is its own too."""
    heading("neardup")
    sizes = (20_000, 100_000) if quick else tuple(BARS)
    found: list[Row] = []
    for size in sizes:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            found += pool.apply(_rows, (size,))
    return [*found, *(_event(share) for share in (0.1, 0.3))]


def _event(share: float) -> Row:
    """The worst of the eight letters."""
    from xiaobao.engines.neardup.grouping import group

    seen = []
    for letter in range(len(LETTERS)):
        made, labels = with_event(20_000, share, letter)
        seen.append((*caught(labels, group(made)), letter))
    together, _, letter = min(seen)
    note = (
        f"letter {letter}: {together:.4f} together; least pure group {min(pure for _, pure, _ in seen):.4f}"
    )
    return Row(f"neardup, mass event of {share:.0%}: outside its group", 1 - together, "", 0.05, note)


def _rows(size: int) -> list[Row]:
    from xiaobao.engines.neardup.grouping import group

    made, matters = texts(size)
    group(made[:1000])  # numpy and the tables are there
    began = time.process_time()
    heads = group(made)
    seconds = time.process_time() - began
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    precision, recall = rates(matters, heads)
    most_seconds, most_megabytes = BARS.get(size, (None, None))
    name = f"neardup, {size:,} texts"
    note = f"{len(set(matters)):,} matters, {len(set(heads)):,} groups"
    return [
        Row(f"{name}: seconds", seconds, "s CPU", most_seconds, note),
        Row(f"{name}: memory of the process", megabytes, "MB", most_megabytes, "texts included"),
        Row(f"{name}: pairs wrongly joined", 1 - precision, "", 0.05, f"precision {precision:.4f}"),
        Row(f"{name}: pairs missed", 1 - recall, "", 0.05, f"recall {recall:.4f}"),
    ]


def rates(labels: list[int], groups: list[int]) -> tuple[float, float]:
    """Precision and recall over all pairs of texts."""
    right = _pairs(Counter(zip(labels, groups, strict=True)))
    return right / max(1, _pairs(Counter(groups))), right / max(1, _pairs(Counter(labels)))


def _pairs(counts: Counter[int] | Counter[tuple[int, int]]) -> int:
    return sum(count * (count - 1) // 2 for count in counts.values())
