"""First days shared by the marketing rules, and how sure we are of the text then in force."""

from __future__ import annotations

from xiaobao.rules.values import Confidence

# 广告法 as revised in 2015; amended on 2018-10-26 (names of authorities) and 2021-04-29. Only the text of
# 2021 is held; articles up to 59 keep their numbers, as far as secondary sources say.
AD_2015 = "2015-09-01"
AD_2021 = "2021-04-29"
AD_LIKELY = Confidence.LIKELY

CONSUMER_LAW = "2014-03-15"
P01 = "2020-11-01"
N01 = "2023-03-01"
R15 = "2024-07-01"
