"""Why a hit may be no finding: it is denied, an ordinal, a quoted award, a warning, or about a deposit."""

from __future__ import annotations

import re
from collections.abc import Callable

from xiaobao.engines.textscan.reading import Reading
from xiaobao.engines.textscan.stretches import Stretch

_LIGHT_WORDS = (
    "是|会|能|能够|得|可|可以|应|应当|再|对|将|向|您|客户|投资者|任何|形式|本|该|此|产品|理财|基金|本金|资金|承诺|保证|保障|提供|作|作出|做|做出|"
    '构成|代表|意味着|等于|等同|等同于|属于|存在|有|的|为|使用|出现|含有|宣传|宣称|明示|暗示|或|或者|和|与|及|以|实质|实质性|最低|收益|用语|类|等|“|”|"|「|《|'
    "所谓|绝对|完全|一定|必然|会有|轻信|相信|听信|被|让|就是|就|表明|视为|理解为|误解为|误认为|当作|当成|看作|提|说|写|称|其|在|上|中|人|谁|给予|支付|收取|办理|开办|虚构|规定|设定|设置|约定|写明|保留|归|要|利用|冒用|借用|假借|通过|用|去|追求|盲目|公开|推介|宣扬|含|包含"
)
_LIGHT = frozenset(_LIGHT_WORDS.split("|")) | {
    which + unit for which in ("", "一", "这", "那", "某") for unit in "款只种个项支家"
}
_LIGHTEST = max(map(len, _LIGHT))
_JOINTS = "、或和及与/"  # between the parts of a list that is denied as a whole
_PART = 8  # characters of such a part
_DENIAL = re.compile(
    r"(?:(?<!何)(?<!要)不(?!时|仅|但|止|只|光|用|必|怕|愁|论|管|断|少|错|同|限|到|看|查|问|需|要求|花|收)|未(?!来)|没(?!想|门槛|压力)"
    r"|非(?!常|凡)|无(?!论|忧|需|风|门|压|视|须)|勿|莫|别(?!人)|禁止|(?<=严)禁|杜绝|拒绝|打破|谨防|警惕|防范|远离|避免|难以|是否|能否|会否)"
)
_DOUBLE = re.compile(
    r"(?:没有|无|不是|不会|不可能|绝不|从不|从未|未曾|从没)(?:有|过|出现|发生)?(?:不|未能|没)[^，。；]{0,3}$"
)
_CLAUSE = "，,。；;：:！!？?\n"
_AFTER = re.compile(
    r"^[”\"」』]?(?:(?:一|之|这)说|这回事)|^[”\"」』]?(?:的|等|之类|类|这种|这类)*(?:说法|宣传|承诺|字样|用语|词语|话术|广告|表述|产品|项目|信息|投资)?"
    r"(?:均|都|皆|属于?|是|系|往往|多为|大多是?|一律|全是)*[^，,。；]{0,6}"
    r"(?:不可信|骗局|诈骗|违规|违法|不存在|虚假|陷阱|误导|禁止|不得|不要相信|勿信|别信|不可能|幌子|噱头|圈套|都不能信|被罚|的旗号)"
)
_WARNING = re.compile(
    r"警惕|谨防|勿(?:相信|信|听信|轻信)|提防|当心|不轻信|勿轻信|不要轻信|切勿|切莫|勿信|识破|揭秘|(?:勿|谨防|别|不要)上当|(?:机构|平台|公司|话术|广告|宣传|说法|行为)(?:都|均|皆|多)?(?:半)?(?:是|为)(?:骗|诈)|(?:谁|那|这)(?:就|都|多半)?是(?:骗|诈)|骗局|诈骗|(?<!没有)(?<!没)(?<!无)(?<!零)(?:圈套|陷阱)|留(?:一|个|一个)?心眼|非法集资|不法分子|犯罪分子|诱饵|旗号|幌子|打着|"
    r"不会?(?:以|通过|采用|采取|使用)[^。；]{0,40}(?:方式|手段|名义|形式|宣传|招揽)|从未(?:授权|委托|以|开展|发行|销售|推出)|并未(?:授权|开展|发行)|(?:凡是?|对于?|如遇|遇到)[^，。；]{0,8}(?:声称|宣称|自称|承诺|以)|(?:向您|对您)?承诺[^，。]{0,16}(?:问号|警惕|怀疑|小心)|(?:都要|要)打(?:个)?问号|不得(?:含有|出现|使用|以|进行|承诺|明示|宣传|公开|向|通过|有)|严禁|禁止|(?:均|都|皆)(?:为|是|属)?(?:虚假|违法|诈骗)"
)
_REACH = 240  # characters before a hit in which a denial is looked for
_YEAR = re.compile(r"(?:19|20)\d\d")
_SOURCE = re.compile(
    r"《[^》]+》|颁[发奖]|授予|评选|榜单|榜|主办|评为|排名|来源|统计|报告|协会|杂志|研究院|荣获|获评|获得|摘得"
)
_DEPOSIT = re.compile(r"存款|存单|储蓄|国债|定期|活期|保险条例|存款保险")
_INVEST = re.compile(r"理财|基金|信托|净值|资管|投资|保险产品|年金|分红|黄金|私募|收益凭证|固收|债券型")


