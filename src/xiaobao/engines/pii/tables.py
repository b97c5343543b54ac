"""Facts the detectors lean on. Numbers and names only; sources beside each table."""

from __future__ import annotations

# First two digits of administrative division codes (GB/T 2260), and 83 for Taiwan residents' permits.
_PROVINCES_TEXT = """
    11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81
    82 83
"""
PROVINCES = frozenset(_PROVINCES_TEXT.split())

# Issuer prefixes (ISO/IEC 7812) and the lengths in use. UnionPay 62 runs from 16 to 19 digits.
_UNIONPAY = frozenset({16, 17, 18, 19})
_SIXTEEN = frozenset({16})
CARD_PREFIXES: dict[str, frozenset[int]] = {
    "62": _UNIONPAY,
    "81": _UNIONPAY,
    "4": frozenset({13, 16, 19}),
    **{str(prefix): _SIXTEEN for prefix in range(51, 56)},
    **{str(prefix): _SIXTEEN for prefix in range(2221, 2721)},
    **{str(prefix): frozenset({16, 19}) for prefix in range(3528, 3590)},
    "34": frozenset({15}),
    "37": frozenset({15}),
    "36": frozenset({14}),
    "6011": frozenset({16, 19}),
    # Debit cards issued in mainland China before the 62 range.
    **{prefix: frozenset({16, 17, 18, 19}) for prefix in ("9558", "955880", "955881", "955888")},
    **{
        prefix: frozenset({16, 17, 18, 19})
        for prefix in ("601382", "602907", "603367", "603601", "603694", "605510", "690755", "940", "955")
    },
}

# Service numbers that belong to institutions and are meant to be called.
_HOTLINES_TEXT = """
    110 112 114 119 120 122 12110 12123 12306 12315 12321 12329 12333 12338 12345 12348 12355 12356
    12363 12366 12368 12369 12377 12378 12381 12386 12388 12389 12393 95017 95188 96110
"""
HOTLINES = frozenset(_HOTLINES_TEXT.split())

# Public telephone numbers of institutions; a bank adds its own through `Options.public_phones`.
PUBLIC_PHONE_CUES = (
    "客服",
    "热线",
    "专线",
    "总机",
    "咨询电话",
    "服务电话",
    "投诉电话",
    "监督电话",
    "请拨打",
    "致电",
    "拨打",
)

COMPOUND_SURNAMES = (
    "欧阳",
    "太史",
    "上官",
    "端木",
    "司马",
    "东方",
    "独孤",
    "南宫",
    "夏侯",
    "诸葛",
    "尉迟",
    "公孙",
    "慕容",
    "令狐",
    "长孙",
    "宇文",
    "司徒",
    "皇甫",
    "澹台",
    "公冶",
    "宗政",
    "濮阳",
    "淳于",
    "单于",
    "申屠",
    "仲孙",
    "轩辕",
    "钟离",
    "闾丘",
    "东郭",
    "百里",
    "呼延",
)
# The surnames that cover nearly the whole population, most frequent first.
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江"
    "尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季"
    "裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬"
    "阎傅嵇蔺屠逄晁訾亢仝匡禹隗郗昝邸鄢璩濮师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)
