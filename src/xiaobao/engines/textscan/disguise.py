"""Spellings that hide a word from a reader of hanzi: 保ben, bao本, baoben, 稳z不赔."""

from __future__ import annotations

import re

_SPOKEN = (
    "保bao本ben收shou益yi稳wen赚zhuan零ling风feng险xian无wu包bao赢ying息xi最zui佳jia第di一yi贷dai款kuan征zheng信xin秒miao批pi黑he"
    "i户hu兑dui付fu躺tang利li刚gang性xing高gao低di免mian审shen承cheng诺nuo不bu赔pei亏kui损sun国guo家jia级ji顶ding唯wei只zhi底di证z"
    "heng金jin视shi看kan人ren可ke到dao账zhang借jie查cha流liu水shui能neng也ye有you放fang必bi下xia门men槛kan额e型xing没mei任ren何he"
    "毫hao障zhang涨zhang跌die忧you健jian安an全quan绝jue对dui旱han涝lao操cao胜sheng券quan万wan失shi枕zhen着zhe数shu钱qian睡shui后"
    "hou入ru会hui了le百bai分fen都dou过guo花hua上shang白bai负fu债zhai身shen份fen就jiu凭ping即ji来lai条tiao件jian核he用yong需xu预yu"
    "期qi年nian化hua率lv暴bao财cai富fu翻fan倍bei闪shan电dian极ji速su立li等deng当dang返fan现xian送song网wang套tao"
)
_SOUNDS: dict[str, str] = dict(re.findall("([\u4e00-\u9fff])([a-z]+)", _SPOKEN))
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
        if len(word) > _FEWEST_FOR_INITIALS:
            forms += [
                word[:at] + sounds[at][0] + sounds[at + 1][0] + word[at + 2 :] for at in range(len(word) - 1)
            ]
        for first in (0, 1):
            mixed = [sounds[at][0] if at % 2 == first else sign for at, sign in enumerate(word)]
            if len(word) > _FEWEST_FOR_INITIALS:
                forms.append("".join(mixed))
    return tuple(dict.fromkeys(forms))
