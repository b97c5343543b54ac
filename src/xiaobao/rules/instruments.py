"""The instruments the rules cite: names, numbers, versions, and whether anybody here holds the text.

`CC` stands for one Civil Code over its three imported parts. `X..` are texts nobody has yet; what leans
on them says 尚无原文.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from xiaobao.rules.values import Cite, Confidence


class Instrument(NamedTuple):
    """One law or rule: `short` is what a trace prints, `since` the first days of its known versions."""

    id: str
    short: str
    title: str
    number: str
    since: tuple[str, ...]
    held: bool = True


_TABLE = """
L01|消费者权益保护法|中华人民共和国消费者权益保护法||2014-03-15
L02|个人信息保护法|中华人民共和国个人信息保护法||2021-11-01
L03|数据安全法|中华人民共和国数据安全法||2021-09-01
L04|网络安全法|中华人民共和国网络安全法||2017-06-01 2026-01-01
L05|反电信网络诈骗法|中华人民共和国反电信网络诈骗法||2022-12-01
L06|广告法|中华人民共和国广告法||2015-09-01 2018-10-26 2021-04-29
L07|商业银行法|中华人民共和国商业银行法||2015-10-01
L08|银行业监督管理法|中华人民共和国银行业监督管理法||2007-01-01
L09|中国人民银行法|中华人民共和国中国人民银行法||2004-02-01
L10|反不正当竞争法|中华人民共和国反不正当竞争法||2018-01-01 2019-04-23 2025-10-15
L11|反洗钱法|中华人民共和国反洗钱法||2007-01-01 2025-01-01
L12|老年人权益保障法|中华人民共和国老年人权益保障法||2018-12-29
L13|无障碍环境建设法|中华人民共和国无障碍环境建设法||2023-09-01
L14|未成年人保护法|中华人民共和国未成年人保护法||2021-06-01 2024-04-26
L15|人民调解法|中华人民共和国人民调解法||2011-01-01
L16|价格法|中华人民共和国价格法||1998-05-01
L17|电子签名法|中华人民共和国电子签名法||2019-04-23
L18|电子商务法|中华人民共和国电子商务法||2019-01-01
L19|保险法|中华人民共和国保险法||2015-04-24
L20|民法典|中华人民共和国民法典 总则编||2021-01-01
L21|民法典|中华人民共和国民法典 合同编||2021-01-01
L22|民法典|中华人民共和国民法典 人格权编||2021-01-01
N00|投诉办法|银行业保险业消费投诉处理管理办法|银保监会令2020年第3号|2020-03-01
N01|消保办法|银行保险机构消费者权益保护管理办法|银保监会令2022年第9号|2023-03-01
N02|适当性办法|金融机构产品适当性管理办法|金融监管总局令2025年第7号|2026-02-01
N03|合规办法|金融机构合规管理办法|金融监管总局令2024年第7号|2025-03-01
N04|个人贷款办法|个人贷款管理办法|金融监管总局令2024年第3号|2024-07-01
N05|信访办法|国家金融监督管理总局信访工作办法|金融监管总局令2025年第2号|2025-06-01
N06|处罚办法|国家金融监督管理总局行政处罚办法|金融监管总局令2025年第3号|2025-07-01
N07|消费金融公司办法|消费金融公司管理办法|金融监管总局令2024年第4号|2024-04-18
N08|保险销售办法|保险销售行为管理办法|金融监管总局令2023年第2号|2024-03-01
N09|操作风险办法|银行保险机构操作风险管理办法|金融监管总局令2023年第5号|2024-07-01
N10|监管统计办法|银行保险监管统计管理办法|银保监会令2022年第10号|2023-02-01
N11|理财公司内控办法|理财公司内部控制管理办法|银保监会令2022年第4号|2022-08-22
P01|人民银行消保办法|中国人民银行金融消费者权益保护实施办法|中国人民银行令〔2020〕第5号|2020-11-01
R01|网络数据条例|网络数据安全管理条例|国务院令第790号|2025-01-01
R02|征信业管理条例|征信业管理条例|国务院令第631号|2013-03-15
R03|信访工作条例|信访工作条例||2022-05-01
R04|算法推荐规定|互联网信息服务算法推荐管理规定|令第9号|2022-03-01
R05|侵害消费者权益处罚办法|侵害消费者权益行为处罚办法|令第73号|2015-03-15
R06|明码标价规定|明码标价和禁止价格欺诈规定|令第56号|2022-07-01
R07|侵犯个人信息刑事解释|关于办理侵犯公民个人信息刑事案件适用法律若干问题的解释|法释〔2017〕10号|2017-06-01
R08|人脸识别规定|关于审理使用人脸识别技术处理个人信息相关民事案件适用法律若干问题的规定|法释〔2021〕15号|2021-08-01
R09|银行卡纠纷规定|关于审理银行卡民事纠纷案件若干问题的规定|法释〔2021〕10号|2021-05-25
R10|非银支付条例|非银行支付机构监督管理条例|国务院令第768号|2024-05-01
R11|市监投诉举报办法|市场监督管理投诉举报处理暂行办法|令第20号|2022-05-01
R12|浙江消保办法|浙江省实施《中华人民共和国消费者权益保护法》办法||2017-05-01
R13|非法集资条例|防范和处置非法集资条例|国务院令第737号|2021-05-01
R14|储蓄管理条例|储蓄管理条例|国务院令第107号|1993-03-01
R15|消法实施条例|中华人民共和国消费者权益保护法实施条例|国务院令第778号|2024-07-01
X01|网络营销办法|金融产品网络营销管理办法|八部门公告〔2026〕第9号|2026-09-30
X02|消保监管评价办法|银行保险机构消费者权益保护监管评价办法||2021-07-05 2025-09-10
X03|银发〔2019〕316号|中国人民银行等关于进一步规范金融营销宣传行为的通知|银发〔2019〕316号|2020-01-25
X04|银监办发〔2017〕110号|银行业金融机构销售专区录音录像管理暂行规定|银监办发〔2017〕110号|2017-08-23
X07|合规审计办法|个人信息保护合规审计管理办法||2025-05-01
X09|金规〔2026〕2号|个人贷款业务明示综合融资成本规定|金规〔2026〕2号|2026-08-01
X10|JR/T 0169-2018|金融消费者投诉统计分类及编码 银行业金融机构|JR/T 0169-2018|2018-09-17
X11|JR/T 0171-2020|个人金融信息保护技术规范|JR/T 0171-2020|2020-02-13
X12|工信厅信管函〔2021〕67号|移动互联网应用适老化通用设计规范、互联网网站适老化通用设计规范|工信厅信管函〔2021〕67号|2021-04-06
X13|信息系统应急规范|银行业重要信息系统突发事件应急管理规范（试行）||2008-01-01
X14|民法总则|中华人民共和国民法总则||2017-10-01
X16|民法通则|中华人民共和国民法通则||1987-01-01
X18|合同法|中华人民共和国合同法||1999-10-01
X15|监管投诉通报|银保监会关于银行业消费投诉情况的通报||2020-04-01
X17|民生银行2022年披露|中国民生银行2022年度投诉情况披露（人民银行口径的比率）||2022-12-31
"""


def _read(line: str) -> Instrument:
    id_, short, title, number, since = line.split("|")
    return Instrument(id_, short, title, number, tuple(since.split()), not id_.startswith("X"))


INSTRUMENTS: dict[str, Instrument] = {line[:3]: _read(line) for line in _TABLE.strip().splitlines()}

# Earlier versions whose text is held too; of all others only the newest is.
_HELD_EARLIER = {("L04", "2017-06-01"), ("L10", "2019-04-23"), ("L11", "2007-01-01"), ("L14", "2021-06-01")}


# Instruments nobody holds whose very day is from memory: a page shows it as 未核原文.
_DAY_FROM_MEMORY = frozenset({"X13", "X16", "X17", "X18"})


def day_is_checked(instrument: str) -> bool:
    """Whether the instrument's first day was read somewhere; if not, it is from memory and shown as 未核原文."""
    return instrument not in _DAY_FROM_MEMORY


