"""From what a person says about a piece (短信, 抖音, 理财) to the kinds the rules know."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from xiaobao.engines.textscan.values import Audience, Channel, Material, Product, Request
from xiaobao.kernel.terms import Term

Kind = TypeVar("Kind", bound=Term)
Table = tuple[tuple[str, tuple[Kind, ...]], ...]

MATERIALS: Table[Material] = (
    ("催收", (Material.COLLECTION,)),
    ("宣教|知识普及|教育宣传|金融知识|风险提示材料|普及", (Material.EDUCATION,)),
    ("营销协议|营销授权", (Material.CONSENT,)),
    ("(?:理财|产品|投资|认购|申购|基金)[^，。]{0,4}(?:协议|合同)", (Material.CONTRACT, Material.PRODUCT)),
    ("隐私|个人信息保护政策|个人信息处理规则|信息保护(?:政策|声明)|privacy", (Material.PRIVACY,)),
    ("授权|同意|勾选|consent", (Material.CONSENT,)),
    (
        "说明书|产品文件|产品说明|风险揭示书|产品要素|要素表|产品介绍书|招募说明|费率表|收费目录|价目",
        (Material.PRODUCT,),
    ),
    ("合作协议|合同|协议|条款|章程|合约|约定书|承诺书|contract", (Material.CONTRACT,)),
    ("营销短信|短信|彩信|推送|push|消息|邮件|sms", (Material.MESSAGE, Material.AD)),
    ("话术|脚本|台词|口播|外呼|语音|对话|script", (Material.SCRIPT, Material.AD)),
    ("公告|告示|告知书|通知|须知|声明|店堂|提示函|提示书|风险提示|notice", (Material.NOTICE,)),
    (
        "海报|长图|推文|图文|横幅|易拉宝|折页|传单|视频|直播|弹窗|开屏|banner|广告|软文|页面|朋友圈|文案|推广|宣传|海报|"
        "展架|灯箱|电子屏|led|h5|活动|公众号|营销|文章|稿|产品介绍|ad|poster",
        (Material.AD,),
    ),
)
CHANNELS: Table[Channel] = (
    ("短信|彩信|sms", (Channel.SMS,)),
    ("直播", (Channel.LIVE,)),
    ("微信|公众号|朋友圈|企微|视频号|小程序|wechat", (Channel.WECHAT,)),
    ("微博|weibo|小红书", (Channel.WEIBO,)),
    ("抖音|快手|短视频|视频|b站|哔哩", (Channel.SHORT_VIDEO,)),
    ("报纸|报刊|电视|广播|媒体|媒介|杂志|新闻|今日头条", (Channel.MEDIA,)),
    ("网点|柜面|柜台|厅堂|支行|营业厅|大堂|线下", (Channel.OUTLET,)),
    ("手机银行|app|客户端|推送|弹窗|开屏|移动端", (Channel.APP,)),
    ("官网|网站|网银|网页|web|线上", (Channel.WEB,)),
    ("电话|外呼|语音|客服|坐席", (Channel.PHONE,)),
    ("邮件|邮箱|email", (Channel.EMAIL,)),
    ("户外|电梯|地铁|公交|灯箱|小区|车身|楼宇", (Channel.OUTDOOR,)),
    ("合作|平台|第三方|导流", (Channel.PARTNER,)),
)
PRODUCTS: Table[Product] = (
    ("存款|存单|储蓄|定期|活期|大额存|存钱|零存整取|通知存|存一?[万千]|存满", (Product.DEPOSIT,)),
    (
        "理财(?!顾问|经理|师|中心|知识|规划)|净值|收益率|年化收益|年化\\d+个点|净值型|业绩比较基准|固收|资管计划|\\d+(?:天|日|个月)(?:滚动)?持有|持有期|封闭期|起购|[申认]购(?!费)|r[1-5]级?(?![a-z0-9])",
        (Product.WEALTH,),
    ),
    (
        "(?<!购房)(?<!教育)(?<!维修)(?<!装修)(?<!旅游)(?<!慈善)(?<!公益)基金(?!会|业协会)|定投",
        (Product.FUND,),
    ),
    ("信托|资管|收益凭证", (Product.TRUST,)),
    ("私募|私行专属|合格投资者", (Product.PRIVATE,)),
    (
        "(?<!存款)(?<!社会)(?<!社)(?<!养老)(?<!医疗)保险(?!箱|柜|条例|法)|保单|保费|投保|年金|分红险|万能险|增额|重疾|寿险|意外险|医疗险|两全险|车险|财险|健康险|预定利率",
        (Product.INSURANCE,),
    ),
    (
        "贷款|借款|借钱|借[一二三四五六七八九十百两\\d]+(?:万|千|元)|信用贷|消费贷|经营贷|房贷|车贷|网贷|放款|授信|[一-鿿]e?贷(?!后|记|方)|可贷|贷(?:到|您|你)|借呗|随借随还|日利率|日息",
        (Product.LOAN,),
    ),
    ("信用卡|贷记卡|账单分期|刷卡|办卡|分期(?!债)", (Product.CARD,)),
    ("贵金属|积存金|(?:积存|投资|账户|纸|实物)黄?金|黄金(?:积存|投资|账户|定投|理财|etf)", (Product.METAL,)),
    ("国债|储蓄国债", (Product.BOND,)),
    ("支付账户|钱包|预付卡|零钱", (Product.PAYMENT,)),
)
AUDIENCES: Table[Audience] = (
    ("老年|老人|长者|养老|60岁|退休|银发", (Audience.ELDERLY,)),
    ("未成年|儿童|少儿|孩子|中小学|幼儿", (Audience.MINOR,)),
    ("大学生|学生|校园|高校", (Audience.STUDENT,)),
)
INVESTED = frozenset({Product.WEALTH, Product.FUND, Product.TRUST, Product.PRIVATE, Product.METAL})
_READ = 20_000
_CONSENT = re.compile(
    r"我已阅读|同意[^。；，]{0,10}(?:《|协议|政策|授权|条款)|(?:授权|开启|允许|拒绝)[^。；，]{0,8}(?:个人信息|权限|位置|通讯录|相册)"
)


def request_of(
    text: str,
    *,
    material: str = "",
    channel: str = "",
    product: str = "",
    more: dict[str, Any] | None = None,
) -> Request:
    """The request for a text. What is not said of product and audience is read from the text; `more` may hold `on`
    (the day), `audience`, and the fields no text tells.

    >>> sorted(kind.label for kind in request_of("理财新品", material="短信").materials)
    ['短信推送', '营销宣传']
    """
    more = dict(more or {})
    on, audience = more.pop("on", None), str(more.pop("audience", ""))
    told = f"{material} {product}".lower()
    named = frozenset(_all(PRODUCTS, told))
    if named and named <= {Product.DEPOSIT, Product.BOND}:
        more["told_deposit"] = True
    return Request(
        materials=_asking(frozenset(_first(MATERIALS, material.lower())) or _guessed(text), text),
        channels=frozenset(_all(CHANNELS, channel.lower())),
        products=named or frozenset(_all(PRODUCTS, text[:_READ].lower())),
        audiences=frozenset(_all(AUDIENCES, audience.lower())),
        on=on if on is None or isinstance(on, date) else date.fromisoformat(str(on)),
        fields=more,
    )


def is_known(material: str) -> bool:
    """Whether the name of a material says what it is."""
    return any(re.search(pattern, material.lower()) for pattern, _ in MATERIALS)


def _asking(materials: frozenset[Material], text: str) -> frozenset[Material]:
    """A page or a pop-up that asks to agree is a consent screen too."""
    asks = Material.AD in materials and Material.SCRIPT not in materials and _CONSENT.search(text[:_READ])
    return materials | {Material.CONSENT} if asks else materials


def _first(table: Table[Kind], said: str) -> Iterable[Kind]:
    """The kinds of the first row that fits; 隐私政策授权 is a privacy notice before it is anything else."""
    return next((kinds for pattern, kinds in _ready(table) if said and pattern.search(said)), ())


def _all(table: Table[Kind], said: str) -> Iterable[Kind]:
    return (kind for pattern, kinds in _ready(table) if said and pattern.search(said) for kind in kinds)


@lru_cache(maxsize=8)
def _ready(table: Table[Kind]) -> tuple[tuple[re.Pattern[str], tuple[Kind, ...]], ...]:
    return tuple((re.compile(pattern), kinds) for pattern, kinds in table)


def _guessed(text: str) -> frozenset[Material]:
    """A piece that nobody named: a contract where it speaks of parties, an advertisement otherwise."""
    if len(re.findall(r"甲方|乙方|借款人|贷款人", text[:_READ])) >= 4:
        return frozenset({Material.CONTRACT})
    return frozenset({Material.AD})
