"""What a scan answers: spans of personal information with their kind, class and confidence."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """Kinds of personal information, by the names the command line answers with."""

    ID = "ID"
    CARD = "CARD"
    MOBILE = "MOBILE"
    PHONE = "PHONE"
    EMAIL = "EMAIL"
    NAME = "NAME"
    ADDRESS = "ADDRESS"
    PASSPORT = "PASSPORT"
    PERMIT = "PERMIT"
    PLATE = "PLATE"
    USCC = "USCC"
    SWIFT = "SWIFT"
    IBAN = "IBAN"
    WECHAT = "WECHAT"
    QQ = "QQ"
    OTP = "OTP"
    CVN = "CVN"
    EXPIRY = "EXPIRY"
    PASSWORD = "PASSWORD"  # noqa: S105 - a kind, not a secret
    IP = "IP"
    DEVICE = "DEVICE"
    AMOUNT = "AMOUNT"
    ACCOUNT = "ACCOUNT"
    BIRTH_DATE = "BIRTH_DATE"
    BIOMETRIC = "BIOMETRIC"


class Confidence(IntEnum):
    """How sure a finding is: by shape alone, by checksum or context, by both."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3

    @property
    def label(self) -> str:
        """`low`, `medium` or `high`."""
        return self.name.lower()


class Span(NamedTuple):
    """One finding: `text[start:end]` of the original text, what it is, and why we think so."""

    start: int
    end: int
    kind: Kind
    confidence: Confidence
    text: str
    why: str

    @property
    def size(self) -> int:
        """Characters covered."""
        return self.end - self.start
