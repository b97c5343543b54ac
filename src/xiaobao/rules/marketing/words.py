"""Words a marketing text must not carry. Only the law's own words block; look-alikes go to a reader."""

from __future__ import annotations

from xiaobao.rules.kinds.scan import ScanParams
from xiaobao.rules.marketing.dates import AD_2015, AD_2021, AD_LIKELY
from xiaobao.rules.values import Condition, Confidence, Kind, Role, Rule, Verdict
from xiaobao.rules.writing import bad, cite, edge, ok, shelf, unknown, version

rule = shelf("marketing")

_FACTUAL = (
    r"第一[条章节款项部分批期届次季度]",
    r"第一(?=时间|责任人|步)",
    r"唯一(?=标识|编码|代码|编号)",
    r"最低(?=还款额|起购|保障)",
    r"最大(?=努力|限度|程度)",
)
_SUPERLATIVES = ScanParams(
    block=("国家级", "最高级", "最佳"),
    ask=(
        "最好",
        "第一",
        "顶级",
        "唯一",
        "首选",
        "最优",
        "最强",
        "最低",
        "最大",
        "极致",
        "全网最",
        "100%安全",
    ),
    exempt=_FACTUAL,
)
_SUPERLATIVE_EXAMPLES = (
    ok({"text": "稳健经营，服务大众"}, ()),
    bad(Verdict.REFUSE, {"text": "打造国家级理财平台"}, ("国家级",)),
    bad(Verdict.REFUSE, {"text": "最 佳选择"}, ("最佳",), "空格隔开也算"),
    bad(Verdict.REFUSE, {"text": "最高级的服务"}, ("最高级",)),
    edge(Verdict.HOLD, {"text": "收益排名第一"}, ("第一",), "等义词由人判断"),
    edge(Verdict.PASS, {"text": "依据第一条，第一季度最低还款额不变"}, (), "陈述事实不触发"),
    unknown({}),
)
SUPERLATIVES = rule(
    "MKT-001",
    Kind.SCAN,
    "绝对化用语：国家级、最高级、最佳等",
    version(
        AD_2015,
        _SUPERLATIVES,
        (cite("L06@2015-09-01:9.1.3", "最高级"),),
        _SUPERLATIVE_EXAMPLES,
        until=AD_2021,
        by="published_on",
        confidence=AD_LIKELY,
    ),
    version(
        AD_2021,
        _SUPERLATIVES,
        (cite("L06@2021-04-29:9.1.3", "最高级"),),
        _SUPERLATIVE_EXAMPLES,
        by="published_on",
    ),
)

_PROMISES = ScanParams(
    block=("保本", "无风险", "保收益"),
    ask=(
        "零风险",
        "稳赚",
        "稳赚不赔",
        "包赚",
        "保息",
        "刚性兑付",
        "预期收益率",
        "承诺收益",
        "保证收益",
        "稳健无忧",
        "只赚不赔",
        "本金无忧",
        "躺赚",
    ),
    exempt=(r"非保本", r"不保本", r"不保证本金", r"不存在无风险", r"并非无风险"),
)
_PROMISE_SCOPE = (Condition("product_class", "==", "investment", "投资类产品"),)
_PROMISE_EXAMPLES = (
    ok({"product_class": "investment", "text": "产品有投资风险"}, ()),
    bad(Verdict.REFUSE, {"product_class": "investment", "text": "保本又保收益"}, ("保本", "保收益")),
    bad(Verdict.REFUSE, {"product_class": "investment", "text": "无风险理财"}, ("无风险",)),
    edge(Verdict.PASS, {"product_class": "investment", "text": "非保本浮动收益"}, (), "否定句不触发"),
    edge(Verdict.HOLD, {"product_class": "investment", "text": "稳赚"}, ("稳赚",), "等义词由人判断"),
    edge(
        Verdict.NOT_APPLICABLE,
        {"product_class": "deposit", "text": "存款保本保息"},
        None,
        "存款等国家另有规定",
    ),
    unknown({"product_class": "investment"}),
    unknown({"text": "保本"}, "不知产品类别"),
)
_P01_PROMISE = cite("P01@2020-11-01:23.1.4", "明示或者暗示保本")
PROMISES = rule(
    "MKT-002",
    Kind.SCAN,
    "投资类产品：保本、无风险、保收益",
    version(
        AD_2015,
        _PROMISES,
        (cite("L06@2015-09-01:25.1.1", "保本、无风险或者保收益"),),
        _PROMISE_EXAMPLES,
        until="2020-11-01",
        by="published_on",
        scope=_PROMISE_SCOPE,
        confidence=AD_LIKELY,
    ),
    version(
        "2020-11-01",
        _PROMISES,
        (_P01_PROMISE, cite("L06@2015-09-01:25.1.1", "保本、无风险或者保收益")),
        _PROMISE_EXAMPLES,
        until=AD_2021,
        by="published_on",
        scope=_PROMISE_SCOPE,
    ),
    version(
        AD_2021,
        _PROMISES,
        (cite("L06@2021-04-29:25.1.1", "保本、无风险或者保收益"), _P01_PROMISE),
        _PROMISE_EXAMPLES,
        by="published_on",
        scope=_PROMISE_SCOPE,
    ),
)

