"""Values that only a word before them gives away: secrets, papers, accounts, birth dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from xiaobao.engines.pii.detectors.base import Reading, any_of
from xiaobao.engines.pii.values import Confidence, Kind, Span

_LINK = r"(?:号码|号|码|账号)?(?:[\"']?\s*(?:是|为|[:：=])\s*[\"']?|\s*[（(]?)"


@dataclass(frozen=True, slots=True)
class Cue:
    """A word, what may stand between, and the value's pattern; one of `cores` stands in every such word."""

    kind: Kind
    words: str
    value: str
    confidence: Confidence
    cores: str
    ends: str = r"(?![0-9A-Za-z])"


CUES: tuple[Cue, ...] = (
    Cue(
        Kind.PASSWORD,
        r"(?:登录|交易|查询|支付|取款)?密码|口令|passwd|password|pwd",
        r"[0-9A-Za-z!@#$%^&*_.]{4,32}",
        Confidence.HIGH,
        "密码 口令 passwd password pwd",
    ),
    Cue(
        Kind.OTP,
        r"(?:短信|动态|手机)?(?:验证|校验|动态)码|动态口令|otp",
        r"[0-9]{4,8}",
        Confidence.HIGH,
        "验证码 校验码 动态码 动态口令 otp",
    ),
    Cue(
        Kind.CVN,
        r"CVN2?|CVV2?|cvn2?|cvv2?|安全码|卡背面?(?:末|后)三位",
        r"[0-9]{3,4}",
        Confidence.HIGH,
        "CVN CVV cvn cvv 安全码 三位",
    ),
    Cue(
        Kind.EXPIRY,
        r"有效期(?:至|到)?|expiry|exp",
        r"(?:0[1-9]|1[0-2]) ?/ ?[0-9]{2}(?:[0-9]{2})?",
        Confidence.HIGH,
        "有效期 exp",
    ),
    Cue(Kind.PASSPORT, r"护照", r"[EePpGgDdSs][A-Za-z]?[0-9]{7,8}", Confidence.HIGH, "护照"),
    Cue(
        Kind.PERMIT,
        r"(?:港澳|台湾|往来)[^0-9]{0,10}?(?:通行证|居住证)|通行证|回乡证",
        r"[A-Za-z][0-9]{8}(?:[0-9]{2})?",
        Confidence.HIGH,
        "通行证 居住证 回乡证",
    ),
    Cue(
        Kind.PERMIT,
        r"台胞证|台湾居民来往大陆通行证",
        r"[0-9]{8}(?:[0-9]{2})?",
        Confidence.HIGH,
        "台胞证 通行证",
    ),
    Cue(
        Kind.WECHAT,
        r"微信|weixin|wechat|WeChat|[Vv]信",
        r"[A-Za-z][0-9A-Za-z_\-]{5,19}",
        Confidence.MEDIUM,
        "微信 weixin wechat WeChat V信 v信",
    ),
    Cue(Kind.WECHAT, r"(?=wxid_)", r"wxid_[0-9A-Za-z_\-]{2,30}", Confidence.HIGH, "wxid"),
    Cue(Kind.QQ, r"QQ|qq|扣扣", r"[1-9][0-9]{4,10}", Confidence.MEDIUM, "QQ qq 扣扣"),
    Cue(
        Kind.ACCOUNT,
        r"(?:银行|对公|收款|付款|还款|存款)?(?:账户|账号|帐号|户号)",
        r"[0-9][0-9 \-]{6,28}[0-9]",
        Confidence.MEDIUM,
        "账户 账号 帐号 户号",
    ),
    Cue(
        Kind.SWIFT,
        r"SWIFT(?: ?[Cc]ode)?|swift|BIC",
        r"[A-Z]{6}[0-9A-Z]{2}(?:[0-9A-Z]{3})?",
        Confidence.HIGH,
        "SWIFT swift BIC",
    ),
    Cue(
        Kind.DEVICE,
        r"IMEI|imei|设备(?:识别|标识)?|OAID|oaid|IDFA|idfa|androidId",
        r"[0-9A-Fa-f\-]{14,36}",
        Confidence.MEDIUM,
        "IMEI imei 设备 OAID oaid IDFA idfa androidId",
    ),
    Cue(
        Kind.BIRTH_DATE,
        r"出生(?:日期|年月日|于)?|生日|birthday|birthDate",
        r"(?:19|20)[0-9]{2}(?:年|[-/.])?(?:0?[1-9]|1[0-2])(?:月|[-/.])?(?:3[01]|[12][0-9]|0?[1-9])日?",
        Confidence.HIGH,
        "出生 生日 birthday birthDate",
    ),
    Cue(
        Kind.BIOMETRIC,
        r"(?:人脸|指纹|声纹|虹膜|掌纹)(?:特征|模板|数据)(?:值|串)?",
        r"[0-9A-Za-z+/=]{16,}",
        Confidence.HIGH,
        "人脸 指纹 声纹 虹膜 掌纹",
    ),
)


class CuedDetector:
    """Finds each cue's value; the cue itself is not part of the span.

    Examples: `密码888888` (PASSWORD), `验证码502913` (OTP), `护照E12345678` (PASSPORT).
    """

    reads_signs = True

    def __init__(self, cues: tuple[Cue, ...] = CUES) -> None:
        cores = sorted({core for cue in cues for core in cue.cores.split()}, key=len, reverse=True)
        self._cores = any_of(tuple(cores))
        self._patterns = [
            (cue, re.compile(f"(?:{cue.words}){_LINK}(?P<value>{cue.value}){cue.ends}")) for cue in cues
        ]
        # A core may hold another: 动态口令 is searched for, and 口令 inside it is not found again.
        self._meant = {
            core: {at for at, cue in enumerate(cues) if any(part in core for part in cue.cores.split())}
            for core in cores
        }

    def find(self, reading: Reading) -> Iterator[Span]:
        """Findings; only the patterns whose words stand in the text are tried."""
        here = set(self._cores.findall(reading.folded))
        for at in sorted(set().union(*map(self._meant.__getitem__, here))):
            cue, pattern = self._patterns[at]
            for found in pattern.finditer(reading.folded):
                start, end = found.span("value")
                word = found.group()[: start - found.start()].strip()
                yield reading.span(
                    start, end, cue.kind, cue.confidence, f"前有“{word}”" if word else "以wxid_开头"
                )
