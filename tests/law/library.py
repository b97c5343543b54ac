"""A tiny library of our own writing: a rule in two versions, a rule with an appendix, one nobody has."""

from __future__ import annotations

from pathlib import Path

from xiaobao.base.law.services import Imported, folder_import
from xiaobao.kernel.identity import system_actor

INDEX = "file,title,issuer,document_number,effective_date,status,articles,note\n"
NEW_LINE = "N00_试验投诉办法.md,试验投诉办法,试验局,试令2020年第3号,2020-03-01,现行有效,5,\n"
OTHER_LINE = "R02_试验信息条例.md,试验信息条例,试验院,试令第2号,2013-03-15,现行有效,2,\n"

NEW = """# 试验投诉办法

（2020年1月14日公布）

## 第一章 总 则

第一条 为了试验投诉的办理，制定本办法。

第二条 机构应当公布下列事项：
（一）办理渠道；
（二）办理期限。
机构不得收取费用。

## 第二章 办 理

### 第一节 期 限

第三条 机构应当自收到投诉之日起十日内答复。

第四条 情况复杂的，经上级批准可以延长十日，并告知投诉人。

第五条 本办法自2020年3月1日起施行。
"""

OLD = """# 试验投诉办法

<!-- INFO END -->

第一条 为了试验投诉的办理，制定本办法。

第二条 机构应当自收到投诉之日起十日内答复。

第三条 情况复杂的，可以延长五日。

第四条 机构应当每月向试验局报送纸质登记簿。
"""

OTHER = """# 试验信息条例

第一条 采集信息应当符合：
(一)合法；
(二)正当。

第二条 本条例自公布之日起施行。

附录 名词解释

（一）信息，是指记录。

附：

试验局答记者问https：//example.invalid/1
"""


def write(folder: Path, *, earlier: bool = True) -> Path:
    """The folder as a bank would hand it over."""
    (folder / "index.csv").write_text(INDEX + NEW_LINE + OTHER_LINE, "utf-8-sig")
    (folder / "N00_试验投诉办法.md").write_text(NEW, "utf-8")
    (folder / "R02_试验信息条例.md").write_text(OTHER, "utf-8")
    if earlier:
        (folder / "earlier").mkdir()
        (folder / "earlier" / "N00_试验投诉办法_2015-01-01.md").write_text(OLD, "utf-8")
    return folder


def take(folder: Path) -> list[Imported]:
    """Import it as the console does."""
    return folder_import(actor=system_actor("测试", via="cli"), folder=folder)
