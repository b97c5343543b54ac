"""Personal names by rule: a surname, a word that announces a person, and what may follow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from xiaobao.engines.pii.detectors.base import Reading
from xiaobao.engines.pii.tables import COMPOUND_SURNAMES, SURNAMES
from xiaobao.engines.pii.values import Confidence, Kind, Span

# Its first letter is read before it is asked which surname it begins: so the search leaps to such letters.
_SECOND = "|".join(f"(?<={name[0]}){name[1]}" for name in COMPOUND_SURNAMES)
_SURNAME = f"[{SURNAMES}{''.join(name[0] for name in COMPOUND_SURNAMES)}](?:{_SECOND}|(?<=[{SURNAMES}]))"
# A given name never holds these: they are the grammar between words.
_GIVEN = "[^\\W0-9A-Za-z_的了在是和与等为被把及其有这那也说将到从对于我你他她它们不没已就都还要会能可以因所并或由向给跟让使此该每各某]"
_CUES = (
    "姓名|户名|客户|投诉人|申请人|联系人|收件人|寄件人|持卡人|借款人|担保人|举报人|代理人|委托人|受托人|被保险人|投保人|受益人|经办人|收款人|付款人|"
    "开户人|当事人|监护人|法定代表人|法人代表|本人|配偶|丈夫|妻子|爱人|父亲|母亲|儿子|女儿|医生|医师|大夫|护士|律师|法官|警官|记者|教授|导演|编剧|演员|歌手|作家|学者|专家|教练|主教练|球员|队员|选手|队长|"
    "发言人|董事长|总裁|总经理|首席执行官|创始人|书记|市长|省长|县长|部长|局长|厅长|院长|校长|会长|秘书长|主席|总统|总理|我叫|名叫|患者|储户|消费者|用户|业主|市民|村民|职工|同学|"
    "custName|cust_name|userName|user_name|realName|fullName|name"
)
_LINK = "(?P<link>[\"']?\\s*[:：=]\\s*[\"']?|是|为|[（(]?)"
_FOLLOW = "(?=$|[^\\w]|[0-9A-Za-z_]|先生|女士|小姐|来电|来函|来访|身份证|证件|手机|电话|反映|反馈|称|投诉|表示|于|向|在|的|因|为|与|和|要求|申请|持|名下|办理|至|到|是|等|购买|家住|住|男|女|账|卡|邮箱|诉|医生|医师|大夫|主任|律师|教授|博士|诊断|确诊|建议|说|认为|指出|介绍|告诉|透露|强调|坦言|回忆|解释|负责|开具|诊治|处|出席|参加|担任|率|以|已|曾|正|今|昨|日前|对|从|被|将|也|就|则|还)"
_TITLES = "先生|女士|小姐|太太|阿姨|叔叔|大爷|大妈|大娘|奶奶|爷爷|老人|老师|师傅|同志"
_TITLE = re.compile(_TITLES)
_STAFF = "经理|行长|主任|科长|柜员|专员|客服|坐席|主管|总监"

_CUED = re.compile(
    f"(?:{_CUES}){_LINK}(?P<name>{_SURNAME}{_GIVEN}{{1,2}}?(?:[·•]{_GIVEN}{{1,8}}){{0,3}}){_FOLLOW}"
)
_TITLED = re.compile(f"(?P<name>{_SURNAME}{_GIVEN}{{0,2}}?(?:{_TITLES}))")
_TITLED_STAFF = re.compile(f"(?P<name>{_SURNAME}{_GIVEN}{{0,2}}?(?:{_STAFF}))")
# 由邓立新医生: a profession after a whole name; 张医生 alone is left to the bank's choice like 张经理.
_PROFESSIONS = "医生|医师|大夫|护士|律师|教授|法官|警官"
_PROFESSION = re.compile(_PROFESSIONS)
_LONGEST_NAME = 4  # a surname of two letters and a given name of two
_BOUND = "(?:^|(?<=[^\\w])|(?<=由)|(?<=经)|(?<=院)|(?<=所)|(?<=请)|(?<=向)|(?<=被)|(?<=的)|(?<=在)|(?<=与))"
_PROFESSIONAL = re.compile(f"{_BOUND}(?P<name>{_SURNAME}{_GIVEN}{{1,2}})(?={_PROFESSIONS})")
_SPEAKING = "表示|认为|指出|坦言|透露|告诉记者|介绍说|解释说|强调|称[，,：:]|说[，,：:]"
_SPEAKING_PATTERN = re.compile(_SPEAKING)
_SPEAKER = re.compile(f"(?:^|(?<=[^\\w]))(?P<name>{_SURNAME}{_GIVEN}{{1,2}}?)(?={_SPEAKING})")
# Surnames that begin everyday words: they need a cue or a title, never position alone.
_EVERYDAY = frozenset(
    "高方安和成时于何任向应全万平常连解关单白易施项钱管通强广马车毛申计司党农景文石章符水温路游江经查金边商师席米台曲费谷"
)
# 理财师姚先生, 对于张先生, 谢谢陈老师: the first character belongs to the word before.
_GLUED = re.compile(f"[师管向于和谢任问员时文](?={_SURNAME}{_GIVEN}{{0,2}}?(?:{_TITLES}))")
_POST = re.compile(
    f"(?:总|组长|局长|处长|所长|镇长|乡长|村长|部长|院长|校长|书记|老板|老总|{_STAFF}|{_PROFESSIONS})\\Z"
)
_GLUED_PAIRS = frozenset(("不顾", "语文", "照顾", "回顾", "学习", "所有", "任何", "如何", "安全", "完成"))
_VERB_ENDS = frozenset("诉称说认还也则又均")
_OPENED = f"(?P<name>{_SURNAME}{_GIVEN}{{1,2}}?(?:[·•]{_GIVEN}{{1,8}}){{0,3}})(?=是一(?:位|名)|[，,（(](?:男|女|[0-9]{{1,3}} ?岁)|(?:身份证|手机号)|的(?:身份证|手机|电话|邮箱|住址|信用|主治))"
_FIRST, _OPENING = re.compile(_OPENED), re.compile(f"[。\\n；;，,：:、\\s]{_OPENED}")
_NOT_NAMES_TEXT = """
    高新 方便 方面 方式 方法 任何 和谐 安全 安排 安装 时间 时候 时期 明确 明显 明天
    常见 常用 常年 全部 全额 全行 全国 成功 成立 成为 金融 金额 包括 包含 单位 单独
    单据 于是 关于 关键 関系 关系 关注 周期 周末 周边 周一 万元 万一 相关 许多 许可
    白天 白金 易于 向上 施工 经理 经常 经办 高级 高度 高额 高管 高风险 何时 何种 项目
    连续 连同 查询 查看 查明 应当 应急 水平 水电 温馨 平台 平时 党员 解决 解释 解除
    牛市 路径 舒适 游戏 双方 双录 国家 年费 年度 钱款 管理 能够 通知 通过 强制 广告
    贷款 还款 支行 分行 方案 马上 车辆 车主 毛利 申请 申诉 项下 计算 司法 党委 农业
    农民 景区 文件 文明 石油 钱袋子 章程 符合 柜员 柜台 付款 和解 单元 时代 常常 管部
    张贴 顾问 谢谢 游客 纪委