def sureness(cite: Cite) -> Confidence:
    """How sure we are of what stands in the cited place: its text is held, or told by others, or from memory."""
    if is_held(cite):
        return Confidence.VERIFIED
    return Confidence.LIKELY if day_is_checked(cite.instrument) else Confidence.MEMORY


def least_sure(*found: Confidence) -> Confidence:
    """The one we are least sure of.

    >>> least_sure(Confidence.VERIFIED, Confidence.LIKELY)
    <Confidence.LIKELY: 'likely'>
    """
    return max(found, key=list(Confidence).index)


def is_held(cite: Cite) -> bool:
    """Whether the text of the cited version can be opened; if not, the page says 尚无原文."""
    instrument = INSTRUMENTS[cite.instrument]
    newest = cite.version == instrument.since[-1]
    return instrument.held and (newest or (cite.instrument, cite.version) in _HELD_EARLIER)


_DIGITS = "零一二三四五六七八九"
_LOC = re.compile(r"(a?)(\d+)(?:-(\d+))?(?:\.(\d+))?(?:\.(\d+))?(?:\.(\d+))?")


def chinese_number(value: int) -> str:
    """A number as statutes write it, up to 9,999.

    >>> chinese_number(18), chinese_number(110), chinese_number(1260), chinese_number(203)
    ('十八', '一百一十', '一千二百六十', '二百零三')
    """
    out, zero = "", False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, power)
        if digit:
            out += ("零" if zero and out else "") + _DIGITS[digit] + unit
            zero = False
        else:
            zero = True
    return out.removeprefix("一") if out.startswith("一十") else out or "零"


