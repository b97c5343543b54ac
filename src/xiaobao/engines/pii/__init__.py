"""Find and mask personal information in Chinese text. No network, no model download."""

from xiaobao.engines.pii.detectors.base import Options
from xiaobao.engines.pii.engine import scan
from xiaobao.engines.pii.masking import LeftoverError, Masker
from xiaobao.engines.pii.policy import Action, Policy, PolicyError, policy_from
from xiaobao.engines.pii.tokens import KeyRing, TokenVault
from xiaobao.engines.pii.values import Confidence, Kind, Span

__all__ = [
    "Action",
    "Confidence",
    "KeyRing",
    "Kind",
    "LeftoverError",
    "Masker",
    "Options",
    "Policy",
    "PolicyError",
    "Span",
    "TokenVault",
    "policy_from",
    "scan",
]
