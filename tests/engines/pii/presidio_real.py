"""Our recogniser inside the real presidio-analyzer: `make test-presidio`, in an environment of its own.

Not collected by `make test`: Presidio brings spaCy, which the product never needs.
"""

from __future__ import annotations

import pytest
from presidio_analyzer import Pattern, PatternRecognizer, RecognizerRegistry
from presidio_analyzer.predefined_recognizers import CreditCardRecognizer

from xiaobao.engines.pii import Kind, Options, scan
from xiaobao.engines.pii.presidio import ENTITIES, SCORES, analyzer, register
from xiaobao.engines.pii.values import Confidence

TEXT = "客户王小明身份证330106198507123410，卡号6225880137654324，手机13800001234，邮箱li.na@example.com"
ENGINE = analyzer()


def found(text: str, **asked: object) -> list[tuple[str, str]]:
    results = sorted(ENGINE.analyze(text, language="zh", **asked), key=lambda result: result.start)
    return [(result.entity_type, text[result.start : result.end]) for result in results]


def test_presidio_answers_what_scan_answers() -> None:
    assert found(TEXT) == [(ENTITIES[span.kind], span.text) for span in scan(TEXT)]
    assert [name for name, _ in found(TEXT)] == [
        "PERSON",
        "CN_ID",
        "CREDIT_CARD",
        "PHONE_NUMBER",
        "EMAIL_ADDRESS",
    ]


def test_only_the_entities_asked_for() -> None:
    assert found(TEXT, entities=["CN_ID"]) == [("CN_ID", "330106198507123410")]


def test_the_threshold_of_presidio_cuts_by_our_confidence() -> None:
    text = "身份证330106198507123411"
    assert found(text) == [("CN_ID", "330106198507123411")]
    assert found(text, score_threshold=SCORES[Confidence.MEDIUM]) == []


def test_the_reason_is_the_explanation() -> None:
    (result,) = ENGINE.analyze("手机13800001234", language="zh", return_decision_process=True)
    assert result.analysis_explanation.textual_explanation == "手机号段，前有“手机”"
    assert result.recognition_metadata["recognizer_name"] == "XiaobaoChineseRecognizer"


def test_beside_recognisers_of_presidio() -> None:
    registry = RecognizerRegistry(supported_languages=["zh"])
    registry.add_recognizer(
        PatternRecognizer("TICKET", patterns=[Pattern("t", r"TS[0-9]{6}", 0.9)], supported_language="zh")
    )
    ours = register(registry, Options(staff_titles=True))
    names = {recognizer.name for recognizer in registry.get_recognizers(language="zh", all_fields=True)}
    assert names == {"PatternRecognizer", "XiaobaoChineseRecognizer"}
    assert [result.entity_type for result in ours.analyze("张经理", [])] == ["PERSON"]


def test_every_kind_has_a_name_in_presidio() -> None:
    assert set(ENTITIES) == set(Kind)
    assert set(ours := ENGINE.get_supported_entities("zh")) == set(ENTITIES.values()), ours


@pytest.mark.parametrize("card", ["4111111111111111", "6212261001023557884"])
def test_a_card_among_hanzi_that_presidio_itself_does_not_find(card: str) -> None:
    text = f"卡号{card}，请核实"
    assert CreditCardRecognizer(supported_language="zh").analyze(text, ["CREDIT_CARD"], None) == []
    assert found(text) == [("CREDIT_CARD", card)]
