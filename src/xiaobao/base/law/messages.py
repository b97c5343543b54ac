"""What each refusal of this room says: what happened, why, what to do next."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "law.import": "法规文本由系统管理员用命令导入：xiaobao law import 文件夹。",
    "law.no_folder": "没有文件夹“{folder}”。",
    "law.no_index": "文件夹“{folder}”里没有 index.csv。请放入目录表（列 file、title、effective_date），每行一部法规。",
    "law.index_encoding": "index.csv 的编码无法识别。请另存为 UTF-8 后再导入。",
    "law.index_broken": "index.csv 第{row}行读不下去：引号没有配对，或者一格太长。请用表格软件另存为 CSV 后再导入。",
    "law.index_columns": "index.csv 缺少列：{columns}。",
    "law.unknown": "没有代号为“{instrument}”的法规。请核对代号，或者在法规库页面查找；要添加法规，请联系系统管理员。",
    "law.missing": "{name}尚无原文。依据它的规则：{leaning}。取得原文后请交系统管理员导入。",
    "law.missing_version": "{name}没有 {version} 版的原文；已有版本：{held}。",
    "law.no_place": "{name} {version} 版没有{place}。",
    "law.dates_reversed": "{first} 晚于 {last}：两个版本的先后写反了，应先写 {last}，再写 {first}。",
    "law.same_version": "两边都是 {version} 版，请选两个不同的版本。",
    "law.cite": "引用写法不对：{why}。",
    "law.day": "“{day}”不是日期，应写作 2020-03-01。",
    "law.no_query": "请输入要查的词。",
}

TRAIL = {"law:version": "法规文本", "law:version:import": "导入", "law:version:renew": "更新"}
TRAIL_FIELDS = {"file": "文件", "articles": "条数"}
