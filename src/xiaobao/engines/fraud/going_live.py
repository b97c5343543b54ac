"""From an officer's files to an engine that may decide: approved, checked, and a copy kept for every recovery."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from xiaobao.engines.fraud.approvals import authors_of, must_be_approved
from xiaobao.engines.fraud.documents import DocumentError, read_document
from xiaobao.engines.fraud.engine import Engine
from xiaobao.engines.fraud.setup import settings_from
from xiaobao.engines.fraud.setups import Files, keep, kept


@dataclass(frozen=True, slots=True)
class Sources:
    """The files a server was started with, and the folder where it keeps what it used of them."""

    files: Files
    model: Path | None
    data: Path

    def fresh(self) -> Engine:
        """An engine without state on the files as they are now, approved by a second person.

        Raises: DocumentError, ModelError and other ValueErrors with their sentences; OSError.
        """
        before = self._contents()
        engine = _engine(self.files, self.model)
        must_be_approved(self.files.rules, engine.model.hash if engine.model else "")
        keep(self.data, engine.setup, self.files, self.model)
        if self._contents() != before:
            raise DocumentError("文件在读取时又被改动，请写完后再发布")
        return engine

    def kept(self, setup: str) -> Engine | None:
        """An engine without state on the copies kept of this set-up; None where they are not usable."""
        found = kept(self.data, setup)
        try:
            return _engine(*found) if found else None
        except (ValueError, OSError):
            return None

    def author_of(self, rule: str) -> str:
        """Who wrote a rule; "" where nobody is named. Raises: DocumentError."""
        return authors_of(read_document(self.files.rules)).get(rule, "")

    def _contents(self) -> list[bytes]:
        paths = (self.files.rules, self.files.shadow, self.files.settings, self.model)
        return [path.read_bytes() for path in paths if path is not None and path.is_file()]


def _engine(files: Files, model: Path | None) -> Engine:
    settings = settings_from(files, scored=model is not None)
    if model is None:
        return Engine(settings)
    from xiaobao.engines.fraud.model import load  # the runtime is large, and most sets have no model

    return Engine(settings, load(model, settings.features))
