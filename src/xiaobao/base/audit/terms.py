"""What a verification may find, and the ways a command comes in."""

from __future__ import annotations

from xiaobao.kernel.terms import Term


class Problem(Term):
    """Kinds of broken links."""

    BODY = "body", "记录内容与指纹不符"
    COLUMNS = "columns", "检索栏与记录正文不符"
    GAP = "gap", "序号中断，有记录被删除"
    LEAF = "leaf", "指纹被改写，与签名的树头不符"
    HEAD = "head", "树头的签名或内容不符"
    MISSING = "missing", "树头之后记录被截断"


class Via(Term):
    """The way a command came in."""

    WEB = "web", "网页"
    API = "api", "接口"
    CLI = "cli", "命令行"
    TICK = "tick", "定时任务"
    IMPORT = "import", "批量导入"
    BULK = "bulk", "批量办理"
    DEMO = "demo", "示例数据"
