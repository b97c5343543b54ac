"""What a browser calls itself, in the words of the list of sessions."""

from __future__ import annotations

import re
from functools import lru_cache

SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("HarmonyOS", "鸿蒙设备"),
    ("OpenHarmony", "鸿蒙设备"),
    ("Android", "安卓设备"),
    ("Windows", "Windows 电脑"),
    ("Mac OS X", "苹果电脑"),
    ("Kylin", "麒麟电脑"),
    ("UOS", "统信电脑"),
    ("Linux", "Linux 电脑"),
)
# The first that fits: every one of them also calls itself Chrome or Safari.
BROWSERS = (
    (r"MicroMessenger/(\d+)", "微信"),
    (r"DingTalk/(\d+)", "钉钉"),
    (r"Edg(?:A|iOS)?/(\d+)", "Edge"),
    (r"360SE|QIHU 360", "360 浏览器"),
    (r"MetaSr", "搜狗浏览器"),
    (r"QQBrowser/(\d+)", "QQ 浏览器"),
    (r"Firefox/(\d+)", "火狐"),
    (r"(?:Headless)?Chrom(?:e|ium)/(\d+)", "谷歌内核浏览器"),
    (r"Version/(\d+).*Safari", "Safari"),
    (r"python-requests|curl|Wget|okhttp", "程序"),
)


@lru_cache(maxsize=512)
def device_words(user_agent: str) -> str:
    """The system and the browser with its main version; 未知设备 where neither can be told.

    >>> device_words("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/88.0 Safari/537.36 Edg/88.0")
    'Windows 电脑 · Edge 88'
    """
    system = next((words for mark, words in SYSTEMS if mark in user_agent), "")
    return " · ".join(part for part in (system, _browser(user_agent)) if part) or "未知设备"


def _browser(user_agent: str) -> str:
    for pattern, words in BROWSERS:
        if found := re.search(pattern, user_agent):
            version = next((group for group in found.groups() if group), "")
            return f"{words} {version}".strip()
    return ""
