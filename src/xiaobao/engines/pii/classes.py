"""Which class each kind belongs to, after JR/T 0171-2020, as data with source and confidence.

The standard's text is not at hand: the rows lean on an adopter's public rule (confidence
`likely`) or are our own stricter reading (`reading`), and are shown as 未核原文.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from xiaobao.engines.pii.values import Kind


class PrivacyClass(StrEnum):
    """C3 authentication data, C2 data that identify a person or their money, C1 the rest."""

    C1 = "C1"
    C2 = "C2"
    C3 = "C3"


@dataclass(frozen=True, slots=True)
class ClassEntry:
    """A kind's class, where it is taken from, and how far that was checked."""

    privacy_class: PrivacyClass
    source: str
    confidence: str


_ADOPTER = "JR/T 0171-2020（转引自采用机构的公开规定）"
_OWN = "本平台从严口径"


def _rows(kinds: str, privacy_class: PrivacyClass, source: str, confidence: str) -> dict[Kind, ClassEntry]:
    return {Kind(kind): ClassEntry(privacy_class, source, confidence) for kind in kinds.split()}


CLASSES: dict[Kind, ClassEntry] = {
    **_rows("PASSWORD CVN EXPIRY BIOMETRIC", PrivacyClass.C3, _ADOPTER, "likely"),
    **_rows("OTP", PrivacyClass.C3, _OWN, "reading"),
    **_rows(
        "ID CARD MOBILE NAME ADDRESS ACCOUNT PASSPORT PERMIT BIRTH_DATE AMOUNT",
        PrivacyClass.C2,
        _ADOPTER,
        "likely",
    ),
    **_rows("PHONE EMAIL WECHAT QQ PLATE IP DEVICE IBAN", PrivacyClass.C2, _OWN, "reading"),
    **_rows("USCC SWIFT", PrivacyClass.C1, _OWN, "reading"),
}


def class_of(kind: Kind) -> PrivacyClass:
    """The class of a kind.

    >>> class_of(Kind.PASSWORD).value, class_of(Kind.ID).value
    ('C3', 'C2')
    """
    return CLASSES[kind].privacy_class
