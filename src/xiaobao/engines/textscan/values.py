"""What a review rule is made of, and what a scan answers. Values only: no disk, no clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from xiaobao.kernel.terms import Term


class Angle(Term):
    """The five angles of a consumer-protection review."""

    LEGALITY = "legality", "合法有效"
    REGULATORY = "regulatory_fit", "监管要求"
    INFORMATION = "information_protection", "信息保护"
    BALANCE = "balance_of_duties", "义务对等"
    DISCLOSURE = "disclosure", "披露充分"


class Severity(Term):
    """What the finding asks for: it may not go out, it must be changed, somebody should look."""

    BLOCK = "block", "阻断"
    AMEND = "amend", "修改"
    HINT = "hint", "提示"

    @property
    def rank(self) -> int:
        """3 for 阻断, 2 for 修改, 1 for 提示."""
        return {"block": 3, "amend": 2, "hint": 1}[self.value]


class Material(Term):
    """Kinds of material. One piece may be several: a 短信 is an advertisement and a message."""

    AD = "marketing", "营销宣传"
    MESSAGE = "message", "短信推送"
    SCRIPT = "script", "话术"
    CONTRACT = "contract", "合同协议"
    PRODUCT = "product", "产品文件"
    PRIVACY = "privacy", "隐私政策"
    CONSENT = "consent", "授权同意"
    NOTICE = "notice", "公告告示"
    COLLECTION = "collection", "催收"
    EDUCATION = "education", "知识宣教"


class Channel(Term):
    """Where the material meets the consumer."""

    SMS = "sms", "短信"
    WECHAT = "wechat", "微信"
    WEIBO = "weibo", "微博"
    SHORT_VIDEO = "short_video", "短视频"
    LIVE = "live", "直播"
    MEDIA = "media", "大众媒介"
    OUTLET = "outlet", "网点"
    APP = "app", "手机银行"
    WEB = "web", "官网"
    PHONE = "phone", "电话"
    EMAIL = "email", "电子邮件"
    OUTDOOR = "outdoor", "户外"
    PARTNER = "partner", "合作平台"


class Product(Term):
    """Kinds of product a text can be about."""

    DEPOSIT = "deposit", "存款"
    WEALTH = "wealth", "理财"
    FUND = "fund", "基金"
    TRUST = "trust", "信托资管"
    PRIVATE = "private", "私募"
    INSURANCE = "insurance", "保险"
    LOAN = "loan", "贷款"
    CARD = "card", "信用卡"
    METAL = "metal", "贵金属"
    BOND = "bond", "国债"
    PAYMENT = "payment", "支付账户"


class Audience(Term):
    """Whom the material is made for, where that changes the rule."""

    ELDERLY = "elderly", "老年人"
    MINOR = "minor", "未成年人"
    STUDENT = "student", "学生"


class Scope(NamedTuple):
    """To which material a rule applies; an empty set means any.

    `products` must be known to be met unless `unknown_product` says that a text about no known product counts too.
    """

    materials: frozenset[Material] = frozenset()
    channels: frozenset[Channel] = frozenset()
    products: frozenset[Product] = frozenset()
    audiences: frozenset[Audience] = frozenset()
    unknown_product: bool = False
    without: frozenset[Material] = frozenset()

    def holds(self, request: Request) -> bool:
        """Whether the rule applies to this request."""
        return (
            (not self.materials or bool(self.materials & request.materials))
            and not self.without & request.materials
            and (not self.channels or bool(self.channels & request.channels))
            and (not self.audiences or bool(self.audiences & request.audiences))
            and self._product(request)
        )

    def _product(self, request: Request) -> bool:
        if not self.products or self.products & request.products:
            return True
        return self.unknown_product and not request.products


class Request(NamedTuple):
    """What is scanned: kinds of material, channels, products, audiences, the day, and what no text tells (`fields`)."""

    materials: frozenset[Material]
    channels: frozenset[Channel] = frozenset()
    products: frozenset[Product] = frozenset()
    audiences: frozenset[Audience] = frozenset()
    on: date | None = None
    fields: dict[str, Any] = {}


class Example(NamedTuple):
    """A test inside a rule: `text` with the expected span between « and »; nothing marked: the whole piece."""

    text: str
    fields: dict[str, Any] = {}
    channel: str = ""
    product: str = ""

    @property
    def plain(self) -> str:
        """The text without its marks."""
        return self.text.replace("«", "").replace("»", "")

    @property
    def spans(self) -> tuple[str, ...]:
        """The marked spans."""
        return tuple(part.split("»")[0] for part in self.text.split("«")[1:])


class Hit(NamedTuple):
    """Where a matcher struck, in the view's coordinates; `whole` means that something is missing."""

    start: int
    end: int
    note: str = ""


class Finding(NamedTuple):
    """One finding: `text[start:end]` of the original is `span`; an empty span points at the whole piece."""

    rule: str
    version: str
    topic: str
    angle: Angle
    severity: Severity
    start: int
    end: int
    span: str
    block: int
    page: int
    why: str
    article: str
    suggestion: str

    def as_dict(self) -> dict[str, Any]:
        """The finding as JSON carries it, labels in Chinese."""
        return {
            "angle": self.angle.label,
            "topic": self.topic,
            "span": self.span,
            "severity": self.severity.label,
            "rule": self.rule,
            "version": self.version,
            "article": self.article,
            "why": self.why,
            "suggestion": self.suggestion,
            "start": self.start,
            "end": self.end,
            "block": self.block,
            "page": self.page,
        }


class Asked(NamedTuple):
    """A question that only a person can answer."""

    rule: str
    topic: str
    question: str
    article: str


@dataclass(frozen=True)
class Report:
    """What a scan found, what it asks, and which topics were checked and are in order."""

    findings: tuple[Finding, ...]
    questions: tuple[Asked, ...]
    clear: tuple[str, ...]
    rules: int
    digest: str
    book: str
    remarks: tuple[str, ...] = field(default=())

    @property
    def blocks(self) -> bool:
        """Whether anything forbids publication."""
        return any(finding.severity is Severity.BLOCK for finding in self.findings)

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON carries it."""
        return {
            "findings": [finding.as_dict() for finding in self.findings],
            "questions": [
                {"topic": ask.topic, "question": ask.question, "rule": ask.rule, "article": ask.article}
                for ask in self.questions
            ],
            "clear": list(self.clear),
            "remarks": list(self.remarks),
            "rules": self.rules,
            "book": self.book,
            "digest": self.digest,
        }
