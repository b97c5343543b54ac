"""Parquet: cells under their column's name, edited in place; torn files are refused."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from xiaobao.engines.pii import Masker, policy_from
from xiaobao.engines.pii.files import UnreadableFileError, columnar, mask_file, scan_file

MOBILE, CARD, IDENTITY = "13800001234", "6225880137654324", "330106198507123410"


def written(path: Path, columns: dict[str, Any], **options: Any) -> Path:
    parquet.write_table(pa.table(columns), path, **options)
    return path


def masked(path: Path, masker: Masker | None = None) -> pa.Table:
    target = path.with_name("out.parquet")
    mask_file(path, target, masker or Masker())
    return parquet.read_table(target)


def test_a_cell_is_read_under_its_columns_name(tmp_path: Path) -> None:
    path = written(
        tmp_path / "in.parquet", {"客户姓名": ["阿依古丽·买买提"], "订单号": [CARD], "备注": [f"卡{CARD}"]}
    )
    found = [(piece.place, span.kind.value, span.text) for piece, span in scan_file(path)]
    assert found == [("第1行 客户姓名", "NAME", "阿依古丽·买买提"), ("第1行 备注", "CARD", CARD)]


def test_types_row_groups_and_blanks_stay(tmp_path: Path) -> None:
    columns = {
        "手机": pa.array([MOBILE, None, "", MOBILE], pa.large_string()),
        "笔数": pa.array([1, 2, None, 4], pa.int32()),
        "利率": pa.array([1.5, float("nan"), float("inf"), None]),
        "时间": pa.array([1, 2, 3, 4], pa.timestamp("ns")),
        "渠道": pa.array(["柜面", "柜面", None, f"来电{MOBILE}"]).dictionary_encode(),
    }
    path = written(tmp_path / "in.parquet", columns, row_group_size=2)
    out = masked(path)
    assert out.schema.types == parquet.read_schema(path).types
    assert out.column("手机").to_pylist() == ["138****1234", None, "", "138****1234"]
    assert out.column("笔数").to_pylist() == [1, 2, None, 4]
    assert out.column("渠道").to_pylist() == ["柜面", "柜面", None, "来电138****1234"]
    assert parquet.ParquetFile(tmp_path / "out.parquet").num_row_groups == 2


def test_a_column_of_personal_numbers_becomes_text(tmp_path: Path) -> None:
    columns = {"手机号": [13800001234, 7], "金额": [13800001234, 5], "卡号": [Decimal(CARD), None]}
    out = masked(written(tmp_path / "in.parquet", columns))
    assert out.column("手机号").to_pylist() == ["138****1234", "7"]
    assert out.column("金额").to_pylist() == [13800001234, 5]
    assert out.column("卡号").to_pylist() == ["622588******4324", None]


def test_inside_lists_structs_and_bytes(tmp_path: Path) -> None:
    columns = {
        "联系": [[{"phone": MOBILE, "note": None}], []],
        "原文": [f"身份证{IDENTITY}".encode(), b"\xff\x00"],
    }
    out = masked(written(tmp_path / "in.parquet", columns))
    assert out.column("联系").to_pylist() == [[{"phone": "138****1234", "note": None}], []]
    assert out.column("原文").to_pylist() == ["身份证3****************0".encode(), b"\xff\x00"]


def test_a_number_inside_a_nest_is_refused_with_the_remedy(tmp_path: Path) -> None:
    path = written(tmp_path / "in.parquet", {"手机": [[13800001234]]})
    with pytest.raises(UnreadableFileError, match=r"手机.*先展开"):
        mask_file(path, tmp_path / "out.parquet", Masker())
    assert not (tmp_path / "out.parquet").exists()


def test_a_policy_that_keeps_leaves_the_value(tmp_path: Path) -> None:
    masker = Masker(policy=policy_from({"rows": [{"of": "MOBILE", "action": "keep"}]}))
    assert masked(written(tmp_path / "in.parquet", {"a": [MOBILE]}), masker).column("a").to_pylist() == [
        MOBILE
    ]


@pytest.mark.parametrize("cut", [0, 3, 40, -1])
def test_a_torn_file_is_refused(tmp_path: Path, cut: int) -> None:
    path = written(tmp_path / "in.parquet", {"手机": [MOBILE] * 9})
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(UnreadableFileError, match="损坏"):
        list(scan_file(path))


def test_text_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    column = pa.array([b"\xff\xfe"]).view(pa.string())
    path = written(tmp_path / "in.parquet", {"a": column})
    with pytest.raises(UnreadableFileError, match="损坏"):
        list(scan_file(path))


def test_a_row_group_that_fills_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columnar, "GROUP_BYTES", 10)
    with pytest.raises(UnreadableFileError, match="行组超过"):
        list(scan_file(written(tmp_path / "in.parquet", {"a": [MOBILE]})))