def denied(reading: Reading, start: int, end: int) -> bool:
    """Denied in the words before: 不承诺保本."""
    clause = _clause_before(reading, start)
    return _is_denied(clause) and not _DOUBLE.search(clause)


def negation(reading: Reading, start: int, end: int) -> bool:
    """Denied before (不承诺保本), or called untrue after (保本的说法不可信)."""
    clause = _clause_before(reading, start)
    if _is_denied(clause):
        return not _DOUBLE.search(clause)
    return bool(_AFTER.search(reading.text[end : min(reading.sentence(start).end, end + _REACH)]))


def _is_denied(clause: str) -> bool:
    """Whether nothing but light words, or parts of a list, stand between a denial and the end."""
    denials = [found.end() for found in _DENIAL.finditer(clause)]
    if not denials:
        return False
    size = len(clause)
    reached, nearest = {size}, size  # places from which the end is reached, and the first of them
    ends, at = set(denials), size
    while nearest not in ends and at > denials[0] and nearest - at <= _PART + 1:
        at -= 1
        if _steps(clause, at, reached):
            reached.add(at)
            nearest = at
    return nearest in ends


def _steps(clause: str, at: int, reached: set[int]) -> bool:
    """Whether a light word or a part of a list leads from here to a place from which the end is reached."""
    return any(
        at + size in reached and clause[at : at + size] in _LIGHT for size in range(1, _LIGHTEST + 1)
    ) or any(at + size in reached and clause[at + size - 1] in _JOINTS for size in range(2, _PART + 2))


def _clause_before(reading: Reading, start: int) -> str:
    first = max(reading.sentence(start).start, start - _REACH)
    return reading.text[max(first, *(reading.text.rfind(mark, first, start) + 1 for mark in _CLAUSE)) : start]


def warning(reading: Reading, start: int, end: int) -> bool:
    """The sentence warns of such words or forbids them."""
    sentence = reading.sentence(start)
    return reading.once(
        ("warning", sentence), lambda: bool(_WARNING.search(reading.text, sentence.start, sentence.end))
    )


def award(reading: Reading, start: int, end: int) -> bool:
    """A quoted award or figure with its source and its year in the same block."""
    block = reading.near(start, "block")
    return reading.once(
        ("award", block),
        lambda: all(sign.search(reading.text[block.start : block.end]) for sign in (_YEAR, _SOURCE)),
    )


def deposit(reading: Reading, start: int, end: int) -> bool:
    """The sentence is about deposits or treasury bonds and about nothing one invests in."""
    sentence = reading.sentence(start)
    return reading.once(("deposit", sentence), lambda: _is_of_deposits(reading, sentence))


def _is_of_deposits(reading: Reading, sentence: Stretch) -> bool:
    words = reading.text[sentence.start : sentence.end]
    if _DEPOSIT.search(words):
        return not _INVEST.search(words)
    told = bool(reading.request.fields.get("told_deposit"))
    return told and not reading.once("invest", lambda: bool(_INVEST.search(reading.text)))


def quoted(reading: Reading, start: int, end: int) -> bool:
    """Part of a title between 《 and 》: the name of a law, an agreement, a prize list."""
    sentence = reading.sentence(start)
    before, after = reading.text[sentence.start : start], reading.text[end : sentence.end]
    return before.rfind("《") > before.rfind("》") and "》" in after


Exemption = Callable[[Reading, int, int], bool]
EXEMPTIONS: dict[str, Exemption] = {
    "negation": negation,
    "denied": denied,
    "warning": warning,
    "award": award,
    "deposit": deposit,
    "quoted": quoted,
}
