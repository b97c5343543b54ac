"""Find earlier opinions and questions like this one, or say that none is. No network, no model."""

from xiaobao.engines.retrieval.engine import Index
from xiaobao.engines.retrieval.likeness import Likeness
from xiaobao.engines.retrieval.values import Document, Hit, Wanted
from xiaobao.engines.retrieval.words import Words

__all__ = ["Document", "Hit", "Index", "Likeness", "Wanted", "Words"]
