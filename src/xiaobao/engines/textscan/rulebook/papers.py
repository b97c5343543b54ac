"""Product documents and public notices: what they must hold, and what a notice may not do."""

from __future__ import annotations

from xiaobao.engines.textscan.matchers import Absence, Pattern, Proximity, Question
from xiaobao.engines.textscan.rulebook import laws
from xiaobao.engines.textscan.rulebook.writing import (
    AMEND,
    BLOCK,
    HINT,
    NOTICES,
    PRODUCTS,
    SAID,
    Draft,
    shelf,
)
from xiaobao.engines.textscan.values import Example, Material, Product

_WHOLE = 500
_FILL = "本产品由本机构提供，具体内容见以下各条。" * 30
_INVESTED = PRODUCTS._replace(
    products=frozenset({Product.WEALTH, Product.FUND, Product.TRUST, Product.PRIVATE})
)
_LOANS = PRODUCTS._replace(products=frozenset({Product.LOAN, Product.CARD}))
_INSURED = PRODUCTS._replace(products=frozenset({Product.INSURANCE}))
_AGREED = PRODUCTS._replace(materials=frozenset({Material.PRODUCT}))


def _whole(more: str = "", product: str = "") -> Example:
    return Example(_FILL + more, product=product)


# fmt: off
RULES = shelf(
    (
        Draft(
            "DOC-001", "权利义务", AMEND, "没有写明消费者的权利义务与订立、变更、中止、解除的方式", Absence(r"权利|义务|解除|终止|变更|赎回|撤单", least=_WHOLE), by="P01:16.1.1=订立、变更、中止和解除合同的方式及限制", to=_AGREED,
            suggest="写明双方权利义务和变更、解除的方式与限制。", bad=(_whole(),), good=(_whole("投资者有权赎回，权利义务如下。"), "产品简介"),
        ),
        Draft(
            "DOC-002", "机构责任", AMEND, "没有写明机构的义务和法律责任", Absence(r"责任|义务|承担|赔偿", least=_WHOLE), by="P01:16.1.2=权利、义务及法律责任", to=_AGREED,
            suggest="写明机构的义务与违约责任。", bad=(_whole(),), good=(_whole("管理人承担相应责任。"), "产品简介"),
        ),
        Draft(
            "DOC-003", "费用违约金", AMEND, "没有写明费用、违约金的金额或确定方式", Absence(r"费用|费率|手续费|管理费|托管费|违约金|保费|不收取", least=_WHOLE), by=("P01:16.1.4=应当负担的费用及违约金，包括金额的确定方式，交易时间和交易方式", "N01:22.1=费用、费率"), to=_AGREED,
            suggest="逐项列明费用名称、费率、收取方式与时间。", bad=(_whole(),), good=(_whole("管理费率为每年0.3%。"), "产品简介"),
        ),
        Draft(
            "DOC-004", "投诉途径", AMEND, "没有写明纠纷处理和投诉途径", Absence(r"投诉|客服(?:电话|热线)|服务热线|争议(?:的)?(?:解决|处理)|纠纷", least=_WHOLE), by=("P01:16.1.5=因金融产品或者服务产生纠纷的处理及投诉途径", "N08:25.1.4=投诉等的途径方式"), to=_AGREED,
            suggest="写明投诉电话和处理流程。", bad=(_whole(),), good=(_whole("投诉热线95XXX。"), "产品简介"),
        ),
        Draft(
            "DOC-005", "执行标准", HINT, "没有写明所执行的标准编号和名称", Absence(r"标准(?:编号|名称)|gb/?t|jr/?t|q/|t/|企业标准|行业标准|国家标准|团体标准", least=_WHOLE), by="P01:16.1.6=强制性标准、推荐性标准、团体标准或者企业标准的编号和名称", to=_AGREED,
            suggest="写明执行标准，如 JR/T ××××。", bad=(_whole(),), good=(_whole("执行标准：JR/T 0000。"), "产品简介"),
        ),
        Draft(
            "DOC-006", "主体全称", AMEND, "没有写明实际承担合同义务的经营主体完整中文名称", Absence(r"[\u4e00-\u9fff]{2,24}(?:股份有限公司|有限责任公司|有限公司|信用合作联社|信用社联合社)", least=_WHOLE), by=("P01:16.1.7=实际承担合同义务的经营主体完整的中文名称", "L01:21.1=应当标明其真实名称和标记"), to=_AGREED,
            suggest="写明××银行股份有限公司。", bad=(_whole(),), good=(_whole("某某银行股份有限公司。"), "产品简介"),
        ),
        Draft(
            "DOC-007", "风险等级", AMEND, "投资型产品没有写明风险等级及可能调整", Absence(r"风险(?:等级|评级|级别)|r[1-5](?![0-9])|[一二三四五]级(?:风险)?", least=_WHOLE), by="N02:31.1.2=产品的风险等级，以及存续期内风险等级可能会进行调整的情况", to=_INVESTED,
            suggest="写明风险等级，并说明存续期内可能调整。", bad=(_whole("", "理财"),), good=(_whole("风险等级R2。", "理财"), Example("理财简介")),
        ),
        Draft(
            "DOC-008", "本金亏损", AMEND, "投资型产品没有提示本金亏损可能", Absence(r"本金[^。]{0,20}(?:损失|亏损|风险|损)|(?:亏损|损失)[^。]{0,12}本金|不保(?:证)?本", least=_WHOLE), by="N02:31.1.3=重点是本金亏损可能", to=_INVESTED,
            suggest="在最不利情况下，您可能损失全部本金。", bad=(_whole("", "理财"),), good=(_whole("可能损失本金。", "理财"), Example("理财简介")),
        ),
        Draft(
            "DOC-009", "产品要素", AMEND, "投资型产品没有写明管理人、投资范围、收益分配", Absence(r"(?:管理人|发行人|发行机构)[^。]{0,200}(?:投资范围|投资于|投向|投资比例)|(?:投资范围|投资于|投向)[\s\S]{0,2000}管理人", least=_WHOLE), by="N02:31.1.1=产品类型、产品管理人、投资范围及比例、募集方式、收益分配方案", to=_INVESTED,
            suggest="写明产品类型、管理人、投资范围及比例、募集方式、收益分配。", bad=(_whole("", "理财"),), good=(_whole("管理人为某某理财，投资范围为债券。", "理财"), Example("理财简介")),
        ),
        Draft(
            "DOC-010", "费用披露", AMEND, "投资型产品没有写明购买须付的费用或费率", Absence(r"费率|管理费|托管费|申购费|认购费|赎回费|销售服务费|不收取", least=_WHOLE), by="N02:31.1.4=购买产品需要支付的相关费用或者费率", to=_INVESTED,
            suggest="逐项列明费率。", bad=(_whole("", "理财"),), good=(_whole("销售服务费率0.2%。", "理财"), Example("理财简介")),
        ),
        Draft(
            "DOC-011", "适当性", HINT, "投资型产品没有写明适合的客户和匹配意见", Absence(r"适合[^。]{0,20}(?:客户|投资者|风险承受)|适当性|风险承受能力", least=_WHOLE), by=("N02:31.1.5=适当性匹配意见", "N02:9.1=适合的客户范围"), to=_INVESTED,
            suggest="写明适合的客户风险承受能力等级。", bad=(_whole("", "理财"),), good=(_whole("适合C2及以上投资者。", "理财"), Example("理财简介")),
        ),
        Draft(
            "DOC-012", "年化利率", BLOCK, "贷款产品文件没有年化利率", Absence(r"年化利率|年利率|年化|lpr", least=200), by=(laws.P01_16_1_3, laws.N01_22_1_B), to=_LOANS, listed=True,
            suggest="写明年化利率（单利）及计算方法。", bad=(_whole("", "贷款"),), good=(_whole("年化利率3.6%。", "贷款"), Example("贷款简介")),
        ),
        Draft(
            "DOC-013", "还款要素", AMEND, "贷款产品文件没有还款方式、违约责任", Absence(r"还款方式|等额|先息后本|到期还本|(?:逾期|违约)[^。]{0,20}(?:责任|罚息|利息)", least=200), by=("N07:53.1=贷款年化利率、费率、还款方式、违约责任、免责条款和投诉渠道", "N01:22.1=违约责任"), to=_LOANS,
            suggest="写明还款方式、逾期罚息与违约责任。", bad=(_whole("", "贷款"),), good=(_whole("还款方式为等额本息。", "贷款"), Example("贷款简介")),
        ),
        Draft(
            "DOC-014", "保险要素", AMEND, "保险产品说明没有写明保障范围、保险期间、责任免除", Absence(r"(?:责任免除|免除[^。]{0,8}责任|不承担[^。]{0,12}责任|除外责任)", least=200), by=("N02:37.1.1=减轻或者免除保险人责任的条款", "L19:17.2=足以引起投保人注意的提示", "L19:18.1.4=保险责任和责任免除"), to=_INSURED,
            suggest="显著写明责任免除、免赔额、等待期。", bad=(_whole("", "保险"),), good=(_whole("责任免除：见条款。", "保险"), Example("保险简介")),
        ),
        Draft(
            "DOC-015", "犹豫期", AMEND, "保险产品说明没有写明犹豫期、退保损失", Absence(r"犹豫期|退保[^。]{0,20}(?:损失|现金价值)|现金价值", least=200), by=(laws.N02_37_1_3, laws.N02_37_1_4, "N08:25.1.2=人身保险的现金价值、犹豫期"), to=_INSURED,
            suggest="写明犹豫期天数、犹豫期内退保的处理及退保损失。", bad=(_whole("", "保险"),), good=(_whole("犹豫期15天。", "保险"), Example("保险简介")),
        ),
        Draft(
            "DOC-016", "保险要素", AMEND, "投保单中设概括性的询问条款",
            Pattern(r"(?:其他|其它)(?:任何)?(?:影响承保|重要|与健康有关|异常|未告知)(?:的)?(?:情况|事项|疾病)[^。；]{0,6}(?:是否|有无|请告知)|是否(?:还)?有(?:其他|任何)(?:疾病|异常|情况)"), by="N08:27.2=投保单询问表中不得有概括性条款", to=PRODUCTS._replace(materials=frozenset({Material.PRODUCT, Material.CONTRACT})),
            suggest="改为有具体内容的询问。", bad=("您«是否还有其他疾病»？",), good=("您是否患有高血压？",),
        ),
        Draft(
            "DOC-017", "术语解释", HINT, "专业术语没有解释",
            Proximity(r"久期|夏普比率|最大回撤|穿透式|摊余成本法|市值法|雪球结构|敲入|敲出|劣后级|优先级份额|lpr|irr|apr", r"是指|指的?是|即|释义|名词|\([^)]{4,}\)|说明", within="document"), by=(laws.N01_21_1_C, laws.P01_17_1), to=SAID._replace(without=frozenset({Material.MESSAGE})),
            suggest="用一句话解释该术语。", bad=("本产品为«雪球结构»理财",), good=("雪球结构是指带敲入敲出条件的结构", "定期存款"),
        ),
        Draft(
            "DOC-018", "收费公示", AMEND, "收费而不标明项目、标准",
            Proximity(r"(?:收取|加收|另收|需付)(?:一定|适当|相应|部分|少量)(?:的)?(?:手续费|服务费|工本费|费用|管理费|成本)", r"\d|标准[^。]{0,6}(?:见|详见|公示)|价目|目录", within="block"), by=("N01:24.1=公示服务项目、服务内容和服务价格等信息", "R06:8.1=不得收取任何未予标明的费用", "L01:20.3=应当明码标价"), to=SAID._replace(materials=SAID.materials | {Material.CONTRACT}),
            suggest="写明收费项目、标准和计算方法。", bad=("办理业务将«收取一定的手续费»。",), good=("收取手续费5元/笔。", "本业务免费。"),
        ),
        Draft(
            "NTC-001", "公告期限", BLOCK, "新设或提高收费，公告当日即生效",
            Pattern(r"(?:自(?:即日|今日|本日|公告之日|发布之日)起|即日起|立即)[^。；]{0,24}(?:收费|费用|手续费|管理费|年费|费率|服务费|工本费)[^。；]{0,10}(?:调整|提高|上调|恢复收取|收取|新增|为|改为)|(?:收费|费用|手续费|管理费|年费|费率|服务费)[^。；]{0,14}(?:即日起|立即)(?:生效|执行|收取|上调)", but=r"[^。；]{0,30}(?:免收|免除|减免|降低|下调|取消收取|降至|停止收取)[^。；]{0,20}"),
            by=laws.N01_24_2, to=NOTICES, exempt=("negation",), listed=True, suggest="提前公示，写明生效日期、原价、新价和消费者的选择。",
            bad=("«自即日起，账户管理费调整为»每月20元。",), good=("自2027年2月1日起，账户管理费由每月10元调整为每月8元，现予公告。", "即日起免收账户管理费。"),
        ),
        Draft(
            "NTC-002", "公告期限", AMEND, "停业、迁址公告没有提前三十日或没有联系方式", Question("是否提前30日公告，并写明联系方式和存量业务安排？", when=r"停业|撤销网点|终止营业|迁址|搬迁|停止营业|关停"), by=laws.R15_21_1, to=NOTICES,
            bad=("城西支行迁址公告",), good=("春节营业时间公告",),
        ),
        Draft(
            "NTC-003", "公告期限", AMEND, "收费调整公告没有写明生效日期",
            Proximity(r"(?:收费标准|服务价格|费率|手续费|年费|管理费)[^。；]{0,10}(?:调整|上调|提高|新增)", r"(?:20\d\d年)?\d{1,2}月\d{1,2}日|自[^。；]{0,16}起|生效", within="document"), by="N01:24.2=应当提前公示", to=NOTICES,
            suggest="写明：自××年××月××日起。", bad=("我行«服务价格调整»公告，敬请知悉。",), good=("自2027年1月1日起服务价格调整。",),
        ),
        Draft(
            "NTC-004", "免责条款", BLOCK, "店堂告示声明对消费者人身、财产损害不负责任",
            Pattern(r"(?:贵重物品|财物|物品|现金|随身物品)[^。；]{0,14}(?:丢失|遗失|被盗|损失)[^。；]{0,8}(?:概不负责|不负责|责任自负|后果自负)|(?:现金|钞票|款项)[^。；]{0,4}(?:当面点清|离柜)[^。；]{0,8}(?:概不负责|不负责|不认)|离柜概不"),
            by=("L01:26.2=通知、声明、店堂告示等方式", "L01:18.2=应当对消费者尽到安全保障义务"), to=SAID, exempt=("warning",), listed=True, suggest="改为提示妥善保管；离柜后发现差错的，按规定核查处理。",
            bad=("«现金当面点清，离柜概不负责»",), good=("请当面点清现金",),
        ),
        Draft(
            "NTC-005", "挂失责任", AMEND, "无故拒绝或延迟支付存款本息",
            Pattern(r"(?:取款|支取|取现|提取存款)[^。；不]{0,10}(?:须|需)[^。；]{0,10}(?:审批|领导同意|说明用途|证明用途|开具证明)|(?:暂停|停止|限制)(?:支付|兑付|支取)[^。；]{0,8}(?:存款|本息|储蓄)"),
            by=("R14:14.1=不得违反规定拒绝支付储蓄存款本金和利息", "L07:29.1=存款自愿、取款自由"), to=SAID, exempt=("warning", "negation"), suggest="存款自愿、取款自由；大额取现只需按规定预约和身份核验。",
            bad=("«取款须领导同意»方可办理。",), good=("大额取现请提前一日预约。",),
        ),
        Draft(
            "NTC-006", "老年人营销", HINT, "只留线上渠道的公告，请确认保留人工服务", Question("是否保留人工、现场渠道，并为老年客户提供协助？", when=r"(?:仅|只)(?:限|能|支持)[^。；]{0,8}(?:线上|手机银行|网银|app|扫码)|停止柜面|不再受理现场|取消人工"), by=(laws.N01_38_1, "L12:53.1=优待老年人"), to=NOTICES,
            bad=("该业务只能线上办理",), good=("该业务线上线下均可办理",),
        ),
        Draft(
            "NTC-007", "歧视表述", AMEND, "无障碍：对残障人士设额外条件",
            Pattern(r"(?:盲人|视障|聋哑|听障|轮椅|残障|残疾)[^。；不]{0,14}(?:须|需|必须)(?:由)?(?:家属|监护人|两人|公证|他人)[^。；]{0,10}(?:陪同|代办|公证|签字)"),
            by="N01:39.1=公平获得金融服务的权利", to=SAID, exempt=("negation",), suggest="提供无障碍服务和协助，不设额外条件。",
            bad=("«视障客户须由家属陪同»方可办理。",), good=("为视障客户提供大字和语音服务。",),
        ),
        Draft(
            "NTC-008", "价格标示", AMEND, "不以人民币标价，或价格可加价", Pattern(r"(?:价格|收费|费用)[^。；]{0,8}(?:面议|视情况而定|另议|以现场为准|上不封顶|随行就市)"), by=("R06:9.1=使用阿拉伯数字标明人民币金额", "R06:7.2=应当标示服务项目、服务内容和价格或者计价方法"), to=SAID,
            suggest="写明金额或计价方法。", bad=("服务«费用面议»",), good=("服务费用每次5元",),
        ),
    )
)
