"""Codes that tell by their letters or checksum: mail, social credit code, plate, IBAN, IP, device."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator

from xiaobao.engines.pii import checks
from xiaobao.engines.pii.detectors.base import Reading, made, mentions
from xiaobao.engines.pii.values import Confidence, Kind, Span

_DOMAIN = re.compile(r"@[A-Za-z0-9]++(?:-++[A-Za-z0-9]++)*+(?:\.[A-Za-z0-9\-]++(?=\.))*\.[A-Za-z]{2,}")
_LOCAL = f"{string.ascii_letters}{string.digits}._%+-"
_LONGEST_LOCAL = 64
_EMAIL, _SURE = Kind.EMAIL, Confidence.HIGH  # a member looked up in its class costs as much as the search


class EmailDetector:
    """Mail addresses, found from their @ outwards. Example: `li.na@example.com`."""

    reads_signs = False

    def find(self, reading: Reading) -> list[Span]:
        """Findings, confidence high: the shape is its own proof."""
        text, folded, _, _ = reading
        found: list[Span] = []
        at = folded.find("@")
        while at >= 0:
            domain = _DOMAIN.match(folded, at)
            if domain:
                reach = at - _LONGEST_LOCAL if at > _LONGEST_LOCAL else 0
                start, end = reach + len(folded[reach:at].rstrip(_LOCAL)), domain.end()
                if start < at:
                    found.append(made((start, end, _EMAIL, _SURE, text[start:end], "邮箱地址")))
            at = folded.find("@", at + 1)
        return found


# Each pattern begins with what must stand there, and then looks back: so the search leaps.
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·•. ]?(?:[0-9]{5}|[0-9]{5}[A-HJK]|[A-HJK][0-9A-HJ-NP-Z][0-9]{4}"
    r"|[A-HJ-NP-Z0-9]{4}[0-9A-HJ-NP-Z挂学警港澳])(?![0-9A-Za-z])"
)
_USCC = re.compile(r"[159ANY](?<![0-9A-Za-z][159ANY])[1-9][0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Za-z])")
_IBAN = re.compile(
    r"[A-Z](?<![0-9A-Za-z][A-Z])[A-Z][0-9]{2}(?: ?[0-9A-Z]{4}){2,7}(?: ?[0-9A-Z]{1,3})?(?![0-9A-Za-z])"
)
_IPV4 = re.compile(r"[0-9](?<![0-9.][0-9])[0-9]{0,2}(?:\.[0-9]{1,3}){3}(?![0-9]|\.[0-9])")
_MAC = re.compile(
    r"[0-9A-Fa-f](?<![0-9A-Fa-f:\-][0-9A-Fa-f])[0-9A-Fa-f](?:[:\-][0-9A-Fa-f]{2}){5}(?![0-9A-Fa-f:\-])"
)
_CAPITAL = re.compile("[A-Z]")
_MAC_SIGNS, _IP_POINTS = 5, 3
_VERSION_CUES = ("版本", "version", "Version", " v", "V")


class CodeDetector:
    """Plates, unified social credit codes, IBANs, IP and MAC addresses."""

    reads_signs = True

    def find(self, reading: Reading) -> Iterator[Span]:
        """Findings of the five kinds."""
        folded = reading.folded
        if _CAPITAL.search(folded):
            yield from _with_capitals(reading)
        if folded.count(":") + folded.count("-") >= _MAC_SIGNS:
            for found in _MAC.finditer(folded):
                yield reading.span(*found.span(), Kind.DEVICE, Confidence.MEDIUM, "设备 MAC 地址")
        for found in _USCC.finditer(folded):
            if checks.is_uscc(found.group()):
                yield reading.span(*found.span(), Kind.USCC, Confidence.HIGH, "统一社会信用代码校验位正确")
        if folded.count(".") >= _IP_POINTS:
            yield from _addresses(reading)


def _with_capitals(reading: Reading) -> Iterator[Span]:
    """Kinds that never stand without a capital letter."""
    for found in _PLATE.finditer(reading.folded):
        yield reading.span(*found.span(), Kind.PLATE, Confidence.MEDIUM, "车牌号")
    for found in _IBAN.finditer(reading.folded):
        if checks.is_iban(found.group().replace(" ", "")):
            yield reading.span(*found.span(), Kind.IBAN, Confidence.HIGH, "IBAN 校验正确")


def _addresses(reading: Reading) -> Iterator[Span]:
    for found in _IPV4.finditer(reading.folded):
        if checks.is_ipv4(found.group()) and not mentions(reading.before(found.start(), 8), _VERSION_CUES):
            yield reading.span(*found.span(), Kind.IP, Confidence.MEDIUM, "IP 地址")
