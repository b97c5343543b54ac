"""The one catalogue of refusal sentences: every room's `MESSAGES`, read by pages, programs and lists alike."""

from xiaobao.base.refusals.catalogue import catalogue, sentence_of

__all__ = ["catalogue", "sentence_of"]
