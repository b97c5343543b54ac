"""What the model is told of each letter: the letter, its neighbours, and what kind of letter it is."""

from __future__ import annotations

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


def seen(text: str, start: int, end: int) -> list[Seen]:
    """For every letter from `start` to `end` what stands there and around it, beyond the window too."""
    left, right = max(0, start - _REACH), end + _REACH
    before, after = _EDGE * (_REACH - (start - left)), _EDGE * max(0, right - len(text))
    padded = before + text[left:right] + after
    kinds = "".join([_kind(letter) for letter in padded])
    return [_of(padded, kinds, at) for at in range(_REACH, end - start + _REACH)]


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
        "k" + kinds[at],
        "l" + kinds[at - 1 : at + 2],
        "m" + kinds[at - 1 : at + 3],
        "n" + kinds[at - 2 : at + 2],
        "o" + kinds[at - 3 : at + 1],
    ]


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
