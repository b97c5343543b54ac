"""Our detectors as one recogniser of Microsoft Presidio. Needs `pip install 'xiaobao[presidio]'`.

Presidio brings recognisers for many countries, none for the mainland, and its patterns lean on word
boundaries that Chinese text does not have. Registered beside its own, ours answer for Chinese texts.
"""

from __future__ import annotations

from typing import Any

from presidio_analyzer import (
    AnalysisExplanation,
    AnalyzerEngine,
    EntityRecognizer,
    RecognizerRegistry,
    RecognizerResult,
)
from presidio_analyzer.nlp_engine import SpacyNlpEngine

from xiaobao.engines.pii.detectors.base import Options
from xiaobao.engines.pii.engine import scan
from xiaobao.engines.pii.values import Confidence, Kind

# Presidio's own names where it has one, so that its anonymizer's settings fit; CN_ before the others.
ENTITIES: dict[Kind, str] = {kind: f"CN_{kind.value}" for kind in Kind} | {
    Kind.NAME: "PERSON",
    Kind.ADDRESS: "LOCATION",
    Kind.EMAIL: "EMAIL_ADDRESS",
    Kind.CARD: "CREDIT_CARD",
    Kind.MOBILE: "PHONE_NUMBER",
    Kind.PHONE: "PHONE_NUMBER",
    Kind.IBAN: "IBAN_CODE",
    Kind.IP: "IP_ADDRESS",
}
# The levels of Microsoft Purview's PRC identity number: checksum and context, checksum; then shape alone.
SCORES = {Confidence.HIGH: 0.85, Confidence.MEDIUM: 0.75, Confidence.LOW: 0.4}
_DEFAULT = Options()


class ChineseRecognizer(EntityRecognizer):  # type: ignore[misc]  # Presidio ships no types
    """Every kind that `scan` finds, with its reason as Presidio's explanation."""

    def __init__(self, options: Options = _DEFAULT, language: str = "zh") -> None:
        self._options = options
        super().__init__(
            supported_entities=sorted(set(ENTITIES.values())),
            name="XiaobaoChineseRecognizer",
            supported_language=language,
        )

    def load(self) -> None:
        """Nothing: there is no model."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[RecognizerResult]:
        """Findings of the entities asked for; all of them when none is named."""
        spans = scan(text, options=self._options, at_least=Confidence.LOW)
        return [
            RecognizerResult(
                ENTITIES[span.kind],
                span.start,
                span.end,
                SCORES[span.confidence],
                AnalysisExplanation(self.name, SCORES[span.confidence], textual_explanation=span.why),
                {
                    RecognizerResult.RECOGNIZER_NAME_KEY: self.name,
                    RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
                },
            )
            for span in spans
            if not entities or ENTITIES[span.kind] in entities
        ]


def register(registry: RecognizerRegistry, options: Options = _DEFAULT) -> ChineseRecognizer:
    """Our recogniser, added to a registry that speaks `zh`."""
    recognizer = ChineseRecognizer(options)
    registry.add_recognizer(recognizer)
    return recognizer


def analyzer(options: Options = _DEFAULT) -> AnalyzerEngine:
    """An analyser of Chinese with our recogniser alone, on a blank pipeline: no model is downloaded."""
    registry = RecognizerRegistry(supported_languages=["zh"])
    register(registry, options)
    return AnalyzerEngine(registry=registry, nlp_engine=_Blank(), supported_languages=["zh"])


class _Blank(SpacyNlpEngine):  # type: ignore[misc]  # Presidio ships no types
    """spaCy's Chinese pipeline without a model: single characters, no entities of its own."""

    def __init__(self) -> None:
        import spacy

        super().__init__(models=[{"lang_code": "zh", "model_name": "blank"}])
        self.nlp = {"zh": spacy.blank("zh")}

    def load(self) -> None:
        """Nothing: the pipeline is blank."""

    def is_loaded(self) -> bool:
        return True
