"""Spellings that hide a word from a reader of hanzi: 保ben, bao本, baoben, 稳z不赔."""

from __future__ import annotations

_SOUNDS = dict(
    pair.split(":")
    for pair in [
        "保:bao",
        "本:ben",
        "收:shou",
        "益:yi",
        "稳:wen",
        "赚:zhuan",
        "零:ling",
        "风:feng",
        "险:xian",
        "无:wu",
        "包:bao",
        "赢:ying",
        "息:xi",
        "最:zui",
        "佳:jia",
        "第:di",
        "一:yi",
        "贷:dai",
        "款:kuan",
        "征:zheng",
        "信:xin",
        "秒:miao",
        "批:pi",
        "黑:hei",
        "户:hu",
        "兑:dui",
        "付:fu",
        "躺:tang",
        "利:li",
        "刚:gang",
        "性:xing",
        "高:gao",
        "低:di",
        "免:mian",
        "审:shen",
        "承:cheng",
        "诺:nuo",
        "不:bu",
        "赔:pei",
        "亏:kui",
        "损:sun",
        "国:guo",
        "家:jia",
        "级:ji",
        "顶:ding",
        "唯:wei",
        "只:zhi",
        "底:di",
        "证:zheng",
        "金:jin",
        "视:shi",
        "看:kan",
        "人:ren",
        "可:ke",
        "到:dao",
        "账:zhang",
        "借:jie",
        "查:cha",
        "流:liu",
        "水:shui",
        "能:neng",
        "也:ye",
        "有:you",
        "放:fang",
        "必:bi",
        "下:xia",
        "门:men",
        "槛:kan",
        "额:e",
    ]
)
_FEWEST_FOR_INITIALS = 3


def spellings(word: str) -> tuple[str, ...]:
    """The word and its disguises in letters; initials only where two hanzi or more stay.

    >>> spellings("保本")
    ('保本', 'bao本', '保ben', 'baoben')
    """
    if not all(sign in _SOUNDS for sign in word):
        return (word,)
    sounds = [_SOUNDS[sign] for sign in word]
    forms = [word, *(word[:at] + sound + word[at + 1 :] for at, sound in enumerate(sounds)), "".join(sounds)]
    if len(word) >= _FEWEST_FOR_INITIALS:
        forms += [word[:at] + sound[0] + word[at + 1 :] for at, sound in enumerate(sounds)]
        forms.append(word[0] + "".join(sound[0] for sound in sounds[1:]))
        for first in (0, 1):
            mixed = [sounds[at][0] if at % 2 == first else sign for at, sign in enumerate(word)]
            if len(word) > _FEWEST_FOR_INITIALS:
                forms.append("".join(mixed))
    return tuple(dict.fromkeys(forms))
