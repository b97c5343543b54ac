"""What the model is told of each letter: the letter, its neighbours, and what kind of letter it is."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from operator import add

from xiaobao.engines.pii.tables import SURNAMES

# Letters that write foreign names by their sound.
TRANSLITERATING = frozenset(
    "阿埃艾安奥巴班邦包鲍贝本比彼毕宾波伯博布查达戴丹德登迪蒂丁东杜多顿厄恩尔法凡菲费芬佛弗福夫盖冈戈格根古瓜哈海汉豪赫亨华霍基吉加贾杰金卡凯坎康科可克肯库夸拉莱兰朗"
    "劳勒雷里丽利莉列林琳卢鲁路伦罗洛马玛迈曼毛梅门蒙米密明摩莫默姆穆纳娜南内尼涅宁纽努诺欧帕派庞佩皮平普齐奇乔切琴丘让热日荣茹瑞萨塞赛桑森沙尚舍史什圣施斯松苏索塔泰坦"
    "汤唐特提廷图托瓦万威韦维温文沃乌武西希夏谢辛休许雅亚延扬耶伊以因尤于约泽詹珍朱卓佐娅鲜"
)
SURNAME_LETTERS = frozenset(SURNAMES)
# Letters that given names are often written with.
_GIVEN = frozenset(
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂华红玉萍辉建国文波斌宇浩凯健俊帆雪颖慧梅琳玲燕云莉婷欣怡佳嘉梓轩子涵思雨晨阳博睿泽鹏飞龙虎凤春夏秋冬生福贵荣昌盛"
    "发财祥瑞吉庆喜安康宁泰和顺德仁义礼智信忠孝廉诚志远宏毅坚东南西北海江河湖山川林森松柏竹菊莲荷花月星光亮晓旭晴雯霖霆雷震宝珍珠琪瑶瑾瑜琦珊璐璇莹菲菁芸茜蓉薇蕾芬芝"
    "香淑贞惠洁清源泉润淼洪亚娅雅美媛妍姗娇倩妮婉嫣彤丹青蓝紫白黑金银铜铁钢锋锐铭鑫钰锦绣绮绍纯维纲继承宗祖耀显扬振兴旺达通利民权正直方圆天地人大小中立新成功业事学书"
    "翰墨诗词琴棋画乐音韵律奇艺彬炳煜炎焱烨灿炜烽燃熙照然世永长久恒常庭廷朝彦昊昱昕晟昭晖景曦曼柔良善友朋尚贤才能力士奎魁元亨仲伯叔季孟少幼宜家守道理卫党改革开放培育"
    "树栋梁材根"
)
# Letters of the grammar between words.
_GRAMMAR = frozenset(
    "的了在是和与等为被把及其有这那也说将到从对于我你他她它们不没已就都还要会能可以因所并或由向给跟让使此该每各某则却又再才只便曾正仍很更最"
)
# Letters that end a word for what a person does: 记者, 教练, 主席.
_ROLE_ENDS = frozenset("员者长帅练师授事席理演星将家手人郎官监裁总佬兵士生民友迷妹哥姐弟叔爷")
_KINDS = (
    ("f", _GRAMMAR),
    ("s", SURNAME_LETTERS),
    ("t", TRANSLITERATING),
    ("g", _GIVEN),
    ("r", _ROLE_ENDS),
)
_KIND = {letter: kind for kind, letters in reversed(_KINDS) for letter in letters}
_REACH = 3  # letters seen on each side
_EDGE = "_"
Seen = list[str]


# Of the features that begin with these, most were never seen in training: how far right of the piece's first
# letter the letter stands that is told of it.
_SHIFTS = {"5": 1, "6": 0, "7": 2, "8": -1, "9": 1, "A": 0, "B": 2}
Pieces = dict[str, list[tuple[int, str]]]


def seen(text: str, start: int, end: int) -> list[Seen]:
    """For every letter from `start` to `end` what stands there and around it, beyond the window too."""
    padded = _padded(text, start, end)
    kinds = "".join(map(_kind, padded))
    return [_of(padded, kinds, at) for at in range(_REACH, end - start + _REACH)]


def pieces(features: Iterable[str]) -> Pieces:
    """Pairs and triples of letters that these features tell of: where they tell it, and the feature."""
    found: Pieces = {}
    for feature in features:
        if feature[0] in _SHIFTS:
            found.setdefault(feature[1:3], [])
            found.setdefault(feature[1:], []).append((_SHIFTS[feature[0]] - _REACH, feature))
    return found


def seen_of(text: str, start: int, end: int, known: Pieces) -> list[Seen]:
    """What `seen` says, without the pairs and triples that are not known: half the work, the same reading."""
    padded = _padded(text, start, end)
    kinds = "".join(map(_kind, padded))
    letters = zip(
        range(end - start), padded[1:], padded[2:], padded[3:], padded[4:], padded[5:], strict=False
    )
    rows = [
        ["0" + here, "1" + last, "2" + following, "3" + before, "4" + after, *_of_kinds(kinds[at : at + 6])]
        for at, before, last, here, following, after in letters
    ]
    for at, pair in enumerate(map(add, padded, padded[1:])):
        if pair in known:  # as is every pair that a known triple begins with
            for shift, feature in chain(known[pair], known.get(padded[at : at + 3], ())):
                if 0 <= at + shift < len(rows):
                    rows[at + shift].append(feature)
    return rows


def _padded(text: str, start: int, end: int) -> str:
    left, right = max(0, start - _REACH), end + _REACH
    before, after = _EDGE * (_REACH - (start - left)), _EDGE * max(0, right - len(text))
    return before + text[left:right] + after


def _of(text: str, kinds: str, at: int) -> Seen:
    last, here, following = text[at - 1], text[at], text[at + 1]
    pair, next_pair = text[at - 1 : at + 1], text[at : at + 2]
    return [
        "0" + here,
        "1" + last,
        "2" + following,
        "3" + text[at - 2],
        "4" + text[at + 2],
        "5" + pair,
        "6" + next_pair,
        "7" + text[at - 2 : at],
        "8" + text[at + 1 : at + 3],
        "9" + pair + following,
        "A" + text[at : at + 3],
        "B" + text[at - 2] + pair,
        *_of_kinds(kinds[at - _REACH : at + _REACH]),
    ]


@lru_cache(maxsize=65536)
def _of_kinds(kinds: str) -> tuple[str, ...]:
    """The kinds of three letters before, of the letter, and of two letters after it, in five cuts."""
    return "k" + kinds[3], "l" + kinds[2:5], "m" + kinds[2:6], "n" + kinds[1:5], "o" + kinds[:4]


@lru_cache(maxsize=65536)
def _kind(letter: str) -> str:
    """One sign: grammar, surname, transliterating, given name, end of a role; digit, Latin, mark or other."""
    kind = _KIND.get(letter)
    if kind:
        return kind
    if "一" <= letter <= "鿿":
        return "h"
    if letter.isdigit():
        return "d"
    if letter.isalpha():
        return "a" if letter.isascii() else "h"
    return "p"