"""
_NOT_NAMES = frozenset(_NOT_NAMES_TEXT.split())


class NameDetector:
    """Names after a cue (客户王小明), with a title (李女士), or opening a sentence about a person.

    A name found with confidence is looked for again in the same text without any cue.
    """

    reads_signs = True

    def find(self, reading: Reading) -> Iterator[Span]:
        """Findings; staff titles (张经理) stay unless the bank's options say otherwise."""
        folded = reading.folded
        sure: dict[str, set[int]] = {}
        for found, confidence, why in _certain(folded):
            start, end = found.span("name")
            sure.setdefault(found.group("name"), set()).add(start)
            yield reading.span(start, end, Kind.NAME, confidence, why)
        for found in self._titled(reading):
            start, end = found.span("name")
            start += _GLUED.match(folded, start) is not None
            if (
                folded[start : start + 2] in _NOT_NAMES
                or folded[max(0, start - 1) : start + 1] in _GLUED_PAIRS
            ):
                continue
            yield reading.span(start, end, Kind.NAME, Confidence.HIGH, "姓氏与称呼")
        yield from _again(reading, sure)

    def _titled(self, reading: Reading) -> Iterator[re.Match[str]]:
        if _TITLE.search(reading.folded):
            yield from _TITLED.finditer(reading.folded)
        if reading.options.staff_titles:
            yield from _TITLED_STAFF.finditer(reading.folded)


def _certain(folded: str) -> Iterator[tuple[re.Match[str], Confidence, str]]:
    """Whole names with what makes them sure: they are looked for again in the same text."""
    for found in _CUED.finditer(folded):
        if _is_name(found.group("name")) and not _only_grammar(found):
            yield found, Confidence.HIGH, "姓氏与称谓前导词"
    for found in _opening(folded):
        if _is_name(found.group("name")):
            yield found, Confidence.MEDIUM, "句首姓名"
    for found in _by_position(folded):
        yield found, Confidence.MEDIUM, "姓氏与职业或言说"


def _opening(folded: str) -> Iterator[re.Match[str]]:
    """A name at the beginning of the text, or after a pause."""
    first = _FIRST.match(folded)
    if first:
        yield first
    yield from _OPENING.finditer(folded)


def _by_position(folded: str) -> Iterator[re.Match[str]]:
    """A whole name before a profession or a verb of speaking, its surname not one of everyday words."""
    speakers = _SPEAKER.finditer(folded) if _SPEAKING_PATTERN.search(folded) else ()
    for found in chain(_before_profession(folded), speakers):
        name = found.group("name")
        given = len(name) == 3 and folded[found.start() - 1 : found.start()] in ("由", "经")
        if (given or name[0] not in _EVERYDAY) and _is_name(name):
            yield found


def _before_profession(folded: str) -> Iterator[re.Match[str]]:
    """Looked for from the profession leftwards: few texts have one, and nearly every letter may be a surname."""
    done = 0
    for profession in _PROFESSION.finditer(folded):
        for start in range(max(done, profession.start() - _LONGEST_NAME), profession.start() - 1):
            found = _PROFESSIONAL.match(folded, start, profession.end())
            if found:
                done = found.end()
                yield found
                break


def _is_name(text: str) -> bool:
    if text[-1] in _VERB_ENDS or _POST.search(text, 1):
        return False
    return text not in _NOT_NAMES and text[:2] not in _NOT_NAMES


def _only_grammar(found: re.Match[str]) -> bool:
    """客户向…, 记者和…, 客户于昨日…: a surname that here joins two words, straight after the cue."""
    name = found.group("name")
    if found.group("link"):
        return False
    return name[0] in "向和" or (name[0] == "于" and name[1] in "今昨前当本近此每")


def _again(reading: Reading, names: dict[str, set[int]]) -> Iterator[Span]:
    """The other places of the names found, by their starts."""
    for name, starts in sorted(names.items()):
        at = reading.folded.find(name) if len(name) >= 3 else -1
        while at >= 0:
            if at not in starts:
                yield reading.span(at, at + len(name), Kind.NAME, Confidence.MEDIUM, "同文中已认出的姓名")
            at = reading.folded.find(name, at + len(name))