def place_zh(loc: str) -> str:
    """A place in Chinese; ranges and lists are joined as statutes join them.

    >>> place_zh("18.1"), place_zh("16.1.3"), place_zh("44..50"), place_zh("253-1"), place_zh("18.1,43.2")
    ('第十八条第一款', '第十六条第一款第（三）项', '第四十四条至第五十条', '第二百五十三条之一', '第十八条第一款、第四十三条第二款')
    """
    return "、".join("至".join(_one(end) for end in part.split("..")) for part in loc.split(","))


def _one(loc: str) -> str:
    found = _LOC.fullmatch(loc)
    if not found:
        raise ValueError(f"not a place in a text: {loc}")
    appendix, article, suffix, paragraph, item, sub = found.groups()
    if appendix:
        return "附录" + (chinese_number(int(article)) if article != "1" else "")
    if article == "0":
        return "序言"
    out = f"第{chinese_number(int(article))}条" + (f"之{chinese_number(int(suffix))}" if suffix else "")
    out += f"第{chinese_number(int(paragraph))}款" if paragraph else ""
    out += f"第（{chinese_number(int(item))}）项" if item else ""
    return out + (f"第{sub}目" if sub else "")


@lru_cache(maxsize=4096)
def cite_zh(cite: Cite) -> str:
    """The citation as a trace prints it: 投诉办法第十八条第一款."""
    instrument = INSTRUMENTS[cite.instrument]
    return instrument.short + (place_zh(cite.loc) if cite.loc != "0" else "")


_CITE = re.compile(
    r"^(?P<instrument>[A-Z]{1,3}\d{0,3})(?:@(?P<version>\d{4}-\d\d-\d\d))?:(?P<loc>[a\d.,-]+)$", re.ASCII
)


def parse_cite(text: str) -> Cite:
    """A citation from its compact form; without a version the newest known one is meant.

    >>> parse_cite("N00:18.1").full
    'N00@2020-03-01:18.1'
    """
    found = _CITE.match(text)
    if not found or found["instrument"] not in INSTRUMENTS:
        raise ValueError(f"not a citation: {text}")
    known = INSTRUMENTS[found["instrument"]].since
    return Cite(found["instrument"], found["version"] or known[-1], found["loc"])
