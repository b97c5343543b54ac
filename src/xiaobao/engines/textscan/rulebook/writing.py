"""Shorthand in which the rules are written, so that a jurist reads the rule and not the code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from xiaobao.engines.textscan.citations import cite
from xiaobao.engines.textscan.matchers import Matcher
from xiaobao.engines.textscan.rulebook.topics import ANGLES
from xiaobao.engines.textscan.rules import Rule
from xiaobao.engines.textscan.values import Audience, Channel, Example, Material, Product, Scope, Severity

BLOCK, AMEND, HINT = Severity.BLOCK, Severity.AMEND, Severity.HINT
PRACTICE_SINCE = date(2026, 11, 1)

_SELLING = frozenset({Material.AD, Material.MESSAGE, Material.SCRIPT})
_INVESTED = frozenset({Product.WEALTH, Product.FUND, Product.TRUST, Product.PRIVATE, Product.METAL})
_REMOTE = frozenset(
    {
        Channel.SMS,
        Channel.WECHAT,
        Channel.WEIBO,
        Channel.SHORT_VIDEO,
        Channel.LIVE,
        Channel.APP,
        Channel.WEB,
        Channel.EMAIL,
    }
)

ANY = Scope()
SELLING = Scope(materials=_SELLING)
SAID = Scope(materials=_SELLING | {Material.NOTICE, Material.PRODUCT})
# A text that compares with deposits names them: that alone does not make it one about deposits (see exempt.deposit).
INVEST = Scope(
    materials=_SELLING | {Material.PRODUCT, Material.NOTICE},
    products=_INVESTED | {Product.INSURANCE, Product.DEPOSIT, Product.BOND},
    unknown_product=True,
)
INVEST_ONLY = Scope(materials=_SELLING, products=_INVESTED)
# What is said of a product that nobody named: neither a deposit nor a loan, as far as the text tells.
INVEST_OPEN = Scope(materials=_SELLING, products=_INVESTED | {Product.INSURANCE}, unknown_product=True)
INSURANCE = Scope(materials=_SELLING | {Material.PRODUCT}, products=frozenset({Product.INSURANCE}))
LENDING = Scope(
    materials=_SELLING | {Material.PRODUCT, Material.NOTICE}, products=frozenset({Product.LOAN, Product.CARD})
)
LENDING_ANY = LENDING._replace(unknown_product=True)
DEPOSITS = Scope(
    materials=_SELLING | {Material.PRODUCT, Material.NOTICE}, products=frozenset({Product.DEPOSIT})
)
MESSAGES = Scope(materials=frozenset({Material.MESSAGE}))
SCRIPTS = Scope(materials=frozenset({Material.SCRIPT}))
TERMS = Scope(materials=frozenset({Material.CONTRACT, Material.NOTICE, Material.PRODUCT, Material.CONSENT}))
EVERY_TERM = Scope(
    materials=frozenset({Material.CONTRACT, Material.NOTICE, Material.PRODUCT, Material.CONSENT}) | _SELLING
)
CONTRACTS = Scope(materials=frozenset({Material.CONTRACT}))
LOAN_CONTRACTS = Scope(
    materials=frozenset({Material.CONTRACT}), products=frozenset({Product.LOAN, Product.CARD})
)
PRODUCTS = Scope(materials=frozenset({Material.PRODUCT}))
PRIVACY = Scope(materials=frozenset({Material.PRIVACY}))
CONSENTS = Scope(materials=frozenset({Material.PRIVACY, Material.CONSENT, Material.CONTRACT}))
CONSENT_ONLY = Scope(materials=frozenset({Material.CONSENT}))
COLLECTING = Scope(materials=frozenset({Material.COLLECTION}))
EDUCATING = Scope(materials=frozenset({Material.EDUCATION}))
NOTICES = Scope(materials=frozenset({Material.NOTICE}))
REMOTE = Scope(materials=frozenset({Material.AD}), channels=_REMOTE)
ELDERLY = frozenset({Audience.ELDERLY})
DENIED = ("negation", "warning", "quoted")
REFUSED = ("negation",)


@dataclass(frozen=True)
class Draft:
    """A rule as it is written. `by` are citations `L06:25.1.1=保本、无风险`; without any, `practice` says whose habit it is."""

    id: str
    topic: str
    severity: Severity
    why: str
    matcher: Matcher
    by: str | tuple[str, ...] = ()
    to: Scope = SELLING
    exempt: tuple[str, ...] = ()
    suggest: str = ""
    bad: str | tuple[str | Example, ...] = ()
    good: str | tuple[str | Example, ...] = ()
    listed: bool = False
    practice: str = ""
    since: date | None = None
    until: date | None = None

    def rule(self) -> Rule:
        """The rule; it binds from the first day of the text it is cited from. Raises: ValueError, KeyError."""
        cites = tuple(cite(text) for text in ((self.by,) if isinstance(self.by, str) else self.by))
        return Rule(
            id=self.id,
            topic=self.topic,
            angle=ANGLES[self.topic],
            severity=self.severity,
            why=self.why,
            matcher=self.matcher,
            cites=cites,
            scope=self.to,
            since=self.since or (cites[0].since if cites else PRACTICE_SINCE),
            until=self.until,
            exempt=self.exempt,
            suggest=self.suggest,
            bad=_examples(self.bad),
            good=_examples(self.good),
            listed=self.listed,
            practice=self.practice,
        )


def _examples(given: str | tuple[str | Example, ...]) -> tuple[Example, ...]:
    several = (given,) if isinstance(given, str) else given
    return tuple(one if isinstance(one, Example) else Example(one) for one in several)


def shelf(drafts: Iterable[Draft], *, general: bool = False) -> tuple[Rule, ...]:
    """The drafts as rules."""
    return tuple(replace(draft.rule(), general=general) for draft in drafts)