_ENDORSED = ScanParams(
    block=("银保监会批准", "金融监管总局备案", "央行认可", "监管背书", "国家担保", "政府兜底", "国家兜底"),
    ask=("监管认可", "政府支持", "官方推荐"),
)
_ENDORSED_EXAMPLES = (
    ok({"text": "本产品由我行发行"}, ()),
    bad(Verdict.REFUSE, {"text": "金融监管总局备案，放心购买"}, ("金融监管总局备案",)),
    bad(Verdict.REFUSE, {"text": "国家担保"}, ("国家担保",)),
    edge(Verdict.HOLD, {"text": "官方推荐"}, ("官方推荐",), "由人判断"),
    unknown({}),
)
ENDORSED = rule(
    "MKT-004",
    Kind.SCAN,
    "利用审核、备案程序或者政府公信力作保证",
    version(
        "2020-01-25",
        _ENDORSED,
        (cite("X03@2020-01-25:0", ""),),
        _ENDORSED_EXAMPLES,
        until="2020-11-01",
        by="published_on",
        confidence=Confidence.LIKELY,
        reading="词条为示例，范围以条文为准",
    ),
    version(
        "2020-11-01",
        _ENDORSED,
        (cite("P01@2020-11-01:23.1.3", "审核或者备案程序"), cite("X03@2020-01-25:0", "", Role.BASIS)),
        _ENDORSED_EXAMPLES,
        by="published_on",
        reading="词条为示例，范围以条文为准",
    ),
)

ONLINE_WORDS = rule(
    "MKT-014",
    Kind.SCAN,
    "网络营销不得使用低风险、低门槛、秒到账、高收益",
    version(
        "2026-09-30",
        ScanParams(block=("低风险", "低门槛", "秒到账", "高收益")),
        (cite("X01@2026-09-30:0", ""),),
        (
            ok({"online": True, "text": "R2级产品"}, ()),
            bad(Verdict.REFUSE, {"online": True, "text": "低门槛高收益"}, ("低门槛", "高收益")),
            bad(Verdict.REFUSE, {"online": True, "text": "低风险，秒到账"}, ("低风险", "秒到账")),
            edge(Verdict.NOT_APPLICABLE, {"online": False, "text": "低风险"}, None, "不是网络营销"),
            unknown({"online": True}),
        ),
        by="published_on",
        scope=(Condition("online", "is", True, "网络营销"),),
        scope_say="不是网络营销",
        confidence=Confidence.LIKELY,
        reading="据2026-09-30报道转述，条号未核",
    ),
)

RULES: tuple[Rule, ...] = (SUPERLATIVES, PROMISES, ENDORSED, ONLINE_WORDS)
