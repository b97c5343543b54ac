"""Names by a trained model: learned from a few sentences of our own, read only where a name may begin."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaobao.engines.pii import Confidence, Kind, Masker, Options, scan
from xiaobao.engines.pii.detectors.learned import LearnedNameDetector
from xiaobao.engines.pii.engine import NUMBERS_AND_MAIL
from xiaobao.engines.pii.learned.letters import pieces, seen, seen_of
from xiaobao.engines.pii.learned.model import NameModel, NameModelError, load
from xiaobao.engines.pii.learned.places import LEFT, RIGHT, Counts, places, places_of
from xiaobao.engines.pii.learned.training import Sentence, Tally, sentences, tally, train
from xiaobao.site.cli import main

PEOPLE = ["李建国", "王秀英", "张伟民", "刘桂兰", "陈志强", "杨丽华", "赵永福", "周晓梅", "吴海涛", "徐文静", "孙立新", "胡玉珍", "高明远", "方国平"]  # fmt: skip
FRAMES = (
    "昨日{}到网点办理了转账业务", "柜台前{}排队等了一个小时", "后来{}又打来电话询问进度", "据了解{}去年买过这款产品",
    "随后{}把材料交给了大堂", "其间{}多次要求查看合同", "因为{}没有签字所以退回",
)  # fmt: skip
PLAIN = (
    "方面的安排已经高度明确", "高校周边的网点安全运行", "全部金额将于周末到账", "高度重视方面的问题", "周末高校安全检查",
)  # fmt: skip


def made() -> list[Sentence]:
    """Every person in every sentence, and sentences without one."""
    found = [Sentence(text, []) for text in PLAIN * 3]
    for person in PEOPLE[:-2]:
        for frame in FRAMES:
            start = frame.index("{")
            found.append(Sentence(frame.format(person), [(start, start + len(person))]))
    return found


@pytest.fixture(scope="module")
def model() -> NameModel:
    return train(made())


def lines(found: list[Sentence], part: str) -> str:
    return "".join(
        json.dumps({"text": text, "spans": [[*name, "name"] for name in names], "from": part}) + "\n"
        for text, names in found
    )


def test_a_name_never_seen_is_found_where_no_rule_finds_one(model: NameModel) -> None:
    text = "随后高明远到网点办理了转账业务"
    assert scan(text) == []
    (span,) = scan(text, options=Options(further=(LearnedNameDetector(model),)))
    assert (span.kind, span.text, span.confidence, span.why) == (
        Kind.NAME,
        "高明远",
        Confidence.MEDIUM,
        "姓名模型",
    )


def test_what_is_surer_stays_before_the_models_findings(model: NameModel) -> None:
    text = "客户王秀英手机13800001234"
    assert scan(text, options=Options(further=(LearnedNameDetector(model),))) == scan(text)


def test_the_model_reads_the_text_as_it_is_written_like_the_sentences_it_learned_from() -> None:
    asked: list[str] = []

    class Model:
        def names(self, text: str) -> list[tuple[int, int]]:
            asked.append(text)
            return [(2, 4)]

    detector = LearnedNameDetector(Model())  # type: ignore[arg-type]
    (span,) = scan("昨（迪诺），１日", options=Options(further=(detector,)))
    assert (span.text, asked) == ("迪诺", ["昨（迪诺），１日"])


def test_numbers_alone_do_not_ask_the_model() -> None:
    class Loud:
        reads_signs = True

        def find(self, reading: object) -> list[object]:
            raise AssertionError("asked")

    options = Options(further=(Loud(),))  # type: ignore[arg-type]
    assert scan("昨日王秀英来过", options=options, detectors=NUMBERS_AND_MAIL) == []


def test_the_masker_masks_what_the_model_finds(model: NameModel) -> None:
    masker = Masker(options=Options(further=(LearnedNameDetector(model),)))
    assert "周晓梅" not in masker.mask("据了解周晓梅去年买过这款产品")[0]


def test_a_saved_model_reads_as_before_and_is_the_same_file_each_time(
    model: NameModel, tmp_path: Path
) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    model.save(first)
    train(made()).save(second)
    assert first.read_bytes() == second.read_bytes()
    text = "因为方国平没有签字所以退回"
    assert load(first).names(text) == model.names(text) == [(2, 5)]


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04torn", json.dumps({"usual": []}).encode()],
    ids=["empty", "torn", "not ours"],
)
def test_a_file_that_is_no_model_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "m").write_bytes(content)
    with pytest.raises(NameModelError, match="重新训练"):
        load(tmp_path / "m")


def test_a_model_with_another_content_is_refused(model: NameModel, tmp_path: Path) -> None:
    path = tmp_path / "m"
    model.save(path)
    with zipfile.ZipFile(path) as archive:
        crf, pairs = archive.read("names.crf"), archive.read("pairs.json")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("names.crf", crf[: len(crf) // 2])
        archive.writestr("pairs.json", pairs)
    with pytest.raises(NameModelError):
        load(path)


def test_everyday_pairs_that_begin_no_name_are_not_read(model: NameModel) -> None:
    counts = Counts()
    for sentence in made():
        counts.add(*sentence)
    learned = places_of(counts)
    assert learned.windows("方面的安排") == []
    assert learned.windows("方国平") == [(0, 3)]
    assert {"方面", "高校", "高度"} <= learned.never


@given(st.text(alphabet="方面国平高校李建，的a", max_size=30))
def test_windows_cover_every_place_and_never_touch(text: str) -> None:
    found = places(frozenset({"校李"}), frozenset({"方面", "高校"})).windows(text)
    for (_, end), (start, _) in pairwise(found):
        assert end < start
    for at in range(len(text) - 1):
        pair = text[at : at + 2]
        if pair in ("方国", "李建", "校李", "高的"):
            assert any(
                start <= max(0, at - LEFT) and end >= min(len(text), at + RIGHT) for start, end in found
            )


@given(st.text(min_size=1, max_size=20), st.data())
def test_a_window_is_seen_as_in_the_whole_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert seen(text, start, end) == seen(text, 0, len(text))[start:end]


def test_counts_taken_out_again_leave_nothing() -> None:
    counts = Counts()
    counts.add("李建国来了", [(0, 3)])
    assert counts.begins["李建"] == 1
    assert counts.outside["来了"] == 1
    assert counts.outside["建国"] == 0
    counts.add("李建国来了", [(0, 3)], sign=-1)
    assert not any(counts.begins.values())
    assert not any(counts.outside.values())


def test_the_tally_counts_place_for_place() -> None:
    labelled = [Sentence("李建国来了", [(0, 3)]), Sentence("没有", [])]
    find: Callable[[str], list[tuple[int, int]]] = lambda text: [(0, 2)]  # noqa: E731
    assert tally(labelled, find) == Tally(gold=1, got=2, hit=0)
    right = Tally(gold=4, got=2, hit=2)
    assert (right.precision, right.recall, round(right.f1, 3)) == (1.0, 0.5, 0.667)


def test_parts_of_a_file_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    path.write_text(lines(made()[:2], "train") + lines(made()[-1:], "dev"))
    assert len(list(sentences([path], only="dev"))) == 1
    assert len(list(sentences([path], without="dev"))) == 2
    assert len(list(sentences([path]))) == 3


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"text": "李建国", "spans": [[2, 9, "name"]]}', '{"text": "李", "spans": 1}']
)
def test_a_line_of_another_form_is_refused_with_its_number(tmp_path: Path, line: str) -> None:
    path = tmp_path / "d.jsonl"
    path.write_text('{"text": "a", "spans": []}\n' + line + "\n")
    with pytest.raises(NameModelError, match=r"d\.jsonl 第 2 行"):
        list(sentences([path]))


def test_nothing_labelled_nothing_learned() -> None:
    with pytest.raises(NameModelError, match="没有标注姓名"):
        train([Sentence("没有人", [])])


def test_the_command_learns_checks_and_reads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, out, text = (tmp_path / name for name in ("d.jsonl", "m.names", "t.txt"))
    held_back = Sentence("随后高明远到网点办理了转账业务", [(2, 5)])
    data.write_text(lines(made(), "train") + lines([held_back], "dev"))
    assert main(["pii", "train", "--data", str(data), "--out", str(out), "--check", "dev"]) == 0
    assert "准确率 1.000，召回率 1.000，F1 1.000" in capsys.readouterr().out
    text.write_text(held_back.text)
    assert main(["pii", "scan", str(text), "--json", "--names", str(out)]) == 0
    assert json.loads(capsys.readouterr().out)["text"] == "高明远"
    masked = tmp_path / "o.txt"
    assert main(["pii", "mask", str(text), str(masked), "--names", str(out)]) == 0
    assert "高明远" not in masked.read_text()


def test_the_command_says_what_is_wrong_with_a_model(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "t.txt").write_text("a")
    (tmp_path / "m").write_text("no model")
    given = ["pii", "scan", str(tmp_path / "t.txt"), "--names"]
    assert main([*given, str(tmp_path / "m")]) == 1
    assert "重新训练" in capsys.readouterr().err
    assert main([*given, str(tmp_path / "none")]) == 1


def test_without_the_package_the_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pycrfsuite", None)
    with pytest.raises(NameModelError, match=r"xiaobao\[pii-names\]"):
        train(made()[-1:])


@given(
    st.text(alphabet="李建国a1，员克", min_size=1, max_size=14),
    st.sets(st.text(alphabet="李建国_", min_size=2, max_size=3), max_size=12),
    st.data(),
)
def test_of_pairs_and_triples_only_the_known_are_told(text: str, told: set[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    known = {sign + piece for piece in told for sign in ("5678" if len(piece) == 2 else "9AB")}
    known -= set(data.draw(st.lists(st.sampled_from(sorted(known)))) if known else ())
    every = [
        [sign for sign in letter if sign[0] in "01234klmno" or sign in known]
        for letter in seen(text, start, end)
    ]
    few = seen_of(text, start, end, pieces(known))
    assert [sorted(letter) for letter in few] == [sorted(letter) for letter in every]
