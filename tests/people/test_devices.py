"""The list of sessions names devices as people do."""

from __future__ import annotations

import pytest

from xiaobao.base.people.web.devices import device_words

KIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (
            f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {KIT} Chrome/120.0 Safari/537.36 Edg/120.0",
            "Windows 电脑 · Edge 120",
        ),
        (
            f"Mozilla/5.0 (X11; Linux x86_64) {KIT} HeadlessChrome/140.0.0.0 Safari/537.36",
            "Linux 电脑 · 谷歌内核浏览器 140",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) MicroMessenger/8.0.42", "iPhone · 微信 8"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Version/17.1 Safari/605.1", "苹果电脑 · Safari 17"),
        ("Mozilla/5.0 (X11; Linux; rv:109.0) Gecko/20100101 Firefox/115.0", "Linux 电脑 · 火狐 115"),
        ("curl/8.5.0", "程序"),
        ("", "未知设备"),
    ],
)
def test_a_browser_is_named_in_words(user_agent: str, words: str) -> None:
    assert device_words(user_agent) == words
