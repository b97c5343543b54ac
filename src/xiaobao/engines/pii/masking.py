"""`mask_text`: scan, decide by policy, replace, and look again that nothing certain is left."""

from __future__ import annotations

from dataclasses import dataclass, field

from xiaobao.engines.pii.detectors.base import Options
from xiaobao.engines.pii.engine import scan
from xiaobao.engines.pii.partial import partial
from xiaobao.engines.pii.policy import DEFAULT, Action, Policy
from xiaobao.engines.pii.tokens import TokenVault
from xiaobao.engines.pii.values import Confidence, Span

DROPPED = "〔已删除〕"


class LeftoverError(ValueError):
    """The post-check found something certain in the output; nothing may be handed out."""

    def __init__(self, spans: list[Span]) -> None:
        kinds = "、".join(sorted({span.kind.value for span in spans}))
        super().__init__(f"遮蔽后复查仍发现 {len(spans)} 处个人信息（{kinds}），已停止输出")
        self.spans = spans


@dataclass(frozen=True, slots=True)
class Masker:
    """A policy applied for one role and purpose; `vault` is needed where tokens are asked for."""

    policy: Policy = DEFAULT
    role: str = ""
    purpose: str = ""
    vault: TokenVault | None = None
    options: Options = field(default_factory=Options)

    def mask(self, text: str) -> tuple[str, list[tuple[Span, Action]]]:
        """The masked text and what was done to each finding.

        Raises: LeftoverError when the output still holds a high-confidence finding.
        """
        done = [(span, self.action(span)) for span in scan(text, options=self.options)]
        masked = self._replaced(text, done)
        left = self.leftovers(scan(masked, options=self.options, at_least=Confidence.HIGH))
        if left:
            raise LeftoverError(left)
        return masked, done

    def leftovers(self, found: list[Span]) -> list[Span]:
        """Of findings in an output, those that should not stand there any more."""
        return [
            span
            for span in found
            if "*" not in span.text and DROPPED not in span.text and self.action(span) is not Action.KEEP
        ]

    def action(self, span: Span) -> Action:
        """What the policy says of this finding; a token without a vault becomes a drop."""
        action = self.policy.decide(span.kind, self.role, self.purpose)
        return Action.DROP if action is Action.TOKEN and self.vault is None else action

    def shown(self, span: Span, action: Action) -> str:
        """What stands in the finding's place."""
        if action is Action.KEEP:
            return span.text
        if action is Action.PARTIAL:
            return partial(span.kind, span.text)
        if action is Action.TOKEN and self.vault is not None:
            return self.vault.token(span.kind, span.text)
        return DROPPED

    def _replaced(self, text: str, done: list[tuple[Span, Action]]) -> str:
        pieces, at = [], 0
        for span, action in done:
            pieces += [text[at : span.start], self.shown(span, action)]
            at = span.end
        return "".join([*pieces, text[at:]])
